"""Lists of checked facts come in, some hundreds of rows at a time, and go out again."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass, replace
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
_PART = 200
"""Rows of one transaction: some hundredths of a second, for which the running bot waits."""
_NAMED = 10
"""Claims of one message whose finding is another now; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Brought:
    """How many rows were new, said something else than before, or were known."""

    new: int = 0
    changed: int = 0
    known: int = 0

    def __add__(self, other: "Brought") -> "Brought":
        return Brought(self.new + other.new, self.changed + other.changed, self.known + other.known)


class ClaimImport:
    """A coordinator answers for a list, as for a finding of the team's own."""

    def __init__(self, store: Store, team: Team) -> None:
        self._store = store
        self._team = team

    async def bring(
        self,
        rows: Sequence[Row],
        by: Person,
        now: datetime,
        done: Callable[[], None],
        pause: Callable[[], Awaitable[None]],
    ) -> Brought:
        """A second time nothing happens; one that was cut off is brought in again, and goes on. `done` is
        called for every row, and `pause` after every part: in it the running bot has its turn.

        Raises NotAllowed.
        """
        await self._team.require(by, Action.CONFIRM_FINDING)
        turns = await self._turning(rows)
        # First, so that the group reads of all of them in one message, up to a whole part of them.
        ordered = sorted(rows, key=lambda row: row.reference not in turns)
        told, untold = Brought(), Brought()
        for start in range(0, len(ordered) or 1, _PART):
            last = start + _PART >= len(ordered)
            async with self._store.transaction() as tx:
                untold = await self._part(tx, ordered[start : start + _PART], untold, by, now)
                if last or untold.new or untold.changed:
                    await tx.journal.write(Entry(now, by.id, "claim_import", "claims", detail=asdict(untold)))
                    told, untold = told + untold, Brought()
            for _ in ordered[start : start + _PART]:
                done()
            if not last:
                await pause()
        return told

    async def _part(
        self, tx: Parts, rows: Sequence[Row], so_far: Brought, by: Person, now: datetime
    ) -> Brought:
        turned = list[Claim]()
        for row in rows:
            what, before = await self._one(tx, row, by, now)
            so_far = _added(so_far, what)
            turned += [before] if before is not None and before.finding is not row.finding else []
        if turned:
            await _tell(tx, turned, by, now)
        return so_far

    async def _turning(self, rows: Sequence[Row]) -> set[str]:
        """The references of claims whose finding is another now, read while nobody waits for it."""
        found = set()
        for row in rows:
            known = await self._store.read.claims.by_reference(row.reference)
            if known is not None and known.finding is not row.finding:
                found.add(row.reference)
        return found

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
