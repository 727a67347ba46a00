"""What can happen to a run. Every event brings the roster of its moment: the reducer looks nothing up.

Whether a person's roles allow the deed at all is the permission table's question and asked before; the
reducer asks what only the run knows.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.incident import Severity
from bot.domain.people import PersonId
from bot.domain.roster import Roster
from bot.domain.run_types import Timer


@dataclass(frozen=True, slots=True)
class Opened:
    """The trigger, or a person, opens the run. Whom it calls stands in the roster."""

    roster: Roster


@dataclass(frozen=True, slots=True)
class TriggeredAgain:
    """Another trigger of the same group."""

    roster: Roster
    reason: str
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class TimerFired:
    """A stored timer is due. `also` are late ones of the same kind that were folded into it (see late.py);
    `down_since` is when the bot was last alive, where it was down.
    """

    roster: Roster
    timer: Timer
    also: tuple[Timer, ...] = ()
    down_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """👀 "I have it", pressed on a page of this epoch."""

    roster: Roster
    person: PersonId
    epoch: int


@dataclass(frozen=True, slots=True)
class Raised:
    """⏫ "Call the next level now"."""

    roster: Roster
    person: PersonId
    epoch: int


@dataclass(frozen=True, slots=True)
class TakenOver:
    """Somebody else takes a run that is in good hands: the owner changes, nobody is called."""

    roster: Roster
    person: PersonId
    epoch: int


@dataclass(frozen=True, slots=True)
class StillHandling:
    """The owner's yes to "are you still on it?"."""

    roster: Roster
    person: PersonId
    epoch: int


@dataclass(frozen=True, slots=True)
class ItemTicked:
    """Somebody did one thing of a checklist."""

    roster: Roster
    step: str
    item: str
    person: PersonId


@dataclass(frozen=True, slots=True)
class Resolved:
    """🏁 A person closes. Needs a reason while required items are open."""

    roster: Roster
    person: PersonId
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FalseAlarm:
    """A person says there was nothing; always with a reason."""

    roster: Roster
    person: PersonId
    reason: str


@dataclass(frozen=True, slots=True)
class PageUndeliverable:
    """A page (or the lease question) of this epoch cannot reach the person: blocked, or never enrolled."""

    roster: Roster
    person: PersonId
    epoch: int


Event = (
    Opened
    | TriggeredAgain
    | TimerFired
    | Acknowledged
    | Raised
    | TakenOver
    | StillHandling
    | ItemTicked
    | Resolved
    | FalseAlarm
    | PageUndeliverable
)
