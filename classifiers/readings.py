"""Labels that were read for comments of openly licensed collections, whose texts belong to others.

`data/readings.tsv` holds, per comment, the start of a hash of its words and its labels; no text. Whoever has
the collection gets the labelled rows back: `tanggap train --data LINES.txt`.
"""

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from classifiers.dataset import Row, fingerprint
from classifiers.errors import DataError, because
from classifiers.labels import Label

LICENCE = "terbuka (lihat kartu model)"
LINES_OF_ONE_SOURCE = 6000
"""The collection was put together source by source, without saying where one ends."""


def read_lines(path: Path, known: Mapping[str, frozenset[Label]] | None = None) -> list[Row]:
    """The comments of a plain text file (one a line) that have been read. Raises DataError if none has.

    `known`: key -> labels, if not those that ship.
    """
    known = readings() if known is None else known
    rows, seen = [], set()
    for number, text in lines_of(path):
        key = key_of(text)
        if key in seen or key not in known:
            continue
        seen.add(key)
        source = f"{path.stem}, bagian {number // LINES_OF_ONE_SOURCE + 1}"
        rows.append(Row(text, known[key], source, LICENCE))
    if not rows:
        raise DataError(
            f"{path}: tidak satu baris pun sudah dibaca dan diberi label. Pakai berkas JSONL berlabel."
        )
    return rows


def lines_of(path: Path) -> list[tuple[int, str]]:
    """Place (from 0) and text of each comment of a plain text file that may be learnt: none is `refused`.

    Raises DataError if the file cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"Berkas {path} tidak dapat dibaca ({because(error)}).") from error
    return [(place, text) for place, text in enumerate(lines) if key_of(text) not in refused()]


def key_of(text: str) -> str:
    """Sixteen hexadecimal digits that hang on the words alone."""
    return hashlib.sha256(fingerprint(text).encode()).hexdigest()[:16]


@cache
def readings() -> dict[str, frozenset[Label]]:
    """Key -> labels."""
    found = {}
    for line in _data("readings.tsv"):
        key, _, labels = line.partition("\t")
        found[key] = frozenset(Label(name) for name in labels.split(",") if name)
    return found


@cache
def refused() -> frozenset[str]:
    """Keys of the comments that no training learns from, for good: nobody could confirm their licence.

    They stand in the collection among others and look like any of them, so only a list can keep them out.
    """
    return frozenset(_data("refused.txt"))


def _data(name: str) -> list[str]:
    text = files("classifiers").joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
