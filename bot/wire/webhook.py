"""Updates that Telegram pushes: answered with 200 only once committed, so that it repeats all others."""

import asyncio
import hmac
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web
from telegram import Bot

from bot.bodies import body_up_to
from bot.wire.polling import PollHealth
from bot.wire.ports import Clock, UpdateSink
from bot.wire.raw import one_update
from bot.wire.redact import redact
from bot.wire.source import ALLOWED_UPDATES
from bot.wire.trouble import PollState

log = logging.getLogger(__name__)

LARGEST_BODY = 1_000_000
"""Bytes. An update has a few thousand."""

_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the header's name, not the secret
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_WAIT_S = 20.0  # Telegram gives up later than that, and repeats


class WebhookReceiver:
    """One route: `app.router.add_post(path, receiver.handle)`.

    Answers 200 stored (or known already), 400 no update, 403 wrong secret, 408 too slow, 413 too large, 503
    not stored. `on_stored` is called after new updates were committed, and must return at once.
    """

    def __init__(
        self, inbox: UpdateSink, secret: str, clock: Clock, *, on_stored: Callable[[], None] = lambda: None
    ) -> None:
        """Raises ValueError when `secret` is not 1 to 256 of A-Z a-z 0-9 _ -, as Telegram wants it."""
        self._secret = _checked(secret).encode()
        self._inbox = inbox
        self._clock = clock
        self._on_stored = on_stored
        self._health = PollHealth(PollState.STARTING, None, "", 0)

    @property
    def health(self) -> PollHealth:
        """As the poller's; but silence means nothing here: Telegram calls only when there is something."""
        return self._health

    async def handle(self, request: web.Request) -> web.Response:
        given = request.headers.get(_SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            log.warning("A call to the webhook had no or a wrong secret")
            return web.Response(status=403)
        try:
            async with asyncio.timeout(_WAIT_S):
                body = await body_up_to(LARGEST_BODY, request)
        except TimeoutError:
            return web.Response(status=408)
        if body is None:
            return web.Response(status=413)
        update = one_update(body.decode("utf-8", errors="replace"))
        if update is None:
            log.warning("A call to the webhook with the right secret was no update (%d bytes)", len(body))
            return web.Response(status=400)
        try:
            async with asyncio.timeout(_WAIT_S):
                new = await self._inbox.put([update])
        except Exception as error:
            log.exception("Update %d could not be stored; Telegram will send it again", update.update_id)
            self._note(PollState.STORE_FAILING, redact(f"{type(error).__name__}: {error}"), 0)
            return web.Response(status=503, headers={"Retry-After": "5"})
        self._note(PollState.LISTENING, "", new)
        if new:
            self._on_stored()
        return web.Response()

    def _note(self, state: PollState, error: str, new: int) -> None:
        stored = state is PollState.LISTENING
        at = self._clock.now() if stored else self._health.last_answer
        self._health = PollHealth(state, at, error, self._health.stored + new)


@dataclass(frozen=True, slots=True)
class WebhookStatus:
    """What Telegram knows of the webhook. `url`: "" when none is set. `pending`: updates that wait there."""

    url: str
    pending: int
    last_error: str
    last_error_at: datetime | None


async def register(
    bot: Bot,
    url: str,
    secret: str,
    *,
    allowed_updates: Sequence[str] = ALLOWED_UPDATES,
    max_connections: int = 40,
) -> None:
    """Has Telegram push to `url` (https, port 443, 80, 88 or 8443). Updates that wait are kept."""
    await bot.set_webhook(
        url,
        secret_token=_checked(secret),
        allowed_updates=list(allowed_updates),
        max_connections=max_connections,
        drop_pending_updates=False,
    )


async def unregister(bot: Bot) -> None:
    """Before polling: while a webhook is set, getUpdates answers 409. Updates that wait are kept."""
    await bot.delete_webhook(drop_pending_updates=False)


async def status(bot: Bot) -> WebhookStatus:
    """Asks Telegram, which also tells why its last delivery failed."""
    info = await bot.get_webhook_info()
    return WebhookStatus(
        info.url, info.pending_update_count, redact(info.last_error_message or ""), info.last_error_date
    )


def _checked(secret: str) -> str:
    if not _SECRET.fullmatch(secret):
        raise ValueError("Rahasia webhook harus 1-256 karakter dari A-Z, a-z, 0-9, _ dan -")
    return secret
