"""Once a month, when the office opens: some of last month's decisions, drawn by lot, are read again."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.domain.audit_sample import drawn, month_of
from bot.domain.calendar import NoWorkingTimeError, WorkingHours
from bot.domain.house_rules import HouseRules, Mode
from bot.domain.journal import Entry
from bot.domain.measure import Measure
from bot.domain.outgoing import Notice, to_person
from bot.domain.people import Role
from bot.domain.timer import Timer
from bot.services.moderation_deciding import Decisions
from bot.services.people import Directory
from bot.services.ports import Clock, Parts, Store

SUBJECT = "measure:audit"
KIND = "measure_audit"


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
            elif not standing:
                await self._set_next(tx, self._clock.now())

    async def fire(self, timer: Timer, tx: Parts) -> None:
        if timer.kind != KIND:
            await self._decisions.expire(timer, tx)
            return
        if self._house.mode is Mode.OFF:
            return
        now = self._clock.now()
        if not self._hours.is_working(now):
            again = Timer(SUBJECT, KIND, self._hours.next_opening(now), epoch=timer.epoch, seq=timer.seq + 1)
            await tx.timers.set(again)
            return
        await self._draw(tx, f"timer:{timer.id}", now)
        await self._set_next(tx, now)

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

    async def _set_next(self, tx: Parts, now: datetime) -> None:
        first = month_of(now, self._house.zone, 1)
        try:
            opening = self._hours.next_opening(first)
        except NoWorkingTimeError:
            return  # an office that never opens reads nothing; the next start looks again
        await tx.timers.set(Timer(SUBJECT, KIND, opening, epoch=int(first.timestamp())))


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
