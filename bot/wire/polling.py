"""The intake loop: ask Telegram, commit to the inbox, and only then let Telegram forget.

Telegram drops an update as soon as a later call carries a higher offset. So the offset moves after the commit
and never before; whatever goes wrong in between, the same updates come again, and the inbox knows them by id.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from telegram.error import TelegramError

from bot.wire.ports import Clock, UpdateSink
from bot.wire.raw import Batch, Unreadable, salvage, split_batch
from bot.wire.trouble import WORDS, NotStored, PollPolicy, PollState, Troubles

log = logging.getLogger(__name__)

_MOST_AT_ONCE = 100
_FAREWELL_S = 1.0
_NO_LONG_POLL_S = 0.3

Result = TypeVar("Result")
Alarm = Callable[[PollState, str], Awaitable[None]]


class UpdateSource(Protocol):
    """Where updates come from; `HttpUpdates` is the real one."""

    async def fetch(self, offset: int | None, limit: int) -> bytes: ...

    async def renew(self) -> None: ...


@dataclass(frozen=True, slots=True)
class PollHealth:
    """`last_answer`: when an answer was last received and committed. `last_error`: "" while all is well."""

    state: PollState
    last_answer: datetime | None
    last_error: str
    stored: int


class NoAnswer(TelegramError):
    """The watchdog gave up: Telegram, or the database, did not answer."""


async def log_only(state: PollState, detail: str) -> None:
    """An alarm that nobody hears but the log."""
    log.warning("%s (%s)", WORDS[state], detail or "-")


class Poller:
    """Runs until cancelled. Never ends by itself: a bot that stopped listening looks just like a quiet day.

    `on_stored` is called after new updates were committed, and must return at once. `alarm` is awaited when a
    trouble has lasted, again every while, and with LISTENING when it is over; it should only put something
    into a queue, since nothing is received meanwhile.
    """

    def __init__(
        self,
        source: UpdateSource,
        inbox: UpdateSink,
        clock: Clock,
        *,
        on_stored: Callable[[], None] = lambda: None,
        alarm: Alarm = log_only,
        policy: PollPolicy | None = None,
    ) -> None:
        self._source = source
        self._inbox = inbox
        self._clock = clock
        self._on_stored = on_stored
        self._alarm = alarm
        self._watchdog_s = (policy or PollPolicy()).watchdog_s
        self._gather_s = (policy or PollPolicy()).gather_s
        self._gather_most_s = (policy or PollPolicy()).gather_most_s
        self._troubles = Troubles(policy or PollPolicy(), clock.monotonic())
        self._offset: int | None = None
        self._limit = _MOST_AT_ONCE
        self._health = PollHealth(PollState.STARTING, None, "", 0)

    @property
    def health(self) -> PollHealth:
        return self._health

    async def run(self) -> None:
        """Polls for ever. Cancel it to stop; the poll under way is dropped, and nothing is lost by that."""
        while True:
            try:
                await self._round()
            except Exception as error:  # noqa: BLE001  # whatever it was: tell, wait, and listen on
                await self._clock.sleep(await self._failed(error))

    async def _round(self) -> None:
        asked_at = self._clock.monotonic()
        batch = self._read(await self._ask())
        if batch is None:
            return
        new = await self._store(batch)
        # An empty answer has confirmed all there was, so the offset is forgotten: after a week of silence
        # Telegram draws a random new id, which may be lower, and an old offset must not stand above it.
        self._offset = max((u.update_id + 1 for u in batch.updates), default=None)
        if new:
            self._on_stored()
        self._health = PollHealth(PollState.LISTENING, self._clock.now(), "", self._health.stored + new)
        if self._troubles.heard(self._clock.monotonic()):
            await self._ring(PollState.LISTENING, "")
        if not batch.updates and self._clock.monotonic() - asked_at < _NO_LONG_POLL_S:
            await self._clock.sleep(_NO_LONG_POLL_S)  # something on the way does not hold the poll open
        if self._gather_s and 0 < len(batch.updates) < _MOST_AT_ONCE:
            await self._clock.sleep(min(self._gather_s * len(batch.updates), self._gather_most_s))

    async def _ask(self) -> bytes:
        try:
            return await self._watched(self._source.fetch(self._offset, self._limit))
        except NoAnswer:
            await self._source.renew()
            raise

    async def _store(self, batch: Batch) -> int:
        if not batch.updates:
            return 0
        try:
            return await self._watched(self._inbox.put(batch.updates))
        except Exception as error:
            raise NotStored(f"{type(error).__name__}: {error}") from error

    async def _watched(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Its result; given up when the watchdog's time is over, even if it will not be cancelled."""
        task = asyncio.create_task(work)
        watchdog = asyncio.create_task(self._clock.sleep(self._watchdog_s))
        try:
            await asyncio.wait({task, watchdog}, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                return task.result()
        except asyncio.CancelledError:
            task.cancel()
            await asyncio.wait({task}, timeout=_FAREWELL_S)
            raise
        finally:
            watchdog.cancel()
            task.cancel()
            task.add_done_callback(_look_away)
        raise NoAnswer(f"No answer for {self._watchdog_s:.0f} s")

    def _read(self, payload: bytes) -> Batch | None:
        """The batch; None when it must be asked for again one by one, to find the unreadable update."""
        try:
            batch = split_batch(payload)
        except Unreadable as error:
            if self._limit > 1:
                self._limit = 1
                return None
            found = salvage(payload)
            if found is None:
                raise
            log.warning("Update %d cannot be read (%s); kept as it came", found.update_id, error)
            batch = Batch((found,))
        self._limit = _MOST_AT_ONCE
        if batch.nameless and not batch.updates:
            raise Unreadable("updates without update_id")
        if batch.nameless:
            log.error("%d entries of getUpdates have no usable update_id", batch.nameless)
        return batch

    async def _failed(self, error: Exception) -> float:
        """Tells whoever must know, and returns how many seconds to wait."""
        trouble = self._troubles.failed(error, self._clock.monotonic())
        log.warning("Polling: %s", trouble.detail)
        self._health = PollHealth(
            trouble.state, self._health.last_answer, trouble.detail, self._health.stored
        )
        if trouble.ring:
            await self._ring(trouble.state, trouble.detail)
        return trouble.pause_s

    async def _ring(self, state: PollState, detail: str) -> None:
        try:
            await self._alarm(state, detail)
        except Exception:
            log.exception("The alarm itself failed: %s", WORDS[state])


def _look_away(task: asyncio.Task[Any]) -> None:
    """Takes note of how abandoned work ended, so that asyncio does not report it as forgotten."""
    if not task.cancelled():
        task.exception()
