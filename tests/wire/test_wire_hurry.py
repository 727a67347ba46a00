"""What cannot wait overtakes its chat; nothing is handled twice for it, and nothing is left out."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from wire_desk import Desk, moving, pumping, row
from wire_inbox import SqliteInbox
from wire_loopback import until

from bot.clock import FakeClock

MORNING = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


async def test_an_emergency_overtakes_the_raid_before_it(inbox: SqliteInbox, clock: FakeClock) -> None:
    await inbox.put([row(i) for i in range(1, 301)])
    desk = Desk(hold={1: asyncio.Event()})
    async with pumping(inbox, desk, clock) as pump:
        await until(lambda: desk.started == [1] and pump.held == 300)
        pump.hurry([row(250), row(280)])
        pump.hurry([row(280)])
        await until(lambda: desk.handled == [250, 280])
        desk.hold[1].set()
        await until(lambda: len(inbox.ids("done")) == 300)
        assert pump.held == 0
    assert desk.handled == [250, 280, *(i for i in range(1, 301) if i not in {250, 280})]


async def test_what_is_not_in_memory_yet_overtakes_too(inbox: SqliteInbox, clock: FakeClock) -> None:
    await inbox.put([row(i) for i in range(1, 101)])
    desk = Desk(hold={1: asyncio.Event()})
    async with pumping(inbox, desk, clock, backlog=10, bite=10) as pump:
        await until(lambda: desk.started == [1] and pump.held == 10)
        pump.hurry([row(90)])
        await until(lambda: desk.handled == [90])
        desk.hold[1].set()
        await until(lambda: len(inbox.ids("done")) == 100)
    assert sorted(desk.handled) == list(range(1, 101))


async def test_what_is_being_handled_is_left_alone(inbox: SqliteInbox, clock: FakeClock) -> None:
    await inbox.put([row(1), row(2)])
    desk = Desk(hold={1: asyncio.Event()})
    async with pumping(inbox, desk, clock) as pump:
        await until(lambda: desk.started == [1])
        pump.hurry([row(1)])
        desk.hold[1].set()
        await until(lambda: len(inbox.ids("done")) == 2)
    assert desk.handled == [1, 2]


async def test_one_that_fails_while_it_overtakes_is_tried_again(inbox: SqliteInbox, clock: FakeClock) -> None:
    await inbox.put([row(i) for i in range(1, 6)])
    desk = Desk(hold={1: asyncio.Event()}, faults={i: [] for i in range(1, 6)})
    desk.faults[4] = [RuntimeError("the network"), RuntimeError("the network")]
    async with pumping(inbox, desk, clock) as pump:
        await until(lambda: desk.started == [1] and pump.held == 5)
        pump.hurry([row(4)])
        await moving(clock, lambda: desk.handled == [4])
        desk.hold[1].set()
        await until(lambda: len(inbox.ids("done")) == 5)
    assert sorted(desk.handled) == [1, 2, 3, 4, 5]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 40), max_size=20), st.integers(4, 60))
def test_whoever_is_hurried_and_when_each_is_handled_once(
    tmp_path_factory, hurried: list[int], backlog: int
) -> None:
    async def day(folder: Path) -> list[int]:
        inbox, desk, clock = SqliteInbox(folder / "inbox.db"), Desk(), FakeClock(MORNING)
        async with pumping(inbox, desk, clock, backlog=backlog, bite=4) as pump:
            for begin in range(1, 41, 8):
                rows = [row(i) for i in range(begin, begin + 8)]
                await inbox.put(rows)
                pump.notify()
                pump.hurry([one for one in rows if one.update_id in hurried])
                await asyncio.sleep(0)
            await until(lambda: len(inbox.ids("done")) == 40)
        return desk.handled

    handled = asyncio.run(day(tmp_path_factory.mktemp("hurry")))
    assert sorted(handled) == list(range(1, 41))
