"""A sandbox with the example stage, served on the loopback, and a real python-telegram-bot client."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
import telegram

from bot.clock import FakeClock
from bot.sandbox import Sandbox, Scenery, example

Call = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(datetime(2026, 11, 20, 2, 0, tzinfo=UTC))


@pytest.fixture
def sandbox(clock: FakeClock) -> Sandbox:
    return Sandbox(clock)


@pytest.fixture
def scene(sandbox: Sandbox) -> Scenery:
    made = example(sandbox.world)
    sandbox.stage = made.stage
    for person in (made.coordinator, made.on_call, made.officer):
        person.started = True
    sandbox.world.updates.clear()
    return made


@pytest.fixture
async def url(sandbox: Sandbox) -> AsyncIterator[str]:
    async with sandbox.serve() as address:
        yield address


@pytest.fixture
async def bot(sandbox: Sandbox, url: str) -> AsyncIterator[telegram.Bot]:
    async with telegram.Bot(sandbox.token, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot") as client:
        yield client


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def call(sandbox: Sandbox, url: str, http: aiohttp.ClientSession) -> Call:
    """One raw JSON call, as `await call("sendMessage", chat_id=1, text="x")`; the whole answer comes back."""

    async def make(method: str, **args: Any) -> dict[str, Any]:
        async with http.post(f"{url}/bot{sandbox.token}/{method}", json=args) as answer:
            body: dict[str, Any] = await answer.json()
            return body

    return make
