"""Raw updates: kept before anything is confirmed to Telegram."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.store import rows
from bot.store.part import Part


@dataclass(frozen=True, slots=True)
class InboxHealth:
    pending: int
    oldest: datetime | None
    dead: int


class InboxRows(Part):
    async def keep(self, update_id: int, raw: str, now: datetime) -> bool:
        """False when this update is known already."""
        new = await self._sql.keep_update(
            self._conn, update_id=update_id, raw=raw, received_at=rows.seconds(now)
        )
        self.touched = self.touched or new is not None
        return new is not None

    async def after(self, seq: int, limit: int) -> list[Any]:
        """The oldest waiting ones behind `seq`: rows with seq, update_id, raw, in order of arrival."""
        return [row async for row in self._sql.updates_after(self._conn, seq=seq, limit_=limit)]

    async def done(self, ids: Sequence[int]) -> None:
        await self._sql.updates_done(self._conn, ids=rows.to_json(list(ids)))

    async def dead(self, update_id: int, error: str) -> None:
        await self._sql.update_dead(self._conn, update_id=update_id, error=rows.storable(error))

    async def failed(self, update_id: int, error: str) -> None:
        """One attempt failed; it goes on waiting."""
        await self._sql.update_failed(self._conn, update_id=update_id, error=rows.storable(error))

    async def health(self) -> InboxHealth:
        row = await self._sql.inbox_health(self._conn)
        return InboxHealth(row["pending"], rows.moment(row["oldest"]), row["dead"])

    async def drop_presses(self) -> None:
        """Presses that wait in a backup were felt long ago; felt again, they might approve words again."""
        await self._sql.drop_presses(self._conn)

    async def forget(self, before: datetime) -> int:
        """Drops handled updates from before then, a thousand at most; returns how many."""
        found = self._sql.forget_updates(self._conn, before=rows.seconds(before))
        return len([row async for row in found])
