"""Cases and what people corrected on them."""

from datetime import datetime
from typing import Any

from bot.domain.case import Case, CaseId, CaseStatus, CloseReason, Panel
from bot.domain.comment import Comment, CommentId, Verdict
from bot.domain.people import PersonId
from bot.domain.priority import Priority, Urgency
from bot.domain.writer import MOST_READ, Matter
from bot.store import rows
from bot.store.part import Part


class Cases(Part):
    async def add(self, case: Case) -> CaseId:
        """Stores a new case (its id is ignored) and returns its id."""
        return CaseId(
            await self._sql.add_case(
                self._conn,
                **_values(case, "snoozed_until close_reason closed_by answered_at merged_into unit lapor"),
                opened_at=rows.seconds(case.opened_at),
            )
        )

    async def get(self, case: CaseId) -> Case | None:
        row = await self._sql.get_case(self._conn, id=case)
        return None if row is None else case_of(row)

    async def save(self, case: Case) -> None:
        await self._sql.save_case(self._conn, id=case.id, **_values(case))

    async def queue(self, limit: int) -> list[Case]:
        """What needs somebody, most urgent first."""
        return [case_of(row) async for row in self._sql.queue(self._conn, limit_=limit)]

    async def oldest(self) -> datetime | None:
        """Since when the first of what nobody put off has been waiting."""
        return rows.moment(await self._sql.oldest_waiting(self._conn))

    async def counts(self) -> dict[CaseStatus, int]:
        return {CaseStatus(row["status"]): row["n"] async for row in self._sql.count_cases(self._conn)}

    async def with_lapor(self, number: str, limit: int) -> list[CaseId]:
        """The cases that have this number at SP4N-LAPOR!, newest first."""
        return [
            CaseId(row["id"])
            async for row in self._sql.cases_with_lapor(self._conn, lapor=number, limit_=limit)
        ]

    async def at_risk_of(self, comment: Comment, since: datetime) -> Case | None:
        """The case of this writer's danger in this place: open, or closed no longer ago than `since`."""
        origin = comment.origin
        row = await self._sql.at_risk_of(
            self._conn,
            platform=origin.platform,
            thread=origin.thread,
            author_key=comment.author.key,
            since=rows.seconds(since),
        )
        return None if row is None else case_of(row)

    async def of_author(self, author: str, but: CaseId) -> list[Matter]:
        """The other cases of this writer, without what is secret."""
        if not author:
            return []
        found = self._sql.cases_of_author(self._conn, author_key=author, but=but, most=MOST_READ)
        return [
            Matter(
                CaseId(row["id"]),
                CaseStatus(row["status"]),
                Urgency(row["urgency"]),
                rows.at(row["since"]),
                rows.moment(row["answered_at"]),
            )
            async for row in found
        ]

    async def name_companion(self, case: CaseId, person: PersonId, playbook: str) -> None:
        """This person was given the words of somebody at risk."""
        await self._sql.name_companion(self._conn, case_id=case, person=person, playbook=playbook)

    async def companions(self, case: CaseId) -> dict[PersonId, str]:
        """Who was, each with the id of the playbook that named them; not whom the config dropped since."""
        found = self._sql.companions(self._conn, case_id=case)
        return {PersonId(row["person"]): row["playbook"] async for row in found}

    async def correct(
        self, case: Case, comment: CommentId, person: PersonId, was: Verdict, now: datetime
    ) -> None:
        """Keeps a person's labels as training data, once per person and state of the case.

        `comment`: the newest that stood in the case, and with it all before it; `was`: the reading of all.
        """
        await self._sql.add_correction(
            self._conn,
            case_id=case.id,
            comment=comment,
            person=person,
            labels=rows.to_json(case.verdict.labels),
            was=rows.to_json(was.labels),
            at=rows.seconds(now),
        )


def _values(case: Case, without: str = "") -> dict[str, Any]:
    values = {
        "version": case.version,
        "status": case.status,
        "verdict": rows.pack_verdict(case.verdict),
        "urgency": int(case.priority.urgency),
        "reasons": rows.to_json(case.priority.reasons),
        "updated_at": rows.seconds(case.updated_at),
        "assignee": case.assignee,
        "panel": case.panel,
        "panel_by": case.panel_by,
        "sensitive": int(case.sensitive),
        "comments": case.comments,
        "snoozed_until": rows.seconds(case.snoozed_until),
        "close_reason": case.close_reason,
        "closed_by": case.closed_by,
        "answered_at": rows.seconds(case.answered_at),
        "merged_into": case.merged_into,
        "due_at": rows.seconds_up(case.due_at) if case.due_at is not None else None,
        "unit": case.unit,
        "lapor": case.lapor,
    }
    return {key: value for key, value in values.items() if key not in without.split()}


def case_of(row: Any) -> Case:
    return Case(
        id=CaseId(row["id"]),
        version=row["version"],
        status=CaseStatus(row["status"]),
        verdict=rows.unpack_verdict(row["verdict"]),
        priority=Priority(Urgency(row["urgency"]), tuple(rows.from_json(row["reasons"]))),
        opened_at=rows.at(row["opened_at"]),
        updated_at=rows.at(row["updated_at"]),
        assignee=row["assignee"],
        panel=Panel(row["panel"]),
        panel_by=row["panel_by"],
        sensitive=bool(row["sensitive"]),
        comments=row["comments"],
        snoozed_until=rows.moment(row["snoozed_until"]),
        close_reason=CloseReason(row["close_reason"]) if row["close_reason"] else None,
        closed_by=row["closed_by"],
        answered_at=rows.moment(row["answered_at"]),
        merged_into=row["merged_into"],
        due_at=rows.moment(row["due_at"]),
        unit=row["unit"],
        lapor=row["lapor"],
    )
