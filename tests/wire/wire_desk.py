"""A pump at work over SQLite, with a desk that handles updates as the test tells it."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from wire_inbox import SqliteInbox
from wire_loopback import message

from bot.clock import FakeClock
from bot.wire.inbox import InboxPump, PumpPolicy
from bot.wire.ports import RawUpdate


def row(update_id: int, chat: int = 7, text: str = "halo") -> RawUpdate:
    return RawUpdate(update_id, json.dumps(message(update_id, chat, text)))


@dataclass
class Desk:
    """Handles updates as told, and writes down what it did."""

    handled: list[int] = field(default_factory=list)
    by_chat: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    faults: dict[int, list[BaseException]] = field(default_factory=lambda: defaultdict(list))
    hold: dict[int, asyncio.Event] = field(default_factory=dict)
    started: list[int] = field(default_factory=list)
    busy: int = 0
    most_busy: int = 0
    dead: list[tuple[int, str]] = field(default_factory=list)

    async def handle(self, update: dict[str, Any]) -> None:
        update_id, chat = update["update_id"], update["message"]["chat"]["id"]
        self.started.append(update_id)
        self.busy += 1
        self.most_busy = max(self.most_busy, self.busy)
        try:
            await asyncio.sleep(0)
            if update_id in self.hold:
                await self.hold[update_id].wait()
            if self.faults[update_id]:
                raise self.faults[update_id].pop(0)
        finally:
            self.busy -= 1
        self.handled.append(update_id)
        self.by_chat[chat].append(update_id)

    async def on_dead(self, update_id: int, error: str) -> None:
        self.dead.append((update_id, error))


@asynccontextmanager
async def pumping(
    inbox: SqliteInbox, desk: Desk, clock: FakeClock, **policy: Any
) -> AsyncIterator[InboxPump]:
    pump = InboxPump(inbox, desk.handle, clock, on_dead=desk.on_dead, policy=PumpPolicy(**policy))
    task = asyncio.create_task(pump.run())
    try:
        yield pump
    finally:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def moving(clock: FakeClock, condition: Callable[[], object], seconds: float = 0.5) -> None:
    async with asyncio.timeout(30):
        while not condition():
            clock.advance(seconds)
            await asyncio.sleep(0.002)
