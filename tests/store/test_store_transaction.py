"""Units of work share commits, and nobody else's failure."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from fakes import MORNING

from bot.domain.journal import Entry
from bot.store.database import Database, open_database
from bot.store.line import CommitFailed


def entry(what: str) -> Entry:
    return Entry(MORNING, "sari", what, "case:1")


async def write(database: Database, what: str) -> str:
    async with database.transaction() as tx:
        await tx.journal.write(entry(what))
    return what


async def actions(database: Database) -> list[str]:
    return [str(line["action"]) for line in await database.read.journal.about("case:1")]


async def waiting(database: Database) -> list[int]:
    """The updates that a reader finds; a short question."""
    return [row["update_id"] for row in await database.read.inbox.after(0, 100)]


async def test_what_left_the_transaction_is_committed(database: Database) -> None:
    await write(database, "take")
    assert await actions(database) == ["take"]


async def test_a_reader_sees_nothing_before_the_commit(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.journal.write(entry("take"))
        assert len(await tx.journal.about("case:1")) == 1
        assert await actions(database) == []
    assert await actions(database) == ["take"]


async def test_an_exception_inside_undoes_the_unit(database: Database) -> None:
    async def fails() -> None:
        async with database.transaction() as tx:
            await tx.journal.write(entry("take"))
            await tx.journal.about("case:1")
            raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        await fails()
    assert await actions(database) == []
    await write(database, "next")
    assert await actions(database) == ["next"]


async def test_a_failing_unit_leaves_its_neighbours_alone(database: Database) -> None:
    async def fails(number: int) -> None:
        async with database.transaction() as tx:
            await tx.journal.write(entry(f"bad{number}"))
            if number % 2:
                await tx.journal.about("case:1")
            raise RuntimeError(str(number))

    work = [fails(n) if n % 3 == 0 else write(database, f"good{n}") for n in range(30)]
    ended = await asyncio.gather(*work, return_exceptions=True)

    assert [isinstance(e, RuntimeError) for e in ended] == [n % 3 == 0 for n in range(30)]
    assert await actions(database) == [f"good{n}" for n in range(30) if n % 3]
    assert await database.read.journal.verify() == (20, None)


async def test_a_statement_that_breaks_a_rule_fails_its_own_unit(database: Database) -> None:
    async def invite_twice() -> None:
        async with database.transaction() as tx:
            await tx.people.invite("same", "sari", MORNING)
            await tx.people.invite("same", "sari", MORNING)

    ended = await asyncio.gather(
        write(database, "before"), invite_twice(), write(database, "after"), return_exceptions=True
    )
    assert isinstance(ended[1], sqlite3.IntegrityError)
    assert await actions(database) == ["before", "after"]
    with pytest.raises(sqlite3.IntegrityError):
        await invite_twice()
    async with database.transaction() as tx:
        assert await tx.people.use_invitation("same", MORNING) is None


async def test_a_hundred_units_need_few_commits(database: Database) -> None:
    commits: list[str] = []
    watched = database._writer._conn
    await watched.set_trace_callback(lambda sql: commits.append(sql) if sql == "COMMIT" else None)
    await asyncio.gather(*(write(database, f"n{n}") for n in range(100)))
    await watched.set_trace_callback(None)
    assert len(await actions(database)) == 100
    assert 1 <= len(commits) <= 3


async def test_a_unit_learns_of_success_only_after_the_commit(database: Database) -> None:
    async def committed_when_told(number: int) -> bool:
        await write(database, f"n{number}")
        return f"n{number}" in await actions(database)

    assert await asyncio.gather(*(committed_when_told(n) for n in range(10))) == [True] * 10


async def test_a_failed_commit_reaches_every_unit_of_the_group(database: Database) -> None:
    async def orphan(number: int) -> None:
        """Refers to a case that is not there; deferred, so that only the COMMIT finds out."""
        async with database.transaction() as tx:
            database._writer.later("PRAGMA defer_foreign_keys = ON")
            await tx.journal.write(entry(f"n{number}"))
            database._writer.later(
                "INSERT INTO correction VALUES (:case, :case, 'sari', '[]', '[]', 0)", {"case": 900 + number}
            )

    ended = await asyncio.gather(*(orphan(n) for n in range(5)), return_exceptions=True)
    assert [type(e) for e in ended] == [CommitFailed] * 5
    assert await actions(database) == []
    await write(database, "goes on")
    assert await actions(database) == ["goes on"]


async def test_a_cancelled_wait_leaves_the_others_their_commit(database: Database) -> None:
    entered, leave = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        async with database.transaction() as tx:
            await tx.journal.write(entry("slow"))
            entered.set()
            await leave.wait()

    first = asyncio.create_task(slow())
    await entered.wait()
    waiting = asyncio.create_task(write(database, "never"))
    await asyncio.sleep(0)
    leave.set()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await asyncio.wait_for(first, 20)
    assert await actions(database) == ["slow"]


@pytest.mark.parametrize("hops", range(12))
async def test_a_cancelled_unit_is_whole_or_absent_and_the_next_one_goes_on(
    database: Database, hops: int
) -> None:
    async def unit() -> None:
        async with database.transaction() as tx:
            await tx.people.links()
            await tx.journal.write(entry("one"))
            await tx.people.links()
            await tx.journal.write(entry("two"))

    task = asyncio.create_task(unit())
    for _ in range(hops):
        await asyncio.sleep(0)
    task.cancel()
    neighbour = asyncio.create_task(write(database, "neighbour"))
    [ended] = await asyncio.gather(task, return_exceptions=True)
    await neighbour
    await write(database, "next")
    whole, absent = ["one", "two", "neighbour", "next"], ["neighbour", "next"]
    if hops < 2 or ended is not None:  # where the disk is quick, a late one comes when all is over
        assert isinstance(ended, asyncio.CancelledError)
    assert await actions(database) in ([whole] if ended is None else [whole, absent])
    assert (await database.read.journal.verify())[1] is None


async def test_the_one_who_commits_may_be_cancelled_without_harm_to_its_neighbours(
    database: Database,
) -> None:
    """Sixteen units, the last of which carries the COMMIT and is cancelled at any point of it."""
    for hops in range(40):
        units = [asyncio.create_task(write(database, f"{hops}.{n}")) for n in range(16)]
        for _ in range(hops):
            await asyncio.sleep(0)
        units[-1].cancel()
        ended = await asyncio.gather(*units, return_exceptions=True)
        assert [e for e in ended[:-1] if isinstance(e, BaseException)] == []
        assert {f"{hops}.{n}" for n in range(15)} <= set(await actions(database))


async def test_closing_waits_for_what_is_still_being_committed(database_path: Path) -> None:
    database = await open_database(database_path)
    units = [asyncio.create_task(write(database, f"n{n}")) for n in range(5)]
    await asyncio.sleep(0)
    closing = asyncio.create_task(database.close())
    await asyncio.sleep(0)
    assert await asyncio.wait_for(asyncio.gather(*units), 20) == [f"n{n}" for n in range(5)]
    await closing
    again = await open_database(database_path)
    assert len(await actions(again)) == 5
    await again.close()


async def test_a_unit_before_the_closing_is_kept_though_one_queues_behind_it(database_path: Path) -> None:
    database = await open_database(database_path)
    entered, leave = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        async with database.transaction() as tx:
            await tx.journal.write(entry("kept"))
            entered.set()
            await leave.wait()

    first = asyncio.create_task(slow())
    await entered.wait()
    closing = asyncio.create_task(database.close())
    await asyncio.sleep(0)
    too_late = asyncio.create_task(write(database, "too late"))
    await asyncio.sleep(0)
    leave.set()
    await asyncio.wait_for(first, 20)
    await closing
    with pytest.raises(RuntimeError, match="closed"):
        await too_late
    again = await open_database(database_path)
    assert await actions(again) == ["kept"]
    await again.close()


async def test_a_bell_rings_after_the_commit_that_queued_something(database: Database) -> None:
    rung: list[int] = []
    database.ring_on("inbox", lambda: rung.append(1))
    await write(database, "nothing queued")
    assert rung == []
    async with database.transaction() as tx:
        assert await tx.inbox.keep(7, "{}", MORNING)
        assert rung == []
    assert rung == [1]
    async with database.transaction() as tx:
        assert not await tx.inbox.keep(7, "{}", MORNING)
    assert rung == [1]


async def test_a_short_question_sees_nothing_of_a_unit_that_is_not_over(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.inbox.keep(1, "{}", MORNING)
        assert await waiting(database) == []
    assert await waiting(database) == [1]


async def test_nor_of_one_whose_commit_waits_for_the_disk(database: Database, database_path: Path) -> None:
    stranger = sqlite3.connect(database_path)

    def committed() -> int:
        return int(stranger.execute("SELECT count(*) FROM inbox").fetchone()[0])

    async def keep(number: int) -> None:
        async with database.transaction() as tx:
            await tx.inbox.keep(number, "{}", MORNING)

    kept = [asyncio.create_task(keep(number)) for number in range(20)]
    while not all(one.done() for one in kept):
        before, seen, after = committed(), len(await waiting(database)), committed()
        assert before <= seen <= after
        await asyncio.sleep(0)
    stranger.close()
    assert len(await waiting(database)) == 20


async def test_readers_cannot_write(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await database.read.inbox.keep(1, "{}", MORNING)
