"""An unverified claim is reminded of in office hours, and by the clock while it spreads."""

from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Weekday, WorkingHours
from bot.domain.claim_nag import reminders
from bot.domain.people import Zone

OFFICE = WorkingHours(Zone.WIB, {day: (time(8), time(16)) for day in list(Weekday)[:5]})
NEVER = WorkingHours(Zone.WIB, {})
FRIDAY = datetime(2026, 11, 27, 7, 0, tzinfo=UTC)
"""14.00 in Jakarta: the office is open for two hours more."""
HOUR = timedelta(hours=1)


def count(after: timedelta, *, spreading: bool = False, hours: WorkingHours = OFFICE) -> int:
    return reminders(FRIDAY, FRIDAY + after, 2 * HOUR, hours, spreading=spreading)


def test_two_open_hours_are_one_reminder_and_the_weekend_is_none() -> None:
    assert count(timedelta(minutes=119)) == 0
    assert count(2 * HOUR) == 1
    assert count(timedelta(days=2)) == 1
    assert count(timedelta(days=2, hours=20)) == 2, "Monday 10.00"


def test_what_spreads_does_not_wait_for_monday() -> None:
    assert count(timedelta(days=1), spreading=True) == 12
    assert count(timedelta(days=9), spreading=True) == 40, "counted no further than anybody reads"


def test_an_office_that_never_opens_is_reminded_by_the_clock() -> None:
    assert count(4 * HOUR, hours=NEVER) == 2


@given(st.integers(0, 20_000), st.integers(0, 20_000), st.integers(15, 600), st.booleans(), st.booleans())
def test_time_never_takes_a_reminder_back(
    first: int, more: int, after: int, spreading: bool, never: bool
) -> None:
    hours = NEVER if never else OFFICE
    minute = timedelta(minutes=1)
    before = reminders(FRIDAY, FRIDAY + first * minute, after * minute, hours, spreading=spreading)
    later = reminders(FRIDAY, FRIDAY + (first + more) * minute, after * minute, hours, spreading=spreading)
    assert 0 <= before <= later
    by_clock = reminders(FRIDAY, FRIDAY + first * minute, after * minute, hours, spreading=True)
    assert by_clock >= before, "who waits for the office hears no sooner"
