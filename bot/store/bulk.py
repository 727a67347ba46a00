"""Acts on many cases, while they are of interest."""

from datetime import datetime
from typing import Any

from bot.domain.bulk import Bulk, BulkKind, BulkState, Sifted
from bot.domain.case import CaseId
from bot.domain.people import PersonId
from bot.store import rows
from bot.store.part import Part


class Bulks(Part):
    async def add(self, bulk: Bulk, sifted: Sifted, cause: str) -> int | None:
        """Its number; None where this very command has proposed it before."""
        number = await self._sql.add_bulk(
            self._conn,
            cause=cause,
            person=bulk.person,
            place=bulk.to,
            kind=bulk.kind,
            argument=bulk.argument,
            state=bulk.state,
            at=rows.seconds(bulk.at),
            left_out=rows.to_json(bulk.left_out),
        )
        if number is not None:
            await self._sql.add_bulk_cases(self._conn, bulk=number, cases=rows.to_json(sifted.cases))
        return number if number is None else int(number)

    async def get(self, number: int) -> Bulk | None:
        row = await self._sql.get_bulk(self._conn, id=number)
        return None if row is None else _bulk(row)

    async def save(self, bulk: Bulk) -> None:
        due_at = rows.seconds_up(bulk.due_at) if bulk.due_at is not None else None
        await self._sql.save_bulk(self._conn, id=bulk.id, state=bulk.state, due_at=due_at)

    async def cases(self, number: int, limit: int) -> list[CaseId]:
        """Of all that it is about, the newest."""
        found = self._sql.bulk_cases(self._conn, bulk=number, how="*", limit_=limit)
        return [CaseId(row["case_id"]) async for row in found]

    async def waiting(self, number: int, limit: int) -> list[tuple[CaseId, int]]:
        """The next cases to treat, with the version that was seen."""
        found = self._sql.bulk_cases(self._conn, bulk=number, how="", limit_=limit)
        return [(CaseId(row["case_id"]), row["version"]) async for row in found]

    async def ended(self, number: int, case: CaseId, behind: int | None) -> None:
        """`behind`: how many were closed with it; None where it was not done to this case."""
        how = "skipped" if behind is None else "done"
        await self._sql.bulk_case_ended(self._conn, bulk=number, case_id=case, how=how, behind=behind or 0)

    async def behind(self, number: int) -> int:
        """How many stand behind the cards that are still to be closed and would be closed with them."""
        return int(await self._sql.bulk_behind(self._conn, bulk=number))

    async def took_along(self, number: int) -> int:
        """How many that stood behind a card were closed with it."""
        return int(await self._sql.bulk_took_along(self._conn, bulk=number))

    async def forget(self, before: datetime) -> None:
        """What ended, or was never confirmed; not one that is about to begin."""
        await self._sql.forget_bulks(self._conn, before=rows.seconds(before))


def _bulk(row: Any) -> Bulk:
    return Bulk(
        id=row["id"],
        person=PersonId(row["person"]),
        to=row["place"],
        kind=BulkKind(row["kind"]),
        argument=row["argument"],
        state=BulkState(row["state"]),
        at=rows.at(row["at"]),
        cases=row["cases"],
        left_out=tuple((why, count) for why, count in rows.from_json(row["left_out"])),
        due_at=rows.moment(row["due_at"]),
        done=row["done"],
        skipped=row["skipped"],
    )
