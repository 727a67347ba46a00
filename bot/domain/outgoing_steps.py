"""What the bot says in the course of a playbook's steps: to the people who work on them, and to the public.

Data only, as in outgoing.py, which joins these to the one closed union.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.comment import CommentId
from bot.domain.people import PersonId


@dataclass(frozen=True, slots=True)
class StepCard:
    """A step's form, request, approval or posting task, in the chat of somebody who may do it.

    Always a message of its own: a reminder is one on purpose. What it says is read when it is sent.
    """

    run: int
    step: str
    attempt: int
    person: PersonId
    reminder: int = 0
    """Counts the reminders, so that each of them is a message."""


@dataclass(frozen=True, slots=True)
class RedrawStep:
    """Draws a person's last card of this attempt anew: answered, decided, over."""

    run: int
    step: str
    attempt: int
    person: PersonId


@dataclass(frozen=True, slots=True)
class HandOverCard:
    """Asks this person to take the run over. Always a message of its own."""

    run: int
    person: PersonId
    epoch: int


@dataclass(frozen=True, slots=True)
class RedrawHandOver:
    """Draws a person's last such question anew: what became of it."""

    run: int
    person: PersonId
    epoch: int


@dataclass(frozen=True, slots=True)
class ReleaseCard:
    """What this run holds back, each with its button, for somebody who may let it go."""

    run: int
    person: PersonId


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """The questions of a closed run's review, for somebody who was there; drawn anew with every answer."""

    run: int
    person: PersonId


@dataclass(frozen=True, slots=True)
class PublicPost:
    """The approved words of a publish step on one channel: the letter that stands in its own StepRun."""

    run: int
    step: str
    attempt: int
    channel: str
    pin: bool = False


@dataclass(frozen=True, slots=True)
class RunReply:
    """The approved words of a reply step under one comment: the letter that stands in its own StepRun."""

    run: int
    step: str
    attempt: int
    comment: CommentId


@dataclass(frozen=True, slots=True)
class DrillPost:
    """What an exercise would have said in public: to the crisis chat, marked. No connector takes it."""

    run: int
    step: str
    attempt: int
    channel: str


@dataclass(frozen=True, slots=True)
class DrillScene:
    """What an exercise puts before the team, by its name in chat/words: to the crisis chat, marked."""

    run: int
    what: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BareMessage:
    """Takes the buttons off a message of the team that a later one has replaced."""

    chat: int
    message: int


OWN_CHANNEL = "telegram-channel"
"""The one channel that the bot itself posts to; on every other a person does."""
ForAPerson = StepCard | RedrawStep | HandOverCard | RedrawHandOver | ReleaseCard | ReviewCard
AtOnce = StepCard | RedrawStep | HandOverCard | RedrawHandOver | ReleaseCard | DrillPost
"""What does not wait behind the work of the day."""
ToThePublic = PublicPost | RunReply
OfSteps = ForAPerson | ToThePublic | DrillPost | DrillScene | BareMessage


def card(what: ForAPerson) -> str:
    """The message that this is, or draws anew."""
    match what:
        case StepCard(run, step, attempt, person) | RedrawStep(run, step, attempt, person):
            return f"step:{run}:{step}:{attempt}:{person}"
        case HandOverCard(run, person, _) | RedrawHandOver(run, person, _):
            return f"handover:{run}:{person}"
        case ReleaseCard(run, person):
            return f"release:{run}:{person}"
        case ReviewCard(run, person):
            return f"review:{run}:{person}"


def place(what: ToThePublic | BareMessage) -> str:
    """The recipient of public words, and of what stands in a chat already."""
    match what:
        case PublicPost(channel=channel):
            return f"channel:{channel}"
        case RunReply(comment=comment):
            return f"comment:{comment}"
        case BareMessage(chat):
            return f"chat:{chat}"
