"""Lists of checked facts come in whole or not at all, and go out again."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.claim import Claim, ClaimId, ClaimStatus
from bot.domain.claim_list import Row
from bot.domain.journal import Entry
from bot.domain.people import Action, Person
from bot.services.people import Team
from bot.services.ports import Parts, Store

_BITE = 200


@dataclass(frozen=True, slots=True)
class Brought:
    """How many rows were new, said something else than before, or were known."""

    new: int = 0
    changed: int = 0
    known: int = 0


class ClaimImport:
    """A coordinator answers for a list, as for a finding of the team's own."""

    def __init__(self, store: Store, team: Team) -> None:
        self._store = store
        self._team = team

    async def bring(
        self, rows: Sequence[Row], by: Person, now: datetime, done: Callable[[], None]
    ) -> Brought:
        """All rows in one transaction; a second time nothing happens. `done` is called for every row.

        Raises NotAllowed.
        """
        await self._team.require(by, Action.CONFIRM_FINDING)
        brought = Brought()
        async with self._store.transaction() as tx:
            for row in rows:
                brought = _added(brought, await self._one(tx, row, by, now))
                done()
            detail = {"new": brought.new, "changed": brought.changed, "known": brought.known}
            await tx.journal.write(Entry(now, by.id, "claim_import", "claims", detail=dict(detail)))
        return brought

    async def _one(self, tx: Parts, row: Row, by: Person, now: datetime) -> str:
        known = await tx.claims.by_reference(row.reference)
        if known is None:
            await tx.claims.add(_claim(row, by, now), seen=False)
            return "new"
        changed = _said_anew(known, row, by, now)
        if changed == known:
            return "known"
        await tx.claims.save(changed)
        return "changed"

    async def every(self) -> AsyncIterator[Row]:
        """What has a finding that somebody stands behind, the team's own and imported ones."""
        last = ClaimId(0)
        while bite := await self._store.read.claims.every(last, _BITE):
            for claim in bite:
                if claim.finding is not None and claim.verified:
                    reference = claim.reference or f"KL-{claim.id}"
                    yield Row(
                        reference,
                        claim.statement,
                        claim.finding,
                        claim.type,
                        claim.basis,
                        claim.sources,
                        claim.first_seen,
                    )
            last = bite[-1].id


def _claim(row: Row, by: Person, now: datetime) -> Claim:
    return Claim(
        id=ClaimId(0),
        version=1,
        statement=row.statement,
        status=ClaimStatus.FOUND,
        first_seen=row.seen_at or now,
        opened_at=now,
        updated_at=now,
        opened_by=by.id,
        type=row.type,
        finding=row.finding,
        confirmed_by=by.id,
        basis=row.basis,
        sources=row.sources,
        reference=row.reference,
    )


def _said_anew(known: Claim, row: Row, by: Person, now: datetime) -> Claim:
    """The row as it reads now. What the team decided since about a claim that it closed stays closed."""
    said = replace(
        known,
        statement=row.statement,
        type=row.type,
        finding=row.finding,
        basis=row.basis,
        sources=row.sources,
    )
    if said == known:
        return known
    status = ClaimStatus.FOUND if known.status is not ClaimStatus.CLOSED else ClaimStatus.CLOSED
    return replace(
        said, version=known.version + 1, updated_at=now, confirmed_by=by.id, proposed_by=None, status=status
    )


def _added(brought: Brought, what: str) -> Brought:
    return replace(brought, **{what: getattr(brought, what) + 1})
