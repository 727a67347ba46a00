"""Timers as rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.domain.timer import Timer
from bot.store import rows
from bot.store.part import Part


class Timers(Part):
    async def set(self, timer: Timer) -> None:
        """Stores it, or moves the one of the same name."""
        await self._sql.set_timer(
            self._conn,
            subject=timer.subject,
            step=timer.step,
            attempt=timer.attempt,
            epoch=timer.epoch,
            kind=timer.kind,
            seq=timer.seq,
            due_at=rows.seconds_up(timer.due_at),
        )
        self.touched = True

    async def due(self, now: datetime, limit: int) -> list[Timer]:
        """Oldest first."""
        found = self._sql.due_timers(self._conn, now=rows.seconds(now), limit_=limit)
        return [_timer(row) async for row in found]

    async def done(self, timer: Timer, how: str) -> None:
        """`how`: fired, stale or cancelled."""
        await self._sql.timer_done(self._conn, id=timer.id, done=how)

    async def put_off(self, timer: Timer, until: datetime) -> None:
        """It could not be fired: it is due once more, and keeps the moment at which it was due at first."""
        await self._sql.put_timer_off(self._conn, id=timer.id, again_at=rows.seconds_up(until))

    async def fired(self, timers: Sequence[Timer]) -> None:
        """All of these at once."""
        if timers:
            await self._sql.timers_fired(self._conn, ids=rows.to_json([timer.id for timer in timers]))

    async def cancel(self, subject: str, kind: str) -> None:
        await self._sql.cancel_timers(self._conn, subject=subject, kind=kind)

    async def cancel_ladder(self, subject: str, epoch: int) -> None:
        """Those of no step that were set in this epoch or before."""
        await self._sql.cancel_ladder(self._conn, subject=subject, epoch=epoch)

    async def cancel_all(self, subject: str) -> None:
        await self._sql.cancel_all_timers(self._conn, subject=subject)

    async def next_due(self) -> datetime | None:
        return rows.moment(await self._sql.next_timer(self._conn))

    async def open(self, subject: str) -> list[Timer]:
        return [_timer(row) async for row in self._sql.open_timers(self._conn, subject=subject)]


def _timer(row: Any) -> Timer:
    put_off = row["was_due"] is not None
    return Timer(
        subject=row["subject"],
        kind=row["kind"],
        due_at=rows.at(row["was_due"] if put_off else row["due_at"]),
        step=row["step"],
        attempt=row["attempt"],
        epoch=row["epoch"],
        seq=row["seq"],
        id=row["id"],
        failed=row["failed"],
        again_at=rows.at(row["due_at"]) if put_off else None,
    )
