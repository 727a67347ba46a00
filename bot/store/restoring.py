"""A backup takes the place of the database: looked through whole before, and what was there is kept.

What lay in the backup waiting to be sent may have left since. A team message may come twice; public words may
not, so each that waits becomes one in doubt, and the start asks a person about it. Nor does the backup know
what the team stopped or corrected since: nothing leaves until people have looked and lift /kunci.
"""

import contextlib
import os
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.domain.journal import Entry
from bot.domain.people import PersonId
from bot.store.database import DatabaseUnusable, open_database

_OURS = {"meta", "journal", "outbox", "inbox"}
_BESIDE = ("-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Restored:
    """What stands there now. `last`: the moment of its last line before the restoring itself."""

    lines: int
    last: datetime | None
    in_doubt: int
    kept: Path | None
    """Where the database is that stood there before."""


async def restore(backup: Path, database: Path, by: str, now: datetime) -> Restored:
    """The bot must not run. Raises DatabaseUnusable, and then nothing has changed."""
    with _made_anew(database.with_name(f"{database.name}.pulih")) as fresh:
        _copy(backup, fresh)
        lines, last, in_doubt = await _prepared(backup, fresh, by, now)
        kept = _set_aside(database, now)
        _owned_as(database if kept is not None else database.parent, fresh)
        fresh.replace(database)
        _on_disk(database.parent)
    return Restored(lines, last, in_doubt, kept)


@contextlib.contextmanager
def _made_anew(fresh: Path) -> Iterator[Path]:
    """Nothing of it stays behind, however it ends: also not the copy that a migration makes."""
    _remove(fresh)
    try:
        yield fresh
    finally:
        _remove(fresh)


def _remove(fresh: Path) -> None:
    for one in fresh.parent.glob(f"{fresh.name}*"):
        one.unlink(missing_ok=True)


def _copy(backup: Path, fresh: Path) -> None:
    """Read as a database and not as a file: what still stands in a journal beside it counts as well."""
    try:
        with contextlib.closing(sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro", uri=True)) as conn:
            tables = {name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not tables >= _OURS:
                raise DatabaseUnusable(f"{backup} bukan cadangan Tanggap. Tidak ada yang diubah.")
            damage = conn.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if damage != "ok":
                raise DatabaseUnusable(
                    f"{backup} rusak ({damage}). Pakai cadangan lain; tidak ada yang diubah."
                )
            conn.execute("VACUUM INTO ?", (str(fresh),))
    except sqlite3.DatabaseError as error:
        raise DatabaseUnusable(
            f"{backup} tidak terbaca sebagai cadangan ({error}). Pakai cadangan lain; tidak ada yang diubah."
        ) from error


async def _prepared(backup: Path, fresh: Path, by: str, now: datetime) -> tuple[int, datetime | None, int]:
    """Of this version, its journal whole, and with nothing that would be said in public a second time."""
    database = await open_database(fresh)
    try:
        lines, broken = await database.read.journal.verify()
        if broken is not None:
            raise DatabaseUnusable(
                f"Jurnal di {backup} tidak utuh mulai baris {broken} dari {lines}. "
                "Pakai cadangan lain; tidak ada yang diubah."
            )
        head = await database.read.reports.journal_head()
        async with database.transaction() as tx:
            in_doubt = await tx.outbox.doubt_public()
            await tx.inbox.drop_presses()
            await tx.people.lock(PersonId(by), now)
            await tx.journal.write(Entry(now, by, "restore", "database", detail={"lines": lines}))
    finally:
        await database.close()
    journal = fresh.with_name(f"{fresh.name}-wal")
    if journal.exists() and journal.stat().st_size:
        raise DatabaseUnusable("Cadangan tidak dapat ditulis utuh. Periksa sisa disk; tidak ada yang diubah.")
    _on_disk(fresh)
    return lines, head.at if head is not None else None, in_doubt


def _set_aside(database: Path, now: datetime) -> Path | None:
    """A second name for it. At no moment does none stand in its place: a start would make an empty one."""
    if not database.exists():
        return None
    kept = database.with_name(f"{database.name}.sebelum-pulih-{now:%Y%m%d-%H%M%S}")
    with contextlib.suppress(sqlite3.DatabaseError), contextlib.closing(sqlite3.connect(database)) as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # one that is damaged keeps its journal beside it
    os.link(database, kept)
    for beside in _BESIDE:
        one = database.with_name(database.name + beside)
        if one.exists():
            one.replace(kept.with_name(kept.name + beside))
    return kept


def _owned_as(example: Path, fresh: Path) -> None:
    """Whoever restores may be another account than the bot's; and nobody else is to read it."""
    like = example.stat()
    fresh.chmod(stat.S_IMODE(like.st_mode) if example.is_file() else 0o600)
    if os.geteuid() == 0:
        os.chown(fresh, like.st_uid, like.st_gid)


def _on_disk(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
