"""/piket: who is on and for how long, where nobody is; and what a coordinator changes about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.alone import lonely
from bot.domain.errors import BadInput, NotFound
from bot.domain.ics import Event
from bot.domain.journal import Entry
from bot.domain.leave import Leave
from bot.domain.outgoing import Notice, to_person
from bot.domain.people import Action, PersonId
from bot.domain.rota import Gap, Override, Stretch, gaps, stretches, turns, who_is_on
from bot.domain.swap import Plan, Swap
from bot.services.handover import HandOver
from bot.services.oncall import OnCall
from bot.services.people import Directory, Team
from bot.services.ports import Parts, Store
from bot.services.ports_oncall import KeptLeave, KeptOverride
from bot.services.tap import Tap

WEEK, AHEAD = timedelta(days=7), timedelta(days=14)
LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class DutyView:
    """Who is on call per rota, primary first, the next seven days, and what is not as it should be."""

    rotas: Mapping[str, tuple[PersonId, ...]]
    week: Mapping[str, tuple[Stretch, ...]]
    gaps: Mapping[str, tuple[Gap, ...]]
    """Of fourteen days."""
    alone: Mapping[str, PersonId]
    """Rotas that have only ever one person."""
    unreachable: tuple[PersonId, ...]
    names: Mapping[str, str]
    now: datetime
    overrides: Sequence[KeptOverride] = ()
    leaves: Sequence[KeptLeave] = ()
    asked: Sequence[Swap] = ()
    days_off: Mapping[date, str] | None = None


class Shifts:
    """Reads for everybody; changes for who may set overrides."""

    def __init__(
        self,
        store: Store,
        team: Team,
        directory: Directory,
        oncall: OnCall,
        handover: HandOver,
        *,
        days_off: Mapping[date, str] | None = None,
    ) -> None:
        self._store = store
        self._team = team
        self._directory = directory
        self._oncall = oncall
        self._handover = handover
        self._days_off = days_off or {}

    async def view(self, tap: Tap) -> DutyView:
        """/piket."""
        await self._team.require(tap.person, Action.SEE)
        read, now = self._store.read, tap.at
        links = await read.people.links()
        open_lines = {link.person for link in links if link.reachable and not link.suspended}
        plan = await self._oncall.plan(now)
        on = {name: who_is_on(one, plan.overrides, now, plan.leaves) for name, one in plan.rotations.items()}
        return DutyView(
            rotas=on,
            week=self._week(plan, now),
            gaps=gaps_of(plan, now),
            alone=lonely(plan.rotations),
            unreachable=tuple(p for p in self._directory.people if p not in open_lines),
            names=self._team.names,
            now=now,
            overrides=await read.shifts.overrides(now),
            leaves=await read.shifts.leaves(now),
            asked=await read.shifts.asked(now),
            days_off=self._days_off,
        )

    def _week(self, plan: Plan, now: datetime) -> dict[str, tuple[Stretch, ...]]:
        return {
            name: stretches(one, now, now + WEEK, plan.overrides, plan.leaves)
            for name, one in plan.rotations.items()
        }

    def only_rota(self, instead_of: PersonId | None) -> str:
        """The rota that is meant where none is named: the only one, or the only one of this person."""
        rotations = self._oncall.rotations.values()
        found = [one.name for one in rotations if instead_of is None or instead_of in one.people]
        if len(found) != 1:
            raise BadInput("which_rota")
        return found[0]

    async def events(self, person: PersonId | None, start: datetime, end: datetime) -> list[Event]:
        """The shifts of one person, or of everybody, for a calendar file."""
        plan = await self._oncall.plan(start)
        return [
            Event(_uid(name, one, person), one.start, one.end, _title(name), self._with(one))
            for name, rotation in plan.rotations.items()
            for one in stretches(rotation, start, end, plan.overrides, plan.leaves)
            if one.people and (person is None or person in one.people)
        ]

    def _with(self, one: Stretch) -> str:
        return ", ".join(self._team.names.get(person, person) for person in one.people)

    async def put_in(self, tap: Tap, what: Override) -> int:
        """Somebody for somebody else, or as one more. Raises NotAllowed, BadInput, NotFound."""
        await self._team.require(tap.person, Action.SET_OVERRIDE)
        _must_be_ahead(what.start, what.end, tap.at)
        async with self._store.transaction() as tx:
            if await tx.journal.has(tap.cause, "put_in"):
                return 0
            plan = await self._oncall.plan(what.start, tx)
            if what.rota not in plan.rotations:
                raise NotFound("rota", what.rota)
            at = max(what.start, tap.at)
            before = who_is_on(plan.rotations[what.rota], plan.overrides, at, plan.leaves)
            if what.instead_of is not None and what.instead_of not in before:
                raise BadInput("not_on_then")
            number = await tx.shifts.put_in(what, tap.person.id, tap.at)
            replaced = what.instead_of or (before[0] if before else None)
            detail = {"person": what.person, "instead_of": replaced or "", "rota": what.rota}
            await self._note(tx, tap, "put_in", f"override:{number}", detail)
            await self._tell(tx, tap, what.person, "put_in", what.start, what.end, rota=what.rota)
            if replaced is not None and replaced != what.person:
                await self._tell(tx, tap, replaced, "taken_off", what.start, what.end, rota=what.rota)
        return number

    async def send_on_leave(self, tap: Tap, what: Leave) -> tuple[int, tuple[Gap, ...]]:
        """Somebody is out; with the turns that nobody has because of it. Raises NotAllowed, BadInput."""
        await self._team.require(tap.person, Action.SET_OVERRIDE)
        _must_be_ahead(what.start, what.end, tap.at)
        if what.stand_in == what.person:
            raise BadInput("own_stand_in")
        async with self._store.transaction() as tx:
            if await tx.journal.has(tap.cause, "leave"):
                return 0, ()
            before = await self._oncall.plan(tap.at, tx)
            number = await tx.shifts.send_on_leave(what, tap.person.id, tap.at)
            detail = {"person": what.person, "stand_in": what.stand_in or ""}
            await self._note(tx, tap, "leave", f"leave:{number}", detail)
            await self._tell(tx, tap, what.person, "on_leave", what.start, what.end)
            if what.stand_in is not None:
                more = {"other": what.person}
                await self._tell(tx, tap, what.stand_in, "standing_in", what.start, what.end, **more)
            after = Plan(before.rotations, before.overrides, (*before.leaves, what))
            opened = _opened(before, after, max(what.start, tap.at), what.end)
        return number, opened

    async def cancel(self, tap: Tap, kind: str, number: int) -> None:
        """Takes an override (`g`) or a leave (`c`) back. Raises NotAllowed, NotFound."""
        await self._team.require(tap.person, Action.SET_OVERRIDE)
        async with self._store.transaction() as tx:
            if await tx.journal.has(tap.cause, "cancel_shift"):
                return
            cancel = tx.shifts.cancel_override if kind == "g" else tx.shifts.cancel_leave
            if not await cancel(number, tap.at):
                raise NotFound("shift_change", f"{kind}{number}")
            subject = f"{'override' if kind == 'g' else 'leave'}:{number}"
            await self._note(tx, tap, "cancel_shift", subject, {})

    async def _note(
        self, tx: Parts, tap: Tap, action: str, subject: str, detail: Mapping[str, object]
    ) -> None:
        await tx.journal.write(Entry(tap.at, tap.person.id, action, subject, tap.cause, detail))
        await self._handover.replan(tx)

    async def _tell(
        self, tx: Parts, tap: Tap, person: PersonId, what: str, start: datetime, end: datetime, **more: str
    ) -> None:
        if person == tap.person.id or person not in self._directory.people:
            return
        zone = str(self._directory.people[person].zone)
        said = {"start": start.isoformat(), "end": end.isoformat(), "zone": zone, "by": tap.person.id, **more}
        await tx.outbox.put(f"{tap.cause}:{what}:{person}", Notice(to_person(person), what, said), tap.at)


def _uid(rota: str, one: Stretch, person: PersonId | None) -> str:
    return f"{rota}-{int(one.start.timestamp())}-{person or 'semua'}@tanggap"


def _title(rota: str) -> str:
    return f"Piket {rota.replace('-', ' ')}"


def gaps_of(plan: Plan, now: datetime) -> dict[str, tuple[Gap, ...]]:
    """The stretches of the next fourteen days with nobody, rota by rota; full ones are left out."""
    found = {
        name: gaps(one, now, now + AHEAD, plan.overrides, plan.leaves) for name, one in plan.rotations.items()
    }
    return {name: empty for name, empty in found.items() if empty}


def _opened(before: Plan, after: Plan, start: datetime, end: datetime) -> tuple[Gap, ...]:
    """Turns that had somebody and have nobody now."""
    return tuple(
        Gap(one.start, one.end)
        for rotation in after.rotations.values()
        for one in turns(rotation, start, end, after.overrides, after.leaves)
        if not one.people and who_is_on(rotation, before.overrides, one.start, before.leaves)
    )


def _must_be_ahead(start: datetime, end: datetime, now: datetime) -> None:
    if end <= start:
        raise BadInput("ends_before")
    if end <= now:
        raise BadInput("span_over")
    if end - start > LONGEST:
        raise BadInput("span_long")
