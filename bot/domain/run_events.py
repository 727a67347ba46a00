"""What can happen to a run. Every event brings the roster of its moment: the reducer looks nothing up.

Whether a person's roles allow the deed at all is the permission table's question and asked before; the
reducer asks what only the run knows.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.incident import RunId, Severity
from bot.domain.people import PersonId
from bot.domain.roster import Roster
from bot.domain.run_types import Timer, Told
from bot.domain.step_run import Answers, Letter, PostState, Verdict


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
    event: Told = ()


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


@dataclass(frozen=True, slots=True)
class Answered:
    """A form came back (ask, request, cadence): every name and value was checked against its field."""

    roster: Roster
    step: str
    attempt: int
    person: PersonId
    answers: Answers


@dataclass(frozen=True, slots=True)
class Composed:
    """The words that a `Write` effect asked for; or, where no approved template could give them, why not."""

    roster: Roster
    step: str
    attempt: int
    letter: Letter | None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Edited:
    """A person rewrote the words: an edited text, and they are an author of it now."""

    roster: Roster
    step: str
    attempt: int
    person: PersonId
    version: int
    text: str


@dataclass(frozen=True, slots=True)
class Voted:
    """An approver's word. `versions` is what they had before their eyes (see step_run.Vote)."""

    roster: Roster
    step: str
    attempt: int
    person: PersonId
    verdict: Verdict
    versions: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PostSettled:
    """What became of one public message; `by` where a person says so."""

    roster: Roster
    step: str
    attempt: int
    channel: str
    state: PostState
    link: str = ""
    by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A person leaves a step out, with a reason. Never turns an approval into a yes."""

    roster: Roster
    step: str
    attempt: int
    person: PersonId
    reason: str


@dataclass(frozen=True, slots=True)
class Jumped:
    """A person begins this step, and everything after it, again."""

    roster: Roster
    step: str
    person: PersonId
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HandOverOffered:
    """The owner asks somebody to take over."""

    roster: Roster
    person: PersonId
    epoch: int
    to: PersonId


@dataclass(frozen=True, slots=True)
class HandOverAnswered:
    """Whoever was asked says yes or no."""

    roster: Roster
    person: PersonId
    epoch: int
    accepted: bool


@dataclass(frozen=True, slots=True)
class ShiftEnded:
    """The owner's shift is over. `to`: who has come on and can be asked; `change` names the change."""

    roster: Roster
    person: PersonId
    to: PersonId | None
    change: str


@dataclass(frozen=True, slots=True)
class Merged:
    """A person says that this run and another are one matter; the other goes on."""

    roster: Roster
    person: PersonId
    into: RunId
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StoodDown:
    """A person calls the paging off: nobody is called any more, the work stays open."""

    roster: Roster
    person: PersonId
    reason: str


@dataclass(frozen=True, slots=True)
class FreezeReleased:
    """A person lets go what a freeze step held back."""

    roster: Roster
    step: str
    person: PersonId


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The questions of the review are answered, or somebody who may says why they need not be."""

    roster: Roster
    person: PersonId
    reason: str = ""


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
    | Answered
    | Composed
    | Edited
    | Voted
    | PostSettled
    | Skipped
    | Jumped
    | HandOverOffered
    | HandOverAnswered
    | ShiftEnded
    | Merged
    | StoodDown
    | FreezeReleased
    | Reviewed
)
