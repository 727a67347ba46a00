"""Buttons of a case's card by which the team shares its work."""

from dataclasses import dataclass

from bot.chat.on_case import OnCase
from bot.chat.short import Short


@dataclass(frozen=True, slots=True)
class AskLapor(OnCase):
    """For its number at SP4N-LAPOR!."""


@dataclass(frozen=True, slots=True)
class AssignTo(OnCase):
    """`whom`: a person or a unit."""

    whom: Short


@dataclass(frozen=True, slots=True)
class AskAssignee(OnCase):
    """For whoever is not among the buttons."""


@dataclass(frozen=True, slots=True)
class Unassign(OnCase):
    """Back to everybody's queue."""


@dataclass(frozen=True, slots=True)
class AskNote(OnCase):
    """For words to the team."""


QueueAction = AskNote | AskLapor | AssignTo | AskAssignee | Unassign
