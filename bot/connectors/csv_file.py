"""Comments from a file: CSV or JSONL of other platforms. All is checked before anything is kept."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.comment import Author, Comment, Origin, Platform

_LARGEST = 64 * 1024 * 1024
_MOST_ROWS = 200_000
_LONGEST = 20_000

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "teks", "komentar", "comment", "isi", "message", "pesan"),
    "author": ("author", "penulis", "nama", "name", "username", "user", "akun"),
    "written_at": ("written_at", "waktu", "tanggal", "date", "created_at", "timestamp", "time"),
    "link": ("link", "tautan", "url", "permalink"),
    "id": ("id", "comment_id", "id_komentar"),
    "post": ("post", "unggahan", "context", "konteks", "judul"),
}


@dataclass(frozen=True, slots=True)
class BadRow:
    """`line`: 1-based line of the file. `why`: an Indonesian sentence."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What a file holds. With bad rows nothing should be taken in unless a person says so."""

    comments: tuple[Comment, ...]
    bad: tuple[BadRow, ...]


class UnreadableFile(Exception):
    """The whole file cannot be used; the message says what to do (Indonesian)."""


def read_file(path: Path, now: datetime) -> Batch:
    """Reads and checks the file. Rows without an id are named by their words, so that a second import of the
    same file brings nothing twice. Raises UnreadableFile."""
    raw = _bytes(path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"{path}: bukan UTF-8 (byte ke-{error.start + 1}). Simpan ulang berkas sebagai CSV UTF-8."
        ) from error
    rows = _jsonl(text) if path.suffix.lower() in {".jsonl", ".ndjson"} else _csv(path, text)
    return _batch(rows, now)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise UnreadableFile(f"{path}: lebih dari 64 MB. Pecah menjadi beberapa berkas.")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{path}: tidak dapat dibaca ({error.strerror}).") from error


def _csv(path: Path, text: str) -> Iterator[tuple[int, Mapping[str, object] | BadRow]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        names = [(name or "").strip().lower() for name in reader.fieldnames or ()]
    except csv.Error as error:
        raise UnreadableFile(f"{path}:1: baris judul tidak terbaca ({error}).") from error
    if not set(names) & set(_COLUMNS["text"]):
        raise UnreadableFile(
            f"{path}:1: tidak ada kolom teks. Beri nama salah satu kolom «teks» (atau text, komentar, isi)."
        )
    reader.fieldnames = names
    try:
        for row in reader:
            line = reader.line_num
            too_many = row.pop(None, None) is not None
            yield line, BadRow(line, "Kolomnya lebih banyak daripada judul.") if too_many else row
    except csv.Error as error:
        yield reader.line_num, BadRow(reader.line_num, f"Baris CSV tidak terbaca ({error}).")


def _delimiter(text: str) -> str:
    """The mark under which the header names most columns that are known.

    Not csv.Sniffer: it guesses from a sample of the comments, and their commas and quotes mislead it.
    """
    known = {name for names in _COLUMNS.values() for name in names}

    def recognised(mark: str) -> int:
        try:
            header = next(csv.reader(text.splitlines()[:1], delimiter=mark), [])
        except csv.Error:
            return 0
        return len(known & {name.strip().lower() for name in header})

    return max(",;\t|", key=recognised)


def _jsonl(text: str) -> Iterator[tuple[int, Mapping[str, object] | BadRow]]:
    # Not splitlines: a JSON text may hold U+2028 and its like as they are.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            yield number, BadRow(number, f"Bukan JSON yang sah ({error}).")
            continue
        if isinstance(row, dict):
            yield number, {str(key).lower(): value for key, value in row.items()}
        else:
            yield number, BadRow(number, "Bukan objek JSON.")


def _batch(rows: Iterable[tuple[int, Mapping[str, object] | BadRow]], now: datetime) -> Batch:
    comments: dict[Origin, Comment] = {}
    bad: list[BadRow] = []
    for count, (line, row) in enumerate(rows):
        if count >= _MOST_ROWS:
            bad.append(BadRow(line, f"Lebih dari {_MOST_ROWS} baris. Pecah menjadi beberapa berkas."))
            break
        made = row if isinstance(row, BadRow) else _comment(line, row, now)
        if isinstance(made, BadRow):
            bad.append(made)
        else:
            comments.setdefault(made.origin, made)
    return Batch(tuple(comments.values()), tuple(bad))


def _comment(line: int, row: Mapping[str, object], now: datetime) -> Comment | BadRow:
    text = _value(row, "text")
    if not text:
        return BadRow(line, "Teks komentar kosong.")
    if len(text) > _LONGEST:
        return BadRow(line, f"Teks lebih dari {_LONGEST} karakter.")
    when = _value(row, "written_at")
    written = _moment(when, now)
    if written is None:
        return BadRow(line, "Waktu tidak terbaca. Tulis seperti 2026-11-21T09:30:00+07:00.")
    author, number, post = _value(row, "author"), _value(row, "id"), _value(row, "post")
    name = number or hashlib.sha256(f"{author}|{when}|{text}".encode("utf-8", "replace")).hexdigest()
    return Comment(
        origin=Origin(Platform.CSV, post or "file", name),
        author=Author(f"csv:{author}" if author else "", author),
        text=text,
        written_at=written,
        received_at=now,
        link=_link(_value(row, "link")),
        context=post[:200],
    )


def _value(row: Mapping[str, object], field: str) -> str:
    """The first column of this meaning that is filled."""
    for name in _COLUMNS[field]:
        value = row.get(name)
        if isinstance(value, str | int | float) and (words := str(value).strip()):
            return words
    return ""


def _link(text: str) -> str:
    return text if text.startswith(("https://", "http://")) else ""


def _moment(text: str, now: datetime) -> datetime | None:
    """ISO 8601; without a zone it is taken as UTC. No time at all: now."""
    if not text:
        return now
    try:
        parsed = datetime.fromisoformat(text)
        return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
