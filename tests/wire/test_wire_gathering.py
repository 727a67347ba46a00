"""The breath after an answer, in which more updates gather: how long it is, and what never waits for it."""

import asyncio

import pytest
from wire_inbox import SqliteInbox
from wire_intake import Intake, intake
from wire_loopback import Api, hang, until, updates

from bot.clock import FakeClock

BREATH, MOST = 0.03, 0.1
_LONG_ENOUGH_S = 0.05
"""Of real time: a poll that need not wait has reached the server by then."""


async def first(running: Intake, *, count: int) -> None:
    """The first answer is in the inbox, and whoever handles it was told."""
    await running.calls(1)
    await until(lambda: running.poller.health.stored == count)
    assert running.wakes == 1, "what came is handled at once; only the next question waits"


async def polls_after(running: Intake, seconds: float) -> int:
    running.clock.advance(seconds)
    await asyncio.sleep(_LONG_ENOUGH_S)
    return len(running.api.calls)


@pytest.mark.parametrize(("count", "breath"), [(1, 0.03), (2, 0.06), (3, 0.09), (4, 0.1), (99, 0.1)])
async def test_the_breath_grows_with_what_came_and_stops_growing(
    api: Api, clock: FakeClock, inbox: SqliteInbox, count: int, breath: float
) -> None:
    api.answers = [updates(*range(1, count + 1)), hang]
    async with intake(api, clock, inbox, gather_s=BREATH, gather_most_s=MOST) as running:
        await first(running, count=count)
        assert await polls_after(running, breath - 0.005) == 1
        assert await polls_after(running, 0.006) == 2
    assert running.offsets == [None, count + 1]


async def test_a_full_answer_means_that_more_lies_there_already(
    api: Api, clock: FakeClock, inbox: SqliteInbox
) -> None:
    api.answers = [updates(*range(1, 101)), hang]
    async with intake(api, clock, inbox, gather_s=BREATH, gather_most_s=MOST) as running:
        await first(running, count=100)
        assert await polls_after(running, 0) == 2


async def test_without_a_breath_the_next_question_follows_at_once(
    api: Api, clock: FakeClock, inbox: SqliteInbox
) -> None:
    api.answers = [updates(1), hang]
    async with intake(api, clock, inbox) as running:
        await first(running, count=1)
        assert await polls_after(running, 0) == 2
