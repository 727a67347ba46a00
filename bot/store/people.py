"""Who is behind which account, invitations, suspensions, chat numbers that moved, the public lock."""

from datetime import datetime
from typing import Any

from bot.domain.people import PersonId
from bot.services.ports import Link, PublicLock
from bot.store import rows
from bot.store.part import Part


class People(Part):
    async def links(self, account: int | None = None) -> list[Link]:
        """Everybody's, or the one of an account: none of a citizen's."""
        if account is not None:
            return [_link(row) async for row in self._sql.link_of(self._conn, telegram_id=account)]
        return [_link(row) async for row in self._sql.links(self._conn)]

    async def link(self, person: PersonId, telegram_id: int, now: datetime) -> None:
        """Binds the account to the person alone, and lifts a suspension: an invitation was used."""
        await self._sql.unlink_telegram(self._conn, telegram_id=telegram_id)
        await self._sql.link_person(self._conn, person=person, telegram_id=telegram_id, at=rows.seconds(now))
        await self._sql.unsuspend(self._conn, person=person)

    async def set_reachable(self, person: PersonId, reachable: bool) -> None:
        await self._sql.set_reachable(self._conn, person=person, reachable=int(reachable))

    async def suspend(self, person: PersonId, why: str, now: datetime) -> None:
        await self._sql.suspend(self._conn, person=person, why=why, at=rows.seconds(now))

    async def invite(self, sha256: str, person: PersonId, expires_at: datetime) -> None:
        await self._sql.add_invitation(
            self._conn, sha256=sha256, person=person, expires_at=rows.seconds(expires_at)
        )

    async def use_invitation(self, sha256: str, now: datetime) -> PersonId | None:
        """Spends it; None if it is unknown, used or too old."""
        found = await self._sql.use_invitation(self._conn, sha256=sha256, at=rows.seconds(now))
        return None if found is None else PersonId(found)

    async def aliases(self) -> dict[int, int]:
        """Groups that became supergroups: old chat number to new."""
        return {r["old_id"]: r["new_id"] async for r in self._sql.aliases(self._conn)}

    async def add_alias(self, old: int, new: int) -> None:
        await self._sql.add_alias(self._conn, old_id=old, new_id=new)

    async def lock(self, person: PersonId, now: datetime) -> None:
        await self._sql.lock_public(self._conn, person=person, at=rows.seconds(now))

    async def ask_unlock(self, person: PersonId) -> None:
        await self._sql.ask_unlock(self._conn, person=person)

    async def unlock(self) -> None:
        await self._sql.unlock_public(self._conn)

    async def public_lock(self) -> PublicLock | None:
        row = await self._sql.public_lock(self._conn)
        return None if row is None else PublicLock(row["person"], rows.at(row["at"]), row["unlock_by"])


def _link(row: Any) -> Link:
    return Link(row["person"], row["telegram_id"], bool(row["reachable"]), bool(row["suspended"]))
