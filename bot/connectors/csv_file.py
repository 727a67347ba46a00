"""Comments from a file: CSV or JSONL of other platforms. All is checked before anything is kept."""

import codecs
import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from bot.connectors.csv_figures import MOST, figure
from bot.domain.comment import Author, Comment, Origin, Platform
from bot.domain.csv_rows import BadRow, read_rows
from bot.domain.network import network_of
from bot.domain.reach import Reach
from classifiers.errors import because

_MOST_ROWS = 1_000_000
_MOST_TOLD = 1_000
_LONGEST = 20_000
_BITE = 1 << 20

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "teks", "komentar", "comment", "isi", "message", "pesan"),
    "author": ("author", "penulis", "nama", "name", "username", "user", "akun"),
    "written_at": ("written_at", "waktu", "tanggal", "date", "created_at", "timestamp", "time"),
    "link": ("link", "tautan", "url", "permalink"),
    "id": ("id", "comment_id", "id_komentar"),
    "post": ("post", "unggahan", "context", "konteks", "judul"),
    "network": ("platform", "network", "kanal", "medsos", "media_sosial"),
    "seen": ("jangkauan", "reach", "views", "view_count", "dilihat", "tayangan", "impressions", "ditonton"),
    "likes": ("suka", "disukai", "likes", "like_count", "reaksi", "reactions"),
    "shares": ("dibagikan", "shares", "share_count", "retweets", "retweet_count"),
    "replies": ("dibalas", "jumlah_balasan", "replies", "reply_count"),
}
_REACTED = ("likes", "shares", "replies")


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file holds. With bad rows nothing should be taken in unless a person says so.

    `sha256` names the file as it was read; `bad` holds the first thousand of `faults`.
    """

    sha256: str
    comments: int
    faults: int
    bad: tuple[BadRow, ...]


class UnreadableFile(Exception):
    """The whole file cannot be used; the message says what to do (Indonesian)."""


Row = Mapping[str, object] | BadRow


class CommentFile:
    """Read row by row, however long it is: once to check all of it, once to take it in.

    Rows without an id are named by their words, so that a second import of the file brings nothing twice.
    """

    def __init__(self, path: Path, now: datetime) -> None:
        self._path = path
        self._now = now

    def check(self) -> Checked:
        """Reads all of it. Raises UnreadableFile."""
        sha256, bad, faults, comments = self._sum(), list[BadRow](), 0, 0
        for row in self._read():
            if not isinstance(row, BadRow):
                comments += 1
                continue
            faults += 1
            if len(bad) < _MOST_TOLD:
                bad.append(row)
        return Checked(sha256, comments, faults, tuple(bad))

    def comments(self) -> Iterator[Comment]:
        """The good rows, in the order of the file; of two with one id the first. Raises UnreadableFile."""
        return (row for row in self._read() if isinstance(row, Comment))

    def _sum(self) -> str:
        """Its hash; raises where a byte of it is no text."""
        total, decoder, before = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")(), 0
        try:
            with self._path.open("rb") as raw:
                while bite := raw.read(_BITE):
                    total.update(bite)
                    held = len(decoder.getstate()[0])
                    decoder.decode(bite)
                    before += len(bite)
                held = len(decoder.getstate()[0])
                decoder.decode(b"", final=True)
        except OSError as error:
            raise UnreadableFile(f"{self._path}: tidak dapat dibaca ({because(error)}).") from error
        except UnicodeDecodeError as error:
            place = before - held + error.start + 1
            raise UnreadableFile(
                f"{self._path}: bukan UTF-8 (byte ke-{place}). Simpan ulang berkas sebagai CSV UTF-8."
            ) from error
        return total.hexdigest()

    def _read(self) -> Iterator[Comment | BadRow]:
        lines = self._path.suffix.lower() in {".jsonl", ".ndjson"}
        # Not universal newlines: a JSON text may hold U+2028 and its like, a CSV field a line of its own.
        with self._path.open(encoding="utf-8-sig", newline="\n" if lines else "") as text:
            rows = _jsonl(text) if lines else _csv(self._path, text)
            yield from _comments(rows, self._now)


def _csv(path: Path, text: TextIO) -> Iterator[tuple[int, Row]]:
    known = {name for names in _COLUMNS.values() for name in names}
    try:
        names, rows = read_rows(text, known)
    except csv.Error as error:
        raise UnreadableFile(f"{path}:1: baris judul tidak terbaca ({error}).") from error
    if not set(names) & set(_COLUMNS["text"]):
        raise UnreadableFile(
            f"{path}:1: tidak ada kolom teks. Beri nama salah satu kolom «teks» (atau text, komentar, isi)."
        )
    yield from rows


def _jsonl(text: TextIO) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(text, start=1):
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


def _comments(rows: Iterable[tuple[int, Row]], now: datetime) -> Iterator[Comment | BadRow]:
    seen: set[int] = set()
    for count, (line, row) in enumerate(rows):
        if count >= _MOST_ROWS:
            yield BadRow(line, f"Lebih dari {_MOST_ROWS} baris. Pecah menjadi beberapa berkas.")
            return
        made = row if isinstance(row, BadRow) else _comment(line, row, now)
        if isinstance(made, BadRow):
            yield made
        elif (name := _number(made.origin)) not in seen:
            seen.add(name)
            yield made


def _number(origin: Origin) -> int:
    """Eight bytes of its name: a million of them fit where a million names would not."""
    return int.from_bytes(hashlib.sha256(repr(origin).encode()).digest()[:8])


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
    reach = _reach(row)
    if isinstance(reach, str):
        return BadRow(line, f"Angka «{reach}» tidak terbaca. Tulis angkanya saja, misalnya 12000.")
    author, number, post = _value(row, "author"), _value(row, "id"), _value(row, "post")
    link = _link(_value(row, "link"))
    name = number or hashlib.sha256(f"{author}|{when}|{text}".encode("utf-8", "replace")).hexdigest()
    return Comment(
        origin=Origin(Platform.CSV, post or "file", name),
        author=Author(f"csv:{author}" if author else "", author),
        text=text,
        written_at=written,
        received_at=now,
        link=link,
        context=post[:200],
        network=network_of(_value(row, "network"), link) or "",
        reach=reach,
    )


def _reach(row: Mapping[str, object]) -> Reach | str:
    """What the file says of it, or the words that are no number."""
    found = {}
    for field in ("seen", *_REACTED):
        words = _value(row, field)
        number = figure(words)
        if number is None:
            return words[:40]
        found[field] = number
    return Reach(found["seen"], min(MOST, sum(found[field] for field in _REACTED)))


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
