# The two commands of a newcomer: `make demo` and `make test`. Everything runs in an environment of its own.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8765
TORCH := 2.13.0
TORCH_NEEDS := filelock fsspec jinja2 networkx setuptools sympy typing-extensions
# No address of an index stands here or in the lock files: pip uses whatever this machine is set up with.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
# A test that hangs says where and fails, instead of keeping everybody waiting.
NO_HANGING := -o faulthandler_timeout=300 -o faulthandler_exit_on_timeout=true

.PHONY: demo test check lint types contracts tests browser finetune lock clean

demo: $(VENV)/.run
	$(BIN)/python -m bot demo --port $(PORT)

test: check tests

check: lint types contracts

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.dev
	$(BIN)/mypy

contracts: $(VENV)/.dev
	$(BIN)/lint-imports

tests: $(VENV)/.dev
	$(BIN)/python -m pytest -rs -n auto --dist worksteal $(NO_HANGING)

# Adds what `tanggap train --base` and its tests need; without it those tests are skipped and say so. torch is
# pinned without a hash: a build for processors and one for graphics cards are different files of one version.
finetune: $(VENV)/.finetune

# Rebuilds the lock files after a change of pyproject.toml; needs uv.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --no-annotate --quiet pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --no-annotate --quiet --extra dev pyproject.toml -o requirements-dev.lock
	echo "torch==$(TORCH) ; sys_platform == 'none'" > $(VENV)/without-torch
	printf '%s\n' $(TORCH_NEEDS) > $(VENV)/torch-needs
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --no-annotate --quiet --extra finetune --override $(VENV)/without-torch --no-emit-package torch \
	  --constraint requirements-dev.lock pyproject.toml $(VENV)/torch-needs -o requirements-finetune.lock

$(VENV)/.env:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python >= 3.11 is needed; try: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.run: requirements.lock | $(VENV)/.env
	$(INSTALL) -r requirements.lock
	touch $@

$(VENV)/.dev: requirements-dev.lock | $(VENV)/.env
	$(INSTALL) -r requirements-dev.lock
	touch $@ $(VENV)/.run

$(VENV)/.finetune: requirements-finetune.lock | $(VENV)/.dev
	$(INSTALL) -r requirements-finetune.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check torch==$(TORCH)
	touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
