"""The intake loop against a server on loopback that fails in every way; time is a fake clock."""

import asyncio
import contextlib
import itertools
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from aiohttp import web
from wire_inbox import SqliteInbox
from wire_intake import intake, quiet
from wire_loopback import TOKEN, Api, body, hang, reset, status, until, updates

from bot.clock import FakeClock
from bot.wire.polling import Poller
from bot.wire.ports import RawUpdate
from bot.wire.source import ALLOWED_UPDATES, HttpUpdates, bot_base_url
from bot.wire.transport import TransportKind, make_request
from bot.wire.trouble import PollState


@pytest.mark.parametrize("kind", ["aiohttp", "httpx"])
async def test_updates_are_committed_before_telegram_may_forget_them(
    api: Api, clock: FakeClock, inbox: SqliteInbox, kind: TransportKind
) -> None:
    known_when_asked: list[list[int]] = []

    async def look(request: web.Request) -> web.StreamResponse:
        known_when_asked.append(list(inbox.states()))
        return await hang(request)

    api.answers = [updates(10, 11, 12), look]
    async with intake(api, clock, inbox, kind) as running:
        await running.calls(2)
        await until(lambda: known_when_asked)
        assert running.offsets == [None, 13]
        assert known_when_asked == [[10, 11, 12]]
        assert running.wakes == 1
        assert running.poller.health.state is PollState.LISTENING
        assert running.poller.health.last_answer == clock.now()
        assert running.poller.health.stored == 3


async def test_every_poll_says_which_kinds_it_wants(api: Api, clock: FakeClock, inbox: SqliteInbox) -> None:
    api.answers = [updates(1), updates(2), hang]
    async with intake(api, clock, inbox) as running:
        await running.calls(3)
    for method, fields in api.calls:
        assert method == "getUpdates"
        assert json.loads(str(fields["allowed_updates"])) == list(ALLOWED_UPDATES)
    assert "chat_member" in ALLOWED_UPDATES


async def test_what_came_twice_is_kept_once(api: Api, clock: FakeClock, inbox: SqliteInbox) -> None:
    api.answers = [updates(1, 2), updates(2, 3), hang]
    async with intake(api, clock, inbox) as running:
        await running.calls(3)
    assert list(inbox.states()) == [1, 2, 3]


async def test_a_lower_id_after_a_silent_week_is_heard(
    api: Api, clock: FakeClock, inbox: SqliteInbox
) -> None:
    api.answers = [updates(900_000_001), quiet, updates(17), hang]
    async with intake(api, clock, inbox) as running:
        await running.calls(2)
        await running.move_until(lambda: len(api.calls) >= 4)
        assert running.offsets == [None, 900_000_002, None, 18], "after an empty answer no old offset stands"
    assert list(inbox.states()) == [900_000_001, 17]


async def test_a_full_disk_loses_nothing_and_is_told(api: Api, clock: FakeClock, inbox: SqliteInbox) -> None:
    inbox.fails = 2
    api.answers = [updates(5), updates(5), updates(5), hang]
    async with intake(api, clock, inbox) as running:
        await running.calls(1)
        await until(lambda: running.rung)
        assert running.poller.health.state is PollState.STORE_FAILING
        await running.move_until(lambda: len(api.calls) >= 4)
        assert running.offsets == [None, None, None, 6], "not confirmed until it was stored"
        assert running.rung == [PollState.STORE_FAILING, PollState.LISTENING]
    assert inbox.ids("new") == [5]


@pytest.mark.parametrize(
    "fault", [reset, status(500), status(502), body(b"<html>", 503)], ids=["reset", "500", "502", "web page"]
)
async def test_a_passing_fault_delays_and_alarms_nobody(
    api: Api, clock: FakeClock, inbox: SqliteInbox, fault: object
) -> None:
    # A GET on a reused connection is repeated once by aiohttp itself, so a reset needs two.
    api.answers = [fault, fault, updates(1), hang]
    async with intake(api, clock, inbox) as running:
        await running.move_until(inbox.states)
        assert running.rung == []
    assert list(inbox.states()) == [1]


async def test_pauses_double_and_stop_growing(api: Api, clock: FakeClock, inbox: SqliteInbox) -> None:
    asked_at: list[float] = []

    async def refuse(request: web.Request) -> web.StreamResponse:
        asked_at.append(clock.monotonic())
        return await status(500)(request)

    api.answers = [refuse] * 8
    async with intake(api, clock, inbox) as running:
        await running.move_until(lambda: len(asked_at) == 8, seconds=0.5)
    pauses = [round(b - a) for a, b in itertools.pairwise(asked_at)]
    assert pauses[:4] == sorted(pauses[:4])
    assert pauses[0] <= 2
    assert max(pauses) <= 17


async def test_flood_control_is_obeyed(api: Api, clock: FakeClock, inbox: SqliteInbox) -> None:
    api.answers = [status(429, "Too Many Requests: retry after 40", retry_after=40), hang]
    async with intake(api, clock, inbox) as running:
        await until(lambda: "429" in running.poller.health.last_error or running.poller.health.last_error)
        clock.advance(39)
        await asyncio.sleep(0.05)
        assert len(api.calls) == 1
        clock.advance(1.5)
        await running.calls(2)


async def test_telegram_away_for_long_is_told_within_two_minutes_and_again_when_it_is_back(
    api: Api, clock: FakeClock, inbox: SqliteInbox
) -> None:
    api.answers = [status(500)] * 400
    async with intake(api, clock, inbox) as running:
        await running.move_until(lambda: running.rung)
        assert running.rung == [PollState.UNREACHABLE]
        assert clock.monotonic() <= 120
        api.answers.clear()
        api.answers += [updates(1), hang]
        await running.move_until(lambda: len(running.rung) > 1)
        assert running.rung == [PollState.UNREACHABLE, PollState.LISTENING]


async def test_a_lasting_trouble_is_told_again_but_not_all_the_time(
    api: Api, clock: FakeClock, inbox: SqliteInbox
) -> None:
    api.answers = [status(500)] * 1000
    async with intake(api, clock, inbox) as running:
        await running.move_until(lambda: clock.monotonic() > 2000, seconds=5)
        assert 2 <= len(running.rung) <= 4


async def test_a_rejected_token_is_told_at_once_and_asked_again_slowly(
    api: Api, clock: FakeClock, inbox: SqliteInbox
) -> None:
    api.answers = [status(401, "Unauthorized")] * 3 + [updates(1), hang]
    async with intake(api, clock, inbox) as running:
        await until(lambda: running.rung)
        assert running.rung == [PollState.TOKEN_REJECTED]
        clock.advance(29)
        await asyncio.sleep(0.05)
        assert len(api.calls) == 1
        await running.move_until(inbox.states, seconds=20)
        await until(lambda: len(running.rung) == 2)
        assert running.rung[-1] is PollState.LISTENING


async def test_one_conflict_after_a_restart_is_nothing(
    api: Api, clock: FakeClock, inbox: SqliteInbox
) -> None:
    api.answers = [status(409, "Conflict: terminated by other getUpdates request"), updates(1), hang]
    async with intake(api, clock, inbox) as running:
        await running.move_until(inbox.states)
        assert running.rung == []


async def test_a_second_bot_is_noticed_although_polls_succeed_in_between(
    api: Api, clock: FakeClock, inbox: SqliteInbox
) -> None:
    conflict = status(409, "Conflict: terminated by other getUpdates request; make sure that only one runs")
    for number in range(1, 6):
        api.answers += [conflict, updates(number)]
    api.answers += [hang]
    async with intake(api, clock, inbox) as running:
        await running.move_until(lambda: len(inbox.states()) == 5)
        assert running.rung == [PollState.SECOND_INSTANCE], "told once, and not called over between two 409"


async def test_a_webhook_left_set_is_told_as_such(api: Api, clock: FakeClock, inbox: SqliteInbox) -> None:
    api.answers = [status(409, "Conflict: can't use getUpdates method while webhook is active"), hang]
    async with intake(api, clock, inbox) as running:
        await until(lambda: running.rung)
        assert running.rung == [PollState.WEBHOOK_SET]


async def test_the_watchdog_replaces_a_connection_that_went_silent(
    api: Api, clock: FakeClock, inbox: SqliteInbox
) -> None:
    api.answers = [hang, updates(1), hang]
    async with intake(api, clock, inbox) as running:
        await running.calls(1)
        clock.advance(89)
        await asyncio.sleep(0.02)
        assert len(api.calls) == 1
        clock.advance(1.5)
        await until(lambda: running.rung == [PollState.UNREACHABLE])
        await running.move_until(inbox.states)
        await until(lambda: running.rung[-1] is PollState.LISTENING)
        assert len(api.peers) == 2, "a new connection"


async def test_a_call_that_cannot_even_be_cancelled_is_left_behind(
    clock: FakeClock, inbox: SqliteInbox
) -> None:
    class Stubborn:
        def __init__(self) -> None:
            self.polls, self.renewed, self.freed = 0, 0, asyncio.Event()

        async def fetch(self, _offset: int | None, _limit: int) -> bytes:
            self.polls += 1
            while not self.freed.is_set():
                try:
                    await self.freed.wait()
                except asyncio.CancelledError:
                    continue
            return b"{}"

        async def renew(self) -> None:
            self.renewed += 1
            raise OSError("even this fails")

    source = Stubborn()
    task = asyncio.create_task(Poller(source, inbox, clock).run())
    try:
        for _ in range(2):
            await until(lambda: source.polls > source.renewed)
            clock.advance(90)
            await until(lambda: source.polls == source.renewed)
            await asyncio.sleep(0.01)
            clock.advance(10)
    finally:
        source.freed.set()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_a_database_that_never_answers_is_told_and_asked_again(
    api: Api, clock: FakeClock, tmp_path: Path
) -> None:
    class Frozen(SqliteInbox):
        async def put(self, updates: Sequence[RawUpdate]) -> int:
            if not self.states() and clock.monotonic() < 90:
                await asyncio.Event().wait()
            return await super().put(updates)

    api.answers = [updates(1), updates(1), hang]
    inbox = Frozen(tmp_path / "frozen.db")
    with contextlib.closing(inbox.db):
        async with intake(api, clock, inbox) as running:
            await running.calls(1)
            await running.move_until(lambda: running.rung, seconds=10)
            assert running.rung == [PollState.STORE_FAILING]
            await running.move_until(inbox.states)
            assert running.offsets[:2] == [None, None]


async def test_stopping_is_quick_in_the_middle_of_a_long_poll(
    api: Api, clock: FakeClock, inbox: SqliteInbox
) -> None:
    api.answers = [hang]
    async with asyncio.timeout(15):
        async with intake(api, clock, inbox) as running:
            await running.calls(1)


async def test_an_alarm_that_fails_does_not_deafen_the_bot(
    api: Api, clock: FakeClock, inbox: SqliteInbox
) -> None:
    async def broken(_state: PollState, _detail: str) -> None:
        raise RuntimeError("the second channel is down too")

    api.answers = [status(401), updates(1), hang]
    source = HttpUpdates(make_request, api.url, TOKEN)
    task = asyncio.create_task(Poller(source, inbox, clock, alarm=broken).run())
    await until(lambda: api.calls)
    async with asyncio.timeout(30):
        while not inbox.states():
            clock.advance(10)
            await asyncio.sleep(0.005)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await source.close()


def test_the_base_address_for_ptb() -> None:
    assert bot_base_url("http://127.0.0.1:8081/") == "http://127.0.0.1:8081/bot"
