"""Every story happens in a town of its own: a sandbox, a database in a folder, a clock that waits."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from story_town import MORNING, Town

from bot.clock import FakeClock
from bot.sandbox import Sandbox

Settle = Callable[..., Awaitable[Town]]


@pytest.fixture
async def settle(tmp_path: Path) -> AsyncIterator[Settle]:
    """Builds a town, not started: `await settle(at=..., settings=...)`."""
    async with AsyncExitStack() as stack:

        async def build(**facts: Any) -> Town:
            clock = FakeClock(facts.pop("at", MORNING))
            sandbox = facts.pop("sandbox", Sandbox)(clock)
            line = await stack.enter_async_context(AsyncExitStack())
            url = await line.enter_async_context(sandbox.serve())
            town = Town(sandbox, clock, tmp_path, url, **facts)
            town.line = line
            stack.push_async_callback(town.stop)
            return town

        yield build


@pytest.fixture
async def town(settle: Settle) -> Town:
    """A Monday morning: everybody is enrolled, the templates are approved, the channel has posted."""
    town = await settle()
    await town.start()
    await town.gather()
    return town
