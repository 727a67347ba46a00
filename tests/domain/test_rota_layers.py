"""Taking turns, layers and leave: every minute again by plain counting, across year ends and zones."""

import itertools
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Weekday
from bot.domain.leave import Leave, on_leave
from bot.domain.people import PersonId, Zone
from bot.domain.rota import (
    Cycle,
    Gap,
    Override,
    Rotation,
    Shift,
    gaps,
    next_change,
    stretches,
    turns,
    who_is_on,
)

SARI, MADE, GITA, YOSI = EVERYBODY = tuple(PersonId(name) for name in ("sari", "made", "gita", "yosi"))
EVERY_DAY = frozenset(Weekday)
HOUR = timedelta(hours=1)
OFFSETS = {Zone.WIB: 7, Zone.WITA: 8, Zone.WIT: 9}  # hours ahead of UTC, written by hand
MONDAY = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)  # 07.00 WIB, 09.00 WIT
MOMENTS = st.datetimes(datetime(2026, 11, 1), datetime(2028, 3, 2), timezones=st.just(UTC))  # noqa: DTZ001 -- the bounds of `datetimes` are naive by its contract
BLOCKS = st.sampled_from([HOUR * 8, HOUR * 12, HOUR * 24, HOUR * 24 * 4, HOUR * 24 * 7])
GROUPS = st.lists(
    st.lists(st.sampled_from(EVERYBODY), min_size=1, max_size=2, unique=True).map(tuple),
    min_size=1,
    max_size=5,
).map(tuple)


@given(st.sampled_from(Zone), BLOCKS, GROUPS, MOMENTS, st.integers(0, 3 * 366 * 24 * 60))
def test_every_minute_belongs_to_exactly_the_group_whose_block_it_is(
    zone: Zone, block: timedelta, groups: tuple[tuple[PersonId, ...], ...], start: datetime, minute: int
) -> None:
    rotation = Rotation("medsos", zone, (Cycle(start, block, groups),))
    number = minute // (int(block.total_seconds()) // 60)
    at = start + timedelta(minutes=minute)
    assert who_is_on(rotation, (), at) == groups[number % len(groups)]
    assert who_is_on(rotation, (), start - timedelta(minutes=minute + 1)) == ()


def test_a_week_changes_hands_on_monday_morning_and_across_new_year() -> None:
    weekly = Rotation("medsos", Zone.WIB, (Cycle(MONDAY, timedelta(days=7), ((SARI,), (MADE,), (GITA,))),))
    on = [who_is_on(weekly, (), MONDAY + timedelta(days=7 * week))[0] for week in range(7)]
    assert on == [SARI, MADE, GITA, SARI, MADE, GITA, SARI]
    eve = datetime(2026, 12, 31, 23, 59, tzinfo=UTC)
    assert who_is_on(weekly, (), eve) == who_is_on(weekly, (), eve + timedelta(minutes=2)) == (GITA,)
    assert next_change(weekly, (), eve) == datetime(2027, 1, 4, 0, 0, tzinfo=UTC)


def test_nights_that_go_round_are_never_cut_in_the_middle() -> None:
    """Whose week the evening lies in has the whole night, also the morning after the week has ended."""
    nights = Cycle(MONDAY, timedelta(days=7), ((SARI,), (MADE,)))
    rotation = Rotation("malam", Zone.WIB, (Shift(EVERY_DAY, time(19), time(7, 30), cycle=nights),))
    sunday_night = datetime(2026, 11, 29, 20, 0, tzinfo=UTC)  # Monday 30 November, 03.00 WIB
    assert who_is_on(rotation, (), sunday_night) == (SARI,)
    assert who_is_on(rotation, (), MONDAY + timedelta(days=7, minutes=29)) == (SARI,)  # 07.29 WIB
    assert who_is_on(rotation, (), MONDAY + timedelta(days=7, minutes=30)) == ()
    assert who_is_on(rotation, (), MONDAY + timedelta(days=7, hours=12)) == (MADE,)  # Monday 19.00


@pytest.mark.parametrize("block", [timedelta(0), -HOUR])
def test_a_rotation_without_length_or_people_cannot_be_made(block: timedelta) -> None:
    with pytest.raises(ValueError, match="a rotation needs"):
        Cycle(MONDAY, block, ((SARI,),))
    with pytest.raises(ValueError, match="a rotation needs"):
        Cycle(MONDAY, HOUR, ())


# --- layers ---

SHIFTS = st.builds(
    Shift,
    st.frozensets(st.sampled_from(Weekday), min_size=1),
    st.integers(0, 23).map(time),
    st.integers(0, 23).map(time),
    st.sampled_from([(SARI,), (MADE, GITA), (YOSI,)]),
)
CYCLES = st.builds(Cycle, MOMENTS.map(lambda m: m.replace(minute=0, second=0, microsecond=0)), BLOCKS, GROUPS)
LAYERS = st.lists(st.one_of(SHIFTS, CYCLES), max_size=2).map(tuple)
ROTATIONS = st.builds(
    Rotation, st.just("medsos"), st.sampled_from(Zone), LAYERS, st.lists(LAYERS, max_size=2).map(tuple)
)
LEAVES = st.lists(
    st.builds(
        lambda person, start, hours, stand_in: Leave(person, start, start + HOUR * hours, stand_in),
        st.sampled_from(EVERYBODY),
        MOMENTS,
        st.integers(1, 24 * 40),
        st.none() | st.sampled_from(EVERYBODY),
    ),
    max_size=4,
).map(tuple)
OVERRIDES = st.lists(
    st.builds(
        lambda person, start, hours, instead: Override(
            "medsos", start, start + HOUR * hours, person, instead
        ),
        st.sampled_from(EVERYBODY),
        MOMENTS,
        st.integers(1, 24 * 10),
        st.none() | st.sampled_from(EVERYBODY),
    ),
    max_size=3,
).map(tuple)


def by_hand(part: Shift | Cycle, zone: Zone, at: datetime) -> list[PersonId]:
    """Who is on by this line alone, in naive local hours."""
    if isinstance(part, Cycle):
        blocks = (at - part.start) / part.block
        return [*part.turns[int(blocks) % len(part.turns)]] if blocks >= 0 else []
    local = (at + HOUR * OFFSETS[zone]).replace(tzinfo=None)
    for back in (1, 0):
        day = datetime.combine(local.date(), time(0)) - timedelta(days=back)
        begin = day + HOUR * part.start.hour
        end = day + HOUR * part.end.hour
        end += timedelta(days=1) if part.end <= part.start else timedelta(0)
        if Weekday(day.weekday()) in part.days and begin <= local < end:
            return [*part.people]
    return []


@given(ROTATIONS, MOMENTS)
def test_the_uppermost_layer_with_somebody_decides(rotation: Rotation, at: datetime) -> None:
    expected: list[PersonId] = []
    for layer in (rotation.shifts, *rotation.layers):
        found = [person for part in layer for person in by_hand(part, rotation.zone, at)]
        expected = found or expected
    assert who_is_on(rotation, (), at) == tuple(dict.fromkeys(expected))


def test_a_holiday_layer_takes_its_days_and_gives_the_others_back() -> None:
    base = Cycle(MONDAY, timedelta(days=7), ((SARI,), (MADE,)))
    christmas = Cycle(datetime(2026, 12, 25, tzinfo=UTC), timedelta(days=2), ((YOSI,),))
    only_then = Shift(frozenset({Weekday.FRIDAY}), time(7), time(7), (YOSI,))
    rotation = Rotation("medsos", Zone.WIB, (base,), ((only_then,),))
    assert who_is_on(rotation, (), datetime(2026, 12, 25, 3, tzinfo=UTC)) == (YOSI,)
    assert who_is_on(rotation, (), datetime(2026, 12, 26, 3, tzinfo=UTC)) == (SARI,)
    assert rotation.people == (SARI, MADE, YOSI)
    assert Rotation("x", Zone.WIT, (), ((christmas,),)).people == (YOSI,)


# --- leave ---


@given(ROTATIONS, OVERRIDES, LEAVES, MOMENTS)
def test_who_is_on_leave_is_never_called_and_nobody_else_goes_missing(
    rotation: Rotation, overrides: Sequence[Override], leaves: Sequence[Leave], at: datetime
) -> None:
    people = who_is_on(rotation, overrides, at, leaves)
    assert not any(on_leave(person, leaves, at) for person in people)
    assert len(set(people)) == len(people)
    if not any(leave.start <= at < leave.end for leave in leaves):
        assert people == who_is_on(rotation, overrides, at)


def test_a_stand_in_has_the_place_and_the_stand_ins_stand_in_after_that() -> None:
    rotation = Rotation("medsos", Zone.WITA, (Shift(EVERY_DAY, time(0), time(0), (SARI, YOSI)),))
    week = (MONDAY, MONDAY + timedelta(days=7))
    assert who_is_on(rotation, (), MONDAY, (Leave(SARI, *week, MADE),)) == (MADE, YOSI)
    both = (Leave(SARI, *week, MADE), Leave(MADE, *week, GITA))
    assert who_is_on(rotation, (), MONDAY, both) == (GITA, YOSI)
    circle = (Leave(SARI, *week, MADE), Leave(MADE, *week, SARI))
    assert who_is_on(rotation, (), MONDAY, circle) == (YOSI,)
    assert who_is_on(rotation, (), MONDAY, (Leave(SARI, *week),)) == (YOSI,)
    assert who_is_on(rotation, (), week[1], both) == (SARI, YOSI)
    later = (Leave(SARI, *week, MADE), Leave(SARI, *week, GITA))  # corrected: the later one counts
    assert who_is_on(rotation, (), MONDAY, later) == (GITA, YOSI)


def test_leave_without_a_stand_in_is_a_gap_unless_a_layer_below_has_somebody() -> None:
    alone = Rotation("medsos", Zone.WIB, (Shift(EVERY_DAY, time(0), time(0), (SARI,)),))
    out = Leave(SARI, MONDAY + HOUR, MONDAY + 5 * HOUR)
    until = MONDAY + timedelta(days=1)
    assert gaps(alone, MONDAY, until, (), (out,)) == (Gap(out.start, out.end),)
    above = Rotation("medsos", Zone.WIB, (Shift(EVERY_DAY, time(0), time(0), (MADE,)),), (alone.shifts,))
    assert gaps(above, MONDAY, until, (), (out,)) == ()
    assert who_is_on(above, (), MONDAY + HOUR, (out,)) == (MADE,)
    filled = Override("medsos", out.start, out.end, GITA)
    assert gaps(alone, MONDAY, until, (filled,), (out,)) == ()


def test_whoever_was_put_in_and_then_falls_ill_is_out_too() -> None:
    rotation = Rotation("medsos", Zone.WIB, (Shift(EVERY_DAY, time(0), time(0), (SARI,)),))
    put_in = Override("medsos", MONDAY, MONDAY + 9 * HOUR, MADE, SARI)
    ill = Leave(MADE, MONDAY + HOUR, MONDAY + 2 * HOUR)
    assert who_is_on(rotation, (put_in,), MONDAY, (ill,)) == (MADE,)
    assert who_is_on(rotation, (put_in,), MONDAY + HOUR, (ill,)) == ()


# --- stretches, gaps and changes ---


@given(ROTATIONS, OVERRIDES, LEAVES, MOMENTS, st.integers(0, 14 * 24 * 60))
def test_stretches_cover_every_minute_once_with_whoever_is_on(
    rotation: Rotation, overrides: Sequence[Override], leaves: Sequence[Leave], start: datetime, minute: int
) -> None:
    end = start + timedelta(days=14, minutes=1)
    found = stretches(rotation, start, end, overrides, leaves)
    assert [one.start for one in found] == [start, *(one.end for one in found[:-1])]
    assert found[-1].end == end
    assert all(a.people != b.people for a, b in itertools.pairwise(found))
    at = start + timedelta(minutes=minute)
    [holding] = [one for one in found if one.start <= at < one.end]
    assert holding.people == who_is_on(rotation, overrides, at, leaves)
    assert sum(1 for _ in turns(rotation, start, end, overrides, leaves)) >= len(found)
    empty = any(gap.start <= at < gap.end for gap in gaps(rotation, start, end, overrides, leaves))
    assert empty is (holding.people == ())


@given(ROTATIONS, OVERRIDES, LEAVES, MOMENTS, st.integers(0, 60 * 24 * 60))
def test_nothing_changes_before_the_next_change_however_long_that_is(
    rotation: Rotation, overrides: Sequence[Override], leaves: Sequence[Leave], at: datetime, minute: int
) -> None:
    change = next_change(rotation, overrides, at, leaves)
    now_on = who_is_on(rotation, overrides, at, leaves)
    later = at + timedelta(minutes=minute)
    if change is None or later < change:
        assert who_is_on(rotation, overrides, later, leaves) == now_on
    if change is not None:
        assert change > at
        assert who_is_on(rotation, overrides, change, leaves) != now_on


def test_one_person_for_ever_never_changes_and_a_rotation_of_the_far_future_does() -> None:
    always = Rotation("medsos", Zone.WIT, (Cycle(MONDAY, timedelta(days=7), ((SARI,),)),))
    assert next_change(always, (), MONDAY) is None
    assert next_change(always, (), MONDAY - timedelta(days=200)) == MONDAY
    leap = datetime.combine(date(2028, 2, 29), time(16), tzinfo=UTC)
    assert who_is_on(always, (), leap) == (SARI,)
