"""Who is on call, minute by minute: shifts by weekday and local time, and overrides that people agree on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from bot.domain.calendar import Weekday
from bot.domain.people import PersonId, Zone

_DAY = timedelta(days=1)
_LOOK_AHEAD = timedelta(days=8)
"""A rotation repeats every week: what does not change within eight days changes by an override only."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A stretch of local time on certain weekdays, named by the day on which it STARTS.

    An end that is not after the start lies on the next day; `start == end` is a whole day and night.
    `people` are called in this order: the first is primary, the others are on with them.
    """

    days: frozenset[Weekday]
    start: time
    end: time
    people: tuple[PersonId, ...]

    @property
    def crosses_midnight(self) -> bool:
        """Whether it ends on the day after it starts."""
        return self.end <= self.start

    def starts_on(self, day: date) -> bool:
        """Whether this shift begins on this local date."""
        return Weekday(day.weekday()) in self.days


@dataclass(frozen=True, slots=True)
class Rotation:
    """One named rota. Where shifts overlap, the one written first comes first."""

    name: str
    zone: Zone
    shifts: tuple[Shift, ...]


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


def who_is_on(rotation: Rotation, overrides: Sequence[Override], at: datetime) -> tuple[PersonId, ...]:
    """Everybody on call at this moment, primary first, nobody twice. A later override wins."""
    people = [person for shift in rotation.shifts if _covers(rotation, shift, at) for person in shift.people]
    for override in overrides:
        if override.rota == rotation.name and override.start <= at < override.end:
            people = _stand_in(people, override)
    return tuple(dict.fromkeys(people))


def gaps(
    rotation: Rotation, start: datetime, end: datetime, overrides: Sequence[Override] = ()
) -> tuple[Gap, ...]:
    """Every stretch of [start, end) with nobody on call, joined where they touch."""
    bounds = [start, *_boundaries(rotation, overrides, start, end), end]
    found: list[Gap] = []
    for begin, finish in pairwise(bounds):
        if begin >= finish or who_is_on(rotation, overrides, begin):
            continue
        if found and found[-1].end == begin:
            found[-1] = Gap(found[-1].start, finish)
        else:
            found.append(Gap(begin.astimezone(UTC), finish.astimezone(UTC)))
    return tuple(found)


def next_change(rotation: Rotation, overrides: Sequence[Override], at: datetime) -> datetime | None:
    """When the list of people on call is next another one (UTC); None if never."""
    now_on = who_is_on(rotation, overrides, at)
    last = max((o.end for o in overrides if o.rota == rotation.name and o.end > at), default=at)
    for moment in _boundaries(rotation, overrides, at, last + _LOOK_AHEAD):
        if who_is_on(rotation, overrides, moment) != now_on:
            return moment
    return None


def _covers(rotation: Rotation, shift: Shift, at: datetime) -> bool:
    today = at.astimezone(rotation.zone.tz).date()
    for day in (today - _DAY, today):
        if shift.starts_on(day):
            start, end = _span(rotation, shift, day)
            if start <= at < end:
                return True
    return False


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
    rotation: Rotation, overrides: Sequence[Override], start: datetime, end: datetime
) -> list[datetime]:
    """Every moment inside (start, end) at which the answer may change, in order, in UTC."""
    moments = {m for o in overrides if o.rota == rotation.name for m in (o.start, o.end)}
    day = start.astimezone(rotation.zone.tz).date() - _DAY
    last = end.astimezone(rotation.zone.tz).date()
    while day <= last:
        for shift in rotation.shifts:
            if shift.starts_on(day):
                moments.update(_span(rotation, shift, day))
        day += _DAY
    return sorted(moment.astimezone(UTC) for moment in moments if start < moment < end)
