"""The sign of life to the outside: an address that is called every minute while the bot really works.

Whoever stands behind that address complains when it stops coming: a dead machine cannot say that it is dead.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.services.ports import Clock

log = logging.getLogger(__name__)
EVERY_S = 60.0
_PATIENCE = ClientTimeout(total=10)

Stalls = Callable[[], Awaitable[Sequence[str]]]
"""What does not work now: intake, outbox or timers. Raises where even that cannot be found out."""


class Heartbeat:
    """`url` is secret: it is in no message of this class."""

    def __init__(self, url: str, stalls: Stalls, clock: Clock) -> None:
        self._url = url
        self._stalls = stalls
        self._clock = clock
        self._heard_at: float | None = None
        self.error = ""
        """Why the last one did not go out or was not taken; "" where it was."""

    @property
    def age_s(self) -> float | None:
        """Since one was last taken; None: never."""
        return None if self._heard_at is None else self._clock.monotonic() - self._heard_at

    async def run(self) -> None:
        """Until cancelled."""
        async with ClientSession(timeout=_PATIENCE) as session:
            while True:
                await self.beat(session)
                await self._clock.sleep(EVERY_S)

    async def beat(self, session: ClientSession) -> None:
        """One of them. A failure is told once, and shown as long as it lasts; it stops nothing."""
        error = await self._why_not() or await self._call(session)
        if not error:
            self._heard_at = self._clock.monotonic()
        if error != self.error:
            log.warning("heartbeat: %s", error or "taken again")
        self.error = error

    async def _why_not(self) -> str:
        try:
            stalled = await self._stalls()
        except Exception:
            log.exception("the bot's own state cannot be read")
            return "not sent: the bot's own state cannot be read"
        return f"not sent: {' '.join(stalled)}" if stalled else ""

    async def _call(self, session: ClientSession) -> str:
        try:
            async with session.get(self._url) as answer:
                return "" if answer.ok else f"not taken: HTTP {answer.status}"
        except (ClientError, TimeoutError, ValueError) as error:
            # The name alone: several of aiohttp's texts hold the whole address.
            return f"not taken: {type(error).__name__}"
