"""What units were asked for, and what they answered."""

from typing import Any

from bot.domain.case import CaseId
from bot.domain.claim import ClaimId
from bot.domain.data_request import DataRequest, RequestId, RequestState
from bot.domain.people import PersonId
from bot.store import rows
from bot.store.part import Part


class Requests(Part):
    async def add(self, request: DataRequest) -> RequestId:
        """Stores a new one (its id is ignored) and returns its id."""
        number = await self._sql.add_request(
            self._conn,
            unit=request.unit,
            claim=request.claim,
            case_id=request.case,
            question=rows.storable(request.question),
            asked_by=request.asked_by,
            asked_at=rows.seconds(request.asked_at),
            due_at=rows.seconds_up(request.due_at),
            state=request.state,
        )
        return RequestId(number)

    async def get(self, request: RequestId) -> DataRequest | None:
        row = await self._sql.get_request(self._conn, id=request)
        return None if row is None else _request(row)

    async def save(self, request: DataRequest) -> None:
        """Its state and its answer; what was asked never changes."""
        await self._sql.save_request(
            self._conn,
            id=request.id,
            state=request.state,
            answer=rows.storable(request.answer),
            answered_by=request.answered_by,
            answered_at=rows.seconds(request.answered_at),
        )

    async def of_claim(self, claim: ClaimId) -> list[DataRequest]:
        return [_request(row) async for row in self._sql.requests_of_claim(self._conn, claim=claim)]

    async def of_case(self, case: CaseId) -> list[DataRequest]:
        return [_request(row) async for row in self._sql.requests_of_case(self._conn, case_id=case)]


def _request(row: Any) -> DataRequest:
    return DataRequest(
        id=RequestId(row["id"]),
        unit=row["unit"],
        question=row["question"],
        asked_by=PersonId(row["asked_by"]),
        asked_at=rows.at(row["asked_at"]),
        due_at=rows.at(row["due_at"]),
        state=RequestState(row["state"]),
        claim=ClaimId(row["claim"]) if row["claim"] is not None else None,
        case=CaseId(row["case_id"]) if row["case_id"] is not None else None,
        answer=row["answer"],
        answered_by=PersonId(row["answered_by"]) if row["answered_by"] is not None else None,
        answered_at=rows.moment(row["answered_at"]),
    )
