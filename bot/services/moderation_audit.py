"""Once a month, when the office opens: some of last month's decisions, drawn by lot, are read again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from bot.domain.audit_sample import drawn, month_of
from bot.domain.calendar import NoWorkingTimeError, WorkingHours
from bot.domain.house_rules import HouseRules, Mode
from bot.domain.journal import Entry
from bot.domain.measure import Measure, MeasureId
from bot.domain.outgoing import TRIAGE, Notice, to_person
from bot.domain.people import Role
from bot.domain.timer import Timer
from bot.services.moderation_deciding import Decisions
from bot.services.people import Directory
from bot.services.ports import Clock, Parts, Store
from bot.services.tap import Tap

SUBJECT = "measure:audit"
KIND = "measure_audit"
UNREAD, READ = "measure_unread", "measure_read"
_TO_READ = timedelta(days=7)
"""Then the team is told what nobody has read."""


class Audit:
    """A timer of its own per month; where nothing was decided, nothing is said.

    The lot's seed stands in the journal, so that the draw can be repeated and nobody can have chosen. Fires
    the timers of proposals too: both belong to a measure.
    """

    def __init__(
        self,
        store: Store,
        directory: Directory,
        house: HouseRules,
        hours: WorkingHours,
        decisions: Decisions,
        clock: Clock,
    ) -> None:
        self._store = store
        self._directory = directory
        self._house = house
        self._hours = hours
        self._decisions = decisions
        self._clock = clock
        self.seed: Callable[[], str] = lambda: ""

    async def plan(self) -> None:
        async with self._store.transaction() as tx:
            standing = await tx.timers.open(SUBJECT)
            if self._house.mode is Mode.OFF:
                await tx.timers.cancel_all(SUBJECT)
            elif not any(one.kind == KIND for one in standing):
                await self._set_next(tx, self._clock.now())

    async def fire(self, timer: Timer, tx: Parts) -> None:
        if timer.kind not in {KIND, UNREAD}:
            await self._decisions.expire(timer, tx)
            return
        if self._house.mode is Mode.OFF:
            return
        now, kind = self._clock.now(), timer.kind
        if not self._hours.is_working(now):
            again = Timer(SUBJECT, kind, self._hours.next_opening(now), epoch=timer.epoch, seq=timer.seq + 1)
            await tx.timers.set(again)
            return
        if kind == UNREAD:
            await self._remind(tx, f"timer:{timer.id}", now)
            return
        await self._draw(tx, f"timer:{timer.id}", now)
        await self._set_next(tx, now)

    async def was_read(self, tap: Tap) -> None:
        """Somebody was shown the evidence of the measure `tap.target`."""
        async with self._store.transaction() as tx:
            if not await tx.journal.has(tap.cause, READ):
                entry = Entry(tap.at, tap.person.id, READ, f"measure:{tap.target}", tap.cause)
                await tx.journal.write(entry)

    async def _remind(self, tx: Parts, cause: str, now: datetime) -> None:
        """A lot that nobody reads watches over nothing: the team hears once what is left of it."""
        lots = await tx.journal.details(SUBJECT, KIND)
        sample = _numbers(lots[-1].detail.get("sample")) if lots else []
        unread = [number for number in sample if not await _read_since(tx, number, lots[-1].at)]
        if unread:
            told: dict[str, object] = {"of": len(sample), "measures": [[one] for one in unread]}
            await tx.outbox.put(cause, Notice(TRIAGE, UNREAD, told), now)

    async def _draw(self, tx: Parts, cause: str, now: datetime) -> None:
        zone = self._house.zone
        since, until = month_of(now, zone, -1), month_of(now, zone)
        decided = await tx.measures.decided(since, until)
        if not decided:
            return
        seed = self.seed()
        chosen = set(drawn([int(one.id) for one in decided], seed, self._house.sample))
        detail: dict[str, object] = {
            "seed": seed,
            "since": since.isoformat(),
            "until": until.isoformat(),
            "of": [int(one.id) for one in decided],
            "sample": sorted(chosen),
        }
        await tx.journal.write(Entry(now, "bot", "measure_audit", SUBJECT, cause, detail))
        told: dict[str, object] = {
            "of": len(decided),
            "measures": [_line(one) for one in decided if int(one.id) in chosen],
            "seed": seed,
        }
        readers = {
            *self._directory.with_role(Role.KOORDINATOR),
            *self._directory.with_role(Role.PENGELOLA),
        }
        for person in sorted(readers):
            await tx.outbox.put(f"{cause}:{person}", Notice(to_person(person), "measure_audit", told), now)
        await tx.timers.set(Timer(SUBJECT, UNREAD, now + _TO_READ, epoch=int(since.timestamp())))

    async def _set_next(self, tx: Parts, now: datetime) -> None:
        first = month_of(now, self._house.zone, 1)
        try:
            opening = self._hours.next_opening(first)
        except NoWorkingTimeError:
            return  # an office that never opens reads nothing; the next start looks again
        await tx.timers.set(Timer(SUBJECT, KIND, opening, epoch=int(first.timestamp())))


def _numbers(listed: object) -> list[int]:
    return [int(one) for one in listed] if isinstance(listed, list) else []


async def _read_since(tx: Parts, number: int, at: datetime) -> bool:
    """By somebody else than the two whose decision it was."""
    measure = await tx.measures.get(MeasureId(number))
    own = {measure.proposed_by, measure.decided_by} if measure is not None else set()
    reads = await tx.journal.details(f"measure:{number}", READ)
    return any(one.at >= at and one.actor not in own for one in reads)


def _line(measure: Measure) -> list[Any]:
    rule = measure.rule
    return [
        int(measure.id),
        int(measure.case),
        str(measure.remedy or ""),
        rule.name if rule is not None else "",
        str(measure.state),
        measure.dry,
    ]
