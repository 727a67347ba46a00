"""A running poller on a real connection to the loopback Bot API, under a fake clock."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from telegram.request import BaseRequest
from wire_inbox import SqliteInbox
from wire_loopback import SECRET_HALF, TOKEN, Api, ok, until

from bot.clock import FakeClock
from bot.wire.polling import Poller
from bot.wire.source import HttpUpdates
from bot.wire.transport import Timeouts, TransportKind, make_request
from bot.wire.trouble import PollPolicy, PollState


@dataclass
class Intake:
    api: Api
    clock: FakeClock
    poller: Poller
    rung: list[PollState] = field(default_factory=list)
    wakes: int = 0

    @property
    def offsets(self) -> list[int | None]:
        return [int(str(f["offset"])) if "offset" in f else None for _, f in self.api.calls]

    async def calls(self, count: int) -> None:
        await until(lambda: len(self.api.calls) >= count)

    async def move_until(self, condition: Callable[[], object], seconds: float = 1.0) -> None:
        """Moves the clock second by second while the loop does its real work."""
        async with asyncio.timeout(30):
            while not condition():
                self.clock.advance(seconds)
                await asyncio.sleep(0.005)


@asynccontextmanager
async def intake(
    api: Api, clock: FakeClock, inbox: SqliteInbox, kind: TransportKind = "aiohttp", **policy: float
) -> AsyncIterator[Intake]:
    def make() -> BaseRequest:
        return make_request(kind, timeouts=Timeouts(connect=0.5, pool=0.5))

    async def alarm(state: PollState, detail: str) -> None:
        assert SECRET_HALF not in detail
        running.rung.append(state)

    def stored() -> None:
        running.wakes += 1

    source = HttpUpdates(make, api.url, TOKEN)
    poller = Poller(
        source, inbox, clock, on_stored=stored, alarm=alarm, policy=PollPolicy(dice=lambda: 1.0, **policy)
    )
    running = Intake(api, clock, poller)
    task = asyncio.create_task(poller.run())
    try:
        yield running
    finally:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await source.close()


async def quiet(request: web.Request) -> web.StreamResponse:
    return ok([])
