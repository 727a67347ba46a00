"""Who is at work, who is on call, and whom a playbook's targets mean right now."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.calendar import WorkingHours
from bot.domain.crisis_mode import APPROVALS
from bot.domain.leave import on_leave
from bot.domain.people import PersonId, Role
from bot.domain.roster import Reach, Roster
from bot.domain.rota import Rotation, who_is_on
from bot.domain.swap import Plan
from bot.domain.target import Target, TargetKind, parse_target
from bot.services.people import Directory
from bot.services.ports import Parts, Store

_RESPONDERS = (Role.KOORDINATOR, Role.PIKET)
"""They may take an incident without having been called (the permission table)."""


class OnCall:
    """Working hours, rotations, what people agreed on, and enrolment as one answer."""

    def __init__(
        self, store: Store, directory: Directory, rotations: Mapping[str, Rotation], hours: WorkingHours
    ) -> None:
        self._store = store
        self._directory = directory
        self._rotations = dict(rotations)
        self._hours = hours

    @property
    def rotations(self) -> Mapping[str, Rotation]:
        return self._rotations

    @property
    def hours(self) -> WorkingHours:
        return self._hours

    async def plan(self, at: datetime, parts: Parts | None = None) -> Plan:
        """The rotas with everything that holds from `at` on. `parts`: inside a transaction, its own.

        Whom the config dropped stands in for nobody any more.
        """
        shifts = (parts or self._store.read).shifts
        known = self._directory.people
        overrides = [kept.what for kept in await shifts.overrides(at) if kept.what.person in known]
        leaves = [kept.what for kept in await shifts.leaves(at)]
        return Plan(self._rotations, overrides, leaves)

    async def on_duty(self, person: PersonId, at: datetime) -> bool:
        """On a shift now. Where there is no rota at all, everybody is."""
        return not self._rotations or person in _on_shift(await self.plan(at), at)

    async def asleep(self, person: PersonId, at: datetime) -> bool:
        """In their quiet hours, and not on a shift: whoever is on call at night can be woken."""
        return self._is_quiet(person, at) and person not in _on_shift(await self.plan(at), at)

    async def find(self, target: str, at: datetime) -> tuple[PersonId, ...]:
        """The people whom this target means right now, in order.

        Coordinators: all in working hours, those on a shift outside; never nobody because of the hour.
        """
        plan = await self.plan(at)
        people = self._members(parse_target(target), plan, at)
        if target != f"role:{Role.KOORDINATOR}" or self._hours.is_working(at):
            return people
        on_shift = _on_shift(plan, at)
        return tuple(person for person in people if person in on_shift) or people

    async def roster(self, targets: Collection[Target], at: datetime) -> Roster:
        """Everybody behind these targets, with whether a page can reach them."""
        links = await self._store.read.people.links()
        open_lines = {k.person for k in links if k.reachable and not k.suspended}
        # Whoever was put out stays out by every way.
        put_out = {k.person for k in links if k.suspended}
        roster = self._roster(targets, await self.plan(at), at, open_lines, put_out)
        roster = replace(roster, put_out=frozenset(put_out))
        two = await self._store.read.board.crisis_mode() is not None
        return replace(roster, approvals=APPROVALS) if two else roster

    def planned(self, targets: Collection[Target], at: datetime) -> Roster:
        """The same with everybody reachable, nobody on leave or exchanged: what the rota promises."""
        return self._roster(targets, Plan(self._rotations), at, self._directory.people.keys())

    async def now_on(self, at: datetime) -> dict[str, tuple[PersonId, ...]]:
        """Per rota who is on, primary first."""
        plan = await self.plan(at)
        return {name: _on(plan, name, at) for name in self._rotations}

    def _roster(
        self,
        targets: Collection[Target],
        plan: Plan,
        at: datetime,
        open_lines: Collection[PersonId],
        put_out: Collection[PersonId] = (),
    ) -> Roster:
        on_shift = _on_shift(plan, at)
        ways = {person: () if person in put_out else way for person, way in self._directory.ways.items()}

        def reach(person: PersonId) -> Reach:
            quiet = person not in on_shift and self._is_quiet(person, at)
            return Reach(person, person in open_lines, quiet=quiet, ways=ways.get(person, ()))

        people = {
            target: tuple(reach(person) for person in self._members(target, plan, at)) for target in targets
        }
        responders = frozenset(p for role in _RESPONDERS for p in self._directory.with_role(role))
        return Roster(people, responders, self._hours.is_working(at), hours=self._hours)

    def _is_quiet(self, person: PersonId, at: datetime) -> bool:
        known = self._directory.people.get(person)
        return known is not None and known.is_quiet(at)

    def _members(self, target: Target, plan: Plan, at: datetime) -> tuple[PersonId, ...]:
        match target.kind:
            case TargetKind.ROLE:
                return _present(self._directory.with_role(Role(target.name)), plan, at)
            case TargetKind.GROUP:
                return _present(tuple(self._directory.groups.get(target.name, ())), plan, at)
            case TargetKind.UNIT:
                return _present(tuple(self._directory.units.get(target.name, ())), plan, at)
            case TargetKind.PERSON:
                person = PersonId(target.name)
                return (person,) if person in self._directory.people else ()
            case TargetKind.ONCALL:
                return _on(plan, target.name, at)
            case TargetKind.ACKER:
                return ()


def _on(plan: Plan, rota: str, at: datetime) -> tuple[PersonId, ...]:
    rotation = plan.rotations.get(rota)
    return () if rotation is None else who_is_on(rotation, plan.overrides, at, plan.leaves)


def _on_shift(plan: Plan, at: datetime) -> frozenset[PersonId]:
    return frozenset(person for name in plan.rotations for person in _on(plan, name, at))


def _present(people: tuple[PersonId, ...], plan: Plan, at: datetime) -> tuple[PersonId, ...]:
    """Those who are not on leave; where all are, all: somebody has to be called."""
    return tuple(person for person in people if not on_leave(person, plan.leaves, at)) or people
