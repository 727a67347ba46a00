"""Which lane each outgoing goes in."""

from bot.domain import outgoing_steps
from bot.domain.lane import Lane
from bot.domain.outgoing import (
    CaseCard,
    DraftCard,
    IncidentCard,
    Notice,
    Original,
    Outgoing,
    PageCard,
    Prompt,
    PublicReply,
    Receipt,
    RedrawPage,
    Timeline,
    UncertainCard,
)
from bot.domain.outgoing_board import BoardCard, DigestCard
from bot.domain.outgoing_bulk import BulkCard
from bot.domain.outgoing_claims import ClaimCard, RedrawClaim
from bot.domain.outgoing_moderation import CarryOut, MeasureAsk, MeasureCard, PublicWarning
from bot.domain.outgoing_steps import BareMessage, DrillScene, PublicPost, ReviewCard, RunReply
from bot.domain.second import SecondPage


def lane(outgoing: Outgoing) -> Lane:
    if isinstance(outgoing, outgoing_steps.AtOnce):
        return Lane.CRISIS
    match outgoing:
        case (PageCard() | IncidentCard(fed=False) | Timeline() | RedrawPage() | Original()) | (
            CaseCard(urgent=True) | BoardCard(True)
        ):
            found = Lane.CRISIS
        case (CaseCard(asked=True) | DraftCard() | Notice() | Prompt()) | (
            UncertainCard()
            | ReviewCard()
            | ClaimCard()
            | RedrawClaim()
            | BulkCard()
            | (MeasureCard() | MeasureAsk())
        ):
            found = Lane.APPROVAL
        case PublicReply() | Receipt() | PublicPost() | RunReply() | PublicWarning() | CarryOut():
            found = Lane.PUBLIC
        case SecondPage():
            found = Lane.SECOND
        case CaseCard(backlog=True):
            found = Lane.BACKLOG
        case CaseCard() | DrillScene() | BareMessage() | BoardCard() | DigestCard() | IncidentCard():
            found = Lane.BOARD
    return found
