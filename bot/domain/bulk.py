"""One act on many cases at once: what is left out of it, and how it goes from a preview to its end.

    proposed -> waiting (still to be undone) -> done
    beside them: undone

Nothing has changed before it is done: undoing is not doing it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.case import OPEN, Case, CaseId, CaseStatus
from bot.domain.errors import BadInput
from bot.domain.people import PersonId
from bot.domain.priority import Urgency

UNDO = timedelta(seconds=15)
_PREVIEW_HOLDS = timedelta(minutes=10)
"""Longer, and the cases that it lists are not those of the search any more."""


class BulkKind(StrEnum):
    CLOSE = "close"
    LABEL = "label"
    REPLY = "reply"


class BulkState(StrEnum):
    PROPOSED = "proposed"
    WAITING = "waiting"
    DONE = "done"
    UNDONE = "undone"


class Why(StrEnum):
    """What keeps a case out."""

    SENSITIVE = "sensitive"
    EMERGENCY = "emergency"
    OVER = "over"
    TAKEN = "taken"
    DRAFTED = "drafted"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Bulk:
    """`argument`: the reason of closing, or the label. `to`: where its card stands.

    `cases`: how many it is about; `done` and `skipped`: how they ended.
    """

    id: int
    person: PersonId
    to: str
    kind: BulkKind
    argument: str
    state: BulkState
    at: datetime
    cases: int
    left_out: tuple[tuple[str, int], ...] = ()
    due_at: datetime | None = None
    done: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Sifted:
    """The cases that an act is about, with the version that was seen, and why others are left out."""

    cases: tuple[tuple[CaseId, int], ...]
    left_out: tuple[tuple[str, int], ...]


def why_not(case: Case, kind: BulkKind, argument: str, person: PersonId, *, drafted: bool) -> Why | None:
    """Why this case is not treated as one of many; None when it may be.

    `drafted`: somebody writes or decides on words for it.
    """
    closable = case.status in OPEN or (kind is BulkKind.CLOSE and case.status is CaseStatus.ANSWERED)
    checks = (
        (Why.SENSITIVE, case.sensitive),
        (Why.EMERGENCY, case.priority.urgency is Urgency.EMERGENCY),
        (Why.OVER, not closable),
        (Why.TAKEN, case.assignee not in {None, person}),
        (Why.DRAFTED, drafted),
        (Why.SAME, kind is BulkKind.LABEL and argument in case.verdict.labels),
    )
    return next((why for why, applies in checks if applies), None)


def sift(
    cases: Sequence[tuple[Case, bool]], kind: BulkKind, argument: str, person: PersonId, most: int
) -> Sifted:
    """Of cases, each with whether words for it are on their way, the first `most` that may be treated so."""
    kept: list[tuple[CaseId, int]] = []
    counted: dict[str, int] = {}
    for case, drafted in cases:
        why = why_not(case, kind, argument, person, drafted=drafted)
        if why is not None:
            counted[why] = counted.get(why, 0) + 1
        elif len(kept) < most:
            kept.append((case.id, case.version))
    if not kept:
        raise BadInput("bulk_none")
    return Sifted(tuple(kept), tuple(counted.items()))


def confirm(bulk: Bulk, person: PersonId, now: datetime) -> Bulk:
    """Whoever saw the preview says yes. Raises BadInput."""
    if person != bulk.person:
        raise BadInput("bulk_not_yours")
    if bulk.state is not BulkState.PROPOSED:
        raise BadInput("bulk_over")
    if now - bulk.at > _PREVIEW_HOLDS:
        raise BadInput("bulk_old")
    if bulk.kind is BulkKind.REPLY:  # its words are approved by others: nothing is to be undone
        return replace(bulk, state=BulkState.DONE)
    return replace(bulk, state=BulkState.WAITING, due_at=now + UNDO)


def undo(bulk: Bulk, person: PersonId) -> Bulk:
    """By whoever proposed it, until it begins. Raises BadInput."""
    if person != bulk.person:
        raise BadInput("bulk_not_yours")
    if bulk.state not in {BulkState.PROPOSED, BulkState.WAITING} or bulk.done or bulk.skipped:
        raise BadInput("bulk_over")
    return replace(bulk, state=BulkState.UNDONE, due_at=None)
