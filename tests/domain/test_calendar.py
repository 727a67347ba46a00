"""Working hours and working days, checked against counting minute by minute and day by day."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import NoWorkingTimeError, Season, Weekday, WorkingHours
from bot.domain.people import Zone

LOCAL = {Zone.WIB: timedelta(hours=7), Zone.WITA: timedelta(hours=8), Zone.WIT: timedelta(hours=9)}
NEW_YEAR, CHRISTMAS = date(2027, 1, 1), date(2026, 12, 25)
OFFICE = WorkingHours(
    Zone.WIB,
    {
        **dict.fromkeys(list(Weekday)[:4], (time(7, 30), time(16, 0))),
        Weekday.FRIDAY: (time(7, 30), time(16, 30)),
    },
    frozenset({NEW_YEAR, CHRISTMAS}),
)


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text + "+07:00")


DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 -- the bounds of `datetimes` are naive by its contract


@st.composite
def offices(draw: st.DrawFn) -> WorkingHours:
    days = {}
    for day in draw(st.frozensets(st.sampled_from(Weekday), min_size=1)):
        start = draw(st.integers(0, 23 * 60))
        end = draw(st.integers(start + 1, 24 * 60))
        days[day] = (time(start // 60, start % 60), time(end // 60 % 24, end % 60))
    return WorkingHours(draw(st.sampled_from(Zone)), days, draw(st.frozensets(DAYS, max_size=20)))


def open_by_hand(office: WorkingHours, at: datetime) -> bool:
    """Whether it is open, in naive local minutes."""
    local = (at + LOCAL[office.zone]).replace(tzinfo=None)
    hours = office.days.get(Weekday(local.weekday()))
    if hours is None or local.date() in office.holidays:
        return False
    end = hours[1].hour * 60 + hours[1].minute or 24 * 60
    return hours[0].hour * 60 + hours[0].minute <= local.hour * 60 + local.minute < end


@given(offices(), MOMENTS)
def test_open_means_open_on_the_wall_clock_of_the_zone(office: WorkingHours, at: datetime) -> None:
    assert office.is_working(at) is open_by_hand(office, at)


@given(offices(), MOMENTS)
def test_the_next_opening_is_open_and_nothing_before_it_is(office: WorkingHours, at: datetime) -> None:
    opening = office.next_opening(at)
    assert opening >= at
    assert open_by_hand(office, opening)
    for step in range(200):
        between = at + (opening - at) * step / 200
        assert not open_by_hand(office, between) or between >= opening


@given(offices(), MOMENTS.map(lambda at: at.replace(second=0, microsecond=0)), st.integers(0, 1500))
def test_working_time_is_the_count_of_open_minutes(office: WorkingHours, at: datetime, worked: int) -> None:
    done = office.add_working_time(at, timedelta(minutes=worked))
    if done - at < timedelta(days=20):
        moments = (at + timedelta(minutes=n) for n in range(int((done - at) / timedelta(minutes=1))))
        assert sum(open_by_hand(office, moment) for moment in moments) == worked


@given(offices(), MOMENTS, st.integers(0, 3000), st.integers(0, 3000))
def test_working_time_adds_up(office: WorkingHours, at: datetime, first: int, then: int) -> None:
    one, other = timedelta(minutes=first), timedelta(minutes=then)
    if other:
        assert office.add_working_time(office.add_working_time(at, one), other) == office.add_working_time(
            at, one + other
        )
    assert office.add_working_time(at, one) >= at


@given(offices(), DAYS, st.integers(0, 60))
def test_working_days_are_counted_without_the_first(office: WorkingHours, day: date, count: int) -> None:
    found = office.add_working_days(day, count)
    assert office.is_working_day(found)
    after = [day + timedelta(days=n) for n in range(1, (found - day).days + 1)]
    if count:
        assert sum(office.is_working_day(one) for one in after) == count
    else:
        assert not any(office.is_working_day(one) for one in (day, *after[:-1]) if one != found)


@pytest.mark.parametrize(
    ("at", "worked", "done"),
    [
        ("2026-12-31T15:30", 60, "2027-01-04T08:00"),  # Thursday evening, over New Year and the weekend
        ("2026-11-20T16:29", 1, "2026-11-20T16:30"),  # Friday closes later
        ("2026-11-20T17:00", 0, "2026-11-23T07:30"),  # no deadline at night
        ("2026-11-23T07:00", 510, "2026-11-23T16:00"),
    ],
)
def test_a_deadline_skips_nights_weekends_and_holidays(at: str, worked: int, done: str) -> None:
    assert OFFICE.add_working_time(wib(at), timedelta(minutes=worked)) == wib(done)


def test_five_working_days_over_christmas() -> None:
    assert OFFICE.add_working_days(date(2026, 12, 23), 5) == date(2026, 12, 31)
    assert OFFICE.add_working_days(date(2026, 12, 31), 1) == date(2027, 1, 4)
    assert OFFICE.add_working_days(date(2026, 12, 25), 0) == date(2026, 12, 28)


def test_an_office_that_never_opens_says_so_instead_of_searching_for_ever() -> None:
    closed = WorkingHours(Zone.WIB, {})
    with pytest.raises(NoWorkingTimeError):
        closed.next_opening(wib("2026-11-21T08:00"))
    with pytest.raises(NoWorkingTimeError):
        closed.add_working_days(date(2026, 11, 21), 1)
    assert not closed.is_working(wib("2026-11-23T09:00"))


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="not after"):
        WorkingHours(Zone.WIB, {Weekday.MONDAY: (time(9), time(8))})
    with pytest.raises(ValueError, match="forward"):
        OFFICE.add_working_time(wib("2026-11-23T09:00"), timedelta(minutes=-1))
    with pytest.raises(ValueError, match="forward"):
        OFFICE.add_working_days(date(2026, 11, 23), -1)


RAMADAN = Season(
    date(2027, 2, 8), date(2027, 3, 9), dict.fromkeys(list(Weekday)[:5], (time(8, 0), time(15, 0)))
)


def test_during_ramadan_other_hours_hold_from_the_first_day_to_the_last() -> None:
    office = WorkingHours(OFFICE.zone, OFFICE.days, frozenset({date(2027, 3, 9)}), (RAMADAN,))
    assert office.is_working(wib("2027-02-05T15:30"))
    assert not office.is_working(wib("2027-02-08T07:45"))
    assert office.is_working(wib("2027-02-08T08:00"))
    assert not office.is_working(wib("2027-03-08T15:00"))
    assert not office.is_working_day(date(2027, 3, 9))  # a holiday stays one
    assert office.is_working(wib("2027-03-10T07:30"))
    assert office.add_working_time(wib("2027-03-08T14:00"), timedelta(hours=2)) == wib("2027-03-10T08:30")


@given(offices(), DAYS, st.integers(0, 60), MOMENTS)
def test_a_season_changes_nothing_outside_its_days(
    office: WorkingHours, first: date, length: int, at: datetime
) -> None:
    last = first + timedelta(days=length)
    inside = WorkingHours(office.zone, RAMADAN.days, office.holidays)
    both = WorkingHours(office.zone, office.days, office.holidays, (Season(first, last, RAMADAN.days),))
    here = first <= at.astimezone(office.zone.tz).date() <= last
    assert both.is_working(at) is (inside if here else office).is_working(at)


def test_of_two_seasons_the_later_written_holds_and_wrong_hours_are_refused() -> None:
    disaster = Season(date(2027, 2, 10), date(2027, 2, 12), {day: (time(0), time(0)) for day in Weekday})
    office = WorkingHours(OFFICE.zone, OFFICE.days, seasons=(RAMADAN, disaster))
    assert office.is_working(wib("2027-02-11T03:00"))
    assert not office.is_working(wib("2027-02-13T03:00"))
    backwards = Season(date(2027, 1, 1), date(2027, 1, 2), {Weekday.MONDAY: (time(9), time(8))})
    with pytest.raises(ValueError, match="not after"):
        WorkingHours(OFFICE.zone, OFFICE.days, seasons=(backwards,))
