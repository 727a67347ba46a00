"""What comes from outside Telegram: events that count once, and when each connector was last heard."""

from datetime import datetime, timedelta
from typing import Any

from bot.services.ports_outside import Life
from bot.store import rows
from bot.store.part import Part


class OutsideRows(Part):
    async def event(self, source: str, event: str) -> str | None:
        """The hash of what this event said, where it has come already."""
        found = await self._sql.get_event(self._conn, source=source, id=event)
        return None if found is None else str(found)

    async def keep_event(self, source: str, event: str, sha256: str, now: datetime) -> None:
        await self._sql.keep_event(
            self._conn, source=source, id=event, sha256=sha256, received_at=rows.seconds(now)
        )

    async def forget(self, before: datetime) -> int:
        """Drops events from before then, a thousand at most; returns how many."""
        found = self._sql.forget_events(self._conn, before=rows.seconds(before))
        return len([row async for row in found])

    async def lives(self) -> list[Life]:
        """Every connector that was ever heard."""
        return [_life(row) async for row in self._sql.lives(self._conn)]

    async def life(self, connector: str) -> Life | None:
        row = await self._sql.get_life(self._conn, connector=connector)
        return None if row is None else _life(row)

    async def heard(self, connector: str, at: datetime) -> None:
        """A sign of life from that moment; an older one than is known changes nothing."""
        await self._sql.heard(self._conn, connector=connector, at=rows.seconds(at))

    async def fell_silent(self, connector: str) -> None:
        await self._sql.fell_silent(self._conn, connector=connector)

    async def excuse(self, away: timedelta) -> None:
        """For so long the bot itself could hear nobody: nobody's silence counts for it."""
        await self._sql.excuse_silence(self._conn, seconds=int(away.total_seconds()))


def _life(row: Any) -> Life:
    return Life(row["connector"], rows.at(row["heard_at"]), rows.at(row["since"]), bool(row["silent"]))
