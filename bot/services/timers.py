"""Asks the store what is due and does it. Timers are rows; a restart is the same loop."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.domain.errors import NotFound
from bot.domain.incident import RunId
from bot.domain.late import DueTimer, coalesce
from bot.domain.run_types import Timer as RunTimer
from bot.domain.run_types import TimerKind
from bot.domain.timer import Timer
from bot.services.approvals import Approvals
from bot.services.incidents import Incidents
from bot.services.ports import Clock, Parts, Store
from bot.services.promises import KINDS, Promises
from bot.services.second import SecondChannel
from bot.services.second_start import PAGE
from bot.services.standing import Standing
from bot.services.timer_trouble import TimerTrouble
from bot.services.triage import Triage

log = logging.getLogger(__name__)
_NONE: Mapping[str, Standing] = {}
_RUN = "run:"
_KNOWN = frozenset(TimerKind)
_AT_ONCE = 100
_LONGEST_NAP = 30.0
_AGAIN_S = 5.0
"""Before the next attempt when the store is in trouble."""
_PLAN_AGAIN = timedelta(minutes=1)
_ALIVE_EVERY = timedelta(seconds=30)
_DOWN = timedelta(seconds=90)
"""Silence of the clockwork from which on the bot counts as having been down."""


class Timers:
    """`tick` fires what is due; `run` ticks until cancelled. `wake` after a commit that set a timer."""

    def __init__(  # noqa: PLR0913 - the composition root names each once
        self,
        store: Store,
        triage: Triage,
        approvals: Approvals,
        incidents: Incidents,
        clock: Clock,
        standing: Mapping[str, Standing] = _NONE,
        *,
        second: SecondChannel | None = None,
        promises: Promises | None = None,
    ) -> None:
        self._store = store
        self._triage = triage
        self._approvals = approvals
        self._incidents = incidents
        self._clock = clock
        self._standing = standing
        self._second = second
        self._promises = promises
        self._trouble = TimerTrouble(store, clock, incidents.managers)
        self._unplanned: set[str] = set()
        self._plan_at: datetime | None = None
        self._bell = asyncio.Event()
        self._alive_at: datetime | None = None
        self._down_since: datetime | None = None

    @property
    def subjects(self) -> frozenset[str]:
        """The first words of whatever a timer may be about."""
        return frozenset({"run", "draft", "case", PAGE, *self._standing})

    def wake(self) -> None:
        self._bell.set()

    async def run(self) -> None:
        started = False
        while True:
            self._bell.clear()
            try:
                if not started:
                    await self.start()
                    started = True
                await self.tick()
                await self._nap()
            except Exception:
                # A full disk, say. Without a clockwork nobody is called, so it goes on trying.
                log.exception("timers cannot be fired now")
                await self._clock.sleep(_AGAIN_S)

    async def start(self) -> None:
        """Finds out since when nobody fired timers, and sees to the timers that no person sets and to those
        of the runs that go on.
        """
        self._unplanned = set(self._standing)
        await self._plan()
        await self._trouble.rearm(await self._incidents.going_on())
        last = await self._store.read.runs.last_alive()
        if last is not None and self._clock.now() - last > _DOWN:
            self._down_since = last

    async def _plan(self) -> None:
        """What cannot be planned now holds nobody up and is tried again a minute later."""
        for name in sorted(self._unplanned):
            try:
                await self._standing[name].plan()
            except Exception:
                log.exception("%s cannot be planned now", name)
            else:
                self._unplanned.discard(name)
        self._plan_at = self._clock.now() + _PLAN_AGAIN

    async def tick(self) -> int:
        """Fires everything that is due now, a hundred to a transaction; returns how many."""
        if self._unplanned and self._plan_at is not None and self._clock.now() >= self._plan_at:
            await self._plan()
        fired = 0
        while due := await self._store.read.timers.due(self._clock.now(), _AT_ONCE):
            try:
                async with self._store.transaction() as tx:
                    await self._fire(tx, due)
            except Exception:
                log.exception("firing %d timers together failed; trying each alone", len(due))
                due = await self._fire_each(due)
                fired += len(due)
            else:
                fired += len(due)
            if any(timer.failed for timer in due):
                await self._trouble.freed(due)
        await self._note_alive()
        return fired

    async def _fire(self, tx: Parts, due: Sequence[Timer]) -> None:
        runs: list[DueTimer] = []
        for timer in due:
            kind, _, number = timer.subject.partition(":")
            if kind == "run":
                runs.append(DueTimer(RunId(int(number)), _run_timer(timer)))
                continue
            if kind == "draft":
                await self._approvals.expire(timer, tx)
            elif kind == PAGE and self._second is not None:
                await self._second.fire(timer, tx)
            elif timer.kind not in KINDS:
                await self._fire_other(tx, timer)
            await tx.timers.done(timer, "fired")
        await tx.timers.fired([timer for timer in due if timer.subject.startswith(_RUN)])
        await self._remind(tx, [timer for timer in due if timer.kind in KINDS])
        await self._incidents.fire(tx, coalesce(runs, self._clock.now()), self._down_since)

    async def _remind(self, tx: Parts, promised: Sequence[Timer]) -> None:
        """All that were due for the same reason are one message."""
        if promised and self._promises is not None:
            await self._promises.fire(tx, promised)

    async def _fire_other(self, tx: Parts, timer: Timer) -> None:
        """A snooze, or something that stands by itself."""
        kind = timer.subject.partition(":")[0]
        if kind == "case":
            await self._triage.wake(timer, tx)
        elif kind in self._standing:
            await self._standing[kind].fire(timer, tx)
        else:
            raise NotFound("timer", kind)

    async def _fire_each(self, due: Sequence[Timer]) -> list[Timer]:
        """Which could be fired alone. One that fails never holds up the others and is never given up, for
        somebody waits to be called by it. All that failed are put off together.
        """
        fired, held = [], []
        for timer in due:
            try:
                async with self._store.transaction() as tx:
                    await self._fire(tx, [timer])
                fired.append(timer)
            except Exception as error:
                log.exception("timer %s of %s failed", timer.kind, timer.subject)
                if _in_vain(timer, error):
                    await self._trouble.put_aside(timer)
                else:
                    held.append(timer)
        if held:
            await self._trouble.put_off(held)
        return fired

    async def _note_alive(self) -> None:
        now = self._clock.now()
        if self._alive_at is None or now - self._alive_at >= _ALIVE_EVERY:
            self._alive_at = now
            async with self._store.transaction() as tx:
                await tx.runs.alive(now)

    async def _nap(self) -> None:
        due = await self._store.read.timers.next_due()
        left = (due - self._clock.now()).total_seconds() if due is not None else _LONGEST_NAP
        alarm = asyncio.create_task(self._ring_in(max(0.0, min(left, _LONGEST_NAP))))
        try:
            await self._bell.wait()
        finally:
            alarm.cancel()

    async def _ring_in(self, seconds: float) -> None:
        await self._clock.sleep(seconds)
        self._bell.set()


def _in_vain(timer: Timer, error: Exception) -> bool:
    """Whether no later attempt can help: what it is about is gone, or this version does not know it."""
    if not isinstance(error, NotFound):
        return False
    return error.what == "timer" or timer.subject.partition(":")[2] == error.ref


def _run_timer(timer: Timer) -> RunTimer:
    """One that was put off is due when it is tried again: it goes on from there."""
    if timer.kind not in _KNOWN:
        raise NotFound("timer", timer.kind)
    return RunTimer(TimerKind(timer.kind), timer.next_try, timer.step, timer.attempt, timer.epoch, timer.seq)
