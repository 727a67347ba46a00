"""A case: one citizen's matter, from the first comment to the answer.

    new -> assigned -> drafted -> answered -> closed
    beside them: snoozed (comes back), merged (into another case), handed over (not our authority)

Every function takes the case as it is and returns it as it will be, or raises a `Refused`.
`version` goes up with every change that alters what the buttons on the card mean; a button
pressed on an older version is refused and explained. A joined comment is no such change.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.comment import Verdict
from bot.domain.errors import Outdated, TakenBy, WrongState
from bot.domain.people import PersonId
from bot.domain.priority import Priority, assess, judged_anew
from classifiers.labels import Label

CaseId = NewType("CaseId", int)


class CaseStatus(StrEnum):
    NEW = "new"
    ASSIGNED = "assigned"
    DRAFTED = "drafted"
    ANSWERED = "answered"
    CLOSED = "closed"
    SNOOZED = "snoozed"
    MERGED = "merged"
    HANDED_OVER = "handed_over"


class CloseReason(StrEnum):
    """Why a case is closed without (a further) reply."""

    ANSWERED = "answered"
    NO_REPLY_NEEDED = "no_reply_needed"
    DUPLICATE = "duplicate"
    SPAM = "spam"
    NOT_OURS = "not_ours"
    FALSE_ALARM = "false_alarm"


class Panel(StrEnum):
    """Which set of buttons the card shows. Kept here, because the chat message is never the database."""

    MAIN = "main"
    LABEL = "label"
    SNOOZE = "snooze"
    CLOSE = "close"
    ESCALATE = "escalate"
    REPLY = "reply"
    WRITING = "writing"
    SNIPPET = "snippet"
    CLUSTER = "cluster"
    REFER = "refer"
    ASSIGN = "assign"
    CORRECT = "correct"


OF_THE_WRITER = frozenset({Panel.REPLY, Panel.WRITING, Panel.SNIPPET})
"""In the hands of whoever answers."""
OPEN = frozenset({CaseStatus.NEW, CaseStatus.ASSIGNED, CaseStatus.DRAFTED, CaseStatus.SNOOZED})
"""Still needs somebody."""
_WORKABLE = frozenset({CaseStatus.NEW, CaseStatus.ASSIGNED})
_ATTENDED = frozenset({CaseStatus.NEW, CaseStatus.ASSIGNED, CaseStatus.SNOOZED, CaseStatus.ANSWERED})


@dataclass(frozen=True, slots=True)
class Case:
    id: CaseId
    version: int
    status: CaseStatus
    verdict: Verdict
    priority: Priority
    opened_at: datetime
    updated_at: datetime
    assignee: PersonId | None = None
    panel: Panel = Panel.MAIN
    panel_by: PersonId | None = None
    sensitive: bool = False
    """Self-harm: the group sees no name, no text, no link."""
    comments: int = 1
    snoozed_until: datetime | None = None
    close_reason: CloseReason | None = None
    closed_by: PersonId | None = None
    answered_at: datetime | None = None
    merged_into: CaseId | None = None
    due_at: datetime | None = None
    """Until when a first answer was promised; None once it was given, or nothing is promised."""
    unit: str = ""
    """For whom it is: the unit that it was given to, whoever of it has it."""
    lapor: str = ""
    """Its number at SP4N-LAPOR!."""


def changed(case: Case, now: datetime, **to: object) -> Case:
    settled: dict[str, object] = {
        "panel": Panel.MAIN,
        "panel_by": None,
        "version": case.version + 1,
        "updated_at": now,
    }
    return replace(case, **{**settled, **to})  # type: ignore[arg-type]  # names are checked by every caller's tests


def same_version(case: Case, seen: int) -> None:
    """Refuses a button of an older card."""
    if case.version != seen:
        raise Outdated(case.status, case.assignee or "")


def take(case: Case, person: PersonId, seen: int, now: datetime) -> Case:
    """✋ Ambil. One winner; the loser learns who has it, whatever card they were looking at."""
    if case.assignee is not None and case.assignee != person and case.status in OPEN:
        raise TakenBy(case.assignee)
    if case.status not in _WORKABLE and case.status is not CaseStatus.SNOOZED:
        raise WrongState(case.status, case.closed_by or case.assignee or "")
    same_version(case, seen)
    return changed(case, now, status=CaseStatus.ASSIGNED, assignee=person, snoozed_until=None)


def release(case: Case, seen: int, now: datetime) -> Case:
    """Back into the queue."""
    same_version(case, seen)
    if case.status not in {CaseStatus.ASSIGNED, CaseStatus.DRAFTED}:
        raise WrongState(case.status)
    return changed(case, now, status=CaseStatus.NEW, assignee=None)


def take_back(case: Case, seen: int, now: datetime) -> Case:
    """Its draft is withdrawn; the case stays with whoever has it."""
    same_version(case, seen)
    if case.status not in {CaseStatus.ASSIGNED, CaseStatus.DRAFTED}:
        raise WrongState(case.status)
    return changed(case, now, status=CaseStatus.ASSIGNED)


def attend(case: Case, person: PersonId, named: Collection[PersonId], seen: int, now: datetime) -> Case:
    """One of the named people turns to somebody at risk, also once more after an answer.

    Whoever else has the case gives way: they may not read it.
    """
    if case.assignee in named and case.assignee not in {None, person}:
        raise TakenBy(str(case.assignee))
    if case.status not in _ATTENDED:
        raise WrongState(case.status, case.closed_by or case.assignee or "")
    same_version(case, seen)
    return changed(
        case, now, status=CaseStatus.ASSIGNED, assignee=person, snoozed_until=None, answered_at=None
    )


def at_risk(case: Case, now: datetime) -> Case:
    """It is about somebody's life: the card shows no words any more, and its old buttons are void."""
    return changed(case, now, sensitive=True, priority=assess(case.verdict, sensitive=True), due_at=None)


def given_up(case: Case, now: datetime) -> Case:
    """It turned out to be about somebody's life: it waits for the named people, whoever had it."""
    if case.status not in {CaseStatus.ASSIGNED, CaseStatus.SNOOZED}:
        return case
    return changed(case, now, status=CaseStatus.NEW, assignee=None, snoozed_until=None)


def came_back(case: Case, now: datetime) -> Case:
    """Somebody at risk wrote after it was closed: it waits for the named people again."""
    return changed(case, now, status=CaseStatus.NEW, assignee=None, close_reason=None, closed_by=None)


def open_panel(case: Case, panel: Panel, person: PersonId, seen: int, now: datetime) -> Case:
    """Shows another set of buttons on the card; Balas takes the case if nobody has it."""
    if case.status not in ({CaseStatus.ANSWERED} if panel is Panel.CORRECT else OPEN):
        raise WrongState(case.status, case.closed_by or "")
    if panel in OF_THE_WRITER and case.assignee not in {None, person}:
        raise TakenBy(str(case.assignee))
    if panel in OF_THE_WRITER and case.status is CaseStatus.DRAFTED:
        raise WrongState(case.status, case.assignee or "")
    same_version(case, seen)
    its: dict[str, object] = {}
    if panel in OF_THE_WRITER:
        its = {"status": CaseStatus.ASSIGNED, "assignee": person, "snoozed_until": None}
    return changed(case, now, panel=panel, panel_by=person, **its)


def back_to_main(case: Case, person: PersonId, seen: int, now: datetime) -> Case:
    """Nobody closes the panel in which somebody else is writing."""
    if case.panel in OF_THE_WRITER and case.assignee not in {None, person}:
        raise TakenBy(str(case.assignee))
    same_version(case, seen)
    return changed(case, now)


def toggle_label(case: Case, label: Label, seen: int, now: datetime) -> Case:
    """🏷 A person corrects the classifier; an unsure label becomes certain or goes. The urgency follows."""
    same_version(case, seen)
    if case.status not in OPEN:
        raise WrongState(case.status, case.closed_by or "")
    labels = set(case.verdict.labels) ^ {label.value}
    ordered = tuple(known.value for known in Label if known.value in labels)
    unsure = tuple(name for name in case.verdict.unsure if name != label.value)
    # What a person says has no score and no words that weighed; it is a reading where there was none.
    scores = tuple((name, score) for name, score in case.verdict.scores if name != label.value)
    reasons = tuple((name, word) for name, word in case.verdict.reasons if name != label.value)
    rules = tuple((name, rule) for name, rule in case.verdict.rules if name != label.value)
    verdict = replace(
        case.verdict, labels=ordered, unsure=unsure, scores=scores, reasons=reasons, rules=rules, error=""
    )
    found = assess(verdict, sensitive=case.sensitive, comments=case.comments, waiting=now - case.opened_at)
    priority = judged_anew(found, case.priority)
    return changed(case, now, verdict=verdict, priority=priority, panel=Panel.LABEL, panel_by=case.panel_by)


def snooze(case: Case, until: datetime, person: PersonId, seen: int, now: datetime) -> Case:
    """⏰ Tunda. A stored timer brings it back."""
    if case.status not in {CaseStatus.NEW, CaseStatus.ASSIGNED, CaseStatus.SNOOZED}:
        raise WrongState(case.status, case.closed_by or "")
    if case.assignee not in {None, person}:
        raise TakenBy(str(case.assignee))
    same_version(case, seen)
    return changed(case, now, status=CaseStatus.SNOOZED, assignee=person, snoozed_until=until)


def wake(case: Case, now: datetime) -> Case:
    """The snooze is over: back to whoever snoozed it."""
    status = CaseStatus.ASSIGNED if case.assignee else CaseStatus.NEW
    return changed(case, now, status=status, snoozed_until=None)


def close(case: Case, reason: CloseReason, person: PersonId, seen: int, now: datetime) -> Case:
    """🗂 Tutup, with a reason."""
    if case.status not in OPEN and case.status is not CaseStatus.ANSWERED:
        raise WrongState(case.status, case.closed_by or "")
    same_version(case, seen)
    status = CaseStatus.HANDED_OVER if reason is CloseReason.NOT_OURS else CaseStatus.CLOSED
    return changed(
        case, now, status=status, close_reason=reason, closed_by=person, snoozed_until=None, due_at=None
    )


def reopen(case: Case, seen: int, now: datetime) -> Case:
    if case.status not in {CaseStatus.CLOSED, CaseStatus.HANDED_OVER, CaseStatus.ANSWERED}:
        raise WrongState(case.status, case.assignee or "")
    same_version(case, seen)
    status = CaseStatus.ASSIGNED if case.assignee else CaseStatus.NEW
    return changed(case, now, status=status, close_reason=None, closed_by=None, answered_at=None)


def drafted(case: Case, person: PersonId, now: datetime) -> Case:
    """A draft waits for approval."""
    return changed(case, now, status=CaseStatus.DRAFTED, assignee=person)


def undrafted(case: Case, now: datetime) -> Case:
    """The draft came back: returned, rejected, expired or stale."""
    return changed(case, now, status=CaseStatus.ASSIGNED)


def answered(case: Case, now: datetime) -> Case:
    return changed(case, now, status=CaseStatus.ANSWERED, answered_at=now, due_at=None)


def joined(case: Case, verdict: Verdict, priority: Priority, now: datetime) -> Case:
    """One more message of the same citizen: labels add up, an answered case needs a person again.

    The version stays unless the state changes, so that a thumb already on its way is not refused.
    """
    merged = merge_verdicts(case.verdict, verdict)
    grown = replace(case, verdict=merged, priority=priority, comments=case.comments + 1, updated_at=now)
    if case.status is CaseStatus.ANSWERED:
        return changed(
            grown, now, status=CaseStatus.ASSIGNED if case.assignee else CaseStatus.NEW, answered_at=None
        )
    return grown


def merge_verdicts(old: Verdict, new: Verdict) -> Verdict:
    """Labels of both; the higher score of each; reasons and topics in order, once."""
    certain = set(old.labels) | set(new.labels)
    scores = dict(old.scores)
    for label, score in new.scores:
        scores[label] = max(score, scores.get(label, 0.0))
    return Verdict(
        labels=tuple(known.value for known in Label if known.value in certain),
        unsure=tuple(
            n.value for n in Label if n.value in {*old.unsure, *new.unsure} and n.value not in certain
        ),
        scores=tuple(scores.items()),
        reasons=tuple(dict.fromkeys((*old.reasons, *new.reasons))),
        topics=tuple(dict.fromkeys((*old.topics, *new.topics))),
        model=new.model or old.model,
        error=new.error,
        rules=tuple(dict.fromkeys((*old.rules, *new.rules))),
    )
