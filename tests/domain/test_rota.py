"""Every minute has exactly the person whom the table names, across midnights, year ends and zones."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Weekday
from bot.domain.people import PersonId, Zone
from bot.domain.rota import Gap, Override, Rotation, Shift, gaps, next_change, who_is_on

RATNA, BAGUS, SITI, DEWI = (PersonId(name) for name in ("ratna", "bagus", "siti", "dewi"))
WORKDAYS = frozenset(Weekday) - {Weekday.SATURDAY, Weekday.SUNDAY}
WEEKEND = frozenset({Weekday.SATURDAY, Weekday.SUNDAY})
OFFSETS = {Zone.WIB: 7, Zone.WITA: 8, Zone.WIT: 9}  # hours ahead of UTC, written by hand

# Day by day 07-19 Ratna, 19-07 Bagus; at weekends Siti from 07 on Saturday, day and night, Dewi with her.
ROTA = Rotation(
    "medsos",
    Zone.WIB,
    (
        Shift(WORKDAYS, time(7), time(19), (RATNA,)),
        Shift(WORKDAYS, time(19), time(7), (BAGUS,)),
        Shift(WEEKEND, time(7), time(7), (SITI, DEWI)),
    ),
)
MOMENTS = st.datetimes(datetime(2025, 12, 1), datetime(2028, 3, 2), timezones=st.just(UTC))  # noqa: DTZ001 -- the bounds of `datetimes` are naive by its contract
ZONES = st.sampled_from(Zone)


def expected(at: datetime, zone: Zone) -> tuple[PersonId, ...]:
    """The same table by plain arithmetic: hours since Monday 00.00 of the zone, without any calendar."""
    epoch = datetime(1970, 1, 5, tzinfo=UTC)  # a Monday
    hour = ((at - epoch) / timedelta(hours=1) + OFFSETS[zone]) % 168
    if hour < 7 or hour >= 127:  # until Monday 07, and from Saturday 07 on
        return (SITI, DEWI)
    return (RATNA,) if 7 <= hour % 24 < 19 else (BAGUS,)


@given(MOMENTS, ZONES)
def test_every_minute_has_exactly_the_expected_people(at: datetime, zone: Zone) -> None:
    assert who_is_on(Rotation("medsos", zone, ROTA.shifts), (), at) == expected(at, zone)


def test_every_minute_of_the_turn_of_the_year_has_exactly_one_primary() -> None:
    at = datetime(2026, 12, 30, tzinfo=UTC)
    for minute in range(6 * 24 * 60):
        moment = at + timedelta(minutes=minute)
        assert who_is_on(ROTA, (), moment) == expected(moment, Zone.WIB), moment


@pytest.mark.parametrize(
    ("utc", "on"),
    [
        ("2026-12-31T23:59:59", BAGUS),  # 06.59.59 WIB on Friday 1 January: still Thursday's night
        ("2027-01-01T00:00:00", RATNA),  # 07.00 WIB
        ("2027-01-01T11:59:59", RATNA),
        ("2027-01-01T12:00:00", BAGUS),  # 19.00 WIB
        ("2027-01-02T00:00:00", SITI),  # Saturday 07.00 WIB
        ("2027-01-04T00:00:00", RATNA),  # Monday 07.00 WIB
    ],
)
def test_shifts_change_hands_on_the_second(utc: str, on: PersonId) -> None:
    assert who_is_on(ROTA, (), datetime.fromisoformat(utc + "+00:00"))[0] == on


def test_the_same_moment_is_another_shift_in_another_zone() -> None:
    at = datetime(2026, 11, 23, 11, 30, tzinfo=UTC)  # Monday 18.30 WIB, 19.30 WITA, 20.30 WIT
    on = [who_is_on(Rotation("medsos", zone, ROTA.shifts), (), at)[0] for zone in Zone]
    assert on == [RATNA, BAGUS, BAGUS]


@given(MOMENTS, st.timedeltas(timedelta(minutes=1), timedelta(days=3)), MOMENTS)
def test_an_override_holds_for_exactly_its_time(start: datetime, span: timedelta, at: datetime) -> None:
    stand_in = Override("medsos", start, start + span, DEWI)
    other = Override("lain", start, start + span, DEWI)
    people = who_is_on(ROTA, (stand_in, other), at)
    if start <= at < start + span:
        assert people[0] == DEWI
        assert len(set(people)) == len(people)
    else:
        assert people == who_is_on(ROTA, (), at)


def test_a_stand_in_takes_one_place_and_the_others_stay() -> None:
    saturday = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
    until = saturday + timedelta(hours=1)

    def on(*overrides: Override) -> tuple[PersonId, ...]:
        return who_is_on(ROTA, overrides, saturday)

    assert on(Override("medsos", saturday, until, BAGUS)) == (BAGUS, DEWI)
    assert on(Override("medsos", saturday, until, BAGUS, instead_of=DEWI)) == (SITI, BAGUS)
    assert on(Override("medsos", saturday, until, DEWI)) == (DEWI,)
    assert on(Override("medsos", saturday, until, BAGUS, instead_of=RATNA)) == (BAGUS, SITI, DEWI)
    first, second = Override("medsos", saturday, until, BAGUS), Override("medsos", saturday, until, RATNA)
    assert on(first, second) == (RATNA, DEWI)


def test_a_full_rota_has_no_gap_and_a_hole_is_found_to_the_minute() -> None:
    start, end = datetime(2026, 12, 20, tzinfo=UTC), datetime(2027, 1, 10, tzinfo=UTC)
    assert gaps(ROTA, start, end) == ()
    days_only = Rotation("siang", Zone.WIT, (Shift(WORKDAYS, time(8), time(16, 30), (RATNA,)),))
    found = gaps(
        days_only, datetime(2026, 11, 20, 0, 0, tzinfo=UTC), datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
    )
    friday, monday = datetime(2026, 11, 20, 7, 30, tzinfo=UTC), datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
    night = Gap(datetime(2026, 11, 23, 7, 30, tzinfo=UTC), datetime(2026, 11, 23, 23, 0, tzinfo=UTC))
    assert found == (Gap(friday, monday), night)
    filled = Override("siang", friday, monday, BAGUS)
    assert gaps(days_only, friday, monday, (filled,)) == ()


SHIFTS = st.builds(
    Shift,
    st.frozensets(st.sampled_from(Weekday), min_size=1),
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    st.sampled_from([(RATNA,), (BAGUS, SITI), ()]),
)
ROTATIONS = st.builds(Rotation, st.just("medsos"), ZONES, st.lists(SHIFTS, max_size=4).map(tuple))


@given(ROTATIONS, MOMENTS, st.integers(0, 14 * 24 * 60))
def test_a_moment_is_in_a_gap_exactly_when_nobody_is_on(
    rotation: Rotation, start: datetime, minute: int
) -> None:
    at = start + timedelta(minutes=minute)
    inside = any(
        gap.start <= at < gap.end for gap in gaps(rotation, start, start + timedelta(days=14, minutes=1))
    )
    assert inside is (who_is_on(rotation, (), at) == ())


@given(ROTATIONS, MOMENTS, st.integers(0, 8 * 24 * 60))
def test_nothing_changes_before_the_next_change(rotation: Rotation, at: datetime, minute: int) -> None:
    change = next_change(rotation, (), at)
    now_on = who_is_on(rotation, (), at)
    later = at + timedelta(minutes=minute)
    if change is None or later < change:
        assert who_is_on(rotation, (), later) == now_on
    if change is not None:
        assert change > at
        assert who_is_on(rotation, (), change) != now_on


def test_an_override_months_ahead_is_still_the_next_change() -> None:
    always = Rotation("medsos", Zone.WITA, (Shift(frozenset(Weekday), time(0), time(0), (RATNA,)),))
    at = datetime(2026, 11, 21, tzinfo=UTC)
    leave = Override("medsos", at + timedelta(days=90), at + timedelta(days=91), BAGUS)
    assert next_change(always, (), at) is None
    assert next_change(always, (leave,), at) == leave.start
    assert next_change(always, (leave,), leave.start) == leave.end
    assert who_is_on(always, (), datetime.combine(date(2028, 2, 29), time(16), tzinfo=UTC)) == (RATNA,)
