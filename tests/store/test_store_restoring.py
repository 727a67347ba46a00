"""What is no whole backup of ours is refused in a sentence, and the database stays as it was."""

import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from importlib import resources
from pathlib import Path

import pytest
from fakes import MORNING

from bot.domain.journal import Entry
from bot.store.database import Database, DatabaseUnusable, open_database
from bot.store.restoring import restore

SCRIPTS = sorted(
    (one for one in (resources.files("bot.store") / "migrations").iterdir() if one.name.endswith(".sql")),
    key=lambda one: one.name,
)


async def lines(database: Database, *deeds: str) -> None:
    for deed in deeds:
        async with database.transaction() as tx:
            await tx.journal.write(Entry(MORNING, "sari", deed, "case:1"))


async def written(path: Path, *deeds: str) -> bytes:
    database = await open_database(path)
    await lines(database, *deeds)
    await database.close()
    return content(path)


def content(path: Path) -> bytes:
    return path.read_bytes()


def text_of(path: Path) -> str:
    return path.read_text("utf-8")


def left(folder: Path) -> list[str]:
    """What lies there, but for what SQLite itself keeps beside a file that is no real backup."""
    return sorted(one.name for one in folder.iterdir() if not one.name.startswith("cadangan.db-"))


def altered(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as conn:
        for statement in statements:
            conn.execute(statement)
        conn.commit()


def no_database(path: Path) -> None:
    path.write_text("id,teks\n1,halo\n" * 400, "utf-8")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def of_another_program(path: Path) -> None:
    path.unlink()
    altered(path, "CREATE TABLE journal (id INTEGER)")


def newer(path: Path) -> None:
    altered(path, "PRAGMA user_version = 9999")


def forged(path: Path) -> None:
    altered(path, "DROP TRIGGER journal_keeps_updates", "UPDATE journal SET actor = 'budi' WHERE seq = 2")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (no_database, "tidak terbaca sebagai cadangan"),
        (empty, "bukan cadangan Tanggap"),
        (cut_short, "rusak|tidak terbaca"),
        (of_another_program, "bukan cadangan Tanggap"),
        (newer, "versi Tanggap yang lebih baru"),
        (forged, "Jurnal di .* tidak utuh mulai baris 2 dari 3"),
    ],
)
async def test_a_wrong_file_changes_nothing(
    tmp_path: Path, database_path: Path, spoil: Callable[[Path], None], said: str
) -> None:
    backup = tmp_path / "cadangan.db"
    await written(backup, "take", "draft", "approve")
    before = await written(database_path, "take")
    spoil(backup)
    with pytest.raises(DatabaseUnusable, match=said):
        await restore(backup, database_path, "host", MORNING)
    assert content(database_path) == before
    assert left(tmp_path) == ["cadangan.db", "tanggap.db"]


async def test_a_backup_of_an_older_version_is_brought_up_to_this_one(
    tmp_path: Path, database_path: Path
) -> None:
    backup, older = tmp_path / "cadangan.db", tmp_path / "lama"
    older.mkdir()
    for script in SCRIPTS[:-4]:
        (older / script.name).write_text(script.read_text("utf-8"), "utf-8")
    database = await open_database(backup, older)
    await lines(database, "take")
    await database.close()
    done = await restore(backup, database_path, "host", MORNING)
    assert (done.lines, done.last, done.in_doubt, done.kept) == (1, MORNING, 0, None)
    database = await open_database(database_path)
    assert await database.read.imports.under_way() == []
    await database.close()
    assert left(tmp_path) == ["cadangan.db", "lama", "tanggap.db"]


async def test_a_damaged_database_is_kept_all_the_same(tmp_path: Path, database_path: Path) -> None:
    """The very case for which backups are: what is left of it may still be worth something."""
    backup = tmp_path / "cadangan.db"
    await written(backup, "take")
    no_database(database_path)
    done = await restore(backup, database_path, "host", MORNING)
    assert done.kept is not None
    assert text_of(done.kept).startswith("id,teks")
    database = await open_database(database_path)
    assert await database.read.journal.verify() == (2, None)
    await database.close()


async def test_presses_that_waited_count_no_more_and_comments_do(tmp_path: Path, database_path: Path) -> None:
    backup = tmp_path / "cadangan.db"
    database = await open_database(backup)
    async with database.transaction() as tx:
        await tx.inbox.keep(1, '{"update_id": 1, "callback_query": {"id": "7"}}', MORNING)
        await tx.inbox.keep(2, '{"update_id": 2, "message": {"text": "callback_query"}}', MORNING)
    await database.close()
    await restore(backup, database_path, "host", MORNING)
    database = await open_database(database_path)
    assert [row["update_id"] for row in await database.read.inbox.after(0, 10)] == [2]
    await database.close()


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def allow(path: Path, mode: int) -> None:
    path.chmod(mode)


def remove(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("mode", [0o640, 0o600])
async def test_the_file_keeps_the_rights_of_the_one_it_replaces(
    mode: int, tmp_path: Path, database_path: Path
) -> None:
    await written(tmp_path / "cadangan.db", "take")
    await written(database_path, "take", "close")
    allow(database_path, mode)
    await restore(tmp_path / "cadangan.db", database_path, "host", MORNING)
    assert rights(database_path) == mode
    remove(database_path)
    await restore(tmp_path / "cadangan.db", database_path, "host", MORNING)
    assert rights(database_path) == 0o600, "where none stood it is the bot's alone"
