"""What a run wants done, as data. The service writes these as rows in the same transaction as the state.

Two of them speak to citizens, PublishPost and ReplyTo: the reducer makes them only of a letter that an
approve step has passed, and of a drill both stay inside the team.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.people import PersonId
from bot.domain.playbook import Via
from bot.domain.run_types import RunState, Timer, What
from bot.domain.step_effects import (
    AskReview,
    EndOffer,
    GiveEvidence,
    Hold,
    OfferHandOver,
    OfferRelease,
    OpenPlaybook,
    PublishPost,
    RedrawStep,
    Release,
    ReplyTo,
    ShowStep,
    TakeSnapshot,
    Write,
)
from bot.domain.target import Target

Params = tuple[tuple[str, str], ...]
"""Names and values for the sentence; people stand as ids, moments as ISO 8601 in UTC."""


@dataclass(frozen=True, slots=True)
class PagePerson:
    """Call somebody. `repeat` counts the calls that this run has sent them before (0: the first)."""

    person: PersonId
    level: int
    round: int
    epoch: int
    loud: bool
    repeat: int = 0
    via: tuple[Via, ...] = ()
    drill: bool = False


@dataclass(frozen=True, slots=True)
class PageExhausted:
    """Call somebody of the last resort: nobody else has answered."""

    person: PersonId
    epoch: int
    repeat: int = 0
    drill: bool = False


@dataclass(frozen=True, slots=True)
class RetirePages:
    """Take the button off these people's pages (of this and earlier epochs) and say why: `what`, `by`."""

    people: tuple[PersonId, ...]
    epoch: int
    what: What
    by: PersonId | None


@dataclass(frozen=True, slots=True)
class RenewPages:
    """Draw these people's pages anew for this epoch, silently, so that a late thumb still counts."""

    people: tuple[PersonId, ...]
    epoch: int


@dataclass(frozen=True, slots=True)
class ShareOriginal:
    """Show the unredacted original of a sensitive matter to a named person, privately."""

    person: PersonId
    drill: bool = False


@dataclass(frozen=True, slots=True)
class NotifyTarget:
    """Tell a target something; `people` are those of it who can be reached. Not a call: no button."""

    target: Target
    people: tuple[PersonId, ...]
    text: str
    step: str
    drill: bool = False


@dataclass(frozen=True, slots=True)
class AskLease:
    """Ask the owner whether they are still on it; without a yes by `until` the ladder starts again."""

    person: PersonId
    epoch: int
    until: datetime
    drill: bool = False


@dataclass(frozen=True, slots=True)
class ProposeResolve:
    """Ask those who may close whether it is over. Never closes by itself."""

    target: Target
    people: tuple[PersonId, ...]
    drill: bool = False


@dataclass(frozen=True, slots=True)
class Announce:
    """A message of its own in the crisis chat; also a line of the timeline."""

    kind: What
    params: Params = ()
    drill: bool = False


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A line of the timeline, without a message of its own."""

    kind: What
    params: Params = ()


@dataclass(frozen=True, slots=True)
class CardChanged:
    """The incident's live card shows something old. `fed`: no more than how much came."""

    fed: bool = False


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Store this timer."""

    timer: Timer


@dataclass(frozen=True, slots=True)
class CancelTimers:
    """Cancel the run's waiting ladder timers up to and including this epoch; with `steps`, the steps' too."""

    up_to_epoch: int
    steps: bool = False


Effect = (
    PagePerson
    | PageExhausted
    | RetirePages
    | RenewPages
    | ShareOriginal
    | NotifyTarget
    | AskLease
    | ProposeResolve
    | Announce
    | TimelineEntry
    | CardChanged
    | SetTimer
    | CancelTimers
    | ShowStep
    | RedrawStep
    | Write
    | TakeSnapshot
    | Hold
    | Release
    | OfferRelease
    | PublishPost
    | ReplyTo
    | OpenPlaybook
    | GiveEvidence
    | OfferHandOver
    | EndOffer
    | AskReview
)

Marked = (
    PagePerson
    | PageExhausted
    | ShareOriginal
    | NotifyTarget
    | AskLease
    | ProposeResolve
    | Announce
    | ShowStep
    | OfferRelease
    | PublishPost
    | ReplyTo
    | OpenPlaybook
    | OfferHandOver
    | AskReview
)
"""New messages to people: each says whether it is an exercise."""


class Why(StrEnum):
    """Why an event changed nothing; chat/words has the answer for each."""

    STALE = "stale"
    """Something happened since: Refusal.what and .by say it."""
    NOT_OPENED = "not_opened"
    ALREADY_OPENED = "already_opened"
    CLOSED = "closed"
    REPEAT_IGNORED = "repeat_ignored"
    NOT_CALLED = "not_called"
    TAKEN = "taken"
    ALREADY_YOURS = "already_yours"
    NOBODY_HAS_IT = "nobody_has_it"
    NOT_OWNER = "not_owner"
    ALL_CALLED = "all_called"
    NOT_CLOSER = "not_closer"
    NEEDS_REASON = "needs_reason"
    NO_SUCH_ITEM = "no_such_item"
    STEP_NOT_READY = "step_not_ready"
    ALREADY_TICKED = "already_ticked"
    STEP_OVER = "step_over"
    """The step, or this attempt of it, has ended."""
    STEP_NOT_YOURS = "step_not_yours"
    OWN_WORDS = "own_words"
    """An author never approves."""
    WORDS_CHANGED = "words_changed"
    ALREADY_VOTED = "already_voted"
    NO_SUCH_STEP = "no_such_step"
    NOT_SKIPPABLE = "not_skippable"
    NOBODY_ASKED = "nobody_asked"
    NOTHING_HELD = "nothing_held"


@dataclass(frozen=True, slots=True)
class Refusal:
    """The answer to an event that changed nothing. For a stale button: what happened, by whom, when."""

    why: Why
    by: PersonId | None = None
    what: What | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a run. With a refusal the state is the old one and there are no effects."""

    state: RunState
    effects: tuple[Effect, ...] = ()
    refusal: Refusal | None = None
