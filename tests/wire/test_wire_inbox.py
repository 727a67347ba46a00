"""The pump over real SQLite: order within a chat, chats side by side, nothing lost."""

import asyncio
from pathlib import Path

from wire_desk import Desk, moving, pumping, row
from wire_inbox import SqliteInbox
from wire_loopback import until

from bot.clock import FakeClock
from bot.wire.ports import RawUpdate


async def test_what_was_left_from_before_is_handled_first_and_in_order(
    inbox: SqliteInbox, clock: FakeClock
) -> None:
    await inbox.put([row(900), row(901), row(5)])
    desk = Desk()
    async with pumping(inbox, desk, clock) as pump:
        await until(lambda: len(inbox.ids("done")) == 3)
        assert pump.held == 0
    assert desk.handled == [900, 901, 5], "in the order of arrival, whatever the ids"


async def test_news_are_handled_at_once_and_without_a_hint_within_a_second(
    inbox: SqliteInbox, clock: FakeClock
) -> None:
    desk = Desk()
    async with pumping(inbox, desk, clock) as pump:
        await asyncio.sleep(0.02)
        await inbox.put([row(1)])
        pump.notify()
        await until(lambda: desk.handled == [1])
        await inbox.put([row(2)])
        await asyncio.sleep(0.02)
        assert desk.handled == [1]
        clock.advance(1)
        await until(lambda: desk.handled == [1, 2])


async def test_an_idle_pump_leaves_the_database_alone(inbox: SqliteInbox, clock: FakeClock) -> None:
    async with pumping(inbox, Desk(), clock):
        await asyncio.sleep(0.05)
        assert inbox.claims <= 2


async def test_chats_run_side_by_side_and_each_keeps_its_order(inbox: SqliteInbox, clock: FakeClock) -> None:
    await inbox.put([row(i, chat=i % 40) for i in range(1, 2001)])
    desk = Desk()
    async with pumping(inbox, desk, clock):
        await until(lambda: len(inbox.ids("done")) == 2000, limit_s=20)
    assert len(desk.handled) == 2000
    for ids in desk.by_chat.values():
        assert ids == sorted(ids)
    assert 8 <= desk.most_busy <= 16


async def test_a_slow_chat_holds_up_only_itself(inbox: SqliteInbox, clock: FakeClock) -> None:
    desk = Desk(hold={1: asyncio.Event()})
    await inbox.put([row(1, chat=7), row(2, chat=7), row(3, chat=8)])
    async with pumping(inbox, desk, clock):
        await until(lambda: desk.handled == [3])
        desk.hold[1].set()
        await until(lambda: desk.handled == [3, 1, 2])


async def test_a_tap_overtakes_a_raid_in_another_chat(inbox: SqliteInbox, clock: FakeClock) -> None:
    desk = Desk()
    await inbox.put([row(i, chat=-100) for i in range(1, 501)] + [row(1000, chat=7)])
    async with pumping(inbox, desk, clock, workers=1):
        await until(lambda: 1000 in desk.handled)
        assert desk.handled.index(1000) <= 2


async def test_what_is_held_in_memory_is_bounded(inbox: SqliteInbox, clock: FakeClock) -> None:
    desk = Desk(hold={1: asyncio.Event()})
    await inbox.put([row(i) for i in range(1, 501)])
    async with pumping(inbox, desk, clock, backlog=20) as pump:
        await until(lambda: desk.started == [1])
        await asyncio.sleep(0.02)
        assert pump.held <= 20
        desk.hold[1].set()
        await until(lambda: len(inbox.ids("done")) == 500)
    assert desk.handled == list(range(1, 501))


async def test_many_updates_are_marked_done_in_few_commits(inbox: SqliteInbox, clock: FakeClock) -> None:
    await inbox.put([row(i, chat=i) for i in range(1, 401)])
    before = inbox.commits
    async with pumping(inbox, Desk(), clock):
        await until(lambda: len(inbox.ids("done")) == 400)
    assert inbox.commits - before < 200


async def test_stopped_in_the_middle_it_goes_on_after_the_next_start(
    tmp_path: Path, clock: FakeClock
) -> None:
    first = SqliteInbox(tmp_path / "x.db")
    await first.put([row(i, chat=i) for i in range(1, 101)])
    first.commit_s = 0.3
    desk = Desk(hold={i: asyncio.Event() for i in range(40, 101)})
    async with asyncio.timeout(20), pumping(first, desk, clock):
        await until(lambda: len(desk.handled) == 39)
    first.db.close()
    second = SqliteInbox(tmp_path / "x.db")
    assert len(second.ids("done")) == 39, "what was handled was marked on the way out"
    desk.hold.clear()
    async with pumping(second, desk, clock):
        await until(lambda: len(second.ids("done")) == 100)
    second.db.close()
    assert sorted(desk.handled) == list(range(1, 101))


async def test_an_inbox_that_hands_out_the_same_rows_again_does_no_harm(
    inbox: SqliteInbox, clock: FakeClock
) -> None:
    class Forgetful(SqliteInbox):
        async def claim(self, limit: int) -> list[RawUpdate]:
            rows = self.db.execute("SELECT id, raw FROM inbox WHERE state = 'new' LIMIT ?", (limit,))
            return [RawUpdate(*found) for found in rows.fetchall()]

    inbox.__class__ = Forgetful
    desk = Desk()
    await inbox.put([row(i, chat=i % 3) for i in range(1, 51)])
    async with pumping(inbox, desk, clock):
        await moving(clock, lambda: len(inbox.ids("done")) == 50)
    assert sorted(desk.handled) == list(range(1, 51))
