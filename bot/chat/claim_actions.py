"""Buttons of the register of claims. `version` is what the card showed."""

from dataclasses import dataclass
from enum import StrEnum

from bot.chat.short import Short
from bot.domain.claim import ClaimType, Finding
from bot.services.views_claims import Kind


class ClaimPanel(StrEnum):
    """Which set of buttons a claim's card shows; the main one comes back by itself."""

    MAIN = "main"
    TYPE = "type"
    FINDING = "finding"
    TEMPLATE = "template"
    COMMENTS = "comments"


@dataclass(frozen=True, slots=True)
class OnClaim:
    claim: int
    version: int


@dataclass(frozen=True, slots=True)
class TurnClaim(OnClaim):
    panel: ClaimPanel


@dataclass(frozen=True, slots=True)
class CheckClaim(OnClaim): ...


@dataclass(frozen=True, slots=True)
class SortClaim(OnClaim):
    type: ClaimType


@dataclass(frozen=True, slots=True)
class AskFinding(OnClaim):
    finding: Finding


@dataclass(frozen=True, slots=True)
class ConfirmFinding(OnClaim): ...


@dataclass(frozen=True, slots=True)
class ClarifyWith(OnClaim):
    template: Short


@dataclass(frozen=True, slots=True)
class AskCorrection(OnClaim): ...


@dataclass(frozen=True, slots=True)
class RewordClaim(OnClaim): ...


@dataclass(frozen=True, slots=True)
class CloseClaim(OnClaim): ...


@dataclass(frozen=True, slots=True)
class ReopenClaim(OnClaim): ...


@dataclass(frozen=True, slots=True)
class OnTold(OnClaim):
    """`comment`: one of those that belong to the claim."""

    comment: int


@dataclass(frozen=True, slots=True)
class LeaveClaim(OnTold): ...


@dataclass(frozen=True, slots=True)
class TurnStance(OnTold): ...


@dataclass(frozen=True, slots=True)
class JoinClaim(OnClaim):
    """From the card of a case. `version` is the claim's."""

    case: int


@dataclass(frozen=True, slots=True)
class AskData(OnClaim):
    """Of a unit, about this claim or this case; 0 for none."""

    case: int


@dataclass(frozen=True, slots=True)
class TurnClaims:
    """To another page of the list; of no claim in particular."""

    kind: Kind
    page: int


ClaimAction = (
    TurnClaim
    | CheckClaim
    | SortClaim
    | AskFinding
    | ConfirmFinding
    | ClarifyWith
    | AskCorrection
    | RewordClaim
    | CloseClaim
    | ReopenClaim
    | LeaveClaim
    | TurnStance
    | JoinClaim
    | AskData
    | TurnClaims
)
