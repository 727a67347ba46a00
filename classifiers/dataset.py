"""Labelled comments: one JSON object per line with `text`, `labels`, and if known `source` and `licence`."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from classifiers.errors import DataError, because
from classifiers.labels import Label

AUTHORED_SOURCE = "ditulis untuk proyek ini"
AUTHORED_LICENCE = "Apache-2.0"
REGRESSION_SHARE = 0.04
"""So much of the authored comments is never learnt from: it judges every model that is to be installed."""
_BESIDE_WORDS = re.compile(r"[\W_]+")
_REPEATED = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled comment. Rows of one `source` resemble each other more than others do.

    `register` is what kind of writing it is (a post, a reply), where that is known.
    """

    text: str
    labels: frozenset[Label]
    source: str
    licence: str
    register: str = ""


@cache
def authored() -> tuple[Row, ...]:
    """The comments written for this project; each field (`topic`) counts as a source of its own."""
    path = files("classifiers").joinpath("data", "authored.jsonl")
    with path.open(encoding="utf-8") as lines:
        return tuple(
            row_of(item, f"{AUTHORED_SOURCE}: {item['topic']}", AUTHORED_LICENCE)
            for _, item in json_lines(lines)
        )


@cache
def regression_set() -> tuple[Row, ...]:
    """The authored comments that no shipped model has learnt from: chosen by their words alone, for good."""
    return tuple(row for row in authored() if share_of(row.text, "regresi") < REGRESSION_SHARE)


def to_learn_from(rows: Iterable[Row]) -> list[Row]:
    """The rows without the regression set and without copies of it, wherever they come from."""
    judges = {fingerprint(row.text) for row in regression_set()}
    return [row for row in rows if fingerprint(row.text) not in judges]


def share_of(text: str, purpose: str) -> float:
    """A number from 0 up to 1 that hangs on the text's `fingerprint` alone; each purpose deals anew."""
    digest = hashlib.sha256(f"{purpose}:{fingerprint(text)}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def fingerprint(text: str) -> str:
    """Letters and digits alone, without case, lengthening and marks.

    Not the model's own normalised view: that changes with every new entry of the slang dictionary, and a
    comment would wander from the set that judges to the rows that are learnt.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    # A second round, since folding case may compose anew; a lone surrogate has no UTF-8.
    plain = unicodedata.normalize("NFKC", plain).encode("utf-8", "replace").decode("utf-8")
    return _REPEATED.sub(r"\1", _BESIDE_WORDS.sub(" ", plain)).strip()


def read_rows(path: Path, exclude_licences: Collection[str] = ()) -> list[Row]:
    """Rows of a labelled file, without those whose licence is excluded.

    Raises DataError naming the line. A row without `licence` counts as licence "tidak disebut".
    """
    rows = []
    try:
        with path.open("rb") as lines:
            for number, item in json_lines(lines):
                try:
                    row = row_of(item, path.stem, "tidak disebut")
                except DataError as error:
                    raise DataError(f"{path} baris {number}: {error}") from error
                if row.licence not in exclude_licences:
                    rows.append(row)
    except OSError as error:
        raise DataError(f"Berkas {path} tidak dapat dibaca ({because(error)}).") from error
    return rows


def json_lines(lines: Iterable[str | bytes]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line number (from 1) and object of each line; blank lines are skipped. Raises DataError.

    Bytes are read as UTF-8 line by line, so that a wrong one has its line; a byte order mark is passed over.
    """
    for number, raw in enumerate(lines, start=1):
        try:
            line = (raw.decode("utf-8") if isinstance(raw, bytes) else raw).removeprefix("\ufeff").strip()
            item = json.loads(line) if line else None
        except UnicodeDecodeError as error:
            raise DataError(f"baris {number}: tidak dapat dibaca ({because(error)}).") from error
        except json.JSONDecodeError as error:
            raise DataError(f"baris {number}: bukan JSON yang sah, di huruf ke-{error.colno}.") from error
        except (ValueError, RecursionError) as error:
            told = "bersarang terlalu dalam, atau angkanya terlalu panjang"
            raise DataError(f"baris {number}: bukan JSON yang sah: {told}.") from error
        if not line:
            continue
        if not isinstance(item, dict) or not isinstance(item.get("text"), str):
            raise DataError(f'baris {number}: harus berupa objek JSON dengan "text" berisi teks.')
        yield number, item


def row_of(item: dict[str, Any], source: str, licence: str) -> Row:
    """One row; `source` and `licence` are used where the object names none. Raises DataError."""
    labels = item.get("labels")
    if not isinstance(labels, list):
        raise DataError('"labels" harus berupa daftar, boleh kosong.')
    known = [label.value for label in Label]
    for label in labels:
        if label not in known:
            raise DataError(f"label {label!r} tidak dikenal; yang ada: {', '.join(known)}.")
    return Row(
        text=item["text"],
        labels=frozenset(Label(label) for label in labels),
        source=str(item.get("source", source)),
        licence=str(item.get("licence", licence)),
        register=str(item.get("register", "")),
    )
