"""Lists of checked facts come in whole or not at all, and go out again."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.claim import Claim, ClaimId, ClaimStatus
from bot.domain.claim_list import Row
from bot.domain.journal import Entry
from bot.domain.outgoing import TRIAGE, Notice
from bot.domain.people import Action, Person
from bot.services.claim_index import SAID_ANEW
from bot.services.claims import redraw
from bot.services.people import Team
from bot.services.ports import Parts, Store

_BITE = 200
_NAMED = 10
"""Claims of one message whose finding is another now; the rest is counted."""


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
        brought, turned = Brought(), list[Claim]()
        async with self._store.transaction() as tx:
            for row in rows:
                what, before = await self._one(tx, row, by, now)
                brought = _added(brought, what)
                turned += [before] if before is not None and before.finding is not row.finding else []
                done()
            detail = {"new": brought.new, "changed": brought.changed, "known": brought.known}
            await tx.journal.write(Entry(now, by.id, "claim_import", "claims", detail=dict(detail)))
            if turned:
                await _tell(tx, turned, by, now)
        return brought

    async def _one(self, tx: Parts, row: Row, by: Person, now: datetime) -> tuple[str, Claim | None]:
        """What became of it, and how the claim read before where it reads otherwise now."""
        known = await tx.claims.by_reference(row.reference)
        if known is None:
            await tx.claims.add(_claim(row, by, now), seen=False)
            return "new", None
        changed = _said_anew(known, row, by, now)
        if changed == known:
            return "known", None
        await tx.claims.save(changed)
        cause = f"claim:{known.id}:{changed.version}:list"
        detail: dict[str, object] = {
            "before": known.finding or "",
            "finding": row.finding,
            "reworded": changed.statement != known.statement,
            "confirmed_before": known.confirmed_by or "",
        }
        await tx.journal.write(Entry(now, by.id, SAID_ANEW, f"claim:{known.id}", cause, detail))
        await redraw(tx, known.id, cause, now)
        return "changed", known

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


async def _tell(tx: Parts, turned: Sequence[Claim], by: Person, now: datetime) -> None:
    """Answers may have been given on what was found before: the group hears it, in one message."""
    named: list[dict[str, object]] = []
    for before in turned[:_NAMED]:
        claim = await tx.claims.get(before.id)
        finding = claim.finding if claim is not None else None
        named.append({"claim": before.id, "before": before.finding or "", "finding": finding or ""})
    params: dict[str, object] = {"claims": named, "more": len(turned) - len(named), "person": by.id}
    first = turned[0]
    cause = f"claim:{first.id}:{first.version + 1}:list:told"
    await tx.outbox.put(cause, Notice(TRIAGE, "claims_turned", params), now)


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
    status = ClaimStatus.CLARIFIED if known.corrected_at is not None else ClaimStatus.FOUND
    if known.status is ClaimStatus.CLOSED:
        status = ClaimStatus.CLOSED
    return replace(
        said, version=known.version + 1, updated_at=now, confirmed_by=by.id, proposed_by=None, status=status
    )


def _added(brought: Brought, what: str) -> Brought:
    return replace(brought, **{what: getattr(brought, what) + 1})
