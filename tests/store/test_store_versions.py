"""A database of the last published version comes up as whole as a new one, with everything that it held."""

import hashlib
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib import resources
from pathlib import Path

import pytest
from fakes import MORNING

from bot.domain.journal import Entry
from bot.store.database import open_database

FOLDER = resources.files("bot.store") / "migrations"
SCRIPTS = {f.name: f.read_bytes() for f in FOLDER.iterdir() if f.name.endswith(".sql")}
PUBLISHED = {
    "0001_spine.sql": "cd8b712c36e3",
    "0002_companions.sql": "f276329a1530",
    "0003_shadow.sql": "218498953ffb",
    "0004_message_numbers.sql": "c7798d8fe8b3",
}
"""What databases out there were made by, with the beginning of each fingerprint."""
SKIPPED = {10, 19, 20, 21, 26, 27, 29, 31, 33}
"""Numbers that no script has. Nobody may take one later: a database beyond it would never get that script."""


def numbers() -> list[int]:
    return sorted(int(name[:4]) for name in SCRIPTS)


def schema(path: Path) -> list[tuple[str, str, str]]:
    """Every table, column, index and trigger, however its statement is laid out."""
    with closing(sqlite3.connect(path)) as conn:
        found = conn.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master ORDER BY type, name")
        return [(kind, name, re.sub(r"\s+", " ", sql)) for kind, name, sql in found]


def columns(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as conn:
        tables = [name for kind, name, _ in schema(path) if kind == "table"]
        return {name: conn.execute(f"PRAGMA table_info({name})").fetchall() for name in tables}


@pytest.fixture
def published(tmp_path: Path) -> Iterator[Path]:
    """The scripts of the last published version, in a folder of their own."""
    folder = tmp_path / "published"
    folder.mkdir()
    for name in PUBLISHED:
        (folder / name).write_bytes(SCRIPTS[name])
    yield folder
    shutil.rmtree(folder)


def test_what_was_published_is_never_changed() -> None:
    """A database that ran it will not run it again: what is missing there belongs into a new script."""
    for name, known in PUBLISHED.items():
        assert hashlib.sha256(SCRIPTS[name]).hexdigest().startswith(known), name


def test_every_number_stands_for_one_script_and_none_is_taken_afterwards() -> None:
    assert len(set(numbers())) == len(SCRIPTS)
    assert set(range(1, max(numbers()) + 1)) - set(numbers()) == SKIPPED
    assert not re.search(r"\b(BEGIN|COMMIT)\s*;", "".join(text.decode() for text in SCRIPTS.values())), (
        "each script runs within one transaction that is not its own"
    )


async def test_an_empty_file_gets_every_script(tmp_path: Path) -> None:
    database = await open_database(tmp_path / "new.db")
    await database.close()
    with closing(sqlite3.connect(tmp_path / "new.db")) as conn:
        assert conn.execute("PRAGMA user_version").fetchone() == (max(numbers()),)
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        tables = {name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    made = re.findall(r"(?m)^CREATE TABLE (\w+)", "".join(text.decode() for text in SCRIPTS.values()))
    assert len(made) > 30
    assert set(made) <= tables


async def test_a_published_one_gets_every_later_script_and_keeps_what_it_held(
    tmp_path: Path, published: Path
) -> None:
    path = tmp_path / "old.db"
    old = await open_database(path, published)
    async with old.transaction() as tx:
        await tx.journal.write(Entry(MORNING, "sari", "take", "case:1"))
    await old.close()
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("PRAGMA user_version").fetchone() == (4,)

    grown = await open_database(path)
    async with grown.transaction() as tx:
        await tx.journal.write(Entry(MORNING, "sari", "answer", "case:1"))
    assert await grown.read.journal.verify() == (2, None)
    await grown.close()

    fresh = await open_database(tmp_path / "new.db")
    await fresh.close()
    assert schema(path) == schema(tmp_path / "new.db")
    assert columns(path) == columns(tmp_path / "new.db")
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("PRAGMA user_version").fetchone() == (max(numbers()),)
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
    with closing(sqlite3.connect(tmp_path / "old.db.sebelum-0005")) as copy:
        assert copy.execute("SELECT action FROM journal").fetchall() == [("take",)]


@pytest.mark.parametrize("have", sorted(int(name[:4]) for name in SCRIPTS))
async def test_one_of_any_version_between_comes_up_too(tmp_path: Path, have: int) -> None:
    """Whoever ran an unpublished state meanwhile."""
    folder = tmp_path / "between"
    folder.mkdir()
    for name, text in SCRIPTS.items():
        if int(name[:4]) <= have:
            (folder / name).write_bytes(text)
    path = tmp_path / "old.db"
    await (await open_database(path, folder)).close()
    await (await open_database(path)).close()
    fresh = await open_database(tmp_path / "new.db")
    await fresh.close()
    assert schema(path) == schema(tmp_path / "new.db")


async def test_what_an_act_on_many_closed_from_behind_their_cards_is_counted_of_older_ones_too(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "before"
    folder.mkdir()
    for name, text in SCRIPTS.items():
        if name < "0036":
            (folder / name).write_bytes(text)
    path = tmp_path / "old.db"
    old = await open_database(path, folder)
    async with old.transaction() as tx:
        for case, behind in ((7, 3), (8, 0), (9, 2)):
            said = Entry(MORNING, "sari", "close", f"case:{case}", f"bulk:1:{case}", {"behind": behind})
            await tx.journal.write(said)
    await old.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute(
            "INSERT INTO bulk (id, cause, person, place, kind, argument, state, at, left_out)"
            " VALUES (1, 'update:1', 'sari', 'triage', 'close', 'spam', 'done', 0, '[]')"
        )
        done = [(7, "done"), (8, "done"), (9, "done"), (10, "skipped")]
        conn.executemany("INSERT INTO bulk_case (bulk, case_id, version, how) VALUES (1, ?, 1, ?)", done)
    grown = await open_database(path)
    assert await grown.read.bulks.took_along(1) == 5
    await grown.close()
