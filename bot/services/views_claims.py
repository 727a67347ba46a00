"""What the register shows: a claim's card, the list, and which claims a comment is like."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

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
_LAST_PAGE = 99
"""As far as a button can count; whoever looks further back searches."""
_SHOWN = 5
FRESH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ClaimLine:
    claim: Claim
    tally: Tally


class Kind(StrEnum):
    """Which part of the register: what may stand behind /klaim, besides a number and words."""

    GOING_ON = ""
    UNVERIFIED = "belum"
    FALSE = "salah"
    PARTLY = "sebagian"
    TRUE = "benar"
    CLOSED = "ditutup"
    EVERY = "semua"


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """Some lines of one part of the list. `further`: there are more behind them."""

    kind: Kind
    number: int
    lines: Sequence[ClaimLine]
    further: bool = False


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


_KINDS: Mapping[Kind, tuple[frozenset[ClaimStatus], Finding | None]] = {
    Kind.GOING_ON: (GOING_ON, None),
    Kind.UNVERIFIED: (UNVERIFIED, None),
    Kind.FALSE: (frozenset(ClaimStatus), Finding.FALSE),
    Kind.PARTLY: (frozenset(ClaimStatus), Finding.PARTLY),
    Kind.TRUE: (frozenset(ClaimStatus), Finding.TRUE),
    Kind.CLOSED: (frozenset({ClaimStatus.CLOSED}), None),
    Kind.EVERY: (frozenset(ClaimStatus), None),
}


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

    async def listed(self, kind: Kind, page: int = 0) -> ClaimPage:
        """A page that the list no longer reaches is the first."""
        statuses, finding = _KINDS[kind]
        found = await self._store.read.claims.listed(statuses, finding, LINES + 1, page * LINES)
        if not found and page:
            return await self.listed(kind)
        lines = await self.lines(found[:LINES])
        return ClaimPage(kind, page, lines, further=len(found) > LINES and page < _LAST_PAGE)

    async def counts(self) -> Mapping[ClaimStatus, int]:
        return await self._store.read.claims.counts()

    async def lines(self, claims: Sequence[Claim]) -> list[ClaimLine]:
        since = self._clock.now() - FRESH
        tallies = [await self._store.read.claim_links.tally(claim.id, since) for claim in claims]
        return [ClaimLine(claim, tally) for claim, tally in zip(claims, tallies, strict=True)]
