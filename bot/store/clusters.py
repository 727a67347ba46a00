"""Which cases say the same, and what is only alike."""

from datetime import datetime
from typing import Any

from bot.domain.case import Case, CaseId
from bot.domain.cluster import Apart, How, Member, Near, Tally
from bot.domain.people import PersonId
from bot.services.cluster_rows import Told
from bot.store import rows
from bot.store.part import Part


class Clusters(Part):
    async def put(self, member: Member, now: datetime) -> None:
        """In place of what was known of this case."""
        await self._sql.put_member(
            self._conn,
            case_id=member.case,
            lead=member.lead,
            how=member.how,
            share=member.share,
            shown=int(member.shown),
            via=member.via,
            person=member.person or "",
            at=rows.seconds(now),
        )

    async def of(self, case: CaseId) -> Member | None:
        row = await self._sql.cluster_member(self._conn, case_id=case)
        return None if row is None else _member(row)

    async def take(self, case: CaseId) -> None:
        """Out of its cluster."""
        await self._sql.drop_member(self._conn, case_id=case)

    async def show(self, case: CaseId) -> None:
        """From now on with a card of its own."""
        await self._sql.show_member(self._conn, case_id=case)

    async def move(self, old: CaseId, new: CaseId) -> None:
        """All that stand behind `old` stand behind `new`; what is known of their old words stays known."""
        await self._sql.pass_on_amended(self._conn, lead=old)
        await self._sql.move_members(self._conn, old=old, new=new)

    async def move_back(self, lead: CaseId, via: CaseId) -> None:
        """What came with `via` goes with it again."""
        await self._sql.move_members_back(self._conn, lead=lead, via=via)

    async def newest(self, lead: CaseId, limit: int) -> list[Member]:
        return [_member(row) async for row in self._sql.newest_members(self._conn, lead=lead, limit_=limit)]

    async def unanswered(self, lead: CaseId, limit: int) -> list[CaseId]:
        """Behind this card, the longest waiting first."""
        found = self._sql.unanswered_members(self._conn, lead=lead, limit_=limit)
        return [CaseId(row["case_id"]) async for row in found]

    async def close_behind(self, lead: Case) -> int:
        """Whoever waits behind the card of a closed case is closed with it; how many there were."""
        closed = self._sql.close_behind(
            self._conn,
            lead=lead.id,
            status=lead.status,
            reason=lead.close_reason,
            person=lead.closed_by,
            at=rows.seconds(lead.updated_at),
        )
        return len([row async for row in closed])

    async def show_all(self, lead: CaseId) -> None:
        """Nothing stands behind this card any more."""
        await self._sql.show_members(self._conn, lead=lead)

    async def tally(self, lead: CaseId) -> Tally | None:
        """None where nobody says the same."""
        row = await self._sql.count_cluster(self._conn, lead=lead)
        if row is None or row["first"] is None or not (row["members"] or row["denials"]):
            return None
        return Tally(
            comments=row["comments"],
            accounts=row["accounts"],
            share=1.0 if row["share"] is None else row["share"],
            first=rows.at(row["first"]),
            peak=row["peak"],
            members=row["members"],
            waiting=row["waiting"],
            denials=row["denials"],
        )


class Alike(Part):
    """What is only alike, and the texts of the last days."""

    async def offer(self, case: CaseId, near: Near) -> None:
        """It is alike; a person is to judge."""
        await self._sql.put_offer(self._conn, case_id=case, lead=near.lead, share=near.share, why=near.why)

    async def offers(self, case: CaseId, limit: int) -> list[Near]:
        """The likest first."""
        found = self._sql.offers_of(self._conn, case_id=case, limit_=limit)
        return [Near(CaseId(r["lead"]), r["share"], why=Apart(r["why"])) async for r in found]

    async def refused(self, case: CaseId) -> list[CaseId]:
        """What a person said to be other matters."""
        return [CaseId(row["lead"]) async for row in self._sql.refused_offers(self._conn, case_id=case)]

    async def first_since(self, since: datetime) -> int:
        """The number before that of the first comment since then; 0 where there is none."""
        row = await self._sql.first_comment_since(self._conn, since=rows.seconds(since))
        return 0 if row is None else row["id"] - 1

    async def told(self, after: int, limit: int) -> list[Told]:
        """The next texts, each with the case whose card it stands behind; nothing of people at risk."""
        found = self._sql.texts_since(self._conn, after=after, limit_=limit)
        return [
            Told(row["id"], CaseId(row["lead"]), row["text"], f"{row['platform']}:{row['thread']}")
            async for row in found
        ]


def _member(row: Any) -> Member:
    return Member(
        CaseId(row["case_id"]),
        CaseId(row["lead"]),
        How(row["how"]),
        row["share"],
        bool(row["shown"]),
        CaseId(row["via"]) if row["via"] is not None else None,
        PersonId(row["person"]) if row["person"] else None,
    )
