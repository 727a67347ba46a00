"""The house rules that no linter knows: sizes, forbidden shortcuts, and what must not be named."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "classifiers").rglob("*.py")])
TESTS = sorted([*(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")])

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
MOST_METHODS = 12
Function = ast.FunctionDef | ast.AsyncFunctionDef

WIDE_BY_NATURE = {
    "bot/chat/handlers/doors.py:Services": "one property per service that a handler may need",
    "bot/services/ports.py:Parts": "one property per aggregate of the store",
    "bot/services/incidents.py:Incidents": "one method per deed that a person, a timer or a lost page can do",
    "bot/services/ports.py:Outbox": "the store's outbox as the services see it: one method per named query",
    "bot/services/ports.py:Runs": "the store's runs as the services see it: one method per named query",
    "bot/services/triage.py:Triage": "one method per button of the card",
    "bot/store/outbox.py:OutboxRows": "one method per named query of one aggregate",
    "bot/store/runs.py:Runs": "one method per named query of one aggregate",
}
"""Classes over the budget, each with the reason why splitting would make it worse."""


def _functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _length(function: Function) -> int:
    """Lines without the docstring."""
    doc = ast.get_docstring(function, clean=False)
    return (
        (function.end_lineno or function.lineno) - function.lineno + 1 - (doc.count("\n") + 1 if doc else 0)
    )


@pytest.mark.parametrize("path", CODE, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_of_the_product_keeps_its_budgets(path: Path) -> None:
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    name = str(path.relative_to(ROOT))
    assert text.count("\n") <= LONGEST_FILE, f"{name} has {text.count(chr(10))} lines"
    long = [
        f"{name}:{f.lineno} {f.name} {_length(f)}" for f in _functions(tree) if _length(f) > LONGEST_FUNCTION
    ]
    assert not long
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and f"{name}:{node.name}" not in WIDE_BY_NATURE:
            methods = [f.name for f in node.body if isinstance(f, ast.FunctionDef | ast.AsyncFunctionDef)]
            public = [m for m in methods if not m.startswith("_")]
            assert len(public) <= MOST_METHODS, f"{name}: {node.name} has {len(public)} public methods"
        assert not (isinstance(node, ast.Name) and node.id == "TYPE_CHECKING"), name
        if isinstance(node, ast.ExceptHandler):
            assert not all(isinstance(line, ast.Pass) for line in node.body), (
                f"{name}:{node.lineno} is silent"
            )


@pytest.mark.parametrize("path", CODE, ids=lambda p: str(p.relative_to(ROOT)))
def test_nothing_of_ours_is_imported_inside_a_function(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    for function in _functions(tree):
        for node in ast.walk(function):
            module = node.module if isinstance(node, ast.ImportFrom) else None
            assert not (module or "").startswith(("bot", "classifiers")), f"{path}:{function.lineno}"


def test_heavy_packages_are_never_imported_at_start() -> None:
    heavy = (
        "torch",
        "transformers",
        "sklearn",
        "matplotlib",
        "sentencepiece",
        "playwright",
        "reportlab",
        "PIL",
        "apprise",
        "requests",
    )
    program = f"import sys, bot.cli; print([m for m in {heavy} if m in sys.modules])"
    seen = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", program],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert seen.stdout.strip() == "[]"


@pytest.mark.parametrize("path", TESTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_test_fakes_the_wire_and_not_the_code(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(
        r"^\s*(from|import) unittest\.mock|\bmock\.patch\(|\bmonkeypatch\.setattr\(bot", text, re.MULTILINE
    )


def test_tests_keep_up_with_the_code() -> None:
    """The house asks for 1.0 to 1.8 by lines. Matrices, property tests and broken files written as data say
    much in few lines, so the floor that is held here is lower; it may be raised, never lowered.
    """
    data = [path for kind in ("yaml", "txt") for path in (ROOT / "tests").rglob(f"*.{kind}")]
    code = sum(p.read_text("utf-8").count("\n") for p in CODE)
    tests = sum(p.read_text("utf-8", "replace").count("\n") for p in [*TESTS, *data])
    assert 0.8 <= tests / code <= 1.8, (tests, code)


def test_lock_files_pin_hashes_and_name_no_host() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text("utf-8")
        assert "://" not in text
        pinned = re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==", text, re.MULTILINE)
        assert len(pinned) > 10
        assert text.count("--hash=sha256:") >= len(pinned)
