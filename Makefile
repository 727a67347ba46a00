# The two commands of a newcomer: `make demo` and `make test`. Everything runs in an environment of its own.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8765
# No address of an index stands here or in the lock files: pip uses whatever this machine is set up with.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: demo test check lint types contracts tests browser lock clean

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
	$(BIN)/python -m pytest -rs

# Rebuilds both lock files after a change of pyproject.toml; needs uv.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --no-annotate --quiet pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --no-annotate --quiet --extra dev pyproject.toml -o requirements-dev.lock

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

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
