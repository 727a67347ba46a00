"""The HTTP side of the Bot API: /bot<token>/<method> and /file/bot<token>/<path>."""

import asyncio
import hmac
import json
from collections import deque
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from bot.sandbox.errors import ApiError, bad_request, flood
from bot.sandbox.faults import Break, Fault, Faults
from bot.sandbox.methods import METHODS
from bot.sandbox.platform import Platform
from bot.sandbox.spec import Args, Spec, Upload
from bot.sandbox.views import fault_view

MAX_BODY = 60 * 1024 * 1024
_BEFORE = {
    Break.ERROR_500: ApiError(500, "Internal Server Error"),
    Break.UNAUTHORIZED: ApiError(401, "Unauthorized"),
}


@dataclass(frozen=True, slots=True)
class Call:
    """One call as it came in; `code` is 200, a refusal's code, or 0 when a fault cut it short."""

    method: str
    args: Args
    code: int
    description: str
    at: float


@dataclass(slots=True)
class BotApi:
    """Checks token, description, faults and limits, runs the method, writes down the call."""

    token: str
    platform: Platform
    faults: Faults
    spec: Spec = field(default_factory=Spec.load)
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=50_000))

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/bot{token}/{method}", self.handle),
            web.get("/file/bot{token}/{folder}/{file_id}", self.download),
        ]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        try:
            method = self._method(request)
            raw = await read_args(request)
        except ApiError as error:
            return _json(error.to_json(), error.code)
        fault = self.faults.strike(method, _chat_id(raw))
        if fault is None:
            return _json(*await self.run(method, raw))
        if fault.times == 0:
            # Its last stroke: the page shows it as over.
            self.platform.world.tell(
                "faults", faults=[fault_view(f) for f in self.faults.active if f.times != 0]
            )
        if (early := self._before(fault, request, method, raw)) is not None:
            return early
        answer, code = await self.run(method, raw)
        if code == 200:
            return await self._after(fault, request, answer)
        return _json(answer, code)

    def _method(self, request: web.Request) -> str:
        token = request.match_info["token"]
        if ":" not in token:
            raise ApiError(404, "Not Found")
        if not hmac.compare_digest(token.encode(), self.token.encode()):
            raise ApiError(401, "Unauthorized")
        method = self.spec.method(request.match_info["method"])
        if method is None:
            raise ApiError(404, "Not Found: method not found")
        return method

    async def run(self, method: str, raw: Args) -> tuple[dict[str, Any], int]:
        """Checks and does one call; the whole answer and its HTTP code."""
        try:
            result = await METHODS[method](self.platform, self.spec.check(method, raw))
        except ApiError as error:
            self._note(method, raw, error.code, error.description)
            return error.to_json(), error.code
        self._note(method, raw, 200, "")
        return {"ok": True, "result": result}, 200

    def _note(self, method: str, raw: Args, code: int, description: str) -> None:
        if method != "getUpdates":
            at = self.platform.world.clock.now().timestamp()
            self.calls.append(Call(method, raw, code, description, at))

    def _before(
        self, fault: Fault, request: web.Request, method: str, raw: Args
    ) -> web.StreamResponse | None:
        """The answer of a fault that keeps the call from being done; None for the other kinds."""
        error = _BEFORE.get(fault.kind)
        if fault.kind is Break.FLOOD:
            error = flood(fault.retry_after)
            if (chat_id := _chat_id(raw)) is not None:
                self.platform.pace.freeze(chat_id, fault.retry_after)
        if error is not None:
            self._note(method, raw, error.code, error.description)
            return _json(error.to_json(), error.code)
        if fault.kind is Break.BAD_GATEWAY:
            self._note(method, raw, 502, "Bad Gateway")
            page = "<html><head><title>502 Bad Gateway</title></head></html>"
            return web.Response(text=page, status=502, content_type="text/html")
        if fault.kind is Break.RESET_BEFORE:
            self._note(method, raw, 0, "reset before")
            return _cut(request)
        return None

    async def _after(self, fault: Fault, request: web.Request, answer: dict[str, Any]) -> web.StreamResponse:
        if fault.kind in (Break.SLOW, Break.TIMEOUT_AFTER):
            await asyncio.sleep(fault.seconds_slow)
        if fault.kind is Break.SLOW:
            return _json(answer, 200)
        return _cut(request)

    async def download(self, request: web.Request) -> web.Response:
        """The bytes of a file that getFile named."""
        stored = self.platform.files.stored.get(request.match_info["file_id"])
        if request.match_info["token"] != self.token or stored is None:
            return web.Response(status=404, text="Not Found")
        return web.Response(body=stored.content, content_type=stored.mime)


def _json(body: dict[str, Any], status: int) -> web.Response:
    return web.Response(text=json.dumps(body), status=status, content_type="application/json")


def _cut(request: web.Request) -> web.Response:
    if isinstance(request.transport, asyncio.WriteTransport):
        request.transport.abort()
    return web.Response()


def _chat_id(raw: Args) -> int | None:
    try:
        return int(raw.get("chat_id", ""))
    except (TypeError, ValueError):
        return None


async def read_args(request: web.Request) -> Args:
    """Parameters from the address, a form, a multipart form or a JSON body; ApiError 400 when unreadable."""
    args: Args = dict(request.query)
    if request.content_type == "multipart/form-data":
        return _attach(args | await _multipart(request))
    try:
        text = (await request.read()).decode()
        if request.content_type == "application/json":
            args |= _body(text)
        elif text:
            args |= dict(parse_qsl(text, keep_blank_values=True, errors="strict"))
    except UnicodeDecodeError as error:
        raise bad_request("strings must be encoded in UTF-8") from error
    return {name: value for name, value in args.items() if value is not None}


def _body(text: str) -> Args:
    try:
        body = json.loads(text or "{}")
    except ValueError as error:
        raise bad_request("can't parse JSON body") from error
    if not isinstance(body, dict):
        raise bad_request("can't parse JSON body: object expected")
    return body


async def _multipart(request: web.Request) -> Args:
    args: Args = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            args[name] = Upload(value.filename, value.content_type, value.file.read())
        else:
            args[name] = value if isinstance(value, str) else bytes(value).decode("utf-8", "surrogateescape")
    return args


def _attach(args: Args) -> Args:
    """Puts the parts that `attach://name` speaks of in its place."""
    prefix = "attach://"
    links = {
        k: v.removeprefix(prefix) for k, v in args.items() if isinstance(v, str) and v.startswith(prefix)
    }
    joined = {k: args.get(part, args[k]) for k, part in links.items()}
    return {k: v for k, v in args.items() if k not in links.values()} | joined
