"""Timers that could not be fired: none is given up, people hear of them, and a start sets what is missing.

One that failed is tried again after a minute, then after two, four, eight, and then every quarter of an hour.
Each trouble is said once and then every hour, in one message for all that it holds up.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.journal import Entry
from bot.domain.outgoing import CRISIS, TRIAGE, Notice, to_person
from bot.domain.people import PersonId
from bot.domain.run_timers import live
from bot.domain.run_types import RunState
from bot.domain.timer import Timer, pause
from bot.services.ports import Clock, Parts, Store

log = logging.getLogger(__name__)
HELD, FREE, ASIDE = "timers_held", "timers_free", "timer_failed"
_TELL_AGAIN = timedelta(hours=1)
_QUIET = timedelta(minutes=5)
"""Between two messages about timers that are held up, however many there are."""
_NAMED = 5


class TimerTrouble:
    """What becomes of a timer that raised. What was told is kept in memory: a restart says it once more."""

    def __init__(self, store: Store, clock: Clock, managers: Sequence[PersonId]) -> None:
        """`managers`: who looks after the bot; they hear of it beside the crisis chat."""
        self._store = store
        self._clock = clock
        self._managers = tuple(managers)
        self._told: dict[str, datetime] = {}
        self._told_at: datetime | None = None
        self._free: list[str] = []
        """What was told as held and has been fired since, until nothing of it is held any more."""

    async def put_off(self, held: Sequence[Timer]) -> None:
        """All of them are tried again later. Raises where the store itself is in trouble: nothing is lost."""
        now = self._clock.now()
        untold = self._untold(held, now)
        async with self._store.transaction() as tx:
            for timer in held:
                again = now + pause(timer.failed + 1)
                await tx.timers.put_off(timer, again)
                if timer.failed == 0:
                    detail: dict[str, object] = {"kind": timer.kind, "again_at": again.isoformat()}
                    cause = f"timer:{timer.id}"
                    await tx.journal.write(Entry(now, "bot", "timer_held", timer.subject, cause, detail))
            if untold:
                subjects = list(dict.fromkeys(timer.subject for timer in untold))
                await self._say(tx, HELD, subjects, f"timer:{untold[0].id}:held:{int(now.timestamp())}")
        if untold:
            self._told |= {timer.subject: now for timer in untold}
            self._told_at = now
            self._free = [one for one in self._free if one not in self._told]

    def _untold(self, held: Sequence[Timer], now: datetime) -> list[Timer]:
        if self._told_at is not None and now - self._told_at < _QUIET:
            return []
        since = now - _TELL_AGAIN
        return [timer for timer in held if self._told.get(timer.subject, since) <= since]

    async def freed(self, fired: Sequence[Timer]) -> None:
        """These were held up and have been fired. When nothing is held any more, people hear that too."""
        now = self._clock.now()
        free = dict.fromkeys(one.subject for one in fired if self._told.pop(one.subject, None) is not None)
        self._free = list(dict.fromkeys([*self._free, *free]))
        # What somebody's deed has cancelled meanwhile is no longer tried, and told no more.
        self._told = {one: at for one, at in self._told.items() if now - at < 2 * _TELL_AGAIN}
        if self._free and not self._told:
            async with self._store.transaction() as tx:
                await self._say(tx, FREE, self._free, f"timer:{fired[0].id}:free:{int(now.timestamp())}")
            self._free = []

    async def _say(self, tx: Parts, what: str, subjects: Sequence[str], cause: str) -> None:
        said: dict[str, object] = {
            "subjects": list(subjects[:_NAMED]),
            "more": max(0, len(subjects) - _NAMED),
        }
        for to in (CRISIS, *(to_person(person) for person in self._managers)):
            await tx.outbox.put(f"{cause}:{to}", Notice(to, what, said), self._clock.now())

    async def put_aside(self, timer: Timer) -> None:
        """What it was about is gone, or this version does not know it: no later attempt can help."""
        now = self._clock.now()
        async with self._store.transaction() as tx:
            await tx.timers.done(timer, "stale")
            await tx.journal.write(Entry(now, "bot", ASIDE, timer.subject, f"timer:{timer.id}"))
            notice = Notice(TRIAGE, ASIDE, {"subject": timer.subject, "kind": timer.kind})
            await tx.outbox.put(f"timer:{timer.id}:failed", notice, now)

    async def rearm(self, going_on: Sequence[RunState]) -> None:
        """At the start: every run that goes on has its one ladder timer, also where an older version has put
        it aside; what is missing is due now.
        """
        now = self._clock.now()
        for state in going_on:
            subject, wanted = f"run:{state.incident.id}", live(state, now)
            async with self._store.transaction() as tx:
                standing = {(one.kind, one.epoch, one.seq) for one in await tx.timers.open(subject)}
                if (wanted.kind, wanted.epoch, wanted.seq) in standing:
                    continue
                log.error("%s had no timer that calls people; it has one again", subject)
                timer = Timer(subject, wanted.kind, now, epoch=wanted.epoch, seq=wanted.seq)
                await tx.timers.set(timer)
                detail: dict[str, object] = {"kind": wanted.kind, "epoch": wanted.epoch, "seq": wanted.seq}
                cause = f"{subject}:rearmed:{int(now.timestamp())}"
                await tx.journal.write(Entry(now, "bot", "timer_rearmed", subject, cause, detail))
