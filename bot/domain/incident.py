"""What an incident is, in the words that definition, run and store share."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.people import PersonId

RunId = NewType("RunId", int)


class Severity(StrEnum):
    """How bad it is, as a playbook writes it; the order of the members is the order of badness."""

    LOW = "rendah"
    MEDIUM = "sedang"
    HIGH = "tinggi"
    URGENT = "darurat"
    """Goes through quiet hours: its pages are always loud."""

    @property
    def rank(self) -> int:
        """0 (low) to 3 (urgent), for comparing."""
        return tuple(Severity).index(self)


class Phase(StrEnum):
    """Where the work stands. Who is being called is a separate matter: see Paging."""

    OPEN = "open"
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    REVIEWED = "reviewed"

    @property
    def going_on(self) -> bool:
        """Whether a trigger of the same group joins this run instead of opening another."""
        return self in {Phase.OPEN, Phase.MONITORING}


class Paging(StrEnum):
    """Whether somebody has it."""

    UNACKED = "unacked"
    ACKED = "acked"
    UNANSWERED = "unanswered"
    """Everybody was called and nobody answered: stays open, and says so every hour."""
    STOOD_DOWN = "stood_down"
    """A person called the calling off; the work stays open, and anybody may still take it."""


class Outcome(StrEnum):
    """How a resolved incident ended."""

    HANDLED = "handled"
    FALSE_ALARM = "false_alarm"
    HANDED_OFF = "handed_off"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Incident:
    """The facts of the opening; they never change. What changes is in run_types.RunState.

    `reason` is what the trigger answered (see playbook.matches_comment) or what the person wrote;
    `opened_by` is None where a trigger opened it.
    """

    id: RunId
    group_key: str
    opened_at: datetime
    reason: str
    opened_by: PersonId | None = None
    drill: bool = False
    """An exercise: same machine, every message marked, never a public channel."""
