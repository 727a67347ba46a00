"""Is the webhook still ours, and does Telegram get through? Silence alone says neither.

A webhook that somebody changed or removed, and one that Telegram cannot reach, look like a quiet day from
inside. So Telegram is asked, every minute while nothing comes in and every few minutes while something does.
"""

import logging
from datetime import datetime

from telegram import Bot
from telegram.error import TelegramError

from bot.wire.polling import Alarm, PollHealth
from bot.wire.ports import Clock
from bot.wire.redact import redact
from bot.wire.trouble import PollState
from bot.wire.webhook import WebhookReceiver, WebhookStatus, register, status

log = logging.getLogger(__name__)
_LOOK_S = 60.0
_LOOK_WHILE_BUSY_S = 300.0
_TELL_AGAIN_S = 3600.0
"""Where two fight over one webhook the team reads it hourly, not with every round."""
_BEFORE_RINGING = 2
"""Looks with the same trouble. One may meet Telegram in the middle of a repetition, or ourselves starting."""
_AGAIN_S = 5.0


class HookWatch:
    """Sets the webhook and keeps it. `health` is the receiver's, with what only Telegram can know."""

    def __init__(
        self, bot: Bot, url: str, secret: str, receiver: WebhookReceiver, clock: Clock, alarm: Alarm
    ) -> None:
        self._bot = bot
        self._url = url
        self._secret = secret
        self._receiver = receiver
        self._clock = clock
        self._alarm = alarm
        self._trouble: tuple[PollState, str] | None = None
        self._times = 0
        self._rung: PollState | None = None
        self._moved_told = float("-inf")
        self._old_error: datetime | None = None
        """When Telegram had last failed at the moment at which nothing waited there any more."""
        self._stored = 0
        self._looked = float("-inf")

    @property
    def health(self) -> PollHealth:
        heard = self._receiver.health
        if self._trouble is None or heard.last_error:
            return heard
        return PollHealth(self._trouble[0], heard.last_answer, self._trouble[1], heard.stored)

    async def run(self) -> None:
        """Until cancelled."""
        while (refused := await self._register()) is not None:
            await self._noted(PollState.UNREACHABLE, refused)
            await self._clock.sleep(_AGAIN_S)
        await self._well()
        while True:
            await self._clock.sleep(_LOOK_S)
            if self._is_due():
                await self.look()

    def _is_due(self) -> bool:
        """Whatever came in since the last minute shows that all is well, for a while."""
        stored, self._stored = self._stored, self._receiver.health.stored
        busy = stored != self._stored and self._trouble is None
        return not busy or self._clock.monotonic() - self._looked >= _LOOK_WHILE_BUSY_S

    async def look(self) -> None:
        """Asks Telegram once, and mends what can be mended."""
        self._looked = self._clock.monotonic()
        try:
            known = await status(self._bot)
        except TelegramError as error:
            await self._noted(PollState.UNREACHABLE, type(error).__name__)
            return
        if known.url != self._url:
            await self._lost(known)
        elif known.pending and known.last_error and known.last_error_at != self._old_error:
            await self._noted(PollState.WEBHOOK_FAILING, known.last_error)
        else:
            self._old_error = known.last_error_at
            await self._well()

    async def _register(self) -> str | None:
        """None, or why Telegram did not take it."""
        try:
            await register(self._bot, self._url, self._secret)
        except TelegramError as error:
            said = redact(f"{type(error).__name__}: {error}")
            log.warning("the webhook is not registered: %s", said)
            return said
        return None

    async def _lost(self, known: WebhookStatus) -> None:
        """Somebody else holds the token, or cleaned up after themselves: ours is set again at once."""
        log.error("the webhook was %s by somebody else", "changed" if known.url else "removed")
        refused = await self._register()
        if refused is not None:
            await self._noted(PollState.UNREACHABLE, refused)
            return
        now = self._clock.monotonic()
        if now - self._moved_told >= _TELL_AGAIN_S:
            self._moved_told = now
            await self._alarm(PollState.WEBHOOK_MOVED, "")
        await self._well()

    async def _noted(self, state: PollState, detail: str) -> None:
        same = self._trouble is not None and self._trouble[0] is state
        self._times = self._times + 1 if same else 1
        self._trouble = (state, detail)
        if self._times >= _BEFORE_RINGING and self._rung is not state:
            self._rung = state
            await self._alarm(state, detail)

    async def _well(self) -> None:
        self._trouble = None
        if self._rung is not None:
            self._rung = None
            await self._alarm(PollState.LISTENING, "")
