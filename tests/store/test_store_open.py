"""Opening: an empty file grows up, an older one is copied first, a newer or broken one is refused."""

import sqlite3
import threading
from importlib import resources
from pathlib import Path

import aiosql
import pytest
from fakes import MORNING

from bot.domain.case import CaseId
from bot.domain.journal import Entry
from bot.store.database import Database, DatabaseUnusable, open_database
from bot.store.line import ONLY_READS

MIGRATIONS = resources.files("bot.store") / "migrations"
SCRIPTS = sorted((f for f in MIGRATIONS.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
NOW = int(SCRIPTS[-1].name[:4])


def raw(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def came_to_rest(threads: int) -> bool:
    """A thread that was told to end may need a moment; one that stays would keep the process from ending."""
    for _ in range(200):
        if threading.active_count() <= threads:
            return True
        threading.Event().wait(0.01)
    return False


async def with_one_line(path: Path) -> None:
    database = await open_database(path)
    async with database.transaction() as tx:
        await tx.journal.write(Entry(MORNING, "sari", "take", "case:1"))
    await database.close()


def migrations(folder: Path, most: int = len(SCRIPTS)) -> Path:
    """The first of our scripts, as an older version had them."""
    folder.mkdir()
    for script in SCRIPTS[:most]:
        (folder / script.name).write_text(script.read_text("utf-8"), "utf-8")
    return folder


def next_version(folder: Path, more: str) -> Path:
    (migrations(folder) / "9999_more.sql").write_text(more, "utf-8")
    return folder


async def test_an_empty_file_is_migrated_all_the_way(database: Database, database_path: Path) -> None:
    conn = raw(database_path)
    assert conn.execute("PRAGMA user_version").fetchone() == (NOW,)
    assert conn.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
    conn.close()
    assert not list(database_path.parent.glob("*.sebelum-*"))


def named_queries() -> list[tuple[str, str, dict[str, object]]]:
    queries = aiosql.from_path(str(resources.files("bot.store") / "queries"), "sqlite3")
    found = [
        (name, getattr(queries, name)) for name in queries.available_queries if not name.endswith("_cursor")
    ]
    return [(name, q.sql, dict.fromkeys(q.parameters or (), 1) | {"ids": "[1]"}) for name, q in found]


async def test_every_named_query_fits_the_schema(database: Database, database_path: Path) -> None:
    conn = raw(database_path)
    conn.create_function("chain", 2, lambda *_: "")
    found = named_queries()
    assert len(found) > 60
    for _, sql, given in found:
        conn.execute(f"EXPLAIN {sql}", given)
    conn.close()


async def test_a_query_that_begins_like_a_question_changes_nothing(
    database: Database, database_path: Path
) -> None:
    """Such a one may be asked of the connection that writes, while that rests."""
    conn = raw(database_path)
    asked = [(name, sql, given) for name, sql, given in named_queries() if sql.startswith(ONLY_READS)]
    assert len(asked) > 60
    writes = {
        name
        for name, sql, given in asked
        if any(row[1] == "Transaction" and row[3] for row in conn.execute(f"EXPLAIN {sql}", given))
    }
    conn.close()
    assert writes == set()


READ_WHOLE = {
    "aliases": "a handful of rows",
    "bare_of": "the list that is given",
    "timers_fired": "the list that is given",
    "companions": "beside its own few rows, those of the people who are out",
    "corrections": "the training data, all of it",
    "count_cases": "for /status",
    "count_cluster": "its own rows only: what it counted within, by index",
    "told_since": "by index, up to a thousand",
    "forget_spikes": "a few rows of the last weeks, when a spike is told",
    "forget_updates": "once a day",
    "replies_held": "a row or two of each incident that holds something back",
    "last_drills": "one row per incident or drill that ever was, for /latihan",
    "links": "one row per person",
    "lives": "one row per connector",
    "imports_under_way": "one row per file that is not wholly in",
    "import_over": "one row per file that is not wholly in",
    "forget_imports": "one row per file that is not wholly in",
    "excuse_silence": "one row per connector, at a start",
    "outbox_heads": "one leap in the index per recipient and lane",
    "cases_of_author": "two hundred comments of one writer at most, by index",
    "case_hits_like": "the members of one cluster, by index",
    "case_hits_in": "for /cari, a thousand at a time",
    "case_hits": "for /cari, a thousand at a time",
    "changes_so_far": "no table at all",
    "end_sweep": "one row",
    "begin_sweep": "one row",
    "index_state": "one row",
    "add_bulk_cases": "the list that is given",
    "claims_anew": "all of them, when the spelling changes",
    "claims_with": "by the index of words, five",
    "unwritten_claims": "a hundred of what waits",
    "deeds_of": "by index; the list of what is counted is read whole",
    "oldest_waiting": "four leaps in the index",
    "queue": "fifteen rows of each half",
    "unwritten": "beside its hundred rows, one that says from where on",
    "newest_hit": "by the index of words, of one comment",
    "word_hits": "by the index of words, a thousand at a time",
    "words_anew": "one row",
    "words_filled": "one row",
    "shadow_models": "one row per second model that ever looked on",
    "take_outgoing": "the one row of the lock",
    "template_decisions": "one row per template",
    "own_templates": "one row per version of a template that was proposed in the chat",
    "journal_length": "one row",
    "journal_head": "its last row only",
    "write_entry": "its last row only",
    "updates_done": "the list that is given",
    "queue_page": "the waiting in the order of an index, until the page is full",
    "run_of_group": "one row per incident that goes on",
    "recent_of_label": "the labels of each comment of the burst's window",
    "group_goes_on": "one row, by index",
    "runs_going_on": "one row per incident that goes on",
    "unsettled": "once, at the start",
    "timeline_of": "its inner query is read by index",
    "add_claim_sources": "the list that is given",
    "claim_by_reference": "the few sources of one claim",
    "claims_after": "the few sources of each claim",
    "claims_listed": "the few sources of each claim of a page",
    "claims_of_comments": "the list that is given",
    "count_replies": "what its inner query found by index, no more than were asked for",
    "networks_of": "the list that is given",
    "get_claim": "the few sources of one claim",
    "runs_of_claim": "one row per incident that goes on",
    "run_with_claim": "the first fifty comments of one claim",
}


async def test_no_other_query_reads_a_whole_table(database: Database, database_path: Path) -> None:
    conn = raw(database_path)
    conn.create_function("chain", 2, lambda *_: "")
    scans = {
        name
        for name, sql, given in named_queries()
        if any(
            "SCAN" in row[3] and "USING INDEX" not in row[3]
            for row in conn.execute(f"EXPLAIN QUERY PLAN {sql}", given)
        )
    }
    conn.close()
    # What retention takes away is looked for once an hour, two hundred at a time, for lists of ids.
    scans = {name for name in scans if not name.startswith(("old_", "drop_", "mask_", "part_"))}
    assert scans <= set(READ_WHOLE)


async def test_a_real_one_is_copied_before_it_is_migrated(database_path: Path, tmp_path: Path) -> None:
    await with_one_line(database_path)
    newer = next_version(tmp_path / "m", "CREATE TABLE extra (id INTEGER PRIMARY KEY);")

    database = await open_database(database_path, newer)
    assert len(await database.read.journal.about("case:1")) == 1
    await database.close()

    copy = raw(database_path.with_name(f"tanggap.db.sebelum-{NOW + 1:04}"))
    assert copy.execute("PRAGMA user_version").fetchone() == (NOW,)
    assert copy.execute("SELECT action FROM journal").fetchall() == [("take",)]
    assert copy.execute("SELECT name FROM sqlite_master WHERE name = 'extra'").fetchall() == []
    copy.close()


async def test_a_failed_migration_changes_nothing_and_may_be_tried_again(
    database_path: Path, tmp_path: Path
) -> None:
    await with_one_line(database_path)
    broken = next_version(
        tmp_path / "broken", "CREATE TABLE extra (id INTEGER); INSERT INTO nowhere VALUES (1);"
    )
    for _ in range(2):
        with pytest.raises(DatabaseUnusable, match="nowhere"):
            await open_database(database_path, broken)
    conn = raw(database_path)
    assert conn.execute("PRAGMA user_version").fetchone() == (NOW,)
    assert conn.execute("SELECT name FROM sqlite_master WHERE name = 'extra'").fetchall() == []
    conn.close()

    mended = next_version(tmp_path / "mended", "CREATE TABLE extra (id INTEGER);")
    database = await open_database(database_path, mended)
    assert len(await database.read.journal.about("case:1")) == 1
    await database.close()


async def test_who_was_given_somebodys_words_before_may_answer_after_the_update(
    database_path: Path, tmp_path: Path
) -> None:
    older = await open_database(database_path, migrations(tmp_path / "older", most=1))
    await older.close()
    conn = raw(database_path)
    conn.executescript("""
        INSERT INTO playbook_version VALUES ('ab', 'keselamatan-jiwa', 1, '');
        INSERT INTO case_ (id, version, status, verdict, urgency, reasons, opened_at, updated_at, panel,
            sensitive, comments) VALUES (7, 1, 'new', '[]', 0, '[]', 0, 0, 'main', 1, 1);
        INSERT INTO comment VALUES (9, 7, 'telegram_dm', '1', '1', 0, '', '', '', '', '', '', 0, 0, '[]');
        INSERT INTO run VALUES (3, 'life', 'ab', 'real', 'k', 'open', '', 1, NULL, 0, NULL, '', 1);
        INSERT INTO evidence VALUES (3, 9, '', 0);
        INSERT INTO outbox (key, lane, recipient, kind, fields, redraws, public, queued_at)
            VALUES ('a', 0, 'person:sari', 'Original', '{"case":7,"person":"sari"}', '', 0, 0),
                   ('b', 0, 'person:sari', 'Original', '{"case":7,"person":"sari"}', '', 0, 0),
                   ('c', 0, 'person:budi', 'Original', '{"case":7,"person":"budi"}', '', 0, 0);
    """)
    conn.close()

    database = await open_database(database_path)
    named = await database.read.cases.companions(CaseId(7))
    assert named == {"budi": "keselamatan-jiwa", "sari": "keselamatan-jiwa"}
    await database.close()


async def test_a_newer_file_is_refused_and_no_thread_stays_behind(database_path: Path) -> None:
    await with_one_line(database_path)
    conn = raw(database_path)
    conn.execute("PRAGMA user_version = 99")
    conn.close()
    threads = threading.active_count()
    with pytest.raises(DatabaseUnusable, match="lebih baru"):
        await open_database(database_path)
    assert came_to_rest(threads)


@pytest.fixture
def no_database(database_path: Path) -> Path:
    database_path.write_bytes(b"Kapan jalan diperbaiki? " * 400)
    return database_path


async def test_what_is_no_database_is_refused_and_no_thread_stays_behind(no_database: Path) -> None:
    threads = threading.active_count()
    with pytest.raises(DatabaseUnusable, match="cadangan"):
        await open_database(no_database)
    assert came_to_rest(threads)


async def test_after_an_unclean_stop_a_damaged_file_is_noticed(database_path: Path) -> None:
    database = await open_database(database_path)
    async with database.transaction() as tx:
        for number in range(400):
            await tx.inbox.keep(number, "x" * 200, MORNING)
    await database.close()
    conn = raw(database_path)
    conn.execute("UPDATE meta SET value = 'no' WHERE key = 'clean_stop'")
    page = conn.execute("SELECT rootpage FROM sqlite_master WHERE name = 'inbox_open'").fetchone()[0]
    size = conn.execute("PRAGMA page_size").fetchone()[0]
    conn.close()
    with database_path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\x05" + b"\xff" * 64)
    damaged = await open_database(database_path)
    with pytest.raises(DatabaseUnusable, match="Pulihkan dari cadangan"):
        await damaged.own()
    await damaged.close()


async def test_a_clean_stop_is_remembered_and_a_running_one_is_not_clean(database_path: Path) -> None:
    def clean() -> str:
        conn = raw(database_path)
        value: str = conn.execute("SELECT value FROM meta WHERE key = 'clean_stop'").fetchone()[0]
        conn.close()
        return value

    database = await open_database(database_path)
    await database.own()
    assert clean() == "no"
    beside = await open_database(database_path)
    await beside.close()
    assert clean() == "no", "a command beside a running bot says nothing about how the bot stops"
    await database.close()
    assert clean() == "yes"


async def test_a_backup_is_a_whole_database_and_overwrites_none(database: Database, tmp_path: Path) -> None:
    async with database.transaction() as tx:
        await tx.journal.write(Entry(MORNING, "sari", "take", "case:1"))
    await database.backup(tmp_path / "cadangan.db")
    copy = await open_database(tmp_path / "cadangan.db")
    assert await copy.read.journal.verify() == (1, None)
    await copy.close()
    with pytest.raises(sqlite3.OperationalError, match="exists"):
        await database.backup(tmp_path / "cadangan.db")


async def test_whatever_points_somewhere_is_found_by_index_when_that_leaves(
    database: Database, database_path: Path
) -> None:
    """Else every row that a purge takes would read the whole of the table that might point to it."""
    conn = raw(database_path)
    tables = [name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    unread = set()
    for table in tables:
        first = {
            next(iter(conn.execute(f"PRAGMA index_info('{index[1]}')")))[2]
            for index in conn.execute(f"PRAGMA index_list({table})")
        }
        keys = [row[1] for row in conn.execute(f"PRAGMA table_info({table})") if row[5] == 1]
        points = {row[3] for row in conn.execute(f"PRAGMA foreign_key_list({table})")}
        unread |= {f"{table}.{column}" for column in points - first - set(keys)}
    conn.close()
    assert unread <= {"run.playbook_sha", "override.swap"}, (
        "neither a playbook's words nor a swap ever leaves"
    )
