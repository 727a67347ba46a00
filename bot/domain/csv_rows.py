"""A CSV file's rows by the names in its first line. A row that does not fit says why; the others are read."""

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain


@dataclass(frozen=True, slots=True)
class BadRow:
    """`line`: 1-based line of the file. `why`: an Indonesian sentence."""

    line: int
    why: str


Cells = Mapping[str, str | None]
"""Nothing where the row ends early."""


def read_rows(
    lines: Iterable[str], known: Collection[str], *, strict: bool = False
) -> tuple[list[str], Iterator[tuple[int, Cells | BadRow]]]:
    """The names, lower case, and each row with its line. Raises csv.Error where the names cannot be read.

    `known`: names by which the delimiter is recognised. `strict`: a quote out of place is a fault.
    """
    rest = iter(lines)
    first = next(rest, "")
    mark = _delimiter(first, known)
    reader = csv.DictReader(chain([first], rest), delimiter=mark, strict=strict)
    names = [(name or "").strip().lower() for name in reader.fieldnames or ()]
    reader.fieldnames = names
    return names, _rows(reader)


def _rows(reader: "csv.DictReader[str]") -> Iterator[tuple[int, Cells | BadRow]]:
    try:
        for row in reader:
            line, too_many = reader.line_num, row.pop(None, None) is not None
            yield line, BadRow(line, "Kolomnya lebih banyak daripada judul.") if too_many else row
    except csv.Error as error:
        line = reader.reader.line_num  # DictReader's own is the last row's that could be read
        yield line, BadRow(line, f"Baris CSV tidak terbaca ({error}).")


def _delimiter(header: str, known: Collection[str]) -> str:
    """The mark under which the header names most columns that are known.

    Not csv.Sniffer: it guesses from a sample of the rows, and their commas and quotes mislead it.
    """

    def recognised(mark: str) -> int:
        try:
            named = next(csv.reader([header], delimiter=mark), [])
        except csv.Error:
            return 0
        return len(set(known) & {name.strip().lower() for name in named})

    return max(",;\t|", key=recognised)
