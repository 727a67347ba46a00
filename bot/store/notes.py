"""What the team says among itself about a case."""

from bot.domain.case import CaseId
from bot.domain.note import Note
from bot.domain.people import PersonId
from bot.store import rows
from bot.store.part import Part


class Notes(Part):
    async def add(self, note: Note) -> int:
        number = await self._sql.add_note(
            self._conn,
            case_id=note.case,
            person=note.person,
            text=rows.storable(note.text),
            at=rows.seconds(note.at),
        )
        return int(number)

    async def last(self, case: CaseId, limit: int) -> list[Note]:
        """The newest of this case, in the order in which they were written."""
        found = self._sql.last_notes(self._conn, case_id=case, limit_=limit)
        listed = [Note(case, PersonId(row["person"]), row["text"], rows.at(row["at"])) async for row in found]
        return listed[::-1]

    async def count(self, case: CaseId) -> int:
        return int(await self._sql.count_notes(self._conn, case_id=case))
