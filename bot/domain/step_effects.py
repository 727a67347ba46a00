"""What the steps of a run want done, as data: forms to show, words to make, words to say."""

from dataclasses import dataclass

from bot.domain.comment import CommentId
from bot.domain.incident import RunId
from bot.domain.people import PersonId
from bot.domain.steps import Scope


@dataclass(frozen=True, slots=True)
class ShowStep:
    """Give these people the step's form, request, approval or posting task, privately, with its buttons.

    `again`: a reminder, so a message of its own. Drawn from the state when it is sent.
    """

    step: str
    attempt: int
    people: tuple[PersonId, ...]
    again: bool = False
    drill: bool = False


@dataclass(frozen=True, slots=True)
class RedrawStep:
    """What these people hold of the step shows something old: answered, expired, decided by somebody."""

    step: str
    attempt: int
    people: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class Write:
    """Make the words of this step; they come back as a `Composed` event in the same transaction."""

    step: str
    attempt: int


@dataclass(frozen=True, slots=True)
class TakeSnapshot:
    """Keep the evidence as it is now."""

    step: str


@dataclass(frozen=True, slots=True)
class Hold:
    """Hold back what the scope names, until a `Release` of the same step."""

    step: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class Release:
    """Let go what this step held back."""

    step: str


@dataclass(frozen=True, slots=True)
class OfferRelease:
    """Show what is held back to these people, each with a button of its own."""

    people: tuple[PersonId, ...]
    drill: bool = False


@dataclass(frozen=True, slots=True)
class PublishPost:
    """Say the step's approved words on one channel. A drill's goes to the team, marked, and nowhere else."""

    step: str
    attempt: int
    channel: str
    pin: bool = False
    drill: bool = False


@dataclass(frozen=True, slots=True)
class ReplyTo:
    """Say the step's approved words under these comments; a drill's go to the team only."""

    step: str
    attempt: int
    comments: tuple[CommentId, ...]
    drill: bool = False


@dataclass(frozen=True, slots=True)
class OpenPlaybook:
    """Open the named playbook with this run's evidence, in the same transaction.

    `waited`: for triggers that waited for a run of their own; whichever carries this one on still does.
    """

    playbook: str
    drill: bool = False
    waited: bool = False


@dataclass(frozen=True, slots=True)
class GiveEvidence:
    """Copy this run's evidence to the run that goes on."""

    to: RunId


@dataclass(frozen=True, slots=True)
class OfferHandOver:
    """Ask this person to take the run over, with yes and no."""

    person: PersonId
    epoch: int
    by: PersonId
    drill: bool = False


@dataclass(frozen=True, slots=True)
class EndOffer:
    """The question to this person, whether they take the run over, is no longer open."""

    person: PersonId
    epoch: int


@dataclass(frozen=True, slots=True)
class AskReview:
    """Give these people the questions of the review."""

    people: tuple[PersonId, ...]
    drill: bool = False
