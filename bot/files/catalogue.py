"""docs/faults.md: every fault that the files can have, taken from the code that tells it.

The code is read, not run: whoever adds a sentence finds it here, and a test asks for a file that is wrong in
that way. A fault's code is made of its sentence, so it stays while the sentence does.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
_CONSTRUCTORS = {"refuse": 0, "fault_at": 1, "Fault": 3, "_note": 1, "fault": 2, "_fixed": 0}
"""What makes a fault, and which of its arguments is the sentence."""
_TABLES = {"explain.py": "_SENTENCES", "strict_yaml.py": "_PROBLEMS", "scenario_answers.py": "_SENTENCES"}
"""Sentences that stand in a table beside what they translate."""
_PASSED_ON = {
    "explain.py": {"_own", "_by_table"},
    "strict_yaml.py": {"_syntax_faults", "_note"},
    "conditions.py": {"condition"},
    "scenario_answers.py": {"_line"},
    "rule_places.py": {"fault"},
    "fault.py": {"fault_at"},
}
"""Functions that pass a sentence on which is written elsewhere."""
ADVICE = frozenset({"advice", "advice_team", "alone", "empty", "neutral_advice", "outside", "secrets"})
"""Modules that say what may be meant so: never a reason not to start."""
GAP = "…"


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """One thing that can be said; `GAP` stands for what changes."""

    module: str
    text: str

    @property
    def code(self) -> str:
        """Its name in the catalogue."""
        return f"{self.module[:2].upper()}-{sha256(self.text.encode()).hexdigest()[:5]}"

    def fits(self, message: str) -> bool:
        """Whether this is the sentence behind a message."""
        pattern = ".*".join(map(re.escape, self.text.split(GAP)))
        return re.fullmatch(pattern, message, re.DOTALL) is not None


class UnreadableError(Exception):
    """A fault is made of something that is no sentence; the catalogue cannot know it."""


def sentences(folder: Path = HERE) -> list[Sentence]:
    """Every sentence in these modules, sorted. Raises UnreadableError."""
    found = {one for path in sorted(folder.glob("*.py")) for one in _in_module(path)}
    return sorted(found)


def _in_module(path: Path) -> Iterator[Sentence]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and _TABLES.get(path.name) in _targets(node):
            yield from (Sentence(path.stem, text) for text in _table(node, tree))
    for function in ast.walk(tree):
        if path.name == "conditions.py" or not isinstance(function, ast.FunctionDef):
            continue
        if function.name not in _PASSED_ON.get(path.name, ()):
            yield from _in_function(path, tree, function)
    if path.name == "conditions.py":
        yield from (Sentence(path.stem, text) for text in _told_in_pairs(tree))


def _targets(node: ast.Assign | ast.AnnAssign) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _table(node: ast.Assign | ast.AnnAssign, tree: ast.Module) -> Iterator[str]:
    value = node.value
    if isinstance(value, ast.Dict):
        for held in value.values:
            yield from (re.sub(r"\{\w+\}", GAP, text) for text in _texts(held, tree))
    elif isinstance(value, ast.Tuple):
        for row in value.elts:
            if isinstance(row, ast.Tuple):
                yield from _texts(row.elts[1], tree)


def _told_in_pairs(tree: ast.Module) -> Iterator[str]:
    """Sentences that a function gives back together with their hint."""
    for function in tree.body:
        for node in ast.walk(function):
            if (
                isinstance(node, ast.Return)
                and isinstance(node.value, ast.Tuple)
                and len(node.value.elts) == 2
            ):
                yield from _texts(node.value.elts[0], function)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) == "_fixed":
            yield from _texts(node.args[0], tree)


def _in_function(path: Path, tree: ast.Module, function: ast.FunctionDef) -> Iterator[Sentence]:
    for node in ast.walk(function):
        at = _CONSTRUCTORS.get(_called(node)) if isinstance(node, ast.Call) else None
        if not isinstance(node, ast.Call) or at is None or at >= len(node.args):
            continue
        given = node.args[at]
        if isinstance(given, ast.Name) and given.id == "TOLD_ALREADY":
            continue  # no sentence: another reader has told it
        found = list(_texts(given, function)) or list(_texts(given, tree))
        if not found:
            raise UnreadableError(f"{path.name}:{node.lineno}")
        yield from (Sentence(path.stem, text) for text in found)


def _called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _texts(node: ast.AST, scope: ast.AST) -> Iterator[str]:
    """The sentences that an expression may be: itself, either side of a choice, or what a name was given."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else GAP
            for part in node.values
        )
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body, scope)
        yield from _texts(node.orelse, scope)
    elif isinstance(node, ast.Name):
        for other in ast.walk(scope):
            if isinstance(other, ast.Assign) and node.id in _targets(other):
                yield from _texts(other.value, scope)


_HEAD = """# Semua kesalahan berkas

Halaman ini dicetak dari kode yang menyebut kesalahannya; jangan disunting langsung. `tanggap check` menyebut
setiap kesalahan dengan berkas, baris, dan kolomnya, semuanya sekaligus, dengan petunjuk. Tanda … di bawah ini
berganti menurut isi berkas. Contohnya satu suntingan yang menimbulkan kesalahan itu; ▸ menunjuk tempatnya.
Yang bertanda saran disebut dengan cara yang sama sesudah kata Perhatian, tetapi bot tetap bisa dijalankan.
"""


def faults_markdown(examples: Mapping[str, str]) -> str:
    """The page; `examples` gives a wrong text for each code."""
    parts, every = [_HEAD], sentences()
    for module in sorted({one.module for one in every}):
        kind = "saran" if module in ADVICE else "kesalahan"
        parts.append(f"\n## {module}\n\n| kode | {kind} | contoh |\n|---|---|---|")
        parts += [
            f"| {one.code} | {_cell(one.text)} | {_cell(examples.get(one.code, ''))} |"
            for one in every
            if one.module == module
        ]
    return "\n".join(parts) + "\n"


def _cell(text: str) -> str:
    shown = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return shown.replace("|", "\\|") if len(shown) <= 110 else shown[:109].replace("|", "\\|") + GAP
