"""What a correction took up, so that it can be put back for a short while."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.bulk import UNDO
from bot.domain.case import Case, CaseId, CaseStatus, changed
from bot.domain.people import PersonId


@dataclass(frozen=True, slots=True)
class Reopened:
    """A case that was answered: how it stands since, and how it stood before."""

    case: CaseId
    version: int
    comments: int
    answered_at: datetime
    assignee: PersonId | None = None

    def untouched(self, case: Case, since: datetime) -> bool:
        """Whether nobody has worked on it and its citizen has not written."""
        return (case.version, case.comments) == (self.version, self.comments) and case.updated_at <= since


@dataclass(frozen=True, slots=True)
class Begun:
    """`cases`: the card's own first."""

    at: datetime
    cases: tuple[Reopened, ...]

    def may_end(self, now: datetime) -> bool:
        return now - self.at <= UNDO


def put_back(case: Case, before: Reopened, now: datetime) -> Case:
    """Answered, as it was."""
    return changed(
        case,
        now,
        status=CaseStatus.ANSWERED,
        assignee=before.assignee,
        answered_at=before.answered_at,
        due_at=None,
    )
