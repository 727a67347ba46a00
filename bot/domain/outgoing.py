"""All that the bot may say, one closed union. Data first; chat and the connectors turn it into words.

Cards carry an id only and are drawn when they are sent, so the latest state wins and ten
changes in a second are one edit.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import get_args

from bot.domain import outgoing_board, outgoing_claims, outgoing_moderation, outgoing_steps
from bot.domain.case import CaseId
from bot.domain.comment import CommentId
from bot.domain.lane import Lane
from bot.domain.outgoing_board import BoardCard, DigestCard, OfBoard
from bot.domain.outgoing_bulk import BulkCard
from bot.domain.outgoing_claims import ClaimCard, OfClaims, RedrawClaim
from bot.domain.outgoing_moderation import CarryOut, MeasureAsk, MeasureCard, OfModeration, PublicWarning
from bot.domain.outgoing_steps import (
    BareMessage,
    DrillPost,
    DrillScene,
    OfSteps,
    PublicPost,
    RedrawHandOver,
    RedrawStep,
    ReleaseCard,
    ReviewCard,
    RunReply,
)
from bot.domain.people import PersonId
from bot.domain.reply import DraftId
from bot.domain.second import SecondPage
from bot.domain.sending import Head as Head  # noqa: PLC0414 - of the queue, which is named through this module
from bot.domain.sending import OutgoingId as OutgoingId  # noqa: PLC0414 - as above
from bot.domain.sending import SendState as SendState  # noqa: PLC0414 - as above
from bot.domain.sending import ShownCard as ShownCard  # noqa: PLC0414 - as above

_ITS_OWN = CommentId(0)
TRIAGE = "triage"
CRISIS = "crisis"


@dataclass(frozen=True, slots=True)
class Queued:
    """An outgoing with its place in the queue."""

    id: OutgoingId
    what: "Outgoing"
    lane: Lane
    recipient: str
    state: SendState
    tries: int
    chat_id: int | None = None
    message_id: int | None = None
    error: str = ""


def to_person(person: PersonId) -> str:
    """The recipient string of somebody's private chat."""
    return f"person:{person}"


def to_chat(chat_id: int) -> str:
    return f"chat:{chat_id}"


@dataclass(frozen=True, slots=True)
class CaseCard:
    """The one live card of a case in the triage group. `urgent`, `asked` (by a person) and `at_risk`
    (somebody is) decide the way, not the card.
    """

    case: CaseId
    urgent: bool = False
    backlog: bool = False
    asked: bool = False
    at_risk: bool = False


@dataclass(frozen=True, slots=True)
class Original:
    """The unredacted comment of a sensitive case, for a named person only. `comment`: the newest of them."""

    case: CaseId
    person: PersonId
    comment: CommentId = _ITS_OWN


@dataclass(frozen=True, slots=True)
class DraftCard:
    """A draft to decide on, in a coordinator's private chat."""

    draft: DraftId
    person: PersonId


@dataclass(frozen=True, slots=True)
class PageCard:
    """A page: private, one big button. A repeat is a new message on purpose; what it says is read late."""

    run: int
    person: PersonId
    epoch: int
    loud: bool = True
    repeat: int = 0


@dataclass(frozen=True, slots=True)
class RedrawPage:
    """Draws a person's last page of this run anew: somebody has it, it is over, or its button is renewed."""

    run: int
    person: PersonId


@dataclass(frozen=True, slots=True)
class IncidentCard:
    """The one live card of an incident in the crisis chat. `fed`: more of the same came, and nothing else."""

    run: int
    fed: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """One line of an incident's story in the crisis chat."""

    run: int
    what: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence to the team, by its name in chat/words."""

    to: str
    what: str
    params: Mapping[str, object] = field(default_factory=dict)
    reply_to: int = 0


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question whose answer is a reply to this very message; `purpose` says what the answer is for."""

    to: str
    what: str
    person: PersonId
    purpose: str
    params: Mapping[str, object] = field(default_factory=dict)
    reply_to: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """ "We have it, number …" to a citizen in the private chat."""

    case: CaseId
    comment: CommentId


@dataclass(frozen=True, slots=True)
class PublicReply:
    """The approved words to the citizen. `comment`: which one of a set; 0 is the draft's own."""

    draft: DraftId
    comment: CommentId = _ITS_OWN


@dataclass(frozen=True, slots=True)
class UncertainCard:
    """Asks the team whether a public message that may or may not have arrived is there."""

    outgoing: OutgoingId


Outgoing = (
    CaseCard
    | Original
    | DraftCard
    | PageCard
    | RedrawPage
    | IncidentCard
    | Timeline
    | Notice
    | Prompt
    | Receipt
    | PublicReply
    | UncertainCard
    | SecondPage
    | OfSteps
    | OfClaims
    | OfBoard
    | BulkCard
    | OfModeration
)

_KINDS: Mapping[str, type[Outgoing]] = {kind.__name__: kind for kind in get_args(Outgoing)}
_FIELDS = {name: tuple(one.name for one in fields(kind)) for name, kind in _KINDS.items()}


def pack(outgoing: Outgoing) -> tuple[str, dict[str, object]]:
    """Kind and fields, as the store keeps them."""
    kind = type(outgoing).__name__
    return kind, {name: getattr(outgoing, name) for name in _FIELDS[kind]}


def unpack(kind: str, fields: Mapping[str, object]) -> Outgoing:
    """The reverse of `pack`. Raises KeyError on a kind that this version does not know."""
    return _KINDS[kind](**fields)  # type: ignore[arg-type]  # the fields come from `pack`


_PUBLIC = (Receipt, PublicReply, PublicPost, RunReply, PublicWarning)


def is_public(outgoing: Outgoing) -> bool:
    """Whether citizens read it: such a message is never sent twice, and /kunci holds it back."""
    return isinstance(outgoing, _PUBLIC)


def redraws(outgoing: Outgoing) -> str:
    """The card that this draws anew, or "" for a message of its own. Waiting redraws of one card are one."""
    match outgoing:
        case CaseCard(case=case):
            name = f"case:{case}"
        case DraftCard(draft, person):
            name = f"draft:{draft}:{person}"
        case Original(case, person, comment) if comment:
            name = f"original:{case}:{person}:{comment}"
        case IncidentCard(run):
            name = f"run:{run}"
        case UncertainCard(row):
            name = f"outgoing:{row}"
        case RedrawPage(run, person):
            name = f"page:{run}:{person}"
        case _:
            name = _redraws_elsewhere(outgoing)
    return name


def _redraws_elsewhere(outgoing: Outgoing) -> str:
    match outgoing:
        case RedrawStep() | RedrawHandOver() | ReleaseCard() | ReviewCard():
            return outgoing_steps.card(outgoing)
        case RedrawClaim():
            return outgoing_claims.card(outgoing)
        case BulkCard(bulk):
            return f"bulk:{bulk}"
        case MeasureCard() | MeasureAsk():
            return outgoing_moderation.card(outgoing)
        case _:
            return outgoing_board.card(outgoing)


def recipient(outgoing: Outgoing) -> str:
    """Where it goes, by role rather than by number: the numbers are settled when it is sent."""
    match outgoing:
        case CaseCard() | UncertainCard() | BoardCard() | DigestCard() | MeasureCard():
            ahead = isinstance(outgoing, OfBoard) or (isinstance(outgoing, CaseCard) and outgoing.at_risk)
            place = outgoing_board.BOARD if ahead else TRIAGE
        case IncidentCard() | Timeline() | DrillPost() | DrillScene():
            place = CRISIS
        case Notice(to=to) | Prompt(to=to) | ClaimCard(to=to) | RedrawClaim(to=to) | BulkCard(to=to):
            place = to
        case Receipt(comment=comment) | PublicWarning(comment=comment) | CarryOut(comment=comment):
            place = f"comment:{comment}"
        case PublicReply(draft, comment):
            place = f"draft:{draft}:{comment}" if comment else f"draft:{draft}"
        case PublicPost() | RunReply() | BareMessage():
            place = outgoing_steps.place(outgoing)
        case SecondPage(person=person, via=via):
            place = f"{via}:{person}"
        case _:
            place = to_person(outgoing.person)
    return place
