"""Who notices that the bot stops: systemd on its socket, an address outside, /healthz."""

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from story_town import Town

from bot.web.server import serve


@dataclass
class Outside:
    port: int = 0
    heard: list[str] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.Response:
        self.heard.append(request.path)
        return web.Response()


@pytest.fixture
async def outside() -> AsyncIterator[Outside]:
    made = Outside()
    app = web.Application()
    app.router.add_get("/{rest:.*}", made.handle)
    async with serve(app) as made.port:
        yield made


async def test_the_bot_says_when_it_is_ready_that_it_lives_and_that_it_stops(
    settle, outside: Outside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "heartbeat"
    secret.write_text(f"http://127.0.0.1:{outside.port}/ping/rahasia", "utf-8")
    line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    line.bind(str(tmp_path / "notify"))
    line.settimeout(30)
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    monkeypatch.setenv("WATCHDOG_USEC", "120000000")
    town: Town = await settle(settings={"watchdog": f"{{heartbeat_url: 'file:{secret}'}}"})
    await town.start()
    said = [await asyncio.to_thread(line.recv, 100) for _ in range(2)]
    assert said == [b"READY=1", b"WATCHDOG=1"]
    async with asyncio.timeout(30):
        while not outside.heard:  # noqa: ASYNC110 - a loop of the bot calls it
            await asyncio.sleep(0.01)
    assert outside.heard == ["/ping/rahasia"]
    body = await healthz(town)
    assert body["heartbeat"]["error"] == ""
    assert body["clockwork_age_s"] == 0
    await town.stop()
    assert await asyncio.to_thread(line.recv, 100) == b"STOPPING=1"
    line.close()


async def test_healthz_knows_when_timers_are_not_fired_any_more(town: Town) -> None:
    assert not any("Pengatur waktu" in one for one in (await healthz(town))["problems"])
    loop = town.machine.services.timers
    async with town.machine.database.transaction() as tx:
        await tx.runs.alive(town.clock.now())
    loop.tick = stands_still  # type: ignore[method-assign]  # a clockwork that hangs, as no test can make it hang
    town.advance(200)
    body = await healthz(town)
    assert body["ok"] is False
    assert any("Pengatur waktu berhenti sejak 200 detik" in one for one in body["problems"])


async def stands_still() -> int:
    await asyncio.Event().wait()
    return 0


async def healthz(town: Town) -> dict:
    url = f"http://127.0.0.1:{town.settings.web.port}/healthz"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return dict(await answer.json())
