"""A list of checked facts, as an agency or its partners keep it: one claim per row."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from bot.domain.claim import LONGEST_BASIS, LONGEST_STATEMENT, MOST_SOURCES, ClaimType, Finding
from bot.domain.csv_rows import BadRow, read_rows
from bot.domain.form import FieldFault, read
from bot.domain.steps import AnswerKind, Field
from bot.domain.template import link_is_allowed

MOST_ROWS = 20_000
COLUMNS = ("nomor", "klaim", "temuan", "jenis", "dasar", "sumber", "tanggal")
NEEDED = ("klaim", "temuan")
FINDINGS: Mapping[str, Finding] = {
    "salah": Finding.FALSE,
    "sebagian": Finding.PARTLY,
    "sebagian benar": Finding.PARTLY,
    "benar": Finding.TRUE,
    "belum terbukti": Finding.UNPROVEN,
}
TYPES: Mapping[str, ClaimType] = {
    "satire atau parodi": ClaimType.SATIRE,
    "satire": ClaimType.SATIRE,
    "parodi": ClaimType.SATIRE,
    "konten menyesatkan": ClaimType.MISLEADING,
    "konten tiruan": ClaimType.IMPOSTER,
    "konten palsu": ClaimType.FABRICATED,
    "salah sambung": ClaimType.FALSE_CONNECTION,
    "koneksi yang salah": ClaimType.FALSE_CONNECTION,
    "salah konteks": ClaimType.FALSE_CONTEXT,
    "konteks yang salah": ClaimType.FALSE_CONTEXT,
    "konten manipulasi": ClaimType.MANIPULATED,
    "konten yang dimanipulasi": ClaimType.MANIPULATED,
}


_DATE = Field("tanggal", AnswerKind.DATE)
_FORMULA = ("=", "+", "-", "@")
_LONGEST_REFERENCE = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One claim of a list. `reference` names it in that list, so that it is brought in once."""

    reference: str
    statement: str
    finding: Finding
    type: ClaimType | None
    basis: str
    sources: tuple[str, ...]
    seen_at: datetime | None


class _WrongError(Exception):
    """A cell that cannot be used; the message says why."""


def read_list(text: str, allowed: Sequence[str], now: datetime) -> tuple[list[Row], list[BadRow]]:
    """Every row that can be used, and every fault, at its line."""
    rows: dict[str, Row] = {}
    bad: list[BadRow] = []
    for line, cells in _cells(text):
        if isinstance(cells, BadRow):
            bad.append(cells)
            continue
        try:
            row = _row(cells, allowed, now)
        except _WrongError as wrong:
            bad.append(BadRow(line, str(wrong)))
            continue
        if row.reference in rows:
            bad.append(BadRow(line, f"Nomor atau sumber «{row.reference}» sudah ada di baris sebelumnya."))
        elif len(rows) >= MOST_ROWS:
            bad.append(BadRow(line, f"Lebih dari {MOST_ROWS} baris. Pecah menjadi beberapa berkas."))
            break
        else:
            rows[row.reference] = row
    return list(rows.values()), bad


def write_list(rows: Iterable[Row]) -> Iterator[str]:
    """The same list again, line by line; `read_list` reads it back."""
    of_finding = {finding: name for name, finding in reversed(tuple(FINDINGS.items()))}
    of_type = {kind: name for name, kind in reversed(tuple(TYPES.items()))}
    yield _line(COLUMNS)
    for row in rows:
        kind = of_type[row.type] if row.type is not None else ""
        day = row.seen_at.date().isoformat() if row.seen_at is not None else ""
        finding, sources = of_finding[row.finding], " ".join(row.sources)
        yield _line((row.reference, row.statement, finding, kind, row.basis, sources, day))


def _line(cells: Sequence[str]) -> str:
    """Nothing that a spreadsheet would reckon: a cell that begins like a formula gets an apostrophe."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(
        [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells]
    )
    return out.getvalue()


def _cells(text: str) -> Iterator[tuple[int, Mapping[str, str] | BadRow]]:
    try:
        names, rows = read_rows(io.StringIO(text, newline=""), COLUMNS, strict=True)
    except csv.Error as error:
        yield 1, BadRow(1, f"Baris CSV tidak terbaca ({error}).")
        return
    missing = [name for name in NEEDED if name not in names]
    if missing:
        yield 1, BadRow(1, f"Tidak ada kolom {' dan '.join(missing)}. Kolomnya: {', '.join(COLUMNS)}.")
        return
    for line, row in rows:
        if isinstance(row, BadRow):
            yield line, row
        else:
            yield line, {name: _plain(cell or "") for name, cell in row.items()}


def _plain(cell: str) -> str:
    """One line, and without the apostrophe that `write_list` put in front of a formula."""
    words = " ".join(cell.split())
    return words[1:] if words[:1] == "'" and words[1:].startswith(_FORMULA) else words


def _row(cells: Mapping[str, str], allowed: Sequence[str], now: datetime) -> Row:
    statement = _short("Klaim", cells["klaim"], LONGEST_STATEMENT)
    if not statement:
        raise _WrongError("Kolom klaim kosong.")
    finding = FINDINGS.get(cells["temuan"].lower())
    if finding is None:
        names = ", ".join(dict.fromkeys(FINDINGS))
        raise _WrongError(f"Temuan «{cells['temuan']}» tidak dikenal. Pilihannya: {names}.")
    sources = _sources(cells.get("sumber", ""), allowed)
    if not sources and finding is not Finding.UNPROVEN:
        raise _WrongError("Kolom sumber kosong. Selain «belum terbukti», temuan perlu tautan sumber.")
    return Row(
        reference=_short("Nomor", cells.get("nomor", ""), _LONGEST_REFERENCE)
        or next(iter(sources), statement),
        statement=statement,
        finding=finding,
        type=_type(cells.get("jenis", "")),
        basis=_short("Dasar", cells.get("dasar", ""), LONGEST_BASIS),
        sources=sources,
        seen_at=_day(cells.get("tanggal", ""), now),
    )


def _short(name: str, words: str, most: int) -> str:
    if len(words) > most:
        raise _WrongError(f"{name} lebih dari {most} karakter.")
    return words


def _type(name: str) -> ClaimType | None:
    if name and name.lower() not in TYPES:
        raise _WrongError(f"Jenis «{name}» tidak dikenal. Pilihannya: {', '.join(TYPES)}.")
    return TYPES.get(name.lower())


def _sources(cell: str, allowed: Sequence[str]) -> tuple[str, ...]:
    links = tuple(dict.fromkeys(cell.split()))
    if len(links) > MOST_SOURCES:
        raise _WrongError(f"Lebih dari {MOST_SOURCES} sumber.")
    for link in links:
        if not link_is_allowed(link, allowed):
            raise _WrongError(f"Sumber {link} tidak diizinkan. Yang boleh: https di {', '.join(allowed)}.")
    return links


def _day(words: str, now: datetime) -> datetime | None:
    """The beginning of the day."""
    if not words:
        return None
    try:
        day = datetime.combine(date.fromisoformat(read(_DATE, words)), time(), UTC)
    except FieldFault as fault:
        raise _WrongError(f"Tanggal «{words}» tidak terbaca. Tulis seperti 2026-11-21.") from fault
    if day > now:
        raise _WrongError(f"Tanggal {words} belum terjadi.")
    return day
