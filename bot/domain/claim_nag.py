"""How often an unverified claim has been reminded of by now: counted, so that nothing is remembered."""

from datetime import datetime, timedelta

from bot.domain.calendar import NoWorkingTimeError, WorkingHours

_MOST = 40
SPREADING = 5
"""Told so often within the last hour, a claim does not wait for the office to open."""


def reminders(
    opened: datetime, now: datetime, after: timedelta, hours: WorkingHours, *, spreading: bool
) -> int:
    """One each time that `after` has passed: open office time, or time by the clock while it spreads.

    An office that never opens is reminded by the clock.
    """
    count, at = 0, opened
    while count < _MOST:
        at = _later(at, after, hours, spreading=spreading)
        if at > now:
            break
        count += 1
    return count


def _later(at: datetime, after: timedelta, hours: WorkingHours, *, spreading: bool) -> datetime:
    if spreading:
        return at + after
    try:
        return hours.add_working_time(at, after)
    except NoWorkingTimeError:
        return at + after
