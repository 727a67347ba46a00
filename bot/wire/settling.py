"""Marks handled updates as done, many in one commit."""

import asyncio
import logging
from collections.abc import Callable

from bot.wire.ports import Clock, Inbox

log = logging.getLogger(__name__)

_LAST_WORDS_S = 2.0


class Settler:
    """What finishes while one commit runs goes into the next, so a busy minute costs few of them."""

    def __init__(
        self, inbox: Inbox, clock: Clock, pause_s: float, settled: Callable[[list[int]], None]
    ) -> None:
        """`settled` is called with what has been marked; `pause_s` is the wait after a failed commit."""
        self._inbox = inbox
        self._clock = clock
        self._pause_s = pause_s
        self._settled = settled
        self._finished: list[int] = []
        self._any = asyncio.Event()

    def finished(self, update_id: int) -> None:
        """It was handled, and is marked with the next `settle`."""
        self._finished.append(update_id)

    @property
    def waiting(self) -> int:
        """How many were handled and are not marked yet."""
        return len(self._finished)

    def settle(self) -> None:
        """Now is the time to mark them."""
        if self._finished:
            self._any.set()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await self._any.wait()
            self._any.clear()
            ids = list(self._finished)
            try:
                await self._inbox.done(ids)
            except Exception:
                log.exception("%d handled updates cannot be marked as done yet", len(ids))
                self._any.set()
                await self._clock.sleep(self._pause_s)
                continue
            del self._finished[: len(ids)]
            self._settled(ids)

    async def last_words(self) -> None:
        """At the end: handled but not yet marked is marked, to spare the next start the repetition."""
        if not self._finished:
            return
        try:
            async with asyncio.timeout(_LAST_WORDS_S):
                await self._inbox.done(self._finished)
        except Exception:
            log.exception("%d handled updates will be handled once more", len(self._finished))
