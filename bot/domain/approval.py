"""What an agency says of approvals, and which form of one carried the words."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class ApprovedAs(StrEnum):
    """Which form of approval carried the words."""

    TEXT = "text"
    SET = "set"
    CLOSED_TEMPLATE = "closed_template"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class ApprovalPolicy:
    """What the agency's config says of approvals."""

    expires: timedelta = timedelta(minutes=30)
    levels: tuple[str, ...] = ("role:koordinator",)
    """Who is asked, then who is asked when the first are silent."""
    alone: bool = False
    alone_pause: timedelta = timedelta(seconds=60)
    instant_closed: bool = False
    """A closed template that was approved beforehand may be sent by a person at once."""
    repeat: bool = False
    """The bot gives the answer of such a template again to whoever says the very same after it."""
