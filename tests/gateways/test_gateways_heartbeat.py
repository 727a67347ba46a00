"""The sign of life to the outside: every minute while the bot works, and never when it does not."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
import pytest
from aiohttp import web
from fakes import MORNING

from bot.adapters import HealthReport
from bot.clock import FakeClock
from bot.gateways.heartbeat import Heartbeat
from bot.store.database import Database
from bot.web.server import serve


@dataclass
class Outside:
    """Whoever counts the signs of life, and the bot's own state as a story wants it."""

    url: str = ""
    heard: int = 0
    status: int = 200
    stalled: list[str] = field(default_factory=list)
    error: Exception | None = None

    async def handle(self, _request: web.Request) -> web.Response:
        self.heard += 1
        return web.Response(status=self.status)

    async def stalls(self) -> list[str]:
        if self.error is not None:
            raise self.error
        return self.stalled


@pytest.fixture
async def outside() -> AsyncIterator[Outside]:
    made = Outside()
    app = web.Application()
    app.router.add_get("/tanda/rahasia-panjang", made.handle)
    async with serve(app) as port:
        made.url = f"http://127.0.0.1:{port}/tanda/rahasia-panjang"
        yield made


@asynccontextmanager
async def beating(heartbeat: Heartbeat) -> AsyncIterator[None]:
    task = asyncio.create_task(heartbeat.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def minutes(clock: FakeClock, count: int) -> None:
    for _ in range(count):
        await asyncio.sleep(0.05)
        clock.advance(60)
    await asyncio.sleep(0.05)


async def test_it_comes_every_minute_stops_with_the_bot_and_comes_again(outside: Outside) -> None:
    clock = FakeClock(MORNING)
    heartbeat = Heartbeat(outside.url, outside.stalls, clock)
    async with beating(heartbeat):
        await minutes(clock, 3)
        assert outside.heard == 4
        assert heartbeat.age_s == 0
        outside.stalled = ["Pengatur waktu berhenti sejak 181 detik lalu."]
        await minutes(clock, 5)
        assert outside.heard == 4
        assert heartbeat.age_s == 300
        assert "Pengatur waktu" in heartbeat.error
        outside.stalled = []
        await minutes(clock, 1)
        assert (outside.heard, heartbeat.error) == (5, "")


async def test_a_state_that_cannot_be_read_is_no_sign_of_life(outside: Outside) -> None:
    outside.error = OSError("database is locked")
    heartbeat = Heartbeat(outside.url, outside.stalls, FakeClock(MORNING))
    async with aiohttp.ClientSession() as session:
        await heartbeat.beat(session)
    assert outside.heard == 0
    assert heartbeat.age_s is None
    assert "cannot be read" in heartbeat.error


async def test_a_failure_is_told_once_without_the_address_and_stops_nothing(
    outside: Outside, caplog: pytest.LogCaptureFixture
) -> None:
    outside.status = 503
    clock = FakeClock(MORNING)
    heartbeat = Heartbeat(outside.url, outside.stalls, clock)
    nowhere = Heartbeat("http://127.0.0.1:9/rahasia-panjang", outside.stalls, clock)
    with caplog.at_level(logging.WARNING):
        async with beating(heartbeat):
            await minutes(clock, 3)
        async with aiohttp.ClientSession() as session:
            await nowhere.beat(session)
    assert outside.heard == 4
    assert heartbeat.error == "not taken: HTTP 503"
    assert nowhere.error == "not taken: ClientConnectorError"
    assert caplog.text.count("HTTP 503") == 1
    assert "rahasia" not in caplog.text


async def test_the_state_is_the_real_one_the_clockwork_counts(database: Database, clock: FakeClock) -> None:
    report = HealthReport(database, clock)
    report.expects_polls = False
    async with database.transaction() as tx:
        await tx.runs.alive(clock.now())
    assert await report.stalls() == []
    clock.advance(200)
    assert len(await report.stalls()) == 1
    assert not await report.ticking()
    async with database.transaction() as tx:
        await tx.runs.alive(clock.now())
    assert await report.ticking()


async def test_what_the_bot_before_noted_is_held_against_nobody(database: Database, clock: FakeClock) -> None:
    async with database.transaction() as tx:
        await tx.runs.alive(clock.now())
    clock.advance(7200)
    report = HealthReport(database, clock)
    assert await report.ticking(), "it has only just been started"
    clock.advance(181)
    assert not await report.ticking()
