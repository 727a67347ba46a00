"""Where an outgoing message stands on its way, and where the card is that it draws anew."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from bot.domain.lane import ALARM, Lane
from bot.domain.outgoing_board import BOARD

OutgoingId = NewType("OutgoingId", int)


class SendState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    DROPPED = "dropped"
    """A person, or the rules, decided that it is not to be sent any more."""


@dataclass(frozen=True, slots=True)
class Head:
    """The first waiting row of one recipient and lane."""

    id: OutgoingId
    recipient: str
    lane: Lane
    edit: bool = False
    """It changes a message that stands there already."""
    card: str = ""
    """The card that it draws, "" for a message of its own."""

    @property
    def urgency(self) -> int:
        """What the pacer is told of it."""
        return ALARM if self.lane is Lane.CRISIS and self.recipient == BOARD else self.lane


@dataclass(frozen=True, slots=True)
class ShownCard:
    """Where a live card stands; `shown` tells whether drawing it again would change anything."""

    chat_id: int
    message_id: int
    shown: str
