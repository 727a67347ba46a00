"""The register of claims, and which comments belong to which."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.domain.claim import Claim, ClaimId, ClaimStatus, ClaimType, Finding, How, Stance
from bot.domain.comment import CommentId, KeptComment
from bot.domain.people import PersonId
from bot.services.claim_rows import Linked, Tally
from bot.store import rows
from bot.store.comments import kept_comment
from bot.store.part import Part


class Claims(Part):
    async def add(self, claim: Claim, *, seen: bool = True) -> ClaimId:
        """Stores a new claim (its id is ignored). `seen`: it circulates here; else a list names it only."""
        number = ClaimId(
            await self._sql.add_claim(
                self._conn,
                **_values(claim),
                opened_at=rows.seconds(claim.opened_at),
                opened_by=claim.opened_by,
                reference=rows.storable(claim.reference),
                seen=int(seen),
            )
        )
        await self._put_sources(number, claim.sources)
        return number

    async def get(self, claim: ClaimId) -> Claim | None:
        row = await self._sql.get_claim(self._conn, id=claim)
        return None if row is None else _claim(row)

    async def save(self, claim: Claim) -> None:
        await self._sql.save_claim(self._conn, id=claim.id, **_values(claim))
        await self._put_sources(claim.id, claim.sources)

    async def listed(
        self, statuses: Collection[ClaimStatus], finding: Finding | None, limit: int, skip: int = 0
    ) -> list[Claim]:
        """What circulates here, the latest change first."""
        found = self._sql.claims_listed(
            self._conn,
            statuses=rows.to_json(sorted(statuses)),
            finding=finding or "",
            limit_=limit,
            skip=skip,
        )
        return [_claim(row) async for row in found]

    async def counts(self) -> Mapping[ClaimStatus, int]:
        return {ClaimStatus(row["status"]): row["n"] async for row in self._sql.count_claims(self._conn)}

    async def every(self, after: ClaimId, limit: int) -> list[Claim]:
        """All of them by number, imported ones too, a bite at a time."""
        return [_claim(row) async for row in self._sql.claims_after(self._conn, after=after, limit_=limit)]

    async def by_reference(self, reference: str) -> Claim | None:
        row = await self._sql.claim_by_reference(self._conn, reference=rows.storable(reference))
        return None if row is None else _claim(row)

    async def _put_sources(self, claim: ClaimId, sources: Sequence[str]) -> None:
        await self._sql.drop_claim_sources(self._conn, claim=claim)
        if sources:
            await self._sql.add_claim_sources(self._conn, claim=claim, urls=rows.to_json(list(sources)))


class ClaimLinks(Part):
    async def put(self, link: Linked, now: datetime) -> None:
        """A comment has one claim: a second call moves it."""
        kept = await self._sql.get_comment(self._conn, id=link.comment)
        await self._sql.put_claim_comment(
            self._conn,
            comment=link.comment,
            claim=link.claim,
            score=link.score,
            how=link.how,
            stance=link.stance,
            added_by=link.by,
            at=rows.seconds(now),
        )
        await self._sql.see_claim(self._conn, id=link.claim, first_seen=kept["written_at"])

    async def take(self, comment: CommentId) -> None:
        """It belongs to no claim any more."""
        await self._sql.take_claim_comment(self._conn, comment=comment)

    async def of(self, comment: CommentId) -> Linked | None:
        row = await self._sql.claim_of_comment(self._conn, comment=comment)
        return None if row is None else _linked(row, row["claim"], row["comment"])

    async def of_each(self, comments: Sequence[CommentId]) -> Mapping[CommentId, Linked]:
        """Of those that belong to one."""
        found = self._sql.claims_of_comments(self._conn, comments=rows.to_json(list(comments)))
        links = [_linked(row, row["claim"], row["comment"]) async for row in found]
        return {link.comment: link for link in links}

    async def newest(self, claim: ClaimId, limit: int) -> list[tuple[Linked, KeptComment]]:
        """The comments that joined last, newest first."""
        found = self._sql.newest_of_claim(self._conn, claim=claim, limit_=limit)
        return [(_linked(row, row["of_claim"], row["id"]), kept_comment(row)) async for row in found]

    async def tally(self, claim: ClaimId, since: datetime) -> Tally:
        """How often it was told, and how often since then."""
        row = await self._sql.tally_claim(self._conn, claim=claim, since=rows.seconds(since))
        return Tally(row["tells"], row["denies"], row["accounts"], row["fresh"], rows.moment(row["last"]))

    async def told_since(self, claim: ClaimId, since: datetime, most: int) -> int:
        """How often it was told since then, counted up to so many: asked of every comment that tells it."""
        told = self._sql.told_since(self._conn, claim=claim, since=rows.seconds(since), most=most)
        return int(await told)

    async def texts(self, claim: ClaimId, limit: int) -> list[str]:
        """How it was told first."""
        return [r["text"] async for r in self._sql.texts_of_claim(self._conn, claim=claim, limit_=limit)]

    async def runs(self, claim: ClaimId) -> Sequence[int]:
        """The incidents about it that go on."""
        return [row["id"] async for row in self._sql.runs_of_claim(self._conn, claim=claim)]

    async def told_by(self, run: int) -> Sequence[int]:
        """The claims that the comments of this incident tell; two where there are more."""
        return [row["claim"] async for row in self._sql.claims_of_run(self._conn, run=run)]

    async def carried_by(self, claim: ClaimId, playbook: str) -> str | None:
        """The group of the incident of this playbook that goes on with one of its comments."""
        found = await self._sql.run_with_claim(self._conn, claim=claim, playbook=playbook)
        return None if found is None else str(found)


def _values(claim: Claim) -> dict[str, Any]:
    return {
        "version": claim.version,
        "statement": rows.storable(claim.statement),
        "status": claim.status,
        "type": claim.type or "",
        "finding": claim.finding or "",
        "proposed_by": claim.proposed_by,
        "confirmed_by": claim.confirmed_by,
        "basis": rows.storable(claim.basis),
        "template": claim.template,
        "first_seen": rows.seconds(claim.first_seen),
        "updated_at": rows.seconds(claim.updated_at),
        "corrected_at": rows.seconds(claim.corrected_at),
        "corrected_link": claim.corrected_link,
    }


def _claim(row: Any) -> Claim:
    return Claim(
        id=ClaimId(row["id"]),
        version=row["version"],
        statement=row["statement"],
        status=ClaimStatus(row["status"]),
        first_seen=rows.at(row["first_seen"]),
        opened_at=rows.at(row["opened_at"]),
        updated_at=rows.at(row["updated_at"]),
        opened_by=row["opened_by"],
        type=ClaimType(row["type"]) if row["type"] else None,
        finding=Finding(row["finding"]) if row["finding"] else None,
        proposed_by=PersonId(row["proposed_by"]) if row["proposed_by"] else None,
        confirmed_by=PersonId(row["confirmed_by"]) if row["confirmed_by"] else None,
        basis=row["basis"],
        sources=tuple(rows.from_json(row["sources"])),
        template=row["template"],
        corrected_at=rows.moment(row["corrected_at"]),
        corrected_link=row["corrected_link"],
        reference=row["reference"],
    )


def _linked(row: Any, claim: int, comment: int) -> Linked:
    return Linked(
        ClaimId(claim),
        CommentId(comment),
        row["score"],
        How(row["how"]),
        Stance(row["stance"]),
        row["added_by"],
    )
