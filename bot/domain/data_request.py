"""A unit is asked for data outside of a playbook: one question, one deadline, one answer with a name.

    waiting -> answered
    waiting -> late -> answered

Late is not over: the team is told what may be said meanwhile, and an answer is still welcome.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.domain.case import CaseId
from bot.domain.claim import ClaimId
from bot.domain.errors import BadInput, WrongState
from bot.domain.people import PersonId

RequestId = NewType("RequestId", int)
LONGEST_QUESTION = 600
LONGEST_ANSWER = 2000
_LONGEST_TIME = timedelta(days=14)
_SHORTEST_TIME = timedelta(minutes=5)
_ASKED = re.compile(
    r"\s*([a-z0-9][a-z0-9-]*)\s*(?:\(\s*([0-9]{1,3})\s*(menit|jam|hari)\s*\))?\s*[:,]\s*(.+)",
    re.IGNORECASE | re.DOTALL,
)
_UNITS = {"menit": timedelta(minutes=1), "jam": timedelta(hours=1), "hari": timedelta(days=1)}


class RequestState(StrEnum):
    WAITING = "waiting"
    LATE = "late"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class DataRequest:
    id: RequestId
    unit: str
    question: str
    asked_by: PersonId
    asked_at: datetime
    due_at: datetime
    state: RequestState = RequestState.WAITING
    claim: ClaimId | None = None
    case: CaseId | None = None
    answer: str = ""
    answered_by: PersonId | None = None
    answered_at: datetime | None = None

    @property
    def remind_at(self) -> datetime:
        """When two thirds of the time are over."""
        return self.asked_at + (self.due_at - self.asked_at) * 2 / 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed: the unit, perhaps a time, the question."""

    unit: str
    question: str
    within: timedelta | None


def read_asked(text: str) -> Asked:
    """`bpbd: berapa rumah terendam?`, `bpbd (2 jam): …`. Raises BadInput."""
    found = _ASKED.fullmatch(text)
    if found is None:
        raise BadInput("data_how")
    unit, number, measure, question = found.groups()
    words = " ".join(question.split())
    if len(words) > LONGEST_QUESTION:
        raise BadInput(f"too_long:{LONGEST_QUESTION}")
    within = int(number) * _UNITS[measure.lower()] if number else None
    if within is not None and not _SHORTEST_TIME <= within <= _LONGEST_TIME:
        raise BadInput("data_time")
    return Asked(unit.lower(), words, within)


def answered(request: DataRequest, text: str, by: PersonId, now: datetime) -> DataRequest:
    """The first answer counts, also when it comes late. Raises WrongState, BadInput."""
    if request.state is RequestState.ANSWERED:
        raise WrongState("data_answered", request.answered_by or "")
    words = text.strip()
    if len(words) > LONGEST_ANSWER:
        raise BadInput(f"too_long:{LONGEST_ANSWER}")
    return replace(request, state=RequestState.ANSWERED, answer=words, answered_by=by, answered_at=now)


def late(request: DataRequest) -> DataRequest:
    """The time is over, and nobody has answered."""
    return replace(request, state=RequestState.LATE) if request.state is RequestState.WAITING else request
