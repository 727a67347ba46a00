"""Measures against comments, and the evidence that was kept before anything was done."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.domain.case import CaseId
from bot.domain.comment import CommentId
from bot.domain.measure import Measure, MeasureId, State
from bot.domain.moderation import Ground, Remedy, Rule
from bot.domain.people import PersonId
from bot.services.moderation_rows import Exhibit
from bot.store import rows
from bot.store.part import Part


class Measures(Part):
    async def add(self, measure: Measure) -> MeasureId:
        """Stores a new measure (its id is ignored)."""
        new = await self._sql.add_measure(
            self._conn,
            case_id=measure.case,
            comment=measure.comment,
            proposed_by=measure.proposed_by,
            opened_at=rows.seconds(measure.opened_at),
            **_values(measure),
        )
        return MeasureId(new)

    async def get(self, measure: MeasureId) -> Measure | None:
        row = await self._sql.get_measure(self._conn, id=measure)
        return None if row is None else _measure(row)

    async def save(self, measure: Measure) -> None:
        """Raises sqlite3.IntegrityError where one person alone, or tone alone, would take criticism away."""
        await self._sql.save_measure(self._conn, id=measure.id, **_values(measure))

    async def last(self, case: CaseId) -> Measure | None:
        """The newest of a case; one that is live is always that."""
        row = await self._sql.last_measure(self._conn, case_id=case)
        return None if row is None else _measure(row)

    async def decided(self, since: datetime, until: datetime) -> list[Measure]:
        """On which a second person decided, either way, from `since` and before `until`."""
        found = self._sql.measures_decided(self._conn, since=rows.seconds(since), until=rows.seconds(until))
        return [_measure(row) async for row in found]

    async def keep(self, measure: MeasureId, exhibits: Sequence[Exhibit]) -> None:
        """What is there already stays as it is."""
        for one in exhibits:
            await self._sql.keep_measure_evidence(
                self._conn,
                measure=measure,
                comment=one.comment,
                revision=one.revision,
                author=rows.storable(one.author),
                text=rows.storable(one.text),
                media=one.media,
                link=one.link,
                written_at=rows.seconds(one.written_at),
                sha256=one.sha256,
                kept_at=rows.seconds(one.kept_at),
            )

    async def evidence(self, measure: MeasureId) -> list[Exhibit]:
        """Oldest revision first."""
        return [
            Exhibit(
                CommentId(row["comment"]),
                row["revision"],
                row["author"],
                row["text"],
                row["media"],
                row["link"],
                rows.at(row["written_at"]),
                row["sha256"],
                rows.at(row["kept_at"]),
            )
            async for row in self._sql.evidence_of_measure(self._conn, measure=measure)
        ]


def _values(measure: Measure) -> dict[str, Any]:
    rule = measure.rule
    return {
        "version": measure.version,
        "state": measure.state,
        "protected": int(measure.protected),
        "rule": rule.id if rule is not None else "",
        "rule_name": rule.name if rule is not None else "",
        "rule_url": rule.url if rule is not None else "",
        "ground": rule.ground if rule is not None else "",
        "remedy": measure.remedy or "",
        "days": measure.days,
        "words": rows.storable(measure.words),
        "dry": int(measure.dry),
        "decided_by": measure.decided_by,
        "undone_by": measure.undone_by,
        "updated_at": rows.seconds(measure.updated_at),
        "expires_at": rows.seconds(measure.expires_at),
        "decided_at": rows.seconds(measure.decided_at),
        "until": rows.seconds(measure.until),
        "message": measure.message,
        "outgoing": measure.outgoing,
        "error": rows.storable(measure.error),
    }


def _measure(row: Any) -> Measure:
    rule = (
        Rule(row["rule"], row["rule_name"], Ground(row["ground"]), row["rule_url"]) if row["rule"] else None
    )
    return Measure(
        id=MeasureId(row["id"]),
        case=CaseId(row["case_id"]),
        comment=CommentId(row["comment"]),
        version=row["version"],
        state=State(row["state"]),
        proposed_by=PersonId(row["proposed_by"]),
        opened_at=rows.at(row["opened_at"]),
        updated_at=rows.at(row["updated_at"]),
        protected=bool(row["protected"]),
        rule=rule,
        remedy=Remedy(row["remedy"]) if row["remedy"] else None,
        days=row["days"],
        words=row["words"],
        dry=bool(row["dry"]),
        decided_by=PersonId(row["decided_by"]) if row["decided_by"] else None,
        decided_at=rows.moment(row["decided_at"]),
        until=rows.moment(row["until"]),
        undone_by=PersonId(row["undone_by"]) if row["undone_by"] else None,
        expires_at=rows.moment(row["expires_at"]),
        message=row["message"],
        outgoing=row["outgoing"],
        error=row["error"],
    )
