"""Answers that the bot gave again by itself, and which of them a person stopped."""

from datetime import datetime

from bot.domain.case import CaseId
from bot.domain.people import PersonId
from bot.domain.reply import Draft, DraftId
from bot.store import rows
from bot.store.drafts import draft_of
from bot.store.part import Part


class Repeated(Part):
    async def put(self, draft: DraftId, lead: CaseId) -> None:
        """This draft is the answer of `lead` once more."""
        await self._sql.put_repeated(self._conn, draft=draft, lead=lead)

    async def count(self, lead: CaseId) -> int:
        """How many have it, or are about to."""
        found: int = await self._sql.count_repeated(self._conn, lead=lead)
        return found

    async def under_way(self, lead: CaseId) -> list[Draft]:
        """What does not stand in public yet."""
        return [draft_of(row) async for row in self._sql.repeats_under_way(self._conn, lead=lead)]

    async def stop(self, lead: CaseId, person: PersonId, now: datetime) -> None:
        """No more of them."""
        await self._sql.stop_repeating(self._conn, lead=lead, person=person, at=rows.seconds(now))

    async def stopped(self, lead: CaseId) -> PersonId | None:
        """Who wants no more of them."""
        found = await self._sql.repeat_stopped(self._conn, lead=lead)
        return None if found is None else PersonId(found)
