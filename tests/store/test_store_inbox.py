"""Raw updates are kept once, worked on in order of arrival, and given back after a death."""

import asyncio
from datetime import timedelta
from pathlib import Path

from fakes import MORNING

from bot.adapters import StoredInbox
from bot.clock import FakeClock
from bot.store.database import Database, open_database
from bot.wire.ports import RawUpdate


def updates(*ids: int) -> list[RawUpdate]:
    return [RawUpdate(i, f'{{"update_id": {i}, "text": "\\ud83d"}}') for i in ids]


async def test_an_update_is_kept_once_whatever_its_number(database: Database, clock: FakeClock) -> None:
    inbox = StoredInbox(database, clock)
    assert await inbox.put(updates(5, 6, 5)) == 2
    assert await inbox.put(updates(6, 3)) == 1
    claimed = await inbox.claim(10)
    assert [u.update_id for u in claimed] == [5, 6, 3]
    assert claimed == updates(5, 6, 3)


async def test_each_is_claimed_by_one_worker(database: Database, clock: FakeClock) -> None:
    inbox = StoredInbox(database, clock)
    await inbox.put(updates(*range(100)))
    found = await asyncio.gather(*(inbox.claim(7) for _ in range(20)))
    ids = [u.update_id for claimed in found for u in claimed]
    assert sorted(ids) == list(range(100))


async def test_what_a_dead_process_had_claimed_is_claimed_again_and_the_rest_is_not(
    database_path: Path, clock: FakeClock
) -> None:
    database = await open_database(database_path)
    inbox = StoredInbox(database, clock)
    await inbox.put(updates(1, 2, 3, 4))
    await inbox.claim(3)
    await inbox.done([1])
    await inbox.dead(2, "ValueError: \ud83d")
    await database.close()
    database = await open_database(database_path)
    inbox = StoredInbox(database, clock)
    assert [u.update_id for u in await inbox.claim(9)] == [3, 4]
    assert await inbox.put(updates(1, 2)) == 0
    await database.close()


async def test_health_tells_what_waits_since_when_and_what_died(database: Database, clock: FakeClock) -> None:
    inbox = StoredInbox(database, clock)
    await inbox.put(updates(1))
    clock.advance(60)
    await inbox.put(updates(2, 3))
    health = await database.read.inbox.health()
    assert (health.pending, health.oldest, health.dead) == (3, MORNING, 0)
    await inbox.claim(1)
    await inbox.done([1])
    await inbox.dead(2, "x")
    health = await database.read.inbox.health()
    assert (health.pending, health.oldest, health.dead) == (1, MORNING + timedelta(seconds=60), 1)


async def test_only_what_is_done_is_forgotten(database: Database, clock: FakeClock) -> None:
    inbox = StoredInbox(database, clock)
    await inbox.put(updates(1, 2, 3))
    await inbox.claim(2)
    await inbox.done([1])
    await inbox.dead(2, "x")
    async with database.transaction() as tx:
        await tx.inbox.forget(MORNING + timedelta(days=7))
    assert await inbox.put(updates(1, 2, 3)) == 1


async def test_the_board_counts_what_nobody_has_read_yet(database: Database, clock: FakeClock) -> None:
    inbox = StoredInbox(database, clock)
    await inbox.put(updates(*range(120)))
    assert await database.read.board.unread() == 120
    await inbox.done(range(100))
    await inbox.dead(119, "unreadable")
    assert await database.read.board.unread() == 19
