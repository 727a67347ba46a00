"""A Bot API of a few lines on loopback, with faults below and above HTTP. Real sockets, real parsing."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

TOKEN = "123456789:AAcanaryCANARYcanaryCANARYcanary_1234"
SECRET_HALF = TOKEN.partition(":")[2]

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Api:
    """What arrived, and what to answer next: answers are used up in order, then `ok` for ever."""

    url: str = ""
    calls: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    result: object = True
    peers: set[object] = field(default_factory=set)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if request.content_type == "application/json":
            fields = await request.json()
        else:
            posted = await request.post()
            fields = {**request.query, **{k: _kept(v) for k, v in posted.items()}}
        assert request.transport is not None
        self.peers.add(request.transport.get_extra_info("peername"))
        self.calls.append((request.match_info["method"], fields))
        if self.answers:
            return await self.answers.pop(0)(request)
        return ok(self.result)


def _kept(value: object) -> object:
    """An uploaded file is gone when the handler returns, so keep its name and content."""
    return (value.filename, value.file.read()) if isinstance(value, web.FileField) else value


def ok(result: object) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def status(code: int, description: str = "no", **parameters: object) -> Answer:
    async def answer(_request: web.Request) -> web.StreamResponse:
        body: dict[str, object] = {"ok": False, "error_code": code, "description": description}
        return web.json_response(body | ({"parameters": parameters} if parameters else {}), status=code)

    return answer


def body(content: bytes, code: int = 200) -> Answer:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(body=content, status=code, content_type="application/json")

    return answer


def updates(*ids: int) -> Answer:
    return body(json.dumps({"ok": True, "result": [message(i) for i in ids]}).encode())


async def reset(request: web.Request) -> web.StreamResponse:
    """The call was read, and perhaps carried out; then the connection breaks."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def hang(_request: web.Request) -> web.StreamResponse:
    """No answer, until the client gives up or the server is closed."""
    await asyncio.Event().wait()
    return web.Response()


def message(update_id: int, chat: int = 7, text: str = "halo") -> dict[str, object]:
    return {
        "update_id": update_id,
        "message": {
            "message_id": update_id,
            "date": 1_790_000_000,
            "chat": {"id": chat, "type": "private", "first_name": "Ratna"},
            "from": {"id": chat, "is_bot": False, "first_name": "Ratna"},
            "text": text,
        },
    }


@asynccontextmanager
async def loopback() -> AsyncIterator[Api]:
    api = Api()
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", api.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0, handler_cancellation=True)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    api.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield api
    finally:
        await runner.cleanup()


def closed_port_url() -> str:
    """An address where nobody listens: reserved, never bound by the system for others."""
    return "http://127.0.0.1:1"


async def until(condition: Callable[[], object], limit_s: float = 20.0) -> None:
    """Lets everything else run until `condition()` holds."""
    async with asyncio.timeout(limit_s):
        while not condition():  # noqa: ASYNC110  # the condition is about real sockets, which set no event
            await asyncio.sleep(0.001)
