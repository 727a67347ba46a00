"""When a shift changes hands: whoever goes is asked for a word, whoever comes reads what is open."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.domain.case import CaseStatus
from bot.domain.errors import BadInput, NotFound
from bot.domain.journal import Entry
from bot.domain.outgoing import TRIAGE, Notice, Prompt, SendState, to_person
from bot.domain.people import PersonId
from bot.domain.priority import Urgency
from bot.domain.rota import next_change, who_is_on
from bot.domain.swap import Plan
from bot.domain.timer import Timer
from bot.services.oncall import OnCall
from bot.services.people import Directory
from bot.services.ports import Clock, Parts, Store
from bot.services.relief import Change, Relief
from bot.services.shift_summary import is_anything, summary_of
from bot.services.tap import Tap

ASK, TELL = "handover_ask", "handover"
ASK_BEFORE = timedelta(minutes=30)
_JUST_BEFORE = timedelta(seconds=1)
_MOST = 500
"""Characters of a note: it is read on a phone, at the beginning of a shift."""
_MOST_CASES = 200


class HandOver:
    """A timer per rota for its next change; everything about it is read when it fires."""

    def __init__(
        self, store: Store, oncall: OnCall, directory: Directory, clock: Clock, relief: Relief | None = None
    ) -> None:
        """`relief`: where there are incidents to hand over."""
        self._store = store
        self._oncall = oncall
        self._directory = directory
        self._clock = clock
        self._relief = relief

    async def plan(self) -> None:
        """At the start: the timers stand as the rota is now."""
        async with self._store.transaction() as tx:
            await self.replan(tx)

    async def replan(self, tx: Parts) -> None:
        """After shifts were exchanged, covered or given up: the next changes may be others."""
        plan, now = await self._oncall.plan(self._clock.now(), tx), self._clock.now()
        for name in plan.rotations:
            await self._set_next(tx, plan, name, now)

    async def fire(self, timer: Timer, tx: Parts) -> None:
        """Half an hour before: asks, if anything is open. At the change: tells, and sets the next one."""
        rota = timer.subject.partition(":")[2]
        moment = datetime.fromtimestamp(timer.epoch * 60, timer.due_at.tzinfo)
        plan = await self._oncall.plan(moment - _JUST_BEFORE, tx)
        if rota not in plan.rotations:
            return  # the config dropped it since
        change = _change(plan, rota, moment)
        if timer.kind == ASK:
            await self._ask(tx, change, timer)
            return
        await self._tell(tx, plan, change, timer)
        if self._relief is not None:
            await self._relief.offer(tx, change, self._clock.now(), f"timer:{timer.id}")
        await self._set_next(tx, plan, rota, self._clock.now())

    async def write(self, tap: Tap, rota_and_minute: str, text: str) -> None:
        """The answer: kept, and read by whoever comes. After the change it goes to them at once."""
        rota, _, minute = rota_and_minute.rpartition(":")
        if len(text) > _MOST:
            raise BadInput(f"too_long:{_MOST}")
        if rota not in self._oncall.rotations or not minute.isdigit():
            raise NotFound("rota", rota)
        moment = datetime.fromtimestamp(int(minute) * 60, tap.at.tzinfo)
        async with self._store.transaction() as tx:
            if await tx.journal.has(tap.cause, "handover_note"):
                return
            await tx.reached.write(rota, moment, tap.person.id, text, tap.at)
            await tx.journal.write(Entry(tap.at, tap.person.id, "handover_note", f"rota:{rota}", tap.cause))
            if tap.at >= moment:
                plan = await self._oncall.plan(tap.at, tx)
                said: dict[str, object] = {"rota": rota, "person": tap.person.id, "note": text}
                for person in who_is_on(plan.rotations[rota], plan.overrides, tap.at, plan.leaves):
                    notice = Notice(to_person(person), "handover_late", said)
                    await tx.outbox.put(f"{tap.cause}:late:{person}", notice, tap.at)

    async def _set_next(self, tx: Parts, plan: Plan, rota: str, now: datetime) -> None:
        subject = f"handover:{rota}"
        change = next_change(plan.rotations[rota], plan.overrides, now, plan.leaves)
        wanted = list(_timers(subject, change, now)) if change is not None else []
        standing = [one for one in await tx.timers.open(subject) if one.due_at > now]
        if {_name(one) for one in wanted} == {_name(one) for one in standing}:
            return
        for one in standing:
            await tx.timers.done(one, "cancelled")
        for one in wanted:
            await tx.timers.set(one)

    async def _ask(self, tx: Parts, change: Change, timer: Timer) -> None:
        now = self._clock.now()
        if now >= change.at or not change.coming or not await _anything(tx, now):
            return
        purpose = f"handover:{change.name}"
        for person in change.going:
            said = {"rota": change.rota, "people": list(change.coming), **self._when(person, change.at)}
            prompt = Prompt(to_person(person), "handover_note", person, purpose, said)
            await tx.outbox.put(f"timer:{timer.id}:{person}", prompt, now)

    async def _tell(self, tx: Parts, plan: Plan, change: Change, timer: Timer) -> None:
        """To those who have come and are still there: nobody reads of a shift that is long over."""
        now = self._clock.now()
        still = who_is_on(plan.rotations[change.rota], plan.overrides, now, plan.leaves)
        notes = [
            {"person": person, "text": text}
            for person, text in await tx.reached.notes(change.rota, change.at)
        ]
        facts = await _open(tx, now)
        coming = [person for person in change.coming if person in still]
        for person in coming:
            until = next_change(plan.rotations[change.rota], plan.overrides, now, plan.leaves)
            said = {"rota": change.rota, "going": list(change.going), "notes": notes, **facts}
            said |= self._when(person, until) if until is not None else {}
            await tx.outbox.put(f"timer:{timer.id}:{person}", Notice(to_person(person), TELL, said), now)
        open_ = await summary_of(tx, now, plan.rotations[change.rota].zone)
        if coming and is_anything(open_):
            # Shifts of several rotas that change together are one message.
            await tx.outbox.put(f"handover:{timer.epoch}", Notice(TRIAGE, "shift_summary", open_), now)
        detail = {"going": list(change.going), "coming": coming}
        cause = f"timer:{timer.id}"
        await tx.journal.write(Entry(now, "bot", "handover", f"rota:{change.rota}", cause, detail))

    def _when(self, person: PersonId, at: datetime) -> dict[str, object]:
        """A moment, with the clock of whoever reads it."""
        return {"at": at.isoformat(), "zone": str(self._directory.people[person].zone)}


def _change(plan: Plan, rota: str, moment: datetime) -> Change:
    rotation = plan.rotations[rota]
    before = who_is_on(rotation, plan.overrides, moment - _JUST_BEFORE, plan.leaves)
    after = who_is_on(rotation, plan.overrides, moment, plan.leaves)
    going = tuple(person for person in before if person not in after)
    return Change(rota, moment, going, tuple(person for person in after if person not in before))


def _timers(subject: str, change: datetime, now: datetime) -> Iterable[Timer]:
    epoch = int(change.timestamp()) // 60
    if change - ASK_BEFORE > now:
        yield Timer(subject, ASK, change - ASK_BEFORE, epoch=epoch)
    yield Timer(subject, TELL, change, epoch=epoch)


def _name(timer: Timer) -> tuple[str, int, datetime]:
    return timer.kind, timer.epoch, timer.due_at


async def _anything(tx: Parts, now: datetime) -> bool:
    found = await _open(tx, now)
    return any(found.values())


async def _open(tx: Parts, now: datetime) -> dict[str, object]:
    """What whoever comes on has to know of: incidents, urgent cases, words that wait, sends in doubt."""
    cases = await tx.cases.queue(_MOST_CASES)
    urgent = [case.id for case in cases if case.priority.urgency <= Urgency.HIGH]
    lanes, groups = await tx.outbox.health(), await tx.board.groups(now)
    return {
        "incidents": [int(kept.id) for kept in await tx.runs.going_on()],
        "urgent": [int(number) for number in urgent],
        "new": sum(group.count for group in groups if group.status is CaseStatus.NEW),
        "late": sum(group.late for group in groups if group.status is not CaseStatus.SNOOZED),
        "waiting": sum(case.status is CaseStatus.DRAFTED for case in cases),
        "uncertain": sum(lane.count for lane in lanes if lane.state is SendState.UNCERTAIN),
    }
