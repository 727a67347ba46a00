"""Hands committed updates to the program: in order within a chat, side by side across chats, each until done.

An update lives in the inbox until it was handled. A failure is tried again while the rest of its chat waits
behind it and all other chats go on; what fails for good is put aside for a person.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.errors import HOPELESS
from bot.wire.lanes import Lane, Lanes, chat_of
from bot.wire.ports import Clock, Inbox, RawUpdate
from bot.wire.raw import Unreadable, read_object
from bot.wire.redact import redact
from bot.wire.settling import Settler

log = logging.getLogger(__name__)

Handle = Callable[[dict[str, Any]], Awaitable[None]]
OnDead = Callable[[int, str], Awaitable[None]]

_LONGEST_ERROR = 2_000
_MARKED_TOGETHER = 32
"""A COMMIT for each is dear. After a crash they come again, and change nothing."""


class Poison(Exception):
    """Raised by `handle`: this update can never be handled, put it aside at once."""


_HOPELESS = (Poison, *HOPELESS)
"""Trying again would only hold up the chat."""


@dataclass(frozen=True, slots=True)
class PumpPolicy:
    """Seconds, but for the first three counts.

    `backlog`: how many updates are held in memory at most; large, because within it a tap on a button
    overtakes a raid in another chat, and behind it nothing does. `retry_after_s`: the waits before the
    second, third, ... attempt. `limit_s`: how long one attempt may take.
    """

    workers: int = 16
    backlog: int = 4096
    bite: int = 512
    retry_after_s: tuple[float, ...] = (0.2, 2.0)
    limit_s: float = 60.0
    look_every_s: float = 1.0
    store_pause_s: float = 1.0


@dataclass(slots=True)
class _Held:
    """Kept as text: read, it would take ten times the memory."""

    update_id: int
    raw: str
    failures: int = 0
    begun: bool = False
    ahead: Lane | None = None
    """The lane in which it overtakes; its own lane then passes over it."""


async def log_dead(update_id: int, error: str) -> None:
    """An alarm that nobody hears but the log."""
    log.error("Update %d was put aside: %s", update_id, error)


class InboxPump:
    """Runs until cancelled. What was being handled then stays in the inbox and comes again after a start.

    `handle` gets the update as Telegram sent it. `on_dead` is awaited for every update put aside. Call
    `notify` after new updates were committed; without it they are found within `look_every_s`.
    """

    def __init__(
        self,
        inbox: Inbox,
        handle: Handle,
        clock: Clock,
        *,
        on_dead: OnDead = log_dead,
        lane_of: Callable[[Mapping[str, Any]], Lane] = chat_of,
        policy: PumpPolicy | None = None,
    ) -> None:
        self._inbox = inbox
        self._handle = handle
        self._clock = clock
        self._on_dead = on_dead
        self._lane_of = lane_of
        self._policy = policy or PumpPolicy()
        self._lanes: Lanes[_Held] = Lanes()
        self._held: dict[int, _Held] = {}
        self._settler = Settler(inbox, clock, self._policy.store_pause_s, self._let_go)
        self._news = asyncio.Event()
        self._room = asyncio.Event()

    @property
    def held(self) -> int:
        """How many updates are in memory: waiting in a lane, being handled, or about to be marked done."""
        return len(self._held)

    def notify(self) -> None:
        """There may be something new in the inbox."""
        self._news.set()

    def hurry(self, updates: Sequence[RawUpdate]) -> None:
        """These overtake all that waits in their chat; among themselves they keep their order.

        They must be in the inbox. What is being handled is left alone, and calling it twice changes nothing.
        """
        for update in updates:
            held = self._held.setdefault(update.update_id, _Held(update.update_id, update.raw))
            if not held.begun and held.ahead is None:
                held.ahead = ("ahead", self._lane(update.raw))
                self._lanes.add(held.ahead, held)

    async def run(self) -> None:
        """Handles whatever was left from before, then whatever comes."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._fill())
                group.create_task(self._look_again())
                group.create_task(self._settler.run())
                for _ in range(self._policy.workers):
                    group.create_task(self._work(group))
        finally:
            await self._settler.last_words()

    async def _fill(self) -> None:
        """Claims from the inbox: never more than there is room for, and in big bites when there is much."""
        while True:
            room = self._policy.backlog - len(self._held)
            if room <= self._policy.backlog // 2:
                self._room.clear()
                await self._room.wait()
                continue
            self._news.clear()
            try:
                claimed = await self._inbox.claim(min(room, self._policy.bite))
            except Exception:
                log.exception("The inbox cannot be read")
                await self._clock.sleep(self._policy.store_pause_s)
                continue
            fresh = [row for row in claimed if row.update_id not in self._held]
            for row in fresh:
                held = self._held[row.update_id] = _Held(row.update_id, row.raw)
                self._lanes.add(self._lane(row.raw), held)
            if not fresh:
                await self._news.wait()

    def _lane(self, raw: str) -> Lane:
        try:
            return self._lane_of(read_object(raw))
        except Unreadable:
            return "unreadable"

    async def _look_again(self) -> None:
        """Whoever wrote into the inbox from elsewhere rings no bell here."""
        while True:
            await self._clock.sleep(self._policy.look_every_s)
            self._news.set()

    async def _work(self, group: asyncio.TaskGroup) -> None:
        while True:
            lane, held = await self._lanes.serve()
            if held.ahead not in (None, lane):
                self._lanes.served(lane)
                continue
            held.begun = True
            error = await self._attempt(held)
            if error is None:
                self._settler.finished(held.update_id)
                self._lanes.served(lane)
                self._settle()
                continue
            waits = self._policy.retry_after_s
            text = redact(f"{type(error).__name__}: {error}")[:_LONGEST_ERROR]
            if held.failures <= len(waits) and not isinstance(error, _HOPELESS):
                group.create_task(self._retry(lane, held, text, waits[held.failures - 1]))
            elif await self._bury(held.update_id, text):
                self._lanes.served(lane)
            else:
                # The store is in trouble, so perhaps that is all that was wrong: everything from the start.
                held.failures = 0
                group.create_task(self._retry(lane, held, text, self._policy.store_pause_s))

    async def _attempt(self, held: _Held) -> BaseException | None:
        """None when it was handled."""
        task = asyncio.current_task()
        try:
            async with asyncio.timeout(self._policy.limit_s):
                await self._handle(read_object(held.raw))
        except (Exception, asyncio.CancelledError) as error:
            # A cancellation is ours to obey only when this worker is meant; one that leaked out of a handler
            # would otherwise end the worker in silence, and its lane with it.
            if isinstance(error, asyncio.CancelledError) and task is not None and task.cancelling():
                raise
            held.failures += 1
            log.warning("Update %d failed, attempt %d", held.update_id, held.failures, exc_info=error)
            return error
        return None

    async def _retry(self, lane: Lane, held: _Held, error: str, wait_s: float) -> None:
        try:
            await self._inbox.retry_later(held.update_id, error)
        except Exception:
            log.exception("A failed attempt at update %d could not be noted", held.update_id)
        await self._clock.sleep(wait_s)
        self._lanes.again(lane)

    async def _bury(self, update_id: int, text: str) -> bool:
        """Puts an update aside and tells people. False when the store did not take it."""
        try:
            await self._inbox.dead(update_id, text)
        except Exception:
            log.exception("Update %d cannot be put aside", update_id)
            return False
        self._let_go([update_id])
        try:
            await self._on_dead(update_id, text)
        except Exception:
            log.exception("Nobody could be told that update %d was put aside", update_id)
        return True

    def _let_go(self, ids: list[int]) -> None:
        for update_id in ids:
            self._held.pop(update_id, None)
        self._room.set()
        self._settle()

    def _settle(self) -> None:
        """What was handled is marked together: when there are many, and when nothing else is in hand."""
        waiting = self._settler.waiting
        if waiting >= _MARKED_TOGETHER or waiting == len(self._held):
            self._settler.settle()
