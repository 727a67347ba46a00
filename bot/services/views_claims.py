"""What the register shows: a claim's card, the list, and which claims a comment is like."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.claim import GOING_ON, UNVERIFIED, Claim, ClaimId, ClaimStatus, Finding
from bot.domain.comment import KeptComment
from bot.domain.data_request import DataRequest
from bot.domain.template import Template
from bot.services.claim_rows import Linked, Tally
from bot.services.people import Directory
from bot.services.ports import Clock, Store
from bot.services.templates import TemplateLine, Templates

LINES = 10
"""Claims on a page of the list."""
_SHOWN = 5
FRESH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ClaimLine:
    claim: Claim
    tally: Tally


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with all that its card shows. `told`: the comments that joined last."""

    claim: Claim
    tally: Tally
    told: tuple[tuple[Linked, KeptComment], ...]
    names: Mapping[str, str]
    now: datetime
    template: Template | None = None
    requests: tuple[DataRequest, ...] = ()
    """What units were asked for about it."""
    templates: tuple[TemplateLine, ...] = ()
    """What may be chosen to clarify it."""


_KINDS: Mapping[str, tuple[frozenset[ClaimStatus], Finding | None]] = {
    "": (GOING_ON, None),
    "belum": (UNVERIFIED, None),
    "salah": (frozenset(ClaimStatus), Finding.FALSE),
    "sebagian": (frozenset(ClaimStatus), Finding.PARTLY),
    "benar": (frozenset(ClaimStatus), Finding.TRUE),
    "ditutup": (frozenset({ClaimStatus.CLOSED}), None),
    "semua": (frozenset(ClaimStatus), None),
}
KINDS = tuple(kind for kind in _KINDS if kind)
"""What may stand behind /klaim, besides a number and words."""


class ClaimDesk:
    """Reads; changes nothing."""

    def __init__(self, store: Store, directory: Directory, templates: Templates, clock: Clock) -> None:
        self._store = store
        self._directory = directory
        self._templates = templates
        self._clock = clock

    async def claim(self, number: ClaimId) -> ClaimView | None:
        read, now = self._store.read, self._clock.now()
        claim = await read.claims.get(number)
        if claim is None:
            return None
        return ClaimView(
            claim=claim,
            tally=await read.claim_links.tally(number, now - FRESH),
            told=tuple(await read.claim_links.newest(number, _SHOWN)),
            names=self._directory.called(),
            requests=tuple(await read.requests.of_claim(number)),
            now=now,
            template=self._templates.get(claim.template),
            templates=await self._clarifying(claim),
        )

    async def _clarifying(self, claim: Claim) -> tuple[TemplateLine, ...]:
        """Approved words for rumours, the nearest in words first."""
        if claim.status is ClaimStatus.CLOSED:
            return ()
        return await self._templates.for_claim(claim.statement, _SHOWN)

    async def listed(self, kind: str, limit: int = LINES) -> list[ClaimLine]:
        """`kind`: one of KINDS, or "" for all that go on."""
        statuses, finding = _KINDS[kind]
        return await self.lines(await self._store.read.claims.listed(statuses, finding, limit))

    async def counts(self) -> Mapping[ClaimStatus, int]:
        return await self._store.read.claims.counts()

    async def lines(self, claims: Sequence[Claim]) -> list[ClaimLine]:
        since = self._clock.now() - FRESH
        tallies = [await self._store.read.claim_links.tally(claim.id, since) for claim in claims]
        return [ClaimLine(claim, tally) for claim, tally in zip(claims, tallies, strict=True)]
