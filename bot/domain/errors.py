"""Why a rule said no: one family, as data. The sentences that people read are in chat/words.

Refused
├── NotAllowed        the role has no such right
├── NotMember         is not in the team's group: left it, or never was there
├── NotNamed          somebody's life is at risk: only the people named for it may
├── NotEnrolled       nobody of the team is behind this Telegram account
├── NotFound          no such case, draft, incident, template
├── TakenBy           somebody else has it
├── Outdated          the button shows an older state (version, revision, text)
├── WrongState        the thing is not in a state that allows this
├── OwnWords          an author may not approve the own words
├── Expired           too late
├── NeedsPause        the one-person agency reads once more first
├── TooFast           more presses than a thumb makes
├── CannotJoin        this case cannot share the words of another
├── CannotSwap        these two cannot exchange these shifts
├── CannotModerate    this measure may not be taken against this comment
├── PersonalData      the text holds data that must not be published
├── UnusableTemplate  not approved, expired, retired
└── BadInput          what was typed cannot be used
"""

from dataclasses import dataclass
from datetime import datetime


class Refused(Exception):
    """A rule said no and nothing was changed."""


@dataclass(eq=False)
class NotAllowed(Refused):
    action: str
    why: str = ""


@dataclass(eq=False)
class NotMember(Refused):
    """`never`: not seen in the group so far, so nothing ended; else the rights have ended."""

    never: bool = False


@dataclass(eq=False)
class NotNamed(Refused):
    pass


@dataclass(eq=False)
class NotEnrolled(Refused):
    pass


@dataclass(eq=False)
class NotFound(Refused):
    what: str
    ref: str


@dataclass(eq=False)
class TakenBy(Refused):
    person: str


@dataclass(eq=False)
class Outdated(Refused):
    """What the button belonged to has moved on; `now_is` names the present state, `by` who did it."""

    now_is: str
    by: str = ""


@dataclass(eq=False)
class WrongState(Refused):
    state: str
    by: str = ""


@dataclass(eq=False)
class OwnWords(Refused):
    """`private`: it waits for the other named person, not for a coordinator."""

    private: bool = False


@dataclass(eq=False)
class Expired(Refused):
    at: datetime


@dataclass(eq=False)
class NeedsPause(Refused):
    until: datetime


@dataclass(eq=False)
class TooFast(Refused):
    pass


@dataclass(eq=False)
class CannotJoin(Refused):
    """`why`: sensitive, emergency, closed, drafted, taken (`by` whom), name (the text holds a citizen's)."""

    case: int
    why: str
    by: str = ""


@dataclass(eq=False)
class CannotSwap(Refused):
    """`why`: same, over, not_on, busy, on_leave. Of whom: `person`."""

    why: str
    person: str


@dataclass(eq=False)
class CannotModerate(Refused):
    """`why`: see domain/measure and domain/moderation.untouchable, or what Telegram's own rules say."""

    why: str


@dataclass(eq=False)
class PersonalData(Refused):
    reasons: tuple[str, ...]


@dataclass(eq=False)
class UnusableTemplate(Refused):
    title: str
    why: str


@dataclass(eq=False)
class BadInput(Refused):
    why: str


@dataclass(eq=False)
class RunRefused(Refused):
    """`why`: see run_effects.Why. For a stale button: `what` happened, `by` whom, `at` what time."""

    why: str
    by: str = ""
    what: str = ""
    at: datetime | None = None


HOPELESS = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError)
"""No refusals: errors that lie in what came or in the code. Trying again would end in them again."""
