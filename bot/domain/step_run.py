"""One step of a run, as far as it has come: ticks, answers, words, votes, posts."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.comment import CommentId
from bot.domain.people import PersonId
from bot.domain.step_state import StepState
from bot.domain.steps import Checklist

CHOICE = "choice"
"""The name under which an answer keeps which choice was made."""
Answers = tuple[tuple[str, str], ...]
"""Names and values of a form, in the order of the form."""


@dataclass(frozen=True, slots=True)
class Tick:
    """One item of a checklist, done by somebody."""

    item: str
    person: PersonId
    at: datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """Words for the public, whole, as they will be read. `authors`: everybody whose words are in it.

    `version` grows with every change; a vote is for one version. `unedited`: an approved template version
    whose slots are all closed, so that fewer approvals suffice. `recipients`: the comments that it answers,
    where it is a reply; they are approved with it, and no others.
    """

    text: str
    template: str
    template_version: int
    authors: tuple[PersonId, ...] = ()
    unedited: bool = False
    version: int = 1
    sources: Answers = ()
    """Slot and where its value came from, for the approver's eye."""
    recipients: tuple[CommentId, ...] = ()


class Verdict(StrEnum):
    """What an approver may say."""

    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Vote:
    """One approver's word on one version of the letters. `versions`: step and version, joined."""

    person: PersonId
    verdict: Verdict
    at: datetime
    versions: str
    note: str = ""


class PostState(StrEnum):
    """How far a post on one channel is."""

    QUEUED = "queued"
    ASKED = "asked"
    """A person is asked to post it: the bot has no way to this channel."""
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    """It may have arrived: never repeated by the bot, a person looks."""
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Post:
    """The words on one channel, or under one comment (`channel` is then its id)."""

    channel: str
    state: PostState
    at: datetime
    link: str = ""
    by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class StepRun:
    """One step of a run. `attempt` counts from 1; timers, forms and presses of earlier attempts are stale.

    `since` is when it became ready; `by` and `note` say who ended it, and why.
    """

    step: str
    attempt: int = 1
    state: StepState = StepState.PENDING
    ticks: tuple[Tick, ...] = ()
    since: datetime | None = None
    by: PersonId | None = None
    note: str = ""
    answers: Answers = ()
    letter: Letter | None = None
    votes: tuple[Vote, ...] = ()
    posts: tuple[Post, ...] = ()
    asked: tuple[PersonId, ...] = ()
    """Who holds a form, an approval or a request of this attempt."""
    rounds: int = 0
    """Timers that this attempt has set so far, so that each has a number of its own."""
    reminders: int = 0
    reminded_at: datetime | None = None
    """When whoever is silent was last reminded; `reminders` counts, for each comes after a longer while."""
    words: int = 0
    """The latest version of its words in all attempts: a vote for earlier words never fits later ones."""

    def tick_of(self, item: str) -> Tick | None:
        """Who ticked this item, and when."""
        return next((tick for tick in self.ticks if tick.item == item), None)

    def open_items(self, checklist: Checklist) -> tuple[str, ...]:
        """Ids of the required items that nobody has ticked."""
        return tuple(item.id for item in checklist.required if self.tick_of(item.id) is None)

    def answer(self, name: str) -> str | None:
        """What was answered under this name; None where nothing was."""
        return next((value for key, value in self.answers if key == name), None)

    def post_on(self, channel: str) -> Post | None:
        """How far the words are on this channel, or under this comment."""
        return next((post for post in self.posts if post.channel == channel), None)
