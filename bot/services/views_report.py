"""What a crisis report shows, read and masked once, before anything is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.comment import CommentId, Platform
from bot.domain.incident import RunId
from bot.domain.measure_tally import RuleCount
from bot.domain.metrics import Measures, Moments, Series
from bot.domain.people import PersonId, Zone
from bot.domain.run_types import RunState
from bot.services.ports import TimelineLine
from bot.services.report_rows import Answer, Head


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Whose report it is, and by which clock it is read."""

    agency: str
    zone: Zone


@dataclass(frozen=True, slots=True)
class Said:
    """Approved words that stand in public. `text` is "" where they are for a few eyes only."""

    at: datetime
    text: str
    source: str
    """The template with its version, or "" for words of one's own."""
    authors: tuple[PersonId, ...]
    approvers: tuple[PersonId, ...]
    approved_at: datetime | None
    link: str
    sha256: str
    answered: int
    """How many comments they answer; 0 for a post of its own."""
    alone: bool = False
    """Nobody else approved: an agency of one person."""
    channel: str = ""
    """Where it was posted; "" for replies."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One comment of the run. Its writer is a number of this report; text and link are "" where hidden."""

    id: CommentId
    written_at: datetime
    kept_at: datetime
    writer: int
    platform: Platform
    text: str
    link: str
    sha256: str
    holds: bool
    """The text in the store still has the hash that was taken when it became evidence."""
    hidden: bool


@dataclass(frozen=True, slots=True)
class EvidenceList:
    """The first ones, and a sum over all: `sha256` is taken of every number and hash, line by line."""

    shown: tuple[Evidence, ...]
    total: int
    changed: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Chain:
    """The journal, checked now. `broken`: the first line that does not fit; None when all do."""

    lines: int
    broken: int | None
    head: Head | None


@dataclass(frozen=True, slots=True)
class RunReport:
    """One run. `hidden`: a life was at risk, so nothing that anybody typed is shown."""

    state: RunState
    moments: Moments
    measures: Measures
    series: Series
    timeline: tuple[TimelineLine, ...]
    said: tuple[Said, ...]
    evidence: EvidenceList
    chain: Chain
    answers: tuple[Answer, ...]
    names: Mapping[str, str]
    now: datetime

    @property
    def hidden(self) -> bool:
        return self.state.playbook.sensitive

    @property
    def drill(self) -> bool:
        return self.state.incident.drill


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run in the report of a period."""

    state: RunState
    moments: Moments
    measures: Measures


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """Several runs, exercises apart. `own`: only those in which the reader had a hand."""

    since: datetime
    until: datetime
    real: tuple[RunLine, ...]
    drills: tuple[RunLine, ...]
    names: Mapping[str, str]
    now: datetime
    own: bool = False
    moderated: tuple[RuleCount, ...] = ()
    """Not told to whoever reads the own work alone."""


@dataclass(frozen=True, slots=True)
class Part:
    """What somebody did in one run, by the names of the deeds, each with how often."""

    run: RunId
    playbook: str
    drill: bool
    opened_at: datetime
    deeds: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ContributionRecord:
    """What one person did. Figures of one person only: there is no other to compare with."""

    person: PersonId
    name: str
    since: datetime
    until: datetime
    parts: tuple[Part, ...]
    """In the order of their opening."""
    daily: Mapping[str, int]
    """Outside incidents: deeds by name, each counted once per case or draft."""
    now: datetime
