"""getUpdates over HTTP, as bytes: nothing is parsed here but the reason of a refusal."""

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.wire.redact import redact

log = logging.getLogger(__name__)

ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "my_chat_member",
    "chat_member",
)
"""Asked for every time: Telegram keeps the last list it was given, and leaves out chat_member by default."""

_ANSWER_SLACK_S = 10.0  # how much later than promised a long poll may be answered
_CLOSING_S = 5.0


def bot_base_url(api_base_url: str) -> str:
    """What `telegram.Bot(base_url=...)` wants, from `telegram.api_base_url` of the config."""
    return f"{api_base_url.rstrip('/')}/bot"


class HttpUpdates:
    """Long polls over a transport of their own: replacing a stuck one touches no message under way."""

    def __init__(
        self,
        make: Callable[[], BaseRequest],
        api_base_url: str,
        token: str,
        *,
        allowed_updates: Sequence[str] = ALLOWED_UPDATES,
        wait_s: int = 25,
    ) -> None:
        """`wait_s`: how long Telegram holds a poll open when there is nothing new; at most 50."""
        self._allowed = json.dumps(list(allowed_updates))
        self._make = make
        self._url = f"{bot_base_url(api_base_url)}{token}/getUpdates"
        self._wait_s = wait_s
        self._answered = False
        self._request: BaseRequest | None = None

    async def fetch(self, offset: int | None, limit: int) -> bytes:
        """One answer of getUpdates, unread. Updates below `offset` are thereby confirmed and gone.

        Raises InvalidToken, Conflict, RetryAfter, or NetworkError with its kinds.
        """
        if self._request is None:
            request = self._make()
            await request.initialize()
            self._request = request
        # The first poll is not held open: what waits for a quiet bot that starts is known at once, and the
        # timers, which wait for that, need not wait for somebody to write.
        parameters: dict[str, object] = {
            "limit": limit,
            "timeout": self._wait_s if self._answered else 0,
            "allowed_updates": self._allowed,
        }
        if offset is not None:
            parameters["offset"] = offset
        status, payload = await self._request.do_request(
            f"{self._url}?{urlencode(parameters)}", "GET", read_timeout=self._wait_s + _ANSWER_SLACK_S
        )
        if 200 <= status <= 299:
            self._answered = True
            return payload
        raise _refusal(status, payload)

    async def renew(self) -> None:
        """Throws the connection away; the next fetch makes a new one."""
        old, self._request = self._request, None
        if old is None:
            return
        try:
            async with asyncio.timeout(_CLOSING_S):
                await old.shutdown()
        except (TelegramError, OSError, RuntimeError, TimeoutError) as error:
            log.warning("The old polling connection did not close: %s", type(error).__name__)

    async def close(self) -> None:
        """Ends it; a later fetch would open it again."""
        await self.renew()


def _refusal(status: int, payload: bytes) -> TelegramError:
    answer = _object(payload)
    said = redact(str(answer.get("description", "")))[:200]
    parameters = answer.get("parameters")
    wait = parameters.get("retry_after") if isinstance(parameters, dict) else None
    if status in {401, 404}:
        return InvalidToken(said or "Unauthorized")
    if status == 409:
        return Conflict(said or "Conflict")
    if status == 429 and isinstance(wait, int):
        return RetryAfter(wait)
    return NetworkError(f"HTTP {status}: {said or 'no reason given'}")


def _object(payload: bytes) -> dict[str, Any]:
    """The answer as an object, or an empty one: a proxy on the way may answer with a web page."""
    try:
        value = json.loads(payload)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
