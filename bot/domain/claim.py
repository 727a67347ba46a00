"""A claim: a rumour in circulation, from the first sighting to the first correct post.

    reported -> checking -> found -> clarified -> closed
    beside them: reopened (back to checking)

A finding is proposed with its sources by whoever checked, and holds once a coordinator has confirmed it.
Every function takes the claim as it is and returns it as it will be, or raises a `Refused`. `version` goes up
with every change of what people decided; a comment that joins is no such change.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.domain.errors import BadInput, Outdated, WrongState
from bot.domain.people import PersonId
from bot.domain.template import link_is_allowed

ClaimId = NewType("ClaimId", int)
LONGEST_STATEMENT = 300
LONGEST_BASIS = 1000
MOST_SOURCES = 8


class ClaimStatus(StrEnum):
    REPORTED = "reported"
    CHECKING = "checking"
    FOUND = "found"
    CLARIFIED = "clarified"
    CLOSED = "closed"


UNVERIFIED = frozenset({ClaimStatus.REPORTED, ClaimStatus.CHECKING})
"""Nobody knows yet whether it is true."""
GOING_ON = UNVERIFIED | {ClaimStatus.FOUND, ClaimStatus.CLARIFIED}
"""New comments still belong to it."""


class ClaimType(StrEnum):
    """The seven types by which Indonesian fact-checkers sort what circulates."""

    SATIRE = "satire"
    MISLEADING = "misleading"
    IMPOSTER = "imposter"
    FABRICATED = "fabricated"
    FALSE_CONNECTION = "false_connection"
    FALSE_CONTEXT = "false_context"
    MANIPULATED = "manipulated"


class Finding(StrEnum):
    FALSE = "false"
    PARTLY = "partly"
    TRUE = "true"
    UNPROVEN = "unproven"


class Stance(StrEnum):
    """Whether a comment tells the rumour, or says that it is none."""

    TELLS = "tells"
    DENIES = "denies"


class How(StrEnum):
    """How a comment came to a claim."""

    EXACT = "exact"
    NEAR = "near"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Claim:
    """`first_seen`: of the earliest comment. `corrected_at`: of the first correct public words about it."""

    id: ClaimId
    version: int
    statement: str
    status: ClaimStatus
    first_seen: datetime
    opened_at: datetime
    updated_at: datetime
    opened_by: str
    type: ClaimType | None = None
    finding: Finding | None = None
    proposed_by: PersonId | None = None
    confirmed_by: PersonId | None = None
    basis: str = ""
    """What the finding rests on, in a few words."""
    sources: tuple[str, ...] = ()
    template: str = ""
    """The id of the template that clarifies it."""
    corrected_at: datetime | None = None
    corrected_link: str = ""
    reference: str = ""
    """Where it stands in an imported list; "" for the team's own."""

    @property
    def verified(self) -> bool:
        """Whether a coordinator stands behind the finding."""
        return self.confirmed_by is not None

    @property
    def took(self) -> timedelta | None:
        """From the first sighting to the first correct post."""
        return None if self.corrected_at is None else max(timedelta(0), self.corrected_at - self.first_seen)


def statement_of(text: str) -> str:
    """One line that can be kept as a claim. Raises BadInput."""
    said = " ".join(text.split())
    if not said:
        raise BadInput("claim_empty")
    if len(said) > LONGEST_STATEMENT:
        raise BadInput(f"too_long:{LONGEST_STATEMENT}")
    return said


def report(statement: str, by: str, first_seen: datetime, now: datetime) -> Claim:
    """A claim that nobody has looked at yet; its id comes from the store."""
    return Claim(
        id=ClaimId(0),
        version=1,
        statement=statement_of(statement),
        status=ClaimStatus.REPORTED,
        first_seen=min(first_seen, now),
        opened_at=now,
        updated_at=now,
        opened_by=by,
    )


def same_version(claim: Claim, seen: int) -> None:
    """Refuses a button of an older card."""
    if claim.version != seen:
        raise Outdated("claim_changed")


def _changed(claim: Claim, seen: int, now: datetime, **to: object) -> Claim:
    same_version(claim, seen)
    settled: dict[str, object] = {"version": claim.version + 1, "updated_at": now}
    return replace(claim, **{**settled, **to})  # type: ignore[arg-type]  # names are checked by every caller's tests


def _must_go_on(claim: Claim) -> None:
    if claim.status is ClaimStatus.CLOSED:
        raise WrongState("claim_closed")


def check(claim: Claim, seen: int, now: datetime) -> Claim:
    """Somebody looks into it."""
    if claim.status is not ClaimStatus.REPORTED:
        raise WrongState(f"claim_{claim.status}")
    return _changed(claim, seen, now, status=ClaimStatus.CHECKING)


def reword(claim: Claim, statement: str, seen: int, now: datetime) -> Claim:
    """Said in other words: the same claim."""
    _must_go_on(claim)
    return _changed(claim, seen, now, statement=statement_of(statement))


def sort(claim: Claim, kind: ClaimType, seen: int, now: datetime) -> Claim:
    """One of the seven types."""
    _must_go_on(claim)
    return _changed(claim, seen, now, type=kind)


def propose(  # noqa: PLR0913 - a finding is all of these together, or it is none
    claim: Claim,
    finding: Finding,
    basis: str,
    sources: Collection[str],
    by: PersonId,
    allowed: Collection[str],
    *,
    seen: int,
    now: datetime,
) -> Claim:
    """What came out, and what it rests on. A finding that was confirmed before has to be confirmed anew.

    Raises BadInput: but for "unproven", nothing is found without a source on the list of allowed links.
    """
    _must_go_on(claim)
    listed = tuple(dict.fromkeys(sources))
    if any(not link_is_allowed(link, allowed) for link in listed):
        raise BadInput("claim_source")
    if not listed and finding is not Finding.UNPROVEN:
        raise BadInput("claim_no_source")
    words = " ".join(basis.split())
    if not words or len(words) > LONGEST_BASIS:
        raise BadInput("claim_basis")
    return _changed(
        claim,
        seen,
        now,
        status=ClaimStatus.CHECKING,
        finding=finding,
        basis=words,
        sources=listed[:MOST_SOURCES],
        proposed_by=by,
        confirmed_by=None,
    )


def confirm(claim: Claim, by: PersonId, seen: int, now: datetime) -> Claim:
    """A coordinator has read the finding and its sources."""
    if claim.finding is None:
        raise WrongState("claim_no_finding")
    if claim.status is not ClaimStatus.CHECKING:
        raise WrongState(f"claim_{claim.status}")
    later = ClaimStatus.CLARIFIED if claim.corrected_at is not None else ClaimStatus.FOUND
    return _changed(claim, seen, now, status=later, confirmed_by=by)


def choose_template(claim: Claim, template: str, seen: int, now: datetime) -> Claim:
    """The words that clarify it; whether they may be used is asked when they are."""
    _must_go_on(claim)
    return _changed(claim, seen, now, template=template)


def corrected(claim: Claim, link: str, now: datetime) -> Claim:
    """Correct words stand in public. The first time counts; a finding has to be confirmed before.

    Raises WrongState.
    """
    if not claim.verified:
        raise WrongState("claim_not_confirmed")
    if claim.corrected_at is not None:
        return claim
    status = ClaimStatus.CLARIFIED if claim.status is ClaimStatus.FOUND else claim.status
    return _changed(claim, claim.version, now, status=status, corrected_at=now, corrected_link=link)


def close(claim: Claim, seen: int, now: datetime) -> Claim:
    """It has died down, or it was none."""
    _must_go_on(claim)
    return _changed(claim, seen, now, status=ClaimStatus.CLOSED)


def reopen(claim: Claim, seen: int, now: datetime) -> Claim:
    """It comes up again: what was found is looked at once more, and stands until then."""
    if claim.status is not ClaimStatus.CLOSED:
        raise WrongState(f"claim_{claim.status}")
    return _changed(claim, seen, now, status=ClaimStatus.CHECKING, confirmed_by=None)


def first_seen(claim: Claim, at: datetime) -> Claim:
    """A comment that is older than all before."""
    return replace(claim, first_seen=min(claim.first_seen, at))
