"""Once a week, when the office opens: what the team taught the bot, which exercise is due again, and which
playbook.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

from bot.domain.calendar import NoWorkingTimeError, WorkingHours
from bot.domain.correction import tally
from bot.domain.drill import Practice
from bot.domain.outgoing import TRIAGE, Notice
from bot.domain.timer import Timer
from bot.services.ports import Clock, Parts, Store

SUBJECT = "weekly:corrections"
KIND = "weekly_note"
_WEEK = timedelta(days=7)


class Practised(Protocol):
    @property
    def periodic(self) -> bool:
        """Whether any playbook wants to be practised, or looked at again, every so often."""

    async def overdue(self, read: Parts, now: datetime, /) -> Sequence[Practice]:
        """What was practised before, and too long ago."""

    def unread(self, today: date, /) -> Sequence[tuple[str, date]]:
        """Playbooks whose day for another look is over."""


class WeeklyNote:
    """A timer of its own per week; where there is nothing to tell, nothing is said.

    `corrections`: whether the team wants to read of those. What is late is always told.
    """

    def __init__(
        self, store: Store, hours: WorkingHours, clock: Clock, drills: Practised, *, corrections: bool
    ) -> None:
        self._store = store
        self._hours = hours
        self._clock = clock
        self._drills = drills
        self._corrections = corrections

    @property
    def _wanted(self) -> bool:
        return self._corrections or self._drills.periodic

    async def plan(self) -> None:
        """At the start: sees to it that a timer stands, or that none does where nobody wants the note."""
        async with self._store.transaction() as tx:
            standing = await tx.timers.open(SUBJECT)
            if not self._wanted:
                await tx.timers.cancel_all(SUBJECT)
            elif not standing:
                await self._set_next(tx)

    async def fire(self, timer: Timer, tx: Parts) -> None:
        """The note for the week that ended last, at a time when the office is open, and the next timer."""
        if not self._wanted:
            return
        now, hours = self._clock.now(), self._hours
        if not hours.is_working(now):
            # The bot was away when the office opened: nobody is rung up in the night for a statistic.
            await self._set(tx, hours.next_opening(now), timer.epoch, timer.seq + 1)
            return
        told = [await self._corrected(tx, now), await self._late(tx, now), self._unread(now)]
        for number, (what, params) in enumerate(told):
            if params:
                await tx.outbox.put(f"timer:{timer.id}:{number}", Notice(TRIAGE, what, params), now)
        await self._set_next(tx)

    async def _corrected(self, tx: Parts, now: datetime) -> tuple[str, dict[str, object]]:
        monday = monday_of(now, self._hours)
        corrections = await tx.learning.corrections(monday - _WEEK, monday) if self._corrections else []
        found = tally(corrections)
        told: dict[str, object] = {"comments": found.comments, "added": found.added, "removed": found.removed}
        return "weekly_corrections", told if found.comments else {}

    async def _late(self, tx: Parts, now: datetime) -> tuple[str, dict[str, object]]:
        """The name of each, and since how many days it has not been practised; None: it never was."""
        late = await self._drills.overdue(tx, now)
        held = [(one.playbook, one.practised or one.last) for one in late]
        told = [[name, (now - last).days if last is not None else None] for name, last in held]
        return "weekly_drills", {"late": told} if told else {}

    def _unread(self, now: datetime) -> tuple[str, dict[str, object]]:
        """The name of each, and since how many days it waits for another look."""
        today = now.astimezone(self._hours.zone.tz).date()
        late = [[name, (today - due).days] for name, due in self._drills.unread(today)]
        return "weekly_reviews", {"late": late} if late else {}

    async def _set_next(self, tx: Parts) -> None:
        hours = self._hours
        monday = monday_of(self._clock.now(), hours) + _WEEK
        try:
            opening = hours.next_opening(monday)
        except NoWorkingTimeError:
            return  # an office that never opens reads no notes; the next start looks again
        await self._set(tx, opening, monday.toordinal(), 0)

    async def _set(self, tx: Parts, due_at: datetime, epoch: int, seq: int) -> None:
        await tx.timers.set(Timer(SUBJECT, KIND, due_at, epoch=epoch, seq=seq))


def monday_of(at: datetime, hours: WorkingHours) -> datetime:
    """The beginning of the week, in the office's own time."""
    day = at.astimezone(hours.zone.tz).date()
    start = datetime.combine(day - timedelta(days=day.weekday()), time(), hours.zone.tz)
    return start.astimezone(UTC)
