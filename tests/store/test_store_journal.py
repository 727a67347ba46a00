"""The audit chain: nobody changes, drops or swaps a line unseen."""

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from fakes import MORNING
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.journal import Entry
from bot.store.database import Database, open_database

LINES = 6
COLUMNS = ("at", "actor", "action", "subject", "cause", "canonical", "hash")


async def fill(path: Path) -> None:
    database = await open_database(path)
    async with database.transaction() as tx:
        for number in range(LINES):
            detail = {"note": f"catatan “{number}” \ud83d", "labels": ("hoax",)}
            await tx.journal.write(
                Entry(
                    MORNING + timedelta(seconds=number), "sari", f"verb{number}", "case:1", "update:é", detail
                )
            )
    await database.close()


async def verified(path: Path) -> tuple[int, int | None]:
    database = await open_database(path)
    found = await database.read.journal.verify()
    await database.close()
    return found


def tampered(change: Callable[[sqlite3.Connection], object]) -> tuple[int, int | None]:
    """Writes a chain, takes the locks off, changes it, and reads it again."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "t.db"
        asyncio.run(fill(path))
        conn = sqlite3.connect(path, isolation_level=None)
        conn.execute("DROP TRIGGER journal_keeps_updates")
        conn.execute("DROP TRIGGER journal_keeps_deletes")
        change(conn)
        conn.close()
        return asyncio.run(verified(path))


def test_an_untouched_chain_holds() -> None:
    assert tampered(lambda _: None) == (LINES, None)


@settings(max_examples=25, deadline=None)
@given(
    seq=st.integers(1, LINES),
    column=st.sampled_from(COLUMNS),
    value=st.one_of(st.integers(), st.text(max_size=8)),
)
def test_any_changed_column_of_any_line_is_found(seq: int, column: str, value: object) -> None:
    changed: list[bool] = []

    def change(conn: sqlite3.Connection) -> None:
        look = f"SELECT {column} FROM journal WHERE seq = {seq}"  # noqa: S608 - from the two lists above
        before = conn.execute(look).fetchone()
        stored = str(value).encode("utf-8", "replace").decode()
        conn.execute(f"UPDATE journal SET {column} = ? WHERE seq = ?", (stored, seq))  # noqa: S608 - as above
        changed.append(conn.execute(look).fetchone() != before)

    read, broken = tampered(change)
    assert read == LINES
    assert broken == (seq if changed[0] else None)


@pytest.mark.parametrize("seq", range(1, LINES + 1))
def test_a_dropped_line_is_found_even_at_the_end(seq: int) -> None:
    read, broken = tampered(lambda conn: conn.execute("DELETE FROM journal WHERE seq = ?", (seq,)))
    assert (read, broken) == (LINES - 1, min(seq + 1, LINES))


def test_an_emptied_journal_is_found() -> None:
    assert tampered(lambda conn: conn.execute("DELETE FROM journal")) == (0, 1)


@settings(max_examples=15, deadline=None)
@given(pair=st.permutations(range(1, LINES + 1)).map(lambda order: sorted(order[:2])))
def test_two_swapped_lines_are_found(pair: list[int]) -> None:
    first, second = pair

    def swap(conn: sqlite3.Connection) -> None:
        for old, new in ((first, 0), (second, first), (0, second)):
            conn.execute("UPDATE journal SET seq = ? WHERE seq = ?", (new, old))

    assert tampered(swap) == (LINES, first)


async def test_the_table_itself_refuses_changes(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.journal.write(Entry(MORNING, "sari", "take", "case:1"))
    for sql in ("UPDATE journal SET actor = 'x'", "DELETE FROM journal"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            await database._writer.ask(sql)
    assert await database.read.journal.verify() == (1, None)


async def test_the_chain_goes_on_across_a_restart_and_many_pages(database_path: Path) -> None:
    for start in (0, 1200):
        database = await open_database(database_path)
        async with database.transaction() as tx:
            for number in range(1200):
                await tx.journal.write(Entry(MORNING, "bot", "tick", f"case:{start + number}"))
        await database.close()
    assert await verified(database_path) == (2400, None)


async def test_a_command_is_known_by_cause_and_action(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.journal.write(Entry(MORNING, "sari", "take", "case:1", "update:5"))
        assert await tx.journal.has("update:5", "take")
        assert not await tx.journal.has("update:5", "close")
        assert not await tx.journal.has("update:6", "take")


async def test_of_a_long_one_a_report_reads_on_where_the_last_one_ended(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was changed before that is noticed when all is read, as it is every hour."""
    monkeypatch.setattr("bot.store.journal._READ_AT_ONCE", 3)
    for number in range(5):
        async with database.transaction() as tx:
            await tx.journal.write(Entry(MORNING, "sari", "take", f"case:{number}"))
    journal = database.read.journal
    assert await journal.verify(anew=False) == (5, None)
    async with database.transaction() as tx:
        await tx.journal.write(Entry(MORNING, "sari", "close", "case:1"))
    assert await journal.verify(anew=False) == (6, None)
    conn = sqlite3.connect(database.path, isolation_level=None)
    conn.execute("DROP TRIGGER journal_keeps_updates")
    conn.execute("UPDATE journal SET actor = 'budi' WHERE seq = 2")
    assert await journal.verify(anew=False) == (6, None)
    assert await journal.verify() == (6, 2)
    assert await journal.verify(anew=False) == (6, 2), "and is not forgotten"
    conn.close()
