"""Finding and reading the files themselves; what each is, its first key says."""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.files.fault import Fault, did_you_mean, fault_at, quote
from bot.files.nodes import Entries, Node, text_of
from bot.files.strict_yaml import MAX_BYTES, parse

KINDS = frozenset({"playbook", "drill", "replies", "topics", "holidays", "neutral"})
"""The first key of every file but config.yaml; its value is the version of the format, `v1`."""


_VERSION = re.compile(r"v\d+")


@dataclass(frozen=True, slots=True)
class Source:
    """One file that could be read: its bytes and its tree."""

    path: Path
    data: bytes
    root: Entries


def shown(path: Path) -> str:
    """The path as people see it: from where they stand, if it lies below."""
    full = Path(os.path.normpath(path.absolute()))
    return str(full.relative_to(Path.cwd())) if full.is_relative_to(Path.cwd()) else str(path)


def read(path: Path) -> tuple[Node | None, list[Fault]]:
    """Read one file into a tree; a file that cannot be opened is a fault like any other."""
    data, faults = _bytes(path)
    return parse(data, shown(path)) if data is not None else (None, faults)


def read_kind(paths: Iterable[Path], kind: str) -> tuple[list[Source], list[Fault]]:
    """Read every file of one kind among files and folders.

    In a folder, files of another known kind are left to those who read that kind; a file named directly must
    be of the wanted one.
    """
    sources: list[Source] = []
    faults: list[Fault] = []
    for path, from_folder in _files(paths):
        data, unread = _bytes(path)
        root, found = parse(data, shown(path)) if data is not None else (None, unread)
        if isinstance(root, Entries) and data is not None:
            if from_folder and _is_anothers(root, kind):
                continue
            sources.append(Source(path, data, root))
        elif root is not None:
            found.append(fault_at(root.place, f"Berkas ini harus diawali {quote(kind + ': v1')}."))
        faults += found
    return sources, faults


def _bytes(path: Path) -> tuple[bytes | None, list[Fault]]:
    try:
        with path.open("rb") as file:
            # One more than allowed is enough to see that it is too much.
            return file.read(MAX_BYTES + 1), []
    except OSError:
        return None, [
            Fault(shown(path), 1, 1, "Berkas ini tidak dapat dibuka.", "Periksa nama dan hak bacanya.")
        ]


def kind_of(root: Entries) -> str:
    """What this file says that it is: the first key of a kind with a version behind it, "" where none has.

    A playbook has a part named `drill`, a drill names its `playbook`: the key alone does not tell.
    """
    named = ((key.text, text_of(value)) for key, value in root.pairs)
    return next((key for key, value in named if key in KINDS and _VERSION.fullmatch(value)), "")


def _is_anothers(root: Entries, kind: str) -> bool:
    """Whether those who read another kind will read it."""
    said = kind_of(root)
    others = KINDS & {key.text for key, _ in root.pairs} - {kind}
    return said != kind if said else root.get(kind) is None and bool(others)


def wrong_kind(root: Entries, kind: str) -> list[Fault]:
    """The fault of a file that does not say what it is, or is something else, in place of one for each key
    that it lacks.
    """
    if root.get(kind) is not None and kind_of(root) in {kind, ""}:
        return []
    first = root.pairs[0][0].text if root.pairs else ""
    return [
        fault_at(root.place, f"Berkas ini harus diawali {quote(kind + ': v1')}.", did_you_mean(first, {kind}))
    ]


def _files(paths: Iterable[Path]) -> list[tuple[Path, bool]]:
    found: dict[Path, bool] = {}
    for path in paths:
        if path.is_dir():
            for file in sorted(path.iterdir()):
                if file.suffix in {".yaml", ".yml"}:
                    found.setdefault(file, True)
        else:
            found[path] = False
    return list(found.items())
