"""Who is at work, who is on call, and whom a playbook's targets mean right now."""

from collections.abc import Collection, Mapping
from datetime import datetime

from bot.domain.calendar import WorkingHours
from bot.domain.people import PersonId, Role
from bot.domain.roster import Reach, Roster
from bot.domain.rota import Rotation, who_is_on
from bot.domain.target import Target, TargetKind, parse_target
from bot.services.people import Directory
from bot.services.ports import Store

_RESPONDERS = (Role.KOORDINATOR, Role.PIKET)
"""They may take an incident without having been called (the permission table)."""


class OnCall:
    """Working hours, rotations and enrolment as one answer."""

    def __init__(
        self, store: Store, directory: Directory, rotations: Mapping[str, Rotation], hours: WorkingHours
    ) -> None:
        self._store = store
        self._directory = directory
        self._rotations = dict(rotations)
        self._hours = hours

    async def on_duty(self, person: PersonId, at: datetime) -> bool:
        """On a shift now. Where there is no rota at all, everybody is."""
        return not self._rotations or person in self._on_shift(at)

    async def find(self, target: str, at: datetime) -> tuple[PersonId, ...]:
        """The people whom this target means right now, in order.

        Coordinators: all in working hours, those on a shift outside; never nobody because of the hour.
        """
        people = self._members(parse_target(target), at)
        if target != f"role:{Role.KOORDINATOR}" or self._hours.is_working(at):
            return people
        on_shift = self._on_shift(at)
        return tuple(person for person in people if person in on_shift) or people

    async def roster(self, targets: Collection[Target], at: datetime) -> Roster:
        """Everybody behind these targets, with whether a page can reach them."""
        links = await self._store.read.people.links()
        open_lines = {k.person for k in links if k.reachable and not k.suspended}
        # Whoever was put out stays out by every way.
        return self._roster(targets, at, open_lines, {k.person for k in links if k.suspended})

    def planned(self, targets: Collection[Target], at: datetime) -> Roster:
        """The same with everybody reachable: what the rota promises."""
        return self._roster(targets, at, self._directory.people.keys())

    def _roster(
        self,
        targets: Collection[Target],
        at: datetime,
        open_lines: Collection[PersonId],
        put_out: Collection[PersonId] = (),
    ) -> Roster:
        ways = {person: () if person in put_out else way for person, way in self._directory.ways.items()}
        people = {
            target: tuple(Reach(p, p in open_lines, ways=ways.get(p, ())) for p in self._members(target, at))
            for target in targets
        }
        responders = frozenset(p for role in _RESPONDERS for p in self._directory.with_role(role))
        return Roster(people, responders, self._hours.is_working(at))

    def now_on(self, at: datetime) -> dict[str, tuple[PersonId, ...]]:
        """Per rota who is on, primary first."""
        return {name: who_is_on(rotation, (), at) for name, rotation in self._rotations.items()}

    def _on_shift(self, at: datetime) -> frozenset[PersonId]:
        return frozenset(person for people in self.now_on(at).values() for person in people)

    def _members(self, target: Target, at: datetime) -> tuple[PersonId, ...]:
        match target.kind:
            case TargetKind.ROLE:
                return self._directory.with_role(Role(target.name))
            case TargetKind.GROUP:
                return tuple(self._directory.groups.get(target.name, ()))
            case TargetKind.UNIT:
                return tuple(self._directory.units.get(target.name, ()))
            case TargetKind.PERSON:
                person = PersonId(target.name)
                return (person,) if person in self._directory.people else ()
            case TargetKind.ONCALL:
                rotation = self._rotations.get(target.name)
                return () if rotation is None else who_is_on(rotation, (), at)
            case TargetKind.ACKER:
                return ()
