"""Who behind a card waits for words, who has which, and what is on its way to them."""

from bot.domain.amending import Begun, Reopened
from bot.domain.case import CaseId
from bot.domain.people import PersonId
from bot.domain.reply import Draft, DraftId
from bot.store import rows
from bot.store.drafts import draft_of
from bot.store.part import Part


class Answers(Part):
    async def takeable(self, lead: CaseId, person: PersonId, limit: int) -> list[CaseId]:
        """Who waits behind this card without words on their way and may be taken, the oldest first."""
        found = self._sql.takeable_members(self._conn, lead=lead, person=person, limit_=limit)
        return [CaseId(row["case_id"]) async for row in found]

    async def free(self, lead: CaseId) -> int:
        """How many wait behind this card without words on their way, whoever has them."""
        return int(await self._sql.count_free(self._conn, lead=lead))

    async def holder(self, lead: CaseId, person: PersonId) -> str:
        """Somebody else who has one of those; "" where nobody has."""
        return str(await self._sql.holder_behind(self._conn, lead=lead, person=person) or "")

    async def given(self, lead: CaseId, upto: DraftId, limit: int) -> list[CaseId]:
        """Whose words are no newer than those of this draft, the oldest first."""
        found = self._sql.answered_members(self._conn, lead=lead, draft=upto, limit_=limit)
        return [CaseId(row["case_id"]) async for row in found]

    async def count_given(self, lead: CaseId, upto: DraftId) -> int:
        """How many those are."""
        return int(await self._sql.count_answered(self._conn, lead=lead, draft=upto))

    async def newest(self) -> DraftId:
        return DraftId(await self._sql.newest_draft(self._conn) or 0)

    async def amend(self, lead: CaseId, upto: DraftId, begun: Begun) -> None:
        """From now on the words of this draft, and of all before it, are those that are corrected."""
        opened = [
            (one.case, one.version, one.comments, rows.seconds(one.answered_at), one.assignee)
            for one in begun.cases
        ]
        await self._sql.put_amended(
            self._conn, lead=lead, draft=upto, at=rows.seconds(begun.at), opened=rows.to_json(opened)
        )

    async def amended(self, lead: CaseId) -> DraftId:
        """None of them: nought."""
        return DraftId(await self._sql.get_amended(self._conn, lead=lead) or 0)

    async def begun(self, lead: CaseId) -> Begun | None:
        """What the last correction took up."""
        row = await self._sql.get_begun(self._conn, lead=lead)
        if row is None:
            return None
        opened = (
            Reopened(CaseId(case), version, comments, rows.at(answered), assignee)
            for case, version, comments, answered, assignee in rows.from_json(row["opened"])
        )
        return Begun(rows.at(row["at"]), tuple(opened))

    async def unamend(self, lead: CaseId) -> None:
        """The last correction was not meant: what was corrected before it is, again."""
        await self._sql.drop_amended(self._conn, lead=lead)
        await self._sql.restore_amended(self._conn, lead=lead)

    async def correction(self, lead: CaseId, upto: DraftId) -> Draft | None:
        """The first words that stood on this card after those; not what its writer was told later."""
        row = await self._sql.correction_of(self._conn, lead=lead, draft=upto)
        return None if row is None else draft_of(row)

    async def on_their_way(self, lead: CaseId) -> list[Draft]:
        """What waits for a decision or leaves, for this case and for those behind its card."""
        return [draft_of(row) async for row in self._sql.drafts_behind(self._conn, lead=lead)]
