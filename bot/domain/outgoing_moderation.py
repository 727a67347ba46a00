"""What a measure says and does. Data only; outgoing.py joins these to its union."""

from dataclasses import dataclass

from bot.domain.comment import CommentId
from bot.domain.people import PersonId


@dataclass(frozen=True, slots=True)
class MeasureCard:
    """The live card of a measure in the team's group."""

    measure: int


@dataclass(frozen=True, slots=True)
class MeasureAsk:
    """The same measure in the private chat of somebody who may confirm it."""

    measure: int
    person: PersonId


@dataclass(frozen=True, slots=True)
class PublicWarning:
    """The confirmed words under the citizen's comment. Like every public word never sent twice."""

    measure: int
    comment: CommentId


@dataclass(frozen=True, slots=True)
class CarryOut:
    """The deed itself, or taking it back. Done twice it is done once: an unsure one is done again."""

    measure: int
    comment: CommentId
    undo: bool = False


OfModeration = MeasureCard | MeasureAsk | PublicWarning | CarryOut


def card(what: OfModeration) -> str:
    """The card that this draws anew, or "" for what is no card."""
    match what:
        case MeasureCard(measure):
            return f"measure:{measure}"
        case MeasureAsk(measure, person):
            return f"measure:{measure}:{person}"
        case _:
            return ""
