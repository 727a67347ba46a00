"""The first answer that was promised: a reminder before, a call to the coordinators when it is late."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.assignment import to_unit
from bot.domain.case import Case, CaseId, CaseStatus
from bot.domain.journal import Entry
from bot.domain.outgoing import TRIAGE, CaseCard, Notice
from bot.domain.priority import Urgency, aged
from bot.domain.promise import Deadline, Promise
from bot.domain.reply import DraftState
from bot.domain.timer import Timer
from bot.services import growing_old
from bot.services.ports import Clock, Duty, Parts

SOON, LATE, LEFT = "answer_soon", "answer_late", "answer_left"
KINDS = frozenset({SOON, LATE, LEFT, growing_old.OLD})
_PATIENCE = timedelta(minutes=30)
"""After the promise was broken, until a case that nobody moved goes back to everybody."""
_PATIENCE_URGENT = timedelta(minutes=10)
"""Of an emergency by the clock on the wall; under /siaga of every case, in open office time."""
_WAITS = frozenset({CaseStatus.NEW, CaseStatus.ASSIGNED, CaseStatus.DRAFTED})
"""Who snoozed a case decided to let it wait."""
_APPROVED = "approved"
_NAMED = 10
"""Cases of one message; the rest stands in /antrean."""


class Promises:
    """Timers of the case, beside the snooze. What falls due together is one message."""

    def __init__(self, promise: Promise, duty: Duty, clock: Clock) -> None:
        self._promise = promise
        self._duty = duty
        self._clock = clock

    def given(self, case: Case) -> Case:
        """A new case, with what is promised for it."""
        deadline = self._promise.deadline(case)
        return case if deadline is None else replace(case, due_at=deadline.due)

    async def again(self, tx: Parts, case: Case, now: datetime) -> Case:
        """It waits for an answer anew, from now on: what was promised once is promised once more."""
        for kind in KINDS:
            await tx.timers.cancel(f"case:{case.id}", kind)
        deadline = self._promise.deadline(replace(case, opened_at=now))
        case = replace(case, due_at=deadline.due if deadline is not None else None)
        await self._set(tx, case, deadline, now)
        return case

    async def keep(self, tx: Parts, case: Case) -> None:
        """Sets the timers of what was promised."""
        await self._set(tx, case, self._promise.deadline(case), case.opened_at)

    async def _set(self, tx: Parts, case: Case, deadline: Deadline | None, since: datetime) -> None:
        if deadline is None:
            await growing_old.watch(tx, self._promise, case, since)
        if case.due_at is None or deadline is None:
            return
        for kind, at in ((SOON, deadline.remind), (LATE, deadline.late)):
            await tx.timers.set(Timer(f"case:{case.id}", kind, at, epoch=_epoch(case.due_at)))

    async def anew(self, tx: Parts, case: Case) -> Case:
        """Its labels changed, and with them perhaps what is promised; not once an answer was given."""
        deadline = self._promise.deadline(case)
        due = deadline.due if deadline is not None else None
        if due is not None and case.due_at is not None and due <= self._clock.now() < case.due_at:
            return case  # it was opened again since, and promised anew
        if due is None and case.due_at is None:
            await self.keep(tx, case)
        if due == case.due_at or (case.due_at is None and not await self._may_begin(tx, case, due)):
            return case
        for kind in KINDS:
            await tx.timers.cancel(f"case:{case.id}", kind)
        case = replace(case, due_at=due)
        await self.keep(tx, case)
        return case

    async def _may_begin(self, tx: Parts, case: Case, due: datetime | None) -> bool:
        """Nothing is promised after the fact."""
        last = await tx.drafts.last(case.id)
        answered = last is not None and last.state is DraftState.POSTED
        return due is not None and due > self._clock.now() and not answered

    async def fire(self, tx: Parts, timers: Sequence[Timer]) -> None:
        """All that are due now: one message for those that near their time, one for those past it."""
        now = self._clock.now()
        late = await self._standing(tx, [timer for timer in timers if timer.kind == LATE], now)
        soon = await self._standing(tx, [timer for timer in timers if timer.kind == SOON], now)
        passed = {case.id for case in late}
        near = [case for case in soon if case.id not in passed and _ahead(case, now)]
        for what, cases in ((SOON, near), (LATE, late)):
            if cases:
                await self._tell(tx, what, cases, f"timer:{timers[0].id}:{what}", now)
        for case in (*soon, *late):
            await _grow_older(tx, case, now, late=case.id in passed)
        for case in late:
            await self._watch(tx, case, now)
        for timer in timers:
            if timer.kind == LEFT:
                await self._give_back(tx, timer, now)
            elif timer.kind == growing_old.OLD:
                await growing_old.grow(tx, self._promise, timer, now)

    async def watch_given(self, tx: Parts, case: Case, now: datetime) -> None:
        """Whoever has it was given it, or is late: not moved in open office time, it is everybody's again."""
        if case.priority.urgency is Urgency.EMERGENCY:
            due = now + _PATIENCE_URGENT
        else:
            tight = await tx.board.crisis_mode() is not None
            due = self._promise.open_time(now, _PATIENCE_URGENT if tight else _PATIENCE)
        await tx.timers.set(Timer(f"case:{case.id}", LEFT, due, epoch=case.version))

    async def _watch(self, tx: Parts, case: Case, now: datetime) -> None:
        if case.status is CaseStatus.ASSIGNED:
            await self.watch_given(tx, case, now)

    async def _give_back(self, tx: Parts, timer: Timer, now: datetime) -> None:
        """Any press on the card is a sign of life: its version is another one then."""
        case = await tx.cases.get(CaseId(int(timer.subject.removeprefix("case:"))))
        if case is None or case.version != timer.epoch or not _given(case):
            return
        freed, cause = to_unit(case, "", now), f"timer:{timer.id}"
        await tx.cases.save(freed)
        who = case.assignee or f"unit:{case.unit}"
        detail: dict[str, object] = {"from": who}
        await tx.journal.write(Entry(now, "bot", "back_to_queue", timer.subject, cause, detail))
        await tx.outbox.put(f"{cause}:card", CaseCard(case.id), now)
        params: dict[str, object] = {
            "case": case.id,
            "person": who,
            "late": case.due_at is not None and case.due_at <= now,
            "coordinators": list(await self._duty.find("role:koordinator", now)),
        }
        card = await tx.outbox.card(f"case:{case.id}")
        said = Notice(TRIAGE, "left_alone", params, card.message_id if card is not None else 0)
        await tx.outbox.put(f"{cause}:left", said, now)

    async def _standing(self, tx: Parts, timers: Sequence[Timer], now: datetime) -> list[Case]:
        """The cases that still wait for what these timers were set for."""
        found = []
        for timer in timers:
            case = await tx.cases.get(CaseId(int(timer.subject.removeprefix("case:"))))
            if case is None or case.due_at is None or case.status not in _WAITS:
                continue
            if timer.epoch == _epoch(case.due_at):
                found.append(case)
                await tx.outbox.put(f"timer:{timer.id}:card", CaseCard(case.id), now)
        return found

    async def _tell(self, tx: Parts, what: str, cases: Sequence[Case], cause: str, now: datetime) -> None:
        first = cases[0]
        params: dict[str, object] = {"cases": [case.id for case in cases[:_NAMED]], "of": len(cases)}
        reply_to = 0
        if len(cases) == 1 and first.due_at is not None:
            card = await tx.outbox.card(f"case:{first.id}")
            reply_to = card.message_id if card is not None else 0
            left = max(1, round((first.due_at - now).total_seconds() / 60))
            params |= {"person": first.assignee or "", "status": await _stage(tx, first), "left": left}
        if what == LATE or any(case.status is CaseStatus.DRAFTED for case in cases):
            params["coordinators"] = list(await self._duty.find("role:koordinator", now))
        await tx.outbox.put(cause, Notice(TRIAGE, what, params, reply_to), now)


async def _stage(tx: Parts, case: Case) -> str:
    """How far it is. What was approved and is held back, or is in doubt, waits for no approval."""
    draft = await tx.drafts.live(case.id) if case.status is CaseStatus.DRAFTED else None
    return _APPROVED if draft is not None and draft.state is DraftState.APPROVED else str(case.status)


async def _grow_older(tx: Parts, case: Case, now: datetime, *, late: bool) -> None:
    """Its place in the queue says how long it has waited; what the buttons mean stays."""
    older = aged(case.priority, now - case.opened_at, late=late)
    if older != case.priority:
        await tx.cases.save(replace(case, priority=older))


def _given(case: Case) -> bool:
    """Whether somebody has it, or somebody of a unit was to take it."""
    return case.status is CaseStatus.ASSIGNED or (case.status is CaseStatus.NEW and bool(case.unit))


def _ahead(case: Case, now: datetime) -> bool:
    return case.due_at is not None and case.due_at > now


def _epoch(due: datetime) -> int:
    """The timers of a promise that was moved since are void."""
    return int(due.timestamp())
