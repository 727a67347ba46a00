"""Every working morning, as long as there is one: the hours of the next fourteen days with nobody on call."""

from datetime import UTC, datetime, time, timedelta

from bot.domain.calendar import NoWorkingTimeError
from bot.domain.outgoing import TRIAGE, Notice
from bot.domain.timer import Timer
from bot.services.oncall import OnCall
from bot.services.ports import Clock, Parts, Store
from bot.services.shifts import gaps_of

SUBJECT, KIND = "gaps:daily", "rota_gaps"
_DAY = timedelta(days=1)
_SHOWN = 5


class GapNote:
    """A timer for the next working day; a full rota is not spoken of."""

    def __init__(self, store: Store, oncall: OnCall, clock: Clock) -> None:
        self._store = store
        self._oncall = oncall
        self._clock = clock

    async def plan(self) -> None:
        """At the start: the next look stands, and what is no rota any more is not looked at."""
        async with self._store.transaction() as tx:
            if not await tx.timers.open(SUBJECT):
                await self._set_next(tx)

    async def fire(self, timer: Timer, tx: Parts) -> None:
        now, hours = self._clock.now(), self._oncall.hours
        if hours.is_working(now):
            found = gaps_of(await self._oncall.plan(now, tx), now)
            if found:
                zone = str(hours.zone)
                lines = [
                    {"rota": name, "start": gap.start.isoformat(), "end": gap.end.isoformat()}
                    for name, empty in found.items()
                    for gap in empty
                ]
                lines.sort(key=lambda line: line["start"])
                said = {"gaps": lines[:_SHOWN], "more": max(0, len(lines) - _SHOWN), "zone": zone}
                await tx.outbox.put(f"timer:{timer.id}", Notice(TRIAGE, KIND, said), now)
        await self._set_next(tx)

    async def _set_next(self, tx: Parts) -> None:
        hours, now = self._oncall.hours, self._clock.now()
        tomorrow = now.astimezone(hours.zone.tz).date() + _DAY
        start = datetime.combine(tomorrow, time(), hours.zone.tz).astimezone(UTC)
        try:
            opening = hours.next_opening(start if hours.is_working(now) else now)
        except NoWorkingTimeError:
            return  # an office that never opens reads no notes; the next start looks again
        await tx.timers.set(Timer(SUBJECT, KIND, opening, epoch=opening.date().toordinal()))
