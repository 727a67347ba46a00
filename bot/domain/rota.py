"""Who is on call, minute by minute: shifts, people who take turns, layers, leave, and what was agreed on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from math import lcm

from bot.domain.calendar import Weekday
from bot.domain.leave import NO_LEAVE, Leave, without_leave
from bot.domain.people import PersonId, Zone

_SECOND, _DAY, _WEEK = timedelta(seconds=1), timedelta(days=1), timedelta(days=7)
_FARTHEST = timedelta(days=366)
"""A rotation in which nothing changes for a year is one that never changes."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """Groups that take turns, block after block, from `start` on: day by day, week by week, every 12 hours.

    Before `start` nobody is on. Indonesia knows no summer time, so a block is always as long as it says.
    """

    start: datetime
    block: timedelta
    turns: tuple[tuple[PersonId, ...], ...]

    def __post_init__(self) -> None:
        if self.block <= timedelta(0) or not self.turns:
            raise ValueError("a rotation needs a length of its blocks and somebody to take turns")

    def turn_at(self, at: datetime) -> tuple[PersonId, ...]:
        """Whose block this moment lies in."""
        return self.turns[(at - self.start) // self.block % len(self.turns)] if at >= self.start else ()

    def hand_overs(self, after: datetime, before: datetime) -> Iterator[datetime]:
        """Every beginning of a block inside (after, before), in order."""
        moment = self.start
        if after >= moment:
            moment += ((after - moment) // self.block + 1) * self.block
        while moment < before:
            yield moment
            moment += self.block


@dataclass(frozen=True, slots=True)
class Shift:
    """A stretch of local time on certain weekdays, named by the day on which it STARTS.

    An end that is not after the start lies on the next day; `start == end` is a whole day and night.
    `people` are called in this order: the first is primary, the others are on with them. With a `cycle` the
    people change from shift to shift: whose block the beginning of the shift lies in has the whole of it.
    """

    days: frozenset[Weekday]
    start: time
    end: time
    people: tuple[PersonId, ...] = ()
    cycle: Cycle | None = None

    @property
    def crosses_midnight(self) -> bool:
        """Whether it ends on the day after it starts."""
        return self.end <= self.start

    def starts_on(self, day: date) -> bool:
        """Whether this shift begins on this local date."""
        return Weekday(day.weekday()) in self.days


Layer = tuple[Shift | Cycle, ...]


@dataclass(frozen=True, slots=True)
class Rotation:
    """One named rota. Where shifts overlap, the one written first comes first.

    `shifts` is the lowest layer. Of the `layers` above it a later one takes the place of all below where it
    has somebody; where it has nobody, or only people on leave, the one below holds.
    """

    name: str
    zone: Zone
    shifts: Layer = ()
    layers: tuple[Layer, ...] = ()

    @property
    def every_layer(self) -> tuple[Layer, ...]:
        return (self.shifts, *self.layers)

    @property
    def people(self) -> tuple[PersonId, ...]:
        """Everybody who is ever on, in the order of the file."""
        every = (part for layer in self.every_layer for part in layer)
        return tuple(dict.fromkeys(person for part in every for person in _ever(part)))


@dataclass(frozen=True, slots=True)
class Override:
    """Somebody else for a while: [start, end). Takes the place of `instead_of`, or of the primary.

    Where nobody is on, or `instead_of` is not, the person is added in front: an extra hand is never lost.
    """

    rota: str
    start: datetime
    end: datetime
    person: PersonId
    instead_of: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch [start, end) in UTC with nobody on call."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch [start, end) in UTC during which the same people are on, primary first; maybe nobody."""

    start: datetime
    end: datetime
    people: tuple[PersonId, ...]


def who_is_on(
    rotation: Rotation, overrides: Sequence[Override], at: datetime, leaves: Sequence[Leave] = NO_LEAVE
) -> tuple[PersonId, ...]:
    """Everybody on call at this moment, primary first, nobody twice. A later override wins."""
    people = list(_promised(rotation, at, leaves))
    for override in overrides:
        if override.rota == rotation.name and override.start <= at < override.end:
            people = _stand_in(people, override)
    return tuple(dict.fromkeys(without_leave(people, leaves, at)))


def turns(
    rotation: Rotation,
    start: datetime,
    end: datetime,
    overrides: Sequence[Override] = (),
    leaves: Sequence[Leave] = NO_LEAVE,
) -> Iterator[Stretch]:
    """[start, end) cut wherever a shift or a block begins or ends, also where the people stay the same."""
    for begin, finish in pairwise([start, *_boundaries(rotation, overrides, leaves, start, end), end]):
        if begin < finish:
            people = who_is_on(rotation, overrides, begin, leaves)
            yield Stretch(begin.astimezone(UTC), finish.astimezone(UTC), people)


def stretches(
    rotation: Rotation,
    start: datetime,
    end: datetime,
    overrides: Sequence[Override] = (),
    leaves: Sequence[Leave] = NO_LEAVE,
) -> tuple[Stretch, ...]:
    """[start, end) cut where the people change, and only there."""
    found: list[Stretch] = []
    for one in turns(rotation, start, end, overrides, leaves):
        if found and found[-1].people == one.people:
            found[-1] = Stretch(found[-1].start, one.end, one.people)
        else:
            found.append(one)
    return tuple(found)


def gaps(
    rotation: Rotation,
    start: datetime,
    end: datetime,
    overrides: Sequence[Override] = (),
    leaves: Sequence[Leave] = NO_LEAVE,
) -> tuple[Gap, ...]:
    """Every stretch of [start, end) with nobody on call, joined where they touch."""
    found = stretches(rotation, start, end, overrides, leaves)
    return tuple(Gap(one.start, one.end) for one in found if not one.people)


def next_change(
    rotation: Rotation, overrides: Sequence[Override], at: datetime, leaves: Sequence[Leave] = NO_LEAVE
) -> datetime | None:
    """When the list of people on call is next another one (UTC); None if never."""
    now_on = who_is_on(rotation, overrides, at, leaves)
    ends = [o.end for o in overrides if o.rota == rotation.name] + [one.end for one in leaves]
    last = max([at, *ends]) + _period(rotation, at)
    begin = at
    while begin < last:
        finish = min(begin + _WEEK, last)
        for one in turns(rotation, begin, finish, overrides, leaves):
            if one.people != now_on:
                return one.start
        begin = finish
    return None


def _period(rotation: Rotation, at: datetime) -> timedelta:
    """After how long everything has happened that happens without an exception."""
    parts = [part for layer in rotation.every_layer for part in layer]
    cycles = [c for c in (part if isinstance(part, Cycle) else part.cycle for part in parts) if c is not None]
    rounds = [cycle.block * len(cycle.turns) // _SECOND for cycle in cycles]
    repeats = min(lcm(_WEEK // _SECOND, *rounds) * _SECOND, _FARTHEST)
    return max([timedelta(0), *(cycle.start - at for cycle in cycles)]) + repeats + _DAY


def _ever(part: Shift | Cycle) -> Iterator[PersonId]:
    cycle = part if isinstance(part, Cycle) else part.cycle
    if isinstance(part, Shift):
        yield from part.people
    for turn in cycle.turns if cycle is not None else ():
        yield from turn


def _promised(rotation: Rotation, at: datetime, leaves: Sequence[Leave]) -> tuple[PersonId, ...]:
    """What the uppermost layer says that has somebody."""
    for layer in reversed(rotation.every_layer):
        people = [person for part in layer for person in _on(rotation, part, at)]
        if found := without_leave(people, leaves, at):
            return found
    return ()


def _on(rotation: Rotation, part: Shift | Cycle, at: datetime) -> tuple[PersonId, ...]:
    if isinstance(part, Cycle):
        return part.turn_at(at)
    today = at.astimezone(rotation.zone.tz).date()
    for day in (today - _DAY, today):
        if part.starts_on(day):
            start, end = _span(rotation, part, day)
            if start <= at < end:
                return part.people if part.cycle is None else part.cycle.turn_at(start)
    return ()


def _span(rotation: Rotation, shift: Shift, day: date) -> tuple[datetime, datetime]:
    tz = rotation.zone.tz
    last = day + _DAY if shift.crosses_midnight else day
    start, end = datetime.combine(day, shift.start, tz), datetime.combine(last, shift.end, tz)
    return start.astimezone(UTC), end.astimezone(UTC)


def _stand_in(people: Sequence[PersonId], override: Override) -> list[PersonId]:
    replaced = override.instead_of or (people[0] if people else None)
    if replaced not in people:
        return [override.person, *people]
    return [override.person if person == replaced else person for person in people]


def _boundaries(
    rotation: Rotation,
    overrides: Sequence[Override],
    leaves: Sequence[Leave],
    start: datetime,
    end: datetime,
) -> list[datetime]:
    """Every moment inside (start, end) at which the answer may change, in order, in UTC."""
    moments = {m for o in overrides if o.rota == rotation.name for m in (o.start, o.end)}
    moments |= {m for one in leaves for m in (one.start, one.end)}
    for part in (part for layer in rotation.every_layer for part in layer):
        if isinstance(part, Cycle):
            moments.update(part.hand_overs(start, end))
        else:
            moments.update(_of_shift(rotation, part, start, end))
    return sorted(moment.astimezone(UTC) for moment in moments if start < moment < end)


def _of_shift(rotation: Rotation, shift: Shift, start: datetime, end: datetime) -> Iterator[datetime]:
    day = start.astimezone(rotation.zone.tz).date() - _DAY
    last = end.astimezone(rotation.zone.tz).date()
    while day <= last:
        if shift.starts_on(day):
            yield from _span(rotation, shift, day)
        day += _DAY
