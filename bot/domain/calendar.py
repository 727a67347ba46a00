"""Working hours, holidays, and arithmetic in working days and working time.

Every moment that goes in or comes out is aware; the zone decides what a day is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum

from bot.domain.people import Zone

_MIDNIGHT = time(0, 0)
_DAY = timedelta(days=1)
_HORIZON = 3 * 366
"""Days to look ahead before saying that there is no working day: a calendar file covers a year or two."""


class Weekday(IntEnum):
    """Days as `date.weekday()` counts them."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


class NoWorkingTimeError(ValueError):
    """Nothing but holidays for years: the calendar is wrong, and a promise cannot be counted on it."""


Week = Mapping[Weekday, tuple[time, time]]
"""Opening and closing per weekday, in local time; a missing day is off."""


@dataclass(frozen=True, slots=True)
class Season:
    """Other hours from the first to the last of these days, both included: Ramadan, a disaster posture."""

    first: date
    last: date
    days: Week


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """When the office works. `days` maps a weekday to (start, end) in local time; a missing day is off.

    Where a season covers a date, its days hold in place of the usual ones; of two the later written. The
    methods that look ahead raise NoWorkingTimeError where no day is left to find. An end of 00:00 is the
    midnight that closes the day. Raises ValueError where an end is not after its start.
    """

    zone: Zone
    days: Week
    holidays: frozenset[date] = field(default_factory=frozenset)
    seasons: tuple[Season, ...] = ()

    def __post_init__(self) -> None:
        for week in (self.days, *(season.days for season in self.seasons)):
            for day, (start, end) in week.items():
                if end != _MIDNIGHT and end <= start:
                    raise ValueError(f"{day.name}: working hours end at {end}, which is not after {start}")

    def week_of(self, day: date) -> Week:
        """The hours per weekday that hold on this date."""
        fitting = (one.days for one in reversed(self.seasons) if one.first <= day <= one.last)
        return next(fitting, self.days)

    def is_working_day(self, day: date) -> bool:
        """Whether the office opens at all on this date."""
        return Weekday(day.weekday()) in self.week_of(day) and day not in self.holidays

    def is_working(self, at: datetime) -> bool:
        """Whether the office is open at this moment; the closing minute is closed."""
        opened = self._open_on(at.astimezone(self.zone.tz).date())
        return opened is not None and opened[0] <= at < opened[1]

    def next_opening(self, at: datetime) -> datetime:
        """`at` itself while the office is open, else when it opens next (UTC).."""
        start, _ = next(self._spans_from(at))
        return max(start, at.astimezone(UTC))

    def add_working_time(self, at: datetime, worked: timedelta) -> datetime:
        """The moment (UTC) when `worked` of open office time has passed since `at`..

        Nothing to add means `next_opening`: a deadline never falls into a night.
        """
        if worked < timedelta():
            raise ValueError("working time is counted forward only")
        left = worked
        for start, end in self._spans_from(at):
            begin = max(start, at.astimezone(UTC))
            if left <= end - begin:
                return begin + left
            left -= end - begin
        raise NoWorkingTimeError  # unreachable: _spans_from ends by raising

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, the day itself not counted, as legal limits are counted.

        A count of 0 is `day` if it is a working day, else the next one.
        """
        if count < 0:
            raise ValueError("working days are counted forward only")
        return self._counted(day, 1, _DAY) if count == 0 else self._counted(day + _DAY, count, _DAY)

    def working_days_before(self, day: date, count: int) -> date:
        """The `count`-th working day before `day`, the day itself not counted; from 1."""
        return self._counted(day - _DAY, count, -_DAY)

    def _counted(self, first: date, count: int, way: timedelta) -> date:
        """The `count`-th working day from `first` on, itself counted; `way`: a day on, or back."""
        step, left = first, count
        for _ in range(_HORIZON + 7 * left):
            left -= self.is_working_day(step)
            if left == 0:
                return step
            step += way
        raise NoWorkingTimeError(f"no {count} working days from {first}")

    def span_of(self, day: date) -> tuple[datetime, datetime]:
        """When the office opens and closes on this date (UTC). Raises NoWorkingTimeError on a day off."""
        opened = self._open_on(day)
        if opened is None:
            raise NoWorkingTimeError(f"the office stays shut on {day}")
        return opened

    def _open_on(self, day: date) -> tuple[datetime, datetime] | None:
        if not self.is_working_day(day):
            return None
        start, end = self.week_of(day)[Weekday(day.weekday())]
        last = day + timedelta(days=1) if end == _MIDNIGHT else day
        tz = self.zone.tz
        return datetime.combine(day, start, tz).astimezone(UTC), datetime.combine(last, end, tz).astimezone(
            UTC
        )

    def _spans_from(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Open spans that end after `at`, in order, in UTC; raises after years without one."""
        day = at.astimezone(self.zone.tz).date()
        empty = 0
        while empty < _HORIZON:
            opened = self._open_on(day)
            if opened is None or opened[1] <= at:
                empty += 1
            else:
                empty = 0
                yield opened
            day += timedelta(days=1)
        raise NoWorkingTimeError(f"the office never opens after {at}")
