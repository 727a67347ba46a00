"""Limits set by law: three working days are not seventy-two hours."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from crisis_world import PLAYBOOK, World, roster
from hypothesis import given
from hypothesis import strategies as st
from test_calendar import MOMENTS, OFFICE, offices, wib

from bot.domain.calendar import WorkingHours
from bot.domain.incident import Incident, RunId
from bot.domain.limit import Length, WorkingDays, WorkingTime, after, before, on_the_wall
from bot.domain.people import Zone
from bot.domain.playbook import Clock
from bot.domain.run_clocks import due_of, limits
from bot.domain.run_effects import Announce
from bot.domain.run_events import Opened
from bot.domain.run_json import from_json, to_json
from bot.domain.run_types import What, prepare

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CLOSED = WorkingHours(Zone.WIB, {})
COUNTS = st.integers(1, 60)


@pytest.mark.parametrize(
    ("opened", "length", "over"),
    [
        ("2026-12-23T10:00", WorkingDays(3), "2026-12-29T16:00"),  # Christmas on Friday, then a weekend
        ("2026-12-31T15:59", WorkingDays(1), "2027-01-04T16:00"),  # over New Year
        ("2026-11-21T09:00", WorkingDays(1), "2026-11-23T16:00"),  # opened on a Saturday
        ("2026-11-19T23:30", WorkingDays(1), "2026-11-20T16:30"),  # Friday closes later
        ("2026-12-24T15:00", WorkingTime(2 * HOUR), "2026-12-28T08:30"),
        ("2026-12-24T15:00", 72 * HOUR, "2026-12-27T15:00"),  # 3x24 hours know no holiday
    ],
)
def test_a_limit_ends_when_the_office_closes_on_its_last_day(opened: str, length: Length, over: str) -> None:
    assert after(wib(opened), length, OFFICE) == wib(over)


@given(offices(), MOMENTS, COUNTS)
def test_it_never_ends_on_a_day_off_nor_before_its_days_are_over(
    office: WorkingHours, at: datetime, count: int
) -> None:
    end, tz = after(at, WorkingDays(count), office), office.zone.tz
    opens, closes = office.span_of(office.add_working_days(at.astimezone(tz).date(), count))
    last = opens.astimezone(tz).date()
    assert closes == end
    assert office.is_working_day(last)
    assert last not in office.holidays
    first = at.astimezone(tz).date()
    worked = [
        first + DAY * n for n in range(1, (last - first).days + 1) if office.is_working_day(first + DAY * n)
    ]
    assert len(worked) == count


@given(offices(), MOMENTS, st.lists(COUNTS, min_size=2, max_size=6), st.integers(0, 20_000))
def test_more_days_or_a_later_opening_never_end_earlier(
    office: WorkingHours, at: datetime, counts: list[int], later: int
) -> None:
    ends = [after(at, WorkingDays(count), office) for count in sorted(set(counts))]
    assert all(one < other for one, other in pairwise(ends))
    for count in counts:
        opened = at + timedelta(minutes=later)
        assert after(at, WorkingDays(count), office) <= after(opened, WorkingDays(count), office)
        assert after(at, WorkingTime(count * HOUR), office) <= after(
            opened, WorkingTime(count * HOUR), office
        )


@given(offices(), MOMENTS, COUNTS, COUNTS)
def test_a_reminder_comes_when_the_office_opens_that_many_working_days_earlier(
    office: WorkingHours, at: datetime, count: int, earlier: int
) -> None:
    end = after(at, WorkingDays(count), office)
    told, tz = before(end, WorkingDays(earlier), office), office.zone.tz
    day = told.astimezone(tz).date()
    assert told == office.span_of(day)[0]
    last = office.add_working_days(at.astimezone(tz).date(), count)
    assert office.add_working_days(day, earlier) == last


@given(
    MOMENTS, st.one_of(COUNTS.map(WorkingDays), COUNTS.map(lambda n: WorkingTime(n * HOUR)), st.just(HOUR))
)
def test_without_a_calendar_it_is_rather_too_early(at: datetime, length: Length) -> None:
    for hours in (None, CLOSED):
        assert after(at, length, hours) == at + on_the_wall(length)
    if isinstance(length, WorkingDays):
        assert before(at, length, CLOSED) == before(at, length, None) == at - on_the_wall(length)


LAPOR = Clock("lapor", "Jawab di LAPOR!", WorkingDays(3), remind_before=(WorkingDays(1),))
BSSN = Clock("bssn", "Lapor ke BSSN", 24 * HOUR)
WEDNESDAY = wib("2026-12-23T10:00")


def opened() -> World:
    """A run that begins before Christmas, in an office that keeps it."""
    world = World(replace(PLAYBOOK, steps=(), clocks=(LAPOR, BSSN)))
    world.now = WEDNESDAY
    incident = Incident(RunId(7), "hoaks-viral/label:hoax/topic:", WEDNESDAY, "manual")
    world.state = prepare(incident, world.state.playbook)
    world.roster = replace(roster(), hours=OFFICE)
    world.happen(Opened(world.roster))
    return world


def test_a_run_keeps_the_dates_that_were_counted_when_it_opened() -> None:
    world = opened()
    assert limits(world.state) == [(BSSN, WEDNESDAY + 24 * HOUR), (LAPOR, wib("2026-12-29T16:00"))]
    again = from_json(to_json(world.state), world.state.playbook)
    assert again == world.state
    world.roster = replace(world.roster, hours=replace(OFFICE, holidays=frozenset()))
    assert due_of(world.state, LAPOR) == wib("2026-12-29T16:00")
    old = replace(again, clocks_due=())
    assert due_of(old, LAPOR) == WEDNESDAY + 3 * DAY


def test_it_is_said_the_working_day_before_and_when_it_is_over() -> None:
    world = opened()
    world.wait(10 * DAY)
    said = [
        (at, one.kind)
        for at, one in world.log
        if isinstance(one, Announce) and ("clock", "lapor") in one.params
    ]
    assert said == [(wib("2026-12-28T07:30"), What.CLOCK_NEAR), (wib("2026-12-29T16:00"), What.CLOCK_OVER)]
    assert world.told(What.CLOCK_NEAR)[0]["due_at"] == after(WEDNESDAY, WorkingDays(3), OFFICE).isoformat()
