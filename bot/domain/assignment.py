"""Giving a case to somebody: a person, who has it from then on, or a unit, of which somebody takes it."""

from datetime import datetime

from bot.domain.case import Case, CaseStatus, changed, same_version
from bot.domain.errors import TakenBy, WrongState
from bot.domain.people import PersonId

_GIVEN = frozenset({CaseStatus.NEW, CaseStatus.ASSIGNED, CaseStatus.SNOOZED})


def may_be_given(case: Case, by: PersonId, seen: int, *, chief: bool) -> None:
    """Nobody's case may be given away by anybody, somebody's by themselves or a coordinator (`chief`).

    Raises WrongState, TakenBy, Outdated.
    """
    if case.sensitive:
        raise WrongState("sensitive")
    if case.status not in _GIVEN:
        raise WrongState(case.status, case.closed_by or case.assignee or "")
    if case.assignee is not None and case.assignee != by and not chief:
        raise TakenBy(case.assignee)
    same_version(case, seen)


def to_person(case: Case, person: PersonId, unit: str, now: datetime) -> Case:
    """📌 Tugaskan. `unit`: the one that it stays with, if the person is of it."""
    return changed(case, now, status=CaseStatus.ASSIGNED, assignee=person, unit=unit, snoozed_until=None)


def to_unit(case: Case, unit: str, now: datetime) -> Case:
    """It waits for somebody of this unit; "" for everybody."""
    return changed(case, now, status=CaseStatus.NEW, assignee=None, unit=unit, snoozed_until=None)
