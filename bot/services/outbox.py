"""The one way out: what was queued is sent, by lane, at the pace that each chat allows.

A team message may repeat after a crash; a public one may not. So a public send whose fate is
unknown becomes `uncertain` and a person looks; everything else is tried again.
"""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.lane import TELEGRAM_LANES, Lane, Lanes
from bot.domain.outgoing import Head, Outgoing, Queued, SendState
from bot.services.delivery import Addresses, Follows, Impossible, Outcome, Pacer, Sender, Unsure
from bot.services.ending import LONGEST_PAUSE, Ending
from bot.services.ports import Clock, Store

log = logging.getLogger(__name__)
_HICCUP_S = 1.0
_FAREWELL_S = 3.0
_LONGEST_WAIT = 5.0
"""An import in another process rings no bell here."""
_SLOW_S = 1.0
"""A crisis stands behind a send to the same chat for so long at most; two at once arrive in any rhythm."""
_FOR_CRISIS = 8
"""So many sends of a crisis may be under way beside all others: chats that answer slowly hold up no page."""


@dataclass(frozen=True, slots=True)
class _Sending:
    task: asyncio.Task[None]
    card: str
    since: float


class Outbox:
    """The loop. `wake` after a commit that queued something."""

    def __init__(  # noqa: PLR0913 - the composition root names each once
        self,
        store: Store,
        sender: Sender,
        addresses: Addresses,
        pacer: Pacer,
        follows: Mapping[type[Outgoing], Follows],
        clock: Clock,
        *,
        at_once: int = 16,
        lanes: Lanes = TELEGRAM_LANES,
    ) -> None:
        self._store = store
        self._sender = sender
        self._addresses = addresses
        self._pacer = pacer
        self._follows = follows
        self._clock = clock
        self._ending = Ending(store, pacer, follows, clock)
        self._at_once = at_once
        self._lanes = lanes
        self._bell = asyncio.Event()
        self._busy: dict[int | str, _Sending] = {}

    def wake(self) -> None:
        self._bell.set()

    async def recover(self) -> None:
        """After a restart: what was being sent is sent again (team) or asked about (public)."""
        for queued in await self._store.read.outbox.unsettled():
            await self._ending.write(queued, queued.chat_id or 0, Unsure("restart"))

    async def run(self) -> None:
        """Until cancelled."""
        ticking = asyncio.create_task(self._tick())
        try:
            while True:
                self._bell.clear()
                await self._wait(await self._round())
        finally:
            ticking.cancel()
            await self._farewell()

    async def _tick(self) -> None:
        while True:
            await self._clock.sleep(_LONGEST_WAIT)
            self._bell.set()

    async def _round(self) -> float | None:
        try:
            return (await self._start_what_may_go())[1]
        except Exception:
            log.exception("the outbox cannot be read now")
            return _HICCUP_S

    async def _farewell(self) -> None:
        """A send under way may end: cut off, a public one would be asked of a person without need."""
        if self._busy:
            await asyncio.wait(self._tasks(), timeout=_FAREWELL_S)
        for task in self._tasks():
            task.cancel()

    async def drain(self) -> None:
        """Sends what may go now and waits for it: for tests, drills and a calm stop."""
        while (await self._start_what_may_go())[0] or self._busy:
            if self._busy:
                await asyncio.wait(self._tasks(), return_when=asyncio.FIRST_COMPLETED)

    def _tasks(self) -> list[asyncio.Task[None]]:
        return [sending.task for sending in self._busy.values()]

    async def _wait(self, pause: float | None) -> None:
        if pause is None or pause >= _LONGEST_WAIT:
            await self._bell.wait()  # which the tick rings at the latest
            return
        alarm = asyncio.create_task(self._ring_in(pause))
        try:
            await self._bell.wait()
        finally:
            alarm.cancel()

    async def _ring_in(self, seconds: float) -> None:
        await self._clock.sleep(seconds)
        self._bell.set()

    async def _start_what_may_go(self) -> tuple[bool, float | None]:
        """Starts sends; tells whether some began, and the seconds until another may go (None: not known)."""
        now = self._clock.now()
        read = self._store.read
        if not await read.outbox.anything_waits(self._lanes):
            return False, None  # as after most sends
        waits: list[float] = []
        started = False
        for head in await read.outbox.heads(now, self._lanes):
            chat = await self._addresses.chat_of(head.recipient)
            if self._must_wait(chat, head):
                waits += [_SLOW_S] if head.lane is Lane.CRISIS and chat is not None else []
                continue
            if chat is not None and (wait := self._wait_for(chat, head)) > 0:
                waits.append(wait)
                continue
            started = True
            self._start(head, chat)
        later = None if started else await read.outbox.next_due(self._lanes)
        if later is not None and later > now:
            waits.append((later - now).total_seconds())
        return started, min(waits, default=None)

    def _must_wait(self, chat: int | None, head: Head) -> bool:
        """For a send under way: one to the same place, one of the same card, or too many of them."""
        most = self._at_once + (_FOR_CRISIS if head.lane is Lane.CRISIS else 0)
        drawing = head.card and any(head.card == sending.card for sending in self._busy.values())
        busy = drawing or self._place(chat, head) in self._busy or len(self._busy) >= most
        return bool(busy)

    def _place(self, chat: int | None, head: Head) -> int | str:
        """What only one send at a time may go to: the chat, or where there is none the row itself.

        A crisis has a door of its own where the network is slow to take what goes to that chat.
        """
        if chat is None:
            return f"row:{head.id}"
        before = self._busy.get(chat)
        slow = before is not None and self._clock.monotonic() - before.since >= _SLOW_S
        return f"crisis:{chat}" if head.lane is Lane.CRISIS and slow else chat

    def _wait_for(self, chat: int, head: Head) -> float:
        return self._pacer.ready_in(chat, head.urgency, self._clock.monotonic(), edit=head.edit)

    def _start(self, head: Head, chat: int | None) -> None:
        key, now = self._place(chat, head), self._clock.monotonic()
        if chat is not None:
            self._pacer.take(chat, head.urgency, now, edit=head.edit)
        task = asyncio.create_task(self._deliver(head, chat))
        self._busy[key] = _Sending(task, head.card, now)
        task.add_done_callback(lambda _: self._finished(key))

    def _finished(self, key: int | str) -> None:
        task = self._busy.pop(key).task
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("sending failed in an unforeseen way", exc_info=error)
        self._bell.set()

    async def _deliver(self, head: Head, chat: int | None) -> None:
        try:
            queued = await self._take(head)
        except Exception as error:
            log.exception("outgoing %s cannot be taken up", head.id)
            await self._put_off(head, type(error).__name__)
            return
        if queued is None:
            return
        if chat is None:
            await self._ending.surely(queued, 0, Impossible("no chat", blocked=True))
            return
        await self._ending.surely(queued, chat, await self._send(queued, chat))

    async def _take(self, head: Head) -> Queued | None:
        """The row, marked as being sent; None if it is not to be sent (any more)."""
        # Only what citizens read must never be taken twice, whatever happens to the machine.
        async with self._store.transaction(durable=head.lane is Lane.PUBLIC) as tx:
            queued = await tx.outbox.take(head.id, self._clock.now())
            follows = self._follows.get(type(queued.what)) if queued is not None else None
            if queued is None or follows is None or await follows.before(tx, queued):
                return queued
            gone = replace(queued, error="not due any more")
            await tx.outbox.settle(gone, SendState.DROPPED, self._clock.now())
            return None

    async def _put_off(self, head: Head, error: str) -> None:
        """Lets the rows behind it pass. Where the store itself is in trouble, nobody hurries."""
        try:
            async with self._store.transaction() as tx:
                later = self._clock.now() + timedelta(seconds=LONGEST_PAUSE)
                await tx.outbox.requeue(head.id, later, error)
        except Exception:
            log.exception("outgoing %s cannot be put off", head.id)
            await self._clock.sleep(_HICCUP_S)

    async def _send(self, queued: Queued, chat: int) -> Outcome:
        try:
            return await self._sender.deliver(queued, chat)
        except Exception as error:
            # A fault of ours while drawing or sending. Left as it is, the row would be lost without a word.
            log.exception("outgoing %s (%s) broke the sender", queued.id, type(queued.what).__name__)
            return Unsure(type(error).__name__)
