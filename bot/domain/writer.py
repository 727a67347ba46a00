"""What is known of whoever wrote a comment: their other cases here, and nothing about what they think.

No labels, no score: how often they wrote, since when, and what they were answered last.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.case import OPEN, CaseId, CaseStatus
from bot.domain.priority import Urgency

MOST_READ = 200
"""Comments of one writer that are looked at for a card; who wrote more is said to have written often."""
_MOST_WAITING = 5


@dataclass(frozen=True, slots=True)
class Matter:
    """Another case of the same writer; `since`: of its first comment."""

    case: CaseId
    status: CaseStatus
    urgency: Urgency
    since: datetime
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class History:
    """What they wrote before, as far as some of it is settled."""

    times: int
    since: datetime
    answered_at: datetime | None = None
    answered: CaseId | None = None


@dataclass(frozen=True, slots=True)
class Writer:
    """`waiting`: cases that still need somebody, but for what hardly matters."""

    waiting: tuple[CaseId, ...] = ()
    history: History | None = None


NEW_HERE = Writer()


def writer_of(matters: Sequence[Matter]) -> Writer:
    """From the other cases of one writer. What waits is named by itself, so that alone is no history."""
    if not matters:
        return NEW_HERE
    waiting = sorted(one.case for one in matters if one.status in OPEN and one.urgency < Urgency.LOW)
    if all(one.status in OPEN for one in matters):
        return Writer(tuple(waiting[:_MOST_WAITING]))
    answers = [(one.answered_at, one.case) for one in matters if one.answered_at is not None]
    at, case = max(answers, default=(None, None))
    history = History(len(matters), min(one.since for one in matters), at, case)
    return Writer(tuple(waiting[:_MOST_WAITING]), history)
