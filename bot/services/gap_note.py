"""Every working morning, as long as there is one: when in the next fourteen days nobody is on call, and whom
of those that the playbooks call nothing reaches.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from bot.domain.calendar import NoWorkingTimeError
from bot.domain.called import everybody
from bot.domain.outgoing import TRIAGE, Notice
from bot.domain.playbook import Playbook
from bot.domain.timer import Timer
from bot.services.oncall import OnCall
from bot.services.ports import Clock, Parts, Store
from bot.services.reach_ahead import unreached_ahead
from bot.services.shifts import gaps_of

SUBJECT, KIND, UNREACHED = "gaps:daily", "rota_gaps", "unreached_ahead"
_DAY = timedelta(days=1)
_SHOWN = 5


class GapNote:
    """A timer for the next working day; a full rota and people who can be reached are not spoken of."""

    def __init__(
        self, store: Store, oncall: OnCall, clock: Clock, playbooks: Iterable[Playbook] = ()
    ) -> None:
        self._store = store
        self._oncall = oncall
        self._clock = clock
        self._calls = everybody(playbooks)

    async def plan(self) -> None:
        """At the start: the next look stands, and what is no rota any more is not looked at."""
        async with self._store.transaction() as tx:
            if not await tx.timers.open(SUBJECT):
                await self._set_next(tx)

    async def fire(self, timer: Timer, tx: Parts) -> None:
        now, hours = self._clock.now(), self._oncall.hours
        if hours.is_working(now):
            if gaps := await self._gaps(tx):
                await tx.outbox.put(f"timer:{timer.id}", self._note(KIND, "gaps", gaps), now)
            if silent := await self._silent():
                await tx.outbox.put(f"timer:{timer.id}:calls", self._note(UNREACHED, "calls", silent), now)
        await self._set_next(tx)

    async def _gaps(self, tx: Parts) -> list[dict[str, object]]:
        now = self._clock.now()
        found = gaps_of(await self._oncall.plan(now, tx), now)
        return [
            {"rota": name, "start": gap.start.isoformat(), "end": gap.end.isoformat()}
            for name, empty in found.items()
            for gap in empty
        ]

    async def _silent(self) -> list[dict[str, object]]:
        return [
            {
                "targets": list(map(str, one.called.targets)),
                "start": one.start.isoformat(),
                "end": one.end.isoformat(),
                "people": list(one.people),
            }
            for one in await unreached_ahead(self._oncall, self._calls, self._clock.now())
        ]

    def _note(self, what: str, key: str, lines: list[dict[str, object]]) -> Notice:
        """The earliest of them; the rest is counted."""
        lines.sort(key=lambda line: str(line["start"]))
        more = max(0, len(lines) - _SHOWN)
        return Notice(TRIAGE, what, {key: lines[:_SHOWN], "more": more, "zone": str(self._oncall.hours.zone)})

    async def _set_next(self, tx: Parts) -> None:
        hours, now = self._oncall.hours, self._clock.now()
        tomorrow = now.astimezone(hours.zone.tz).date() + _DAY
        start = datetime.combine(tomorrow, time(), hours.zone.tz).astimezone(UTC)
        try:
            opening = hours.next_opening(start if hours.is_working(now) else now)
        except NoWorkingTimeError:
            return  # an office that never opens reads no notes; the next start looks again
        await tx.timers.set(Timer(SUBJECT, KIND, opening, epoch=opening.date().toordinal()))
