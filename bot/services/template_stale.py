"""Once a week owners hear which of their templates end soon, and which nobody has used for a long time."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.domain import template_life as rules
from bot.domain.calendar import NoWorkingTimeError, WorkingHours
from bot.domain.outgoing import TRIAGE, Notice, to_person
from bot.domain.template_life import Stale
from bot.domain.timer import Timer
from bot.services.ports import Clock, Duty, Parts, Store
from bot.services.templates import Templates
from bot.services.weekly import monday_of

SUBJECT, KIND = "templates:stale", "stale_templates"
_WEEK = timedelta(days=7)
_NAMED = 10
"""Titles of one message; the rest stands in /templat."""


class StaleTemplates:
    """A timer of its own per week; where nothing is stale, nobody is told."""

    def __init__(
        self, store: Store, templates: Templates, duty: Duty, hours: WorkingHours, clock: Clock
    ) -> None:
        self._store = store
        self._templates = templates
        self._duty = duty
        self._hours = hours
        self._clock = clock

    async def plan(self) -> None:
        """At the start: what was proposed in the chat comes onto the shelf, and the next look stands."""
        await self._templates.on_decided()
        async with self._store.transaction() as tx:
            if not await tx.timers.open(SUBJECT):
                await self._set_next(tx)

    async def fire(self, timer: Timer, tx: Parts) -> None:
        now = self._clock.now()
        if not self._hours.is_working(now):
            again = Timer(SUBJECT, KIND, self._hours.next_opening(now), epoch=timer.epoch, seq=timer.seq + 1)
            await tx.timers.set(again)
            return
        for to, found in (await self._by_reader(tx, now)).items():
            await tx.outbox.put(f"timer:{timer.id}:{to}", Notice(to, KIND, _told(found)), now)
        await self._set_next(tx)

    async def stale(self, parts: Parts) -> list[Stale]:
        """Of the templates that are in use, those that end first before those that lie about."""
        today, zone = self._templates.today(), self._hours.zone.tz
        found = []
        for line in await self._templates.lines():
            approved = await parts.own_templates.approved_since(line.template.id)
            if not line.usability.ok or approved is None:
                continue
            last = await parts.own_templates.last_used(line.template.id)
            used = last.astimezone(zone).date() if last is not None else None
            one = rules.stale(line.template, used, approved.astimezone(zone).date(), today)
            found += [one] if one is not None else []
        return sorted(found, key=lambda one: (one.until or date.max, one.template.id))

    async def _by_reader(self, tx: Parts, now: datetime) -> dict[str, list[Stale]]:
        """The owners, each with what is theirs; what nobody answers for any more is the team's."""
        told: dict[str, list[Stale]] = defaultdict(list)
        for one in await self.stale(tx):
            owners = await self._duty.find(one.template.owner, now)
            for to in [to_person(person) for person in owners] or [TRIAGE]:
                told[to].append(one)
        return told

    async def _set_next(self, tx: Parts) -> None:
        monday = monday_of(self._clock.now(), self._hours) + _WEEK
        try:
            opening = self._hours.next_opening(monday)
        except NoWorkingTimeError:
            return  # an office that never opens reads no notes; the next start looks again
        await tx.timers.set(Timer(SUBJECT, KIND, opening, epoch=monday.toordinal()))


def _told(found: Sequence[Stale]) -> dict[str, object]:
    shown = found[:_NAMED]
    return {
        "ending": [[one.template.title, one.until.isoformat()] for one in shown if one.until],
        "unused": [[one.template.title, one.unused_since.isoformat()] for one in shown if one.unused_since],
        "more": len(found) - len(shown),
    }
