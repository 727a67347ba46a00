"""The control API: `/sandbox/...` in JSON, for the page and for tests of a bot in another process.

It answers only to loopback names and takes only JSON bodies, so that no other web page can drive it.
"""

import asyncio
import inspect
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.sandbox.deeds import DEEDS, Backstage
from bot.sandbox.methods_bot import menus
from bot.sandbox.model import Json
from bot.sandbox.views import change_view, fault_view, message_view, state_view

_LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
_PAGE = Path(__file__).with_name("page")
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_POLICY = "default-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
MAX_WAITING = 2_000


@dataclass(slots=True)
class Control:
    """The paths under /sandbox and the page itself."""

    backstage: Backstage

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self.page),
            web.get("/page/{name}", self.page),
            web.get("/sandbox/state", self.state),
            web.get("/sandbox/messages", self.messages),
            web.get("/sandbox/dump", self.dump),
            web.get("/sandbox/calls", self.calls),
            web.get("/sandbox/events", self.events),
            web.post("/sandbox/{deed}", self.act),
        ]

    async def page(self, request: web.Request) -> web.Response:
        name = request.match_info.get("name", "index.html")
        known = {path.name: path for path in _PAGE.iterdir() if path.suffix in _TYPES}
        if name not in known:
            return web.Response(status=404, text="Tidak ada.")
        text = known[name].read_text(encoding="utf-8")
        headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"}
        return web.Response(text=text, content_type=_TYPES[known[name].suffix], headers=headers)

    async def state(self, _: web.Request) -> web.Response:
        back = self.backstage
        movable = back.on_advance is not None or hasattr(back.world.clock, "advance")
        faults = [fault_view(fault) for fault in back.api.faults.active]
        paced = back.api.platform.pace.limits.per_group is not None
        more = {
            "can_advance": movable,
            "faults": faults,
            "limits": paced,
            "commands": menus(back.api.platform),
        }
        return _json(state_view(back.world, back.stage) | more)

    async def messages(self, request: web.Request) -> web.Response:
        """What stands in `?chat=ID`, oldest first."""
        chat_id = int(request.query["chat"])
        return _json([message_view(message) for message in self.backstage.world.messages(chat_id)])

    async def dump(self, _: web.Request) -> web.Response:
        """Every message of every chat, deleted ones too, and the count of calls by method and code."""
        counts: dict[str, int] = {}
        for call in self.backstage.api.calls:
            key = f"{call.method} {call.code}"
            counts[key] = counts.get(key, 0) + 1
        world = self.backstage.world
        waiting = {
            "made": world.updates.made,
            "confirmed": world.updates.confirmed,
            "pending": len(world.updates),
        }
        return _json(
            {"messages": [message_view(m) for m in world.everything()], "calls": counts, "updates": waiting}
        )

    async def calls(self, request: web.Request) -> web.Response:
        """The calls that came in, oldest first; `?method=` for one method."""
        wanted = request.query.get("method")
        chosen = [call for call in self.backstage.api.calls if wanted in (None, call.method)]
        return _json(
            [{"method": c.method, "code": c.code, "description": c.description, "at": c.at} for c in chosen]
        )

    async def act(self, request: web.Request) -> web.Response:
        deed = DEEDS.get(request.match_info["deed"])
        if deed is None:
            return _json({"error": "no such deed"}, 404)
        if request.content_type != "application/json":
            return _json({"error": "the body must be JSON"}, 415)
        try:
            result = deed(self.backstage, await request.json())
            return _json(await result if inspect.isawaitable(result) else result)
        except (LookupError, ValueError, TypeError, PermissionError) as error:
            return _json({"error": f"{type(error).__name__}: {error}"}, 400)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Changes of the world as server-sent events. Who reads too slowly is told to load the state anew."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        queue: asyncio.Queue[Json] = asyncio.Queue()
        stop = self.backstage.world.listen(queue.put_nowait)
        try:
            await response.write(b"retry: 1000\n\n")
            while True:
                await response.write(await _next_events(queue))
        except (ConnectionError, asyncio.CancelledError):
            return response
        finally:
            stop()


async def _next_events(queue: asyncio.Queue[Json]) -> bytes:
    """All changes that wait, or a sign of life when there are none for a while."""
    try:
        async with asyncio.timeout(15):
            changes = [await queue.get()]
    except TimeoutError:
        return b": hidup\n\n"
    while not queue.empty():
        changes.append(queue.get_nowait())
    if len(changes) > MAX_WAITING:
        changes = [{"kind": "reload"}]
    return "".join(f"data: {json.dumps(change_view(change))}\n\n" for change in changes).encode()


@web.middleware
async def loopback_only(request: web.Request, handler: Any) -> web.StreamResponse:
    """Refuses other host names, so that a web page cannot reach the sandbox by renaming 127.0.0.1."""
    host = request.host.rpartition(":")[0] if not request.host.endswith("]") else request.host
    if (host or request.host) not in _LOOPBACK:
        return web.Response(status=403, text="loopback only")
    answer: web.StreamResponse = await handler(request)
    return answer


def _json(body: Any, status: int = 200) -> web.Response:
    return web.Response(text=json.dumps(body), status=status, content_type="application/json")
