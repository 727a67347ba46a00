"""What the live board and the digest show, read at the moment they are drawn."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from bot.domain.case import CaseId, CaseStatus
from bot.domain.queue import QueueFilter
from bot.services.ports_board import Emergency
from bot.services.views import QueueLine


@dataclass(frozen=True, slots=True)
class BoardView:
    """The state of the queue. Two that are equal but for `now` look the same."""

    counts: Mapping[CaseStatus, int]
    labels: Mapping[str, int]
    """Open cases per certain label; a case may have several."""
    digest: int
    """How many have no card."""
    oldest: datetime | None
    """Since when the one that nobody answered waits longest."""
    late: int
    next_due: Sequence[tuple[CaseId, datetime]]
    workload: Sequence[tuple[str, int]]
    """Names with their open cases, and units with what waits for one of theirs."""
    emergencies: Sequence[Emergency]
    emergency_cases: int
    emergency_comments: int
    incidents: Sequence[str]
    locked_by: str
    mode_by: str
    mode_since: datetime | None
    """The crisis mode, while it is in force."""
    unread: int
    """What citizens wrote and nobody has read yet, not even the classifier; 0 while that is little."""
    names: Mapping[str, str]
    now: datetime

    @property
    def state(self) -> object:
        """All but the time."""
        return tuple(getattr(self, one.name) for one in fields(self) if one.name != "now")


@dataclass(frozen=True, slots=True)
class DigestView:
    """`lines`: the most urgent of `count`."""

    lines: Sequence[QueueLine]
    count: int
    now: datetime


@dataclass(frozen=True, slots=True)
class QueueView:
    """A page of /antrean. `bare`: those that have no card yet."""

    wanted: QueueFilter
    page: int
    lines: Sequence[QueueLine]
    bare: Collection[CaseId]
    further: bool
    own: bool = False
    """Its reader sees no more than this, so nothing below it leads further."""
