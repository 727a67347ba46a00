"""Once a month everybody whom an incident may need is asked to press one button; whoever did not is named a
day later.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.calendar import NoWorkingTimeError
from bot.domain.called import everybody
from bot.domain.errors import NotFound
from bot.domain.journal import Entry
from bot.domain.outgoing import Notice, to_person
from bot.domain.people import PersonId, Role
from bot.domain.playbook import Playbook
from bot.domain.timer import Timer
from bot.services.oncall import OnCall
from bot.services.people import Directory
from bot.services.ports import Clock, Parts, Store
from bot.services.tap import Tap

SUBJECT = "reach:test"
TEST, DUE = "reach_test", "reach_due"
ANSWER_WITHIN = timedelta(hours=24)
_SETTLE = timedelta(minutes=30)
"""After the office has opened: not among the first messages of the day."""


class Reachability:
    """The first working day of a month; a timer each for the question and for looking at the answers."""

    def __init__(
        self, store: Store, oncall: OnCall, directory: Directory, clock: Clock, playbooks: Iterable[Playbook]
    ) -> None:
        self._targets = {target for one in everybody(playbooks) for target in one.targets}
        self._store = store
        self._oncall = oncall
        self._directory = directory
        self._clock = clock

    async def plan(self) -> None:
        """At the start: the next question stands."""
        async with self._store.transaction() as tx:
            if not any(one.kind == TEST for one in await tx.timers.open(SUBJECT)):
                await self._set_next(tx)

    async def fire(self, timer: Timer, tx: Parts) -> None:
        if timer.kind == DUE:
            await self._name_the_silent(tx, timer)
            return
        now = self._clock.now()
        if not self._oncall.hours.is_working(now):
            # The bot was away when the office opened: a test wakes nobody.
            await self._set(
                tx, TEST, self._oncall.hours.next_opening(now) + _SETTLE, timer.epoch, timer.seq + 1
            )
            return
        people = self._needed(now)
        for person in people:
            await tx.reached.ask(timer.epoch, person, now)
            notice = Notice(to_person(person), TEST, {"round": timer.epoch})
            await tx.outbox.put(f"timer:{timer.id}:{person}", notice, now)
        if people:
            due = self._oncall.hours.next_opening(now + ANSWER_WITHIN)
            await self._set(tx, DUE, due, timer.epoch, 0)
        detail = {"people": list(people)}
        await tx.journal.write(Entry(now, "bot", TEST, SUBJECT, f"timer:{timer.id}", detail))
        await self._set_next(tx)

    async def answer(self, tap: Tap) -> None:
        """The button under the test. Raises NotFound for somebody who was not asked."""
        async with self._store.transaction() as tx:
            if not await tx.reached.answer(tap.target, tap.person.id, tap.at):
                raise NotFound("reach_test", str(tap.target))

    def _needed(self, now: datetime) -> tuple[PersonId, ...]:
        """Everybody who is ever on, and everybody whom a playbook calls or asks by a group, a role or a name,
        as far as the config still knows them.
        """
        on_call = (p for one in self._oncall.rotations.values() for p in one.people)
        planned = self._oncall.planned(self._targets, now)
        others = sorted(reach.person for reach in planned.all_of(self._targets))
        return tuple(p for p in dict.fromkeys((*on_call, *others)) if p in self._directory.people)

    async def _name_the_silent(self, tx: Parts, timer: Timer) -> None:
        now, cause = self._clock.now(), f"timer:{timer.id}"
        answers = await tx.reached.answers(timer.epoch)
        silent = [person for person, answered in answers.items() if not answered]
        detail: dict[str, object] = {"silent": silent, "asked": len(answers)}
        await tx.journal.write(Entry(now, "bot", DUE, SUBJECT, cause, detail))
        told = {*self._directory.with_role(Role.KOORDINATOR), *self._directory.with_role(Role.PENGELOLA)}
        for person in sorted(told) if silent else ():
            notice = Notice(to_person(person), "reach_silent", {"people": silent, "asked": len(answers)})
            await tx.outbox.put(f"{cause}:{person}", notice, now)

    async def _set_next(self, tx: Parts) -> None:
        hours, now = self._oncall.hours, self._clock.now()
        today = now.astimezone(hours.zone.tz).date()
        month = date(today.year + today.month // 12, today.month % 12 + 1, 1)
        try:
            opening = hours.next_opening(datetime.combine(month, time(), hours.zone.tz).astimezone(UTC))
        except NoWorkingTimeError:
            return  # an office that never opens tests nobody; the next start looks again
        await self._set(tx, TEST, opening + _SETTLE, month.year * 100 + month.month, 0)

    async def _set(self, tx: Parts, kind: str, due_at: datetime, round_: int, seq: int) -> None:
        await tx.timers.set(Timer(SUBJECT, kind, due_at, epoch=round_, seq=seq))
