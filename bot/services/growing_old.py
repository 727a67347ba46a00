"""A case for which nothing was promised grows older too: later than one that was, and by one step only."""

from dataclasses import replace
from datetime import datetime

from bot.domain.case import Case, CaseId, CaseStatus
from bot.domain.outgoing import CaseCard
from bot.domain.priority import aged, patience
from bot.domain.promise import Promise
from bot.domain.timer import Timer
from bot.services.ports import Parts

OLD = "answer_old"
_WAITS = frozenset({CaseStatus.NEW, CaseStatus.ASSIGNED, CaseStatus.DRAFTED})


async def watch(tx: Parts, promise: Promise, case: Case, since: datetime) -> None:
    """Sets its timer; asked again with the same case it is the same one."""
    due = _old_at(promise, case, since)
    if due is not None:
        await tx.timers.set(Timer(f"case:{case.id}", OLD, due, epoch=int(due.timestamp())))


async def grow(tx: Parts, promise: Promise, timer: Timer, now: datetime) -> None:
    """So much time went by: its place in the queue and its card say so."""
    case = await tx.cases.get(CaseId(int(timer.subject.removeprefix("case:"))))
    if case is None or case.due_at is not None or await _is_behind(tx, case):
        return
    if case.status is CaseStatus.SNOOZED:  # who snoozed it decided to let it wait
        await watch(tx, promise, case, now)
        return
    due = _old_at(promise, case, case.opened_at)
    if case.status not in _WAITS or due is None or due > now:
        return
    older = aged(case.priority, now - case.opened_at, late=True)
    if older != case.priority:
        await tx.cases.save(replace(case, priority=older))
        await tx.outbox.put(f"timer:{timer.id}:card", CaseCard(case.id), now)


def _old_at(promise: Promise, case: Case, since: datetime) -> datetime | None:
    """None where somebody was promised something, nobody waits, or nobody knows when the office is open."""
    length = patience(case.verdict, case.priority)
    if promise.hours is None or case.sensitive or length is None:
        return None
    return promise.open_time(since.replace(microsecond=0), length)


async def _is_behind(tx: Parts, case: Case) -> bool:
    """Where it stands behind another card, that one grows older for both."""
    member = await tx.clusters.of(case.id)
    return member is not None and not member.shown
