"""What the cards show: everything that a drawing needs, read at the moment it is drawn."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.case import Case
from bot.domain.comment import KeptComment
from bot.domain.data_request import DataRequest
from bot.domain.outgoing import Queued
from bot.domain.reply import Draft
from bot.domain.suggest import Suggestion
from bot.domain.template import Change, Slot
from bot.domain.writer import NEW_HERE, Writer
from bot.services.claim_rows import NOTHING_SAID, Glance
from bot.services.note_rows import NO_NOTES, Notes
from bot.services.ports_outside import UnderWay
from bot.services.views_clusters import NOBODY_ELSE, ClusterView
from bot.services.watched import UNWATCHED, Watched


@dataclass(frozen=True, slots=True)
class PlaybookChoice:
    """A playbook that a person may open from a card; `short` names it in a button."""

    short: str
    name: str
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Assignable:
    """One button of 📌 Tugaskan. `who`: a person's id, or `unit:bpbd`."""

    short: str
    who: str


@dataclass(frozen=True, slots=True)
class TemplateChoice:
    """A suggested template; `short` names it in a button."""

    short: str
    suggestion: Suggestion


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with all that its card shows in its present state.

    `comment` is the newest revision of the latest message; `earlier` are the others, oldest first.
    `open_slot` is the next gap to fill while a draft is being written.
    """

    case: Case
    comment: KeptComment
    earlier: tuple[KeptComment, ...]
    edited: bool
    draft: Draft | None
    open_slot: Slot | None
    can_send_now: bool
    templates: tuple[TemplateChoice, ...]
    playbooks: tuple[PlaybookChoice, ...]
    names: Mapping[str, str]
    """Person id to the name shown."""
    now: datetime
    guard: tuple[str, ...] = ()
    """Why the draft may not go out as it stands (Indonesian sentences)."""
    hints: tuple[str, ...] = ()
    """Gentle remarks on its tone."""
    waiting_for: tuple[str, ...] = ()
    """Who was asked to approve."""
    preview: str = ""
    """The draft as it reads so far; open gaps stand as a line."""
    unsent: str = ""
    """Set while the posted reply is not certain: uncertain, queued, failed, locked."""
    doubt: bool = False
    """Words that no longer answer the citizen may stand there all the same: nobody has looked yet."""
    writer: Writer = NEW_HERE
    """Other cases of whoever wrote it."""
    requests: tuple[DataRequest, ...] = ()
    """What units were asked for about it."""
    cluster: ClusterView = NOBODY_ELSE
    claims: Glance = NOTHING_SAID
    """The claim that the comment tells, or those that it is like."""
    watched: Watched = UNWATCHED
    assignable: tuple[Assignable, ...] = ()
    """Whom it may be given to, while somebody chooses."""
    notes: Notes = NO_NOTES
    """What the team says among itself."""

    @property
    def age(self) -> timedelta:
        return self.now - self.case.opened_at


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft as an approver sees it: comment, exact text, what differs from the template, source."""

    draft: Draft
    case: Case
    comment: KeptComment
    changes: tuple[Change, ...]
    source: str
    template_title: str
    hints: tuple[str, ...]
    names: Mapping[str, str]
    now: datetime
    alone: bool
    """The reader is the author of a one-person agency and confirms after a pause."""
    others: tuple[KeptComment, ...] = ()
    """The other comments that the same words answer, while they are decided on."""
    more_sources: tuple[str, ...] = ()
    """Of the templates that follow the first."""
    bases: tuple[str, ...] = ()
    """What the templates rest on beside pages: a regulation, a procedure, whose word."""
    repeats: bool = False
    """Once they stand, the bot gives these words again by itself."""
    private: "PrivateView | None" = None
    """Of words to somebody at risk: what the named people see, and nobody else."""


@dataclass(frozen=True, slots=True)
class PrivateView:
    """All that the named people work with. `comment` is what the citizen wrote last, `earlier` the rest."""

    readers: Collection[str]
    comment: KeptComment
    earlier: tuple[KeptComment, ...]
    templates: tuple[TemplateChoice, ...] = ()
    open_slot: Slot | None = None
    preview: str = ""
    guard: tuple[str, ...] = ()
    waiting_for: tuple[str, ...] = ()
    unsent: str = ""
    doubt: bool = False
    """Of this very draft: given up since, and nobody knows whether it arrived."""
    in_public: bool = False
    """The answer stands where everybody reads it."""


@dataclass(frozen=True, slots=True)
class UncertainView:
    """A public message whose fate is unknown, with the text for checking by eye."""

    queued: Queued
    case: Case
    comment: KeptComment
    text: str
    manual: bool
    """There is no way to post on that platform: a person copies the text."""
    names: Mapping[str, str]
    now: datetime
    settled_by: str = ""
    outdated: bool = False
    """The words answer nobody any more: they are not sent again, whatever a person finds."""


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One line of /antrean and /cari."""

    case: Case
    comment: KeptComment
    link: str


@dataclass(frozen=True, slots=True)
class StatusView:
    """The picture behind /status."""

    counts: Mapping[str, int]
    oldest: datetime | None
    on_duty: tuple[str, ...]
    incidents: tuple[str, ...]
    locked_by: str
    uncertain: int
    waiting_out: int
    now: datetime
    hearing: str = ""
    """What is wrong with hearing Telegram."""
    imports: Sequence[UnderWay] = ()
    """Files of comments that are not wholly in."""
