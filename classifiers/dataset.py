"""Labelled comments: one JSON object per line with `text`, `labels`, and if known `source` and `licence`."""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from classifiers.errors import DataError
from classifiers.labels import Label

AUTHORED_SOURCE = "ditulis untuk proyek ini"
AUTHORED_LICENCE = "Apache-2.0"


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled comment. Rows of one `source` resemble each other more than others do."""

    text: str
    labels: frozenset[Label]
    source: str
    licence: str


def authored() -> list[Row]:
    """The comments written for this project; each field (`topic`) counts as a source of its own."""
    path = files("classifiers").joinpath("data", "authored.jsonl")
    with path.open(encoding="utf-8") as lines:
        return [
            row_of(item, f"{AUTHORED_SOURCE}: {item['topic']}", AUTHORED_LICENCE)
            for _, item in json_lines(lines)
        ]


def read_rows(path: Path, exclude_licences: Collection[str] = ()) -> list[Row]:
    """Rows of a labelled file, without those whose licence is excluded.

    Raises DataError naming the line. A row without `licence` counts as licence "tidak disebut".
    """
    rows = []
    try:
        with path.open(encoding="utf-8") as lines:
            for number, item in json_lines(lines):
                try:
                    row = row_of(item, path.stem, "tidak disebut")
                except DataError as error:
                    raise DataError(f"{path} baris {number}: {error}") from error
                if row.licence not in exclude_licences:
                    rows.append(row)
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"Berkas {path} tidak dapat dibaca ({error}).") from error
    return rows


def json_lines(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line number (from 1) and object of each line; blank lines are skipped. Raises DataError."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise DataError(f"baris {number}: bukan JSON yang sah ({error}).") from error
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
    )
