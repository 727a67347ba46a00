"""A town's history, written straight into the store: so many comments, their cases, cards and journal.

The words are put together from lists of our own, the same for the same number: nobody wrote them.
"""

import json
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.comment import Verdict
from bot.domain.journal import GENESIS, Entry, link
from bot.store.rows import pack_verdict
from classifiers.labels import Label

PEOPLE = ("sari", "budi", "ratna", "yoga")
_CHUNK = 20_000
_MATTERS = (
    "jalan berlubang", "lampu jalan mati", "air pdam tidak mengalir", "sampah menumpuk",
    "banjir setiap hujan",
    "antrean puskesmas terlalu panjang", "surat pindah belum jadi", "listrik padam sejak malam",
    "bantuan sosial belum turun", "parkir liar di trotoar", "drainase tersumbat",
    "pohon tumbang menutup jalan",
    "angkot tidak lewat lagi", "sekolah kekurangan guru", "harga beras naik", "pungutan liar di kantor",
    "terima kasih pelayanannya cepat", "kapan pasar dibuka kembali", "katanya bansos dihapus benarkah",
    "nomor antrean tidak keluar",
)  # fmt: skip
_TALK = (
    "mohon segera", "tolong dicek", "sudah lama begini", "kasihan warga", "padahal sudah dilaporkan",
    "bagaimana ini", "kami menunggu kabar", "semoga cepat selesai", "jangan hanya janji",
    "anak sekolah lewat sini",
    "sejak minggu lalu", "setiap pagi", "terutama malam hari", "dekat pertigaan", "depan musala",
)  # fmt: skip
_KINDS = ("kampung", "gang", "kelurahan", "pasar", "jembatan")
_PLACES = tuple(f"{kind} {name}" for kind in _KINDS for name in (
    "melati", "mawar", "kenanga", "cempaka", "anggrek", "dahlia", "flamboyan", "teratai", "seruni", "kamboja",
    "bougenvil", "tanjung", "merpati", "kutilang", "rajawali", "cendrawasih", "sukamaju", "sukasari",
))  # fmt: skip
_NAMES = tuple(f"{a} {b}" for a in (
    "Rina", "Agus", "Dewi", "Tono", "Wulan", "Bambang", "Lestari", "Hendra", "Ningsih", "Fajar",
) for b in (
    "Santoso", "Pratiwi", "Wijaya", "Utami", "Saputra", "Handayani", "Nugroho", "Kusuma",
))  # fmt: skip
_STATES = ("answered", "closed", "closed", "handed_over")
_OPEN = ("new", "new", "assigned", "snoozed")


@dataclass(frozen=True, slots=True)
class History:
    """`seconds`: between one comment and the next; `open_share`: of the cases, so many still wait."""

    comments: int
    until: datetime
    seconds: int = 30
    open_share: float = 0.02

    @property
    def begins(self) -> int:
        return int(self.until.timestamp()) - self.comments * self.seconds


def words(number: int) -> str:
    """The text of a comment; every hundredth names something that no other hundred names."""
    dice = random.Random(number)
    rare = f" di blok {number // 100:x}" if number % 100 == 0 else ""
    place = f"{dice.choice(_PLACES)} rt {dice.randint(1, 40)}"
    return f"{dice.choice(_MATTERS)} di {place}{rare}, {dice.choice(_TALK)}, {dice.choice(_TALK)}"


def _verdicts() -> list[str]:
    scores = tuple((label.value, 0.0123) for label in Label)
    return [
        pack_verdict(Verdict((label.value,), (), scores, ((label.value, "jalan"),), ("jalan",), "built"))
        for label in (Label.COMPLAINT, Label.COMPLAINT, Label.QUESTION, Label.PRAISE, Label.SPAM, Label.HOAX)
    ]


def fill(path: Path, history: History) -> None:
    """Into a database that is there and empty. Not safe against a power cut; nobody misses it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("PRAGMA synchronous = OFF")
        conn.execute("PRAGMA cache_size = -65536")
        head = GENESIS
        for first in range(1, history.comments + 1, _CHUNK):
            conn.execute("BEGIN")
            head = _fill_chunk(conn, history, range(first, min(first + _CHUNK, history.comments + 1)), head)
            conn.execute("COMMIT")
            conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _fill_chunk(conn: sqlite3.Connection, history: History, numbers: range, head: str) -> str:
    verdicts = _verdicts()
    conn.executemany(
        "INSERT INTO case_ (id, version, status, verdict, urgency, reasons, opened_at, updated_at, assignee,"
        " panel, sensitive, comments, snoozed_until) VALUES (?, 1, ?, ?, 2, '[]', ?, ?, ?, 'main', 0, 1, ?)",
        (_case(history, number, verdicts) for number in numbers),
    )
    conn.executemany(
        "INSERT INTO comment (id, case_id, platform, thread, message, revision, author_key, author_name,"
        " text, link, context, media, written_at, received_at, verdict)"
        " VALUES (?, ?, 'telegram_discussion', ?, ?, 0, ?, ?, ?, ?, 'Kabar kota', '', ?, ?, ?)",
        (_comment(history, number, verdicts) for number in numbers),
    )
    conn.executemany(
        "INSERT INTO outbox (key, lane, recipient, kind, fields, redraws, public, state, queued_at, sent_at,"
        " chat_id, message_id) VALUES (?, 3, 'triage', 'CaseCard', ?, ?, 0, 'sent', ?, ?, -1003, ?)",
        (
            (f"u:{n}:card:{n}", json.dumps({"case": n}), f"case:{n}", at, at, n)
            for n in numbers
            for at in (_at(history, n),)
        ),
    )
    conn.executemany(
        "INSERT INTO card (subject, chat_id, message_id, shown) VALUES (?, -1003, ?, '0123456789abcdef')",
        ((f"case:{n}", n) for n in numbers),
    )
    return _journal(conn, history, numbers, head)


def _at(history: History, number: int) -> int:
    return history.begins + number * history.seconds


def _is_open(history: History, number: int) -> bool:
    """The newest of all: what came long ago is done."""
    return number > history.comments * (1 - history.open_share)


def _case(history: History, number: int, verdicts: list[str]) -> tuple[object, ...]:
    at, is_open = _at(history, number), _is_open(history, number)
    status = (_OPEN if is_open else _STATES)[number % 4]
    who = PEOPLE[number % len(PEOPLE)] if status not in {"new", "snoozed"} else None
    wakes = at + 90_000 if status == "snoozed" else None
    return number, status, verdicts[number % len(verdicts)], at, at + 600, who, wakes


def _comment(history: History, number: int, verdicts: list[str]) -> tuple[object, ...]:
    at, author = _at(history, number), number % 200_003
    where = (f"-1001/{number % 500}", str(number), f"tg:{author}", _NAMES[author % len(_NAMES)])
    link_ = f"https://t.me/c/1001/{number}?thread={number % 500}"
    return number, number, *where, words(number), link_, at, at, verdicts[number % len(verdicts)]


def _lines(history: History, numbers: range) -> Iterator[Entry]:
    for number in numbers:
        at = datetime.fromtimestamp(_at(history, number), UTC)
        subject, who = f"case:{number}", PEOPLE[number % len(PEOPLE)]
        detail: dict[str, object] = {"how": "opened", "comment": number, "revision": 0}
        yield Entry(at, "bot", "receive", subject, f"u:{number}", detail)
        if not _is_open(history, number):
            yield Entry(at, who, "close", subject, f"c:{number}", {"reason": "answered"})


def _journal(conn: sqlite3.Connection, history: History, numbers: range, head: str) -> str:
    """Chained as the product chains it: a report reads it."""
    rows = []
    for entry in _lines(history, numbers):
        canonical = entry.canonical()
        head = link(head, canonical)
        at = int(entry.at.timestamp())
        rows.append((at, entry.actor, entry.action, entry.subject, entry.cause, canonical, head))
    conn.executemany(
        "INSERT INTO journal (at, actor, action, subject, cause, canonical, hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    return head
