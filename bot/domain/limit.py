"""Lengths of a limit set by law: by the clock on the wall, in working days, in office hours.

"3x24 jam" runs through nights and holidays; "3 hari kerja" does not. The day on which it begins is not
counted, and the last one ends when the office closes: afterwards nobody is there to keep it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.calendar import NoWorkingTimeError, WorkingHours


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """So many days on which the office opens."""

    count: int


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """So much time during which the office is open."""

    length: timedelta


Length = timedelta | WorkingDays | WorkingTime


def on_the_wall(length: Length) -> timedelta:
    """The same without a calendar: never longer than with one."""
    match length:
        case WorkingDays(count):
            return timedelta(days=count)
        case WorkingTime(worked):
            return worked
        case _:
            return length


def after(start: datetime, length: Length, hours: WorkingHours | None) -> datetime:
    """When a limit that begins at `start` is over. Without a calendar, or with one that knows no working day,
    it runs by the clock: rather too early than too late.
    """
    try:
        return start + on_the_wall(length) if hours is None else _worked(start, length, hours)
    except NoWorkingTimeError:
        return start + on_the_wall(length)


def before(end: datetime, length: timedelta | WorkingDays, hours: WorkingHours | None) -> datetime:
    """When a reminder is due: so long before, or when the office opens that many working days earlier."""
    if isinstance(length, timedelta) or hours is None:
        return end - on_the_wall(length)
    # An office that closes at midnight closes a day that is over by then.
    last = (end - timedelta(microseconds=1)).astimezone(hours.zone.tz).date()
    try:
        return hours.span_of(hours.working_days_before(last, length.count))[0]
    except NoWorkingTimeError:
        return end - on_the_wall(length)


def _worked(start: datetime, length: Length, hours: WorkingHours) -> datetime:
    match length:
        case WorkingDays(count):
            first = start.astimezone(hours.zone.tz).date()
            return hours.span_of(hours.add_working_days(first, count))[1]
        case WorkingTime(worked):
            return hours.add_working_time(start, worked)
        case _:
            return start + length
