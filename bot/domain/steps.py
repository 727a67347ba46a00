"""What a step of a playbook can be: thirteen kinds, one small type each. Data only."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from typing import Literal, get_args

from bot.domain.expression import Expression


class AnswerKind(StrEnum):
    """What may be typed into one line of a form."""

    TEXT = "text"
    URL = "url"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a form. `allow` names the domains of a URL; nothing outside is ever fetched to look.

    `max` counts characters of a TEXT and is the largest NUMBER; `choices` pairs a key with its words.
    `required_for`: the choices of the question that cannot be sent without this line.
    """

    id: str
    kind: AnswerKind = AnswerKind.TEXT
    ask: str = ""
    max: int | None = None
    allow: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    optional: bool = False
    required_for: tuple[str, ...] = ()

    def asked_for(self, choice: str) -> "Field":
        """The line as it holds once this choice is made."""
        return replace(self, optional=False) if choice in self.required_for else self


class Scope(StrEnum):
    """What a freeze holds back."""

    SCHEDULED_POSTS = "scheduled_posts"
    """What the office planned in other tools: people are told to hold it, and later to look at it again."""
    REPLIES = "replies"
    """Everything that this bot would say to the public, but for the words of this run."""


@dataclass(frozen=True, slots=True)
class Freeze:
    """Hold something back until the run is resolved; it is released one by one, by a person."""

    scope: Scope = Scope.SCHEDULED_POSTS

    @property
    def by_hand(self) -> bool:
        """Whether people have to hold it themselves, and say that they have: the bot cannot."""
        return self.scope is Scope.SCHEDULED_POSTS


HELD = "held"
"""The one thing to tick of a freeze that people do by hand."""


class Matter(StrEnum):
    """Which comments a step is about."""

    CLAIM = "claim"
    """Every piece of evidence of this run."""
    CASE = "case"
    """The comments of the case that opened it."""


Masked = Literal[
    "phone",
    "nik",
    "kk",
    "npwp",
    "email",
    "account",
    "card",
    "health",
    "plate",
    "passport",
    "long_number",
    "address",
    "name",
]
"""Every kind of personal data that the guard finds, and two that are covered in evidence only."""
MASKED: tuple[Masked, ...] = tuple(kind for kind in get_args(Masked) if kind != "name")
"""What is covered where a playbook does not say: all but the name of the writer."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Keep evidence as it is now, with its hash; what `mask` names is hidden in every copy that is shown."""

    of: Matter = Matter.CLAIM
    keep: tuple[str, ...] = ("text", "link", "sha256")
    mask: tuple[str, ...] = MASKED


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to a person: one of the choices (key, words), then the fields."""

    question: str
    choices: tuple[tuple[str, str], ...] = ()
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """A data request to another unit, which answers these fields and is credited for it."""

    fields: tuple[Field, ...]
    question: str = ""


@dataclass(frozen=True, slots=True)
class Compose:
    """`uses: draft`: words made of a template version. `slots` maps a slot to where its value comes from: a
    dotted name such as `steps.verifikasi.fakta` or `agency.name`. An empty one reads "belum kami ketahui".
    """

    template: str
    slots: Mapping[str, str] = field(default_factory=dict)
    style: str = ""


@dataclass(frozen=True, slots=True)
class Approve:
    """So many people who are no author of the words. Fewer where they are those of an approved template."""

    approvals: int = 1
    approvals_if_unedited: int = 1


@dataclass(frozen=True, slots=True)
class Publish:
    """Approved words on channels. One the bot cannot reach is done by a person, who sends back the link.

    `correct_when`: what makes these the correct words and not a holding statement; None: they always are.
    """

    to: tuple[str, ...]
    pin: bool = False
    correct_when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """`uses: reply`: approved words under every comment of the matter, at a set pace."""

    template: str
    scope: Matter = Matter.CLAIM
    max_per_minute: int = 6
    skip: tuple[str, ...] = ()
    slots: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist. `due` counts from the moment the step is ready."""

    id: str
    text: str
    due: timedelta | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Checklist:
    """Things people tick; done when every required item is (all of them, where none is required)."""

    items: tuple[Item, ...]

    @property
    def required(self) -> tuple[Item, ...]:
        """The items that must be ticked before the step is done."""
        return tuple(item for item in self.items if not item.optional) or self.items


@dataclass(frozen=True, slots=True)
class Cadence:
    """A question that comes back every so often until the run is resolved. `escalate` calls the next level
    where it stays without an answer until the next one is due.
    """

    every: timedelta
    ask: str
    escalate: bool = False


@dataclass(frozen=True, slots=True)
class Notify:
    """Tell people something; done as soon as it is said. `acker` waits for the first acknowledgement."""

    text: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Let time pass, or wait until something holds, whichever is given; with both, whichever comes first."""

    lasts: timedelta | None = None
    until: Expression | None = None


@dataclass(frozen=True, slots=True)
class Handoff:
    """Cancel the rest and open the named playbook, in the same moment."""

    playbook: str


Uses = (
    Freeze
    | Snapshot
    | Ask
    | Request
    | Compose
    | Approve
    | Publish
    | Answer
    | Checklist
    | Cadence
    | Notify
    | Wait
    | Handoff
)
"""What a step does: a closed union, so that a new kind is a new member and every `match` asks for it."""

CHANNELS = (
    "telegram-channel",
    "instagram",
    "facebook",
    "x",
    "youtube",
    "tiktok",
    "threads",
    "whatsapp-channel",
    "website",
    "radio",
)
"""Where words can be published. The bot itself reaches the first alone; on the others a person posts."""
SPEAKS_TO_THE_PUBLIC = (Publish, Answer)
"""Behind an approval always; never on a skip; never from a drill."""
NEVER_ON_A_SKIP = (Approve, Publish, Answer)
"""Where the draft or the approval they need was not done, they are skipped with it."""
