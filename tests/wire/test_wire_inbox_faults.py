"""Failures of handlers, of the store and of the updates themselves: each is contained where it happens."""

import asyncio

import pytest
from wire_desk import Desk, moving, pumping, row
from wire_inbox import SqliteInbox
from wire_loopback import SECRET_HALF, TOKEN, until

from bot.clock import FakeClock
from bot.wire.inbox import InboxPump, Poison
from bot.wire.ports import RawUpdate


async def test_a_passing_failure_is_tried_again_and_its_chat_waits_in_order(
    inbox: SqliteInbox, clock: FakeClock
) -> None:
    desk = Desk()
    desk.faults[1] = [OSError("database is locked"), OSError("database is locked")]
    await inbox.put([row(1), row(2), row(3, chat=8)])
    async with pumping(inbox, desk, clock):
        await until(lambda: desk.handled == [3])
        await moving(clock, lambda: len(inbox.ids("done")) == 3)
    assert desk.handled == [3, 1, 2]
    assert desk.started.count(1) == 3
    assert inbox.noted == [(1, "OSError: database is locked")] * 2
    assert not desk.dead


async def test_a_lasting_failure_is_put_aside_told_and_passed(inbox: SqliteInbox, clock: FakeClock) -> None:
    desk = Desk()
    desk.faults[1] = [RuntimeError(f"see https://api.telegram.org/bot{TOKEN}/x")] * 9
    await inbox.put([row(1), row(2)])
    async with pumping(inbox, desk, clock):
        await moving(clock, lambda: inbox.ids("done") == [2])
    assert desk.started.count(1) == 3
    assert inbox.ids("dead") == [1]
    assert "RuntimeError: see" in inbox.text(1, "error")
    assert [update_id for update_id, _ in desk.dead] == [1]
    assert SECRET_HALF not in inbox.text(1, "error") + desk.dead[0][1]


@pytest.mark.parametrize(
    "error", [Poison("no such date"), ValueError("bad"), KeyError("chat"), TypeError("x")]
)
async def test_a_hopeless_update_is_put_aside_at_once(
    inbox: SqliteInbox, clock: FakeClock, error: Exception
) -> None:
    desk = Desk()
    desk.faults[1] = [error]
    await inbox.put([row(1), row(2)])
    async with pumping(inbox, desk, clock):
        await until(lambda: desk.handled == [2])
    assert inbox.ids("dead") == [1]
    assert desk.started.count(1) == 1


@pytest.mark.parametrize("raw", ["", "[]", "{", '{"update_id": ' + "9" * 5000 + "}", '{"x": ' + "[" * 9999])
async def test_what_is_no_update_at_all_is_put_aside(inbox: SqliteInbox, clock: FakeClock, raw: str) -> None:
    desk = Desk()
    await inbox.put([RawUpdate(1, raw), row(2), row(3)])
    async with pumping(inbox, desk, clock):
        await until(lambda: desk.handled == [2, 3])
    assert inbox.ids("dead") == [1]
    assert desk.dead[0][1].startswith("Unreadable")


async def test_sixteen_poisoned_chats_do_not_stop_the_seventeenth(
    inbox: SqliteInbox, clock: FakeClock
) -> None:
    desk = Desk()
    for i in range(1, 33):
        desk.faults[i] = [OSError("nope")] * 99
    await inbox.put([row(i, chat=i) for i in range(1, 34)])
    async with pumping(inbox, desk, clock):
        await until(lambda: desk.handled == [33])


async def test_a_handler_that_never_ends_is_given_up(inbox: SqliteInbox, clock: FakeClock) -> None:
    desk = Desk(hold={1: asyncio.Event()})
    await inbox.put([row(1), row(2)])
    async with pumping(inbox, desk, clock, limit_s=0.02):
        await moving(clock, lambda: desk.handled == [2])
    assert inbox.ids("dead") == [1]
    assert "TimeoutError" in inbox.text(1, "error")


async def test_a_cancellation_that_leaks_out_of_a_handler_costs_no_worker(
    inbox: SqliteInbox, clock: FakeClock
) -> None:
    desk = Desk()
    for i in range(1, 6):
        desk.faults[i] = [asyncio.CancelledError()]
    await inbox.put([row(i, chat=i) for i in range(1, 7)])
    async with pumping(inbox, desk, clock, workers=2):
        await moving(clock, lambda: len(inbox.ids("done")) == 6)
    assert sorted(desk.handled) == [1, 2, 3, 4, 5, 6]


async def test_a_full_disk_delays_but_loses_nothing(inbox: SqliteInbox, clock: FakeClock) -> None:
    await inbox.put([row(i) for i in range(1, 6)])
    inbox.fails = 3
    desk = Desk()
    async with pumping(inbox, desk, clock):
        await moving(clock, lambda: desk.handled == [1, 2, 3, 4, 5])
        await until(lambda: len(inbox.ids("done")) == 5)
        inbox.fails = 3
        await inbox.put_anyway([row(6)])
        await moving(clock, lambda: 6 in inbox.ids("done"))
    assert desk.handled == [1, 2, 3, 4, 5, 6], "each once"


async def test_while_the_store_is_down_nothing_is_given_up(inbox: SqliteInbox, clock: FakeClock) -> None:
    desk = Desk()
    desk.faults[1] = [OSError("disk full")] * 7
    await inbox.put([row(1), row(2)])
    inbox.fails_to_bury = 2
    async with pumping(inbox, desk, clock):
        await moving(clock, lambda: inbox.ids("done") == [1, 2])
    assert desk.started.count(1) == 8
    assert not desk.dead, "putting aside failed twice, so it was the store and not the update"


async def test_an_alarm_that_fails_stops_nothing(inbox: SqliteInbox, clock: FakeClock) -> None:
    async def broken(_update_id: int, _error: str) -> None:
        raise RuntimeError("no second channel")

    desk = Desk()
    desk.faults[1] = [ValueError("x")]
    await inbox.put([row(1), row(2)])
    pump = InboxPump(inbox, desk.handle, clock, on_dead=broken)
    task = asyncio.create_task(pump.run())
    await until(lambda: desk.handled == [2])
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert inbox.ids("dead") == [1]
