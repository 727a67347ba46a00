"""POST /events/<source>: what other systems send, signed with a secret of their own.

A caller without the right signature learns nothing but that; what is told apart stands in docs/operations.md.
"""

import asyncio
import hmac
import logging
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from aiohttp import web

from bot.bodies import body_up_to
from bot.domain.outside import OutsideEvent
from bot.services.events import Contradicted, Events
from bot.services.ports import Clock
from bot.web.event_body import BadBody, read_body

log = logging.getLogger(__name__)
STAMP, SIGNATURE = "X-Tanggap-Timestamp", "X-Tanggap-Signature"
LARGEST_BODY = 32_768
WINDOW = timedelta(minutes=5)
"""How far the sender's clock may be off, and for how long a call may be repeated at all."""
_SCHEME = "v1="
_WAIT_S = 10.0


@dataclass(frozen=True, slots=True)
class Rate:
    """So many signed calls of one source within so much time."""

    calls: int = 120
    seconds: float = 60.0


class EventDoor:
    """One route: `app.router.add_post("/events/{source}", door.handle)`.

    Answers 200 only after the commit; 400 with a reason to whoever has signed; 401, 404, 408, 413, 429 and
    503 without one; 409 where this id has come before with other words.
    """

    def __init__(
        self, events: Events, secrets: Mapping[str, str], clock: Clock, rate: Rate | None = None
    ) -> None:
        self._events = events
        self._secrets = {source: secret.encode() for source, secret in secrets.items()}
        self._clock = clock
        self._rate = rate or Rate()
        self._calls: dict[str, deque[float]] = {source: deque() for source in secrets}

    async def handle(self, request: web.Request) -> web.Response:
        source = request.match_info["source"]
        if source not in self._secrets:
            return web.Response(status=404)
        try:
            async with asyncio.timeout(_WAIT_S):
                body = await body_up_to(LARGEST_BODY, request)
        except TimeoutError:
            return web.Response(status=408)
        if body is None:
            return web.Response(status=413)
        return await self._judge(source, request, body)

    async def _judge(self, source: str, request: web.Request, body: bytes) -> web.Response:
        sent_at = self._signed(source, request, body)
        if sent_at is None:
            log.warning("a call to the events of %s was not signed, or not now", source)
            return web.Response(status=401)
        if not self._may_come(source):
            log.warning(
                "%s sends more than %d events in %.0f s", source, self._rate.calls, self._rate.seconds
            )
            return web.Response(status=429, headers={"Retry-After": f"{self._rate.seconds:.0f}"})
        try:
            return await self._receive(read_body(body, source, sent_at))
        except BadBody as wrong:
            return web.json_response({"error": str(wrong)}, status=400)

    async def _receive(self, event: OutsideEvent) -> web.Response:
        try:
            received = await self._events.receive(event)
        except Contradicted:
            said = "id ini sudah pernah dikirim dengan isi lain."
            return web.json_response({"error": said}, status=409)
        except Exception:
            log.exception(
                "event %s of %s could not be stored; its sender may repeat it", event.id, event.source
            )
            return web.Response(status=503, headers={"Retry-After": "5"})
        return web.json_response({"new": received.new, "incidents": len(received.runs)})

    def _signed(self, source: str, request: web.Request, body: bytes) -> datetime | None:
        """When it was signed; None where the signature is not right, or not of now."""
        stamp, given = request.headers.get(STAMP, ""), request.headers.get(SIGNATURE, "")
        right = sign(self._secrets[source], stamp, body)
        fits = hmac.compare_digest(given.encode("utf-8", "surrogateescape"), right.encode())
        if not fits or not re.fullmatch(r"[0-9]{1,11}", stamp, re.ASCII):
            return None
        sent_at = datetime.fromtimestamp(int(stamp), UTC)
        return sent_at if abs(self._clock.now() - sent_at) <= WINDOW else None

    def _may_come(self, source: str) -> bool:
        """Counted only for those who have signed: nobody else can use a source's room up."""
        calls, now = self._calls[source], self._clock.monotonic()
        while calls and now - calls[0] >= self._rate.seconds:
            calls.popleft()
        if len(calls) >= self._rate.calls:
            return False
        calls.append(now)
        return True


def sign(secret: bytes, stamp: str, body: bytes) -> str:
    """The header's value: HMAC-SHA256 over the time stamp, a dot and the body, in hexadecimal."""
    signed = stamp.encode("utf-8", "surrogateescape") + b"." + body
    return _SCHEME + hmac.new(secret, signed, sha256).hexdigest()


def add_events(app: web.Application, door: EventDoor) -> None:
    """Adds POST /events/<source> to an application."""
    app.router.add_post("/events/{source}", door.handle)
