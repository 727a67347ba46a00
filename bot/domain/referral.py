"""Not our authority: the case goes to whoever is in charge, and the citizen reads who that is."""

import re
from dataclasses import replace
from datetime import datetime

from bot.domain.case import Case, CaseStatus, CloseReason, changed
from bot.domain.errors import BadInput, WrongState
from bot.domain.people import PersonId

_NUMBER = re.compile(r"(?:(?:sp4n[ -]?)?lapor!?)?[ :#]*([0-9][0-9. ]{3,18}[0-9])", re.IGNORECASE)
_SHORTEST, _LONGEST = 5, 12
_KEPT = frozenset(
    {CaseStatus.NEW, CaseStatus.ASSIGNED, CaseStatus.SNOOZED, CaseStatus.ANSWERED, CaseStatus.HANDED_OVER}
)


def read_lapor(typed: str) -> str:
    """The digits of a number at SP4N-LAPOR!, however somebody wrote it. Raises BadInput."""
    found = _NUMBER.fullmatch(typed.strip())
    digits = re.sub(r"\D", "", found[1]) if found is not None else ""
    if not _SHORTEST <= len(digits) <= _LONGEST:
        raise BadInput("lapor")
    return digits


def has_lapor(case: Case, number: str, now: datetime) -> Case:
    """The matter stands at SP4N-LAPOR! under this number; a later one takes the place of an earlier."""
    if case.sensitive:
        raise WrongState("sensitive")
    if case.status not in _KEPT:
        raise WrongState(case.status, case.closed_by or case.assignee or "")
    # What the buttons mean does not change, nor does the panel in which somebody is writing.
    return replace(case, lapor=number, updated_at=now)


def handed_over(case: Case, person: PersonId, now: datetime) -> Case:
    """The words that say who is in charge stand in public."""
    return changed(
        case,
        now,
        status=CaseStatus.HANDED_OVER,
        close_reason=CloseReason.NOT_OURS,
        closed_by=person,
        answered_at=now,
        due_at=None,
    )
