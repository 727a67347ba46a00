"""What opens a playbook from outside: moments of the week in any zone, and events of other systems."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.outside import (
    PULSE,
    OutsideEvent,
    event_key,
    event_reason,
    matches_event,
    next_opening,
    next_time,
    others,
    plain,
    timetable,
)
from bot.domain.people import Zone
from bot.domain.trigger import (
    BurstTrigger,
    CommentTrigger,
    EventTrigger,
    GroupBy,
    HeartbeatTrigger,
    Matter,
    ScheduleTrigger,
    Triggers,
    group_key,
)
from classifiers.labels import Label

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""09.00 in Jakarta."""
ZONES = [*(zone.tz for zone in Zone), ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe")]
schedules = st.builds(
    ScheduleTrigger,
    st.times(max_value=time(23, 59)).map(lambda at: at.replace(second=0, microsecond=0)),
    st.frozensets(st.integers(0, 6)),
) | st.builds(ScheduleTrigger, st.just(time(2, 30)), st.just(frozenset()), st.integers(1, 28))
moments = st.integers(0, 10 * 365 * 86_400).map(
    lambda more: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=more)
)
zones = st.sampled_from(ZONES)


@pytest.mark.parametrize(
    ("schedule", "zone", "expected"),
    [
        (ScheduleTrigger(time(9, 0)), Zone.WIB, datetime(2026, 11, 24, 2, 0, tzinfo=UTC)),
        (ScheduleTrigger(time(9, 1)), Zone.WIB, datetime(2026, 11, 23, 2, 1, tzinfo=UTC)),
        (ScheduleTrigger(time(9, 1)), Zone.WIT, datetime(2026, 11, 24, 0, 1, tzinfo=UTC)),
        (ScheduleTrigger(time(7, 0), frozenset({0})), Zone.WITA, datetime(2026, 11, 29, 23, 0, tzinfo=UTC)),
        (ScheduleTrigger(time(0, 0), day_of_month=1), Zone.WIB, datetime(2026, 11, 30, 17, 0, tzinfo=UTC)),
        (ScheduleTrigger(time(8, 0), day_of_month=28), Zone.WIB, datetime(2026, 11, 28, 1, 0, tzinfo=UTC)),
    ],
)
def test_a_schedule_means_the_clock_of_the_office(
    schedule: ScheduleTrigger, zone: Zone, expected: datetime
) -> None:
    assert next_time(schedule, zone.tz, MONDAY) == expected


@given(schedules, zones, moments)
def test_the_next_time_is_later_on_its_day_and_none_lies_between(
    schedule: ScheduleTrigger, tz: ZoneInfo, after: datetime
) -> None:
    due = next_time(schedule, tz, after)
    assert due > after
    assert due.utcoffset() == timedelta(0)
    day = _written_day(schedule, tz, due)
    assert schedule.day_of_month in {None, day.day}
    assert schedule.day_of_month is not None or not schedule.days or day.weekday() in schedule.days
    # From anywhere in between the same moment is the next.
    assert next_time(schedule, tz, after + (due - after) / 2) == due
    assert next_time(schedule, tz, due - timedelta(seconds=1)) == due


@given(schedules, zones, moments)
def test_it_comes_once_for_each_of_its_days_whatever_the_clocks_do(
    schedule: ScheduleTrigger, tz: ZoneInfo, after: datetime
) -> None:
    days, at = [], after
    for _ in range(15):
        at = next_time(schedule, tz, at)
        days.append(_written_day(schedule, tz, at))
    wanted, day = [], days[0]
    while len(wanted) < 15:
        if day.day == schedule.day_of_month or (
            schedule.day_of_month is None and (not schedule.days or day.weekday() in schedule.days)
        ):
            wanted.append(day)
        day += timedelta(days=1)
    assert days == wanted


def _written_day(schedule: ScheduleTrigger, tz: ZoneInfo, due: datetime) -> date:
    """The day for which it was written; where clocks leap, the moment may show another time."""
    local = due.astimezone(tz)
    shown = timedelta(hours=local.hour, minutes=local.minute)
    wanted = timedelta(hours=schedule.at.hour, minutes=schedule.at.minute)
    assert abs(shown - wanted) <= timedelta(hours=1) or abs(shown - wanted) >= timedelta(hours=23)
    return (local - (shown - wanted)).date() if abs(shown - wanted) <= timedelta(hours=1) else local.date()


def test_a_day_that_no_month_has_is_an_error_and_not_an_endless_search() -> None:
    with pytest.raises(ValueError, match="no such day"):
        next_time(ScheduleTrigger(time(8), day_of_month=32), Zone.WIB.tz, MONDAY)


def test_of_several_times_the_first_counts_and_none_is_none() -> None:
    morning, noon = ScheduleTrigger(time(8, 0)), ScheduleTrigger(time(12, 0))
    assert next_opening((morning, noon), Zone.WIB.tz, MONDAY) == MONDAY + timedelta(hours=3)
    assert next_opening((), Zone.WIB.tz, MONDAY) is None


@given(st.lists(schedules, max_size=3), zones)
def test_a_timetable_reads_the_same_in_any_order_and_another_one_does_not(
    rows: list[ScheduleTrigger], tz: ZoneInfo
) -> None:
    assert timetable(rows, tz) == timetable(rows[::-1], tz)
    later = [ScheduleTrigger(time(23, 59), frozenset({6}), None), *rows]
    assert timetable(later, tz) != timetable(rows, tz)


QUAKE = OutsideEvent(
    "bmkg", "g-1", "gempa", MONDAY, (("tingkat", "Siaga"), ("wilayah", "Selatan Kota Contoh"))
)


@pytest.mark.parametrize(
    ("trigger", "fits"),
    [
        (EventTrigger("bmkg"), True),
        (EventTrigger("bmkg", "gempa"), True),
        (EventTrigger("bmkg", "tsunami"), False),
        (EventTrigger("pvmbg", "gempa"), False),
        (EventTrigger("bmkg", "gempa", (("tingkat", ("awas", "siaga")),)), True),
        (EventTrigger("bmkg", "gempa", (("tingkat", ("awas",)),)), False),
        (EventTrigger("bmkg", "", (("tingkat", (" SIAGA ",)), ("wilayah", ("selatan kota contoh",)))), True),
        (EventTrigger("bmkg", "gempa", (("tingkat", ("siaga",)), ("potensi", ("tsunami",)))), False),
    ],
)  # fmt: skip
def test_an_event_fits_when_everything_asked_for_is_there(trigger: EventTrigger, fits: bool) -> None:
    assert matches_event(trigger, QUAKE) is fits


def test_a_pulse_opens_nothing_even_where_every_kind_does() -> None:
    assert not matches_event(EventTrigger("bmkg"), OutsideEvent("bmkg", "1", PULSE, MONDAY))


@given(st.text(max_size=200))
def test_plain_text_is_one_line_of_what_can_be_seen(text: str) -> None:
    said = plain(text)
    assert said.isprintable()
    assert said == said.strip()
    assert "  " not in said
    assert plain(said) == said
    said.encode("utf-8")


def test_overrides_of_direction_and_controls_go() -> None:
    assert plain("Awas\u202e tsunami\x00\n\tdi pantai\u200b") == "Awas tsunami di pantai"


BURST = Triggers(burst=BurstTrigger(Label.EMERGENCY, 5, timedelta(minutes=10), ("gempa", "banjir")))


def test_a_warning_and_what_citizens_write_about_it_are_one_matter() -> None:
    comments = group_key("bencana", BURST, GroupBy.TOPIC, Matter(Label.EMERGENCY, ("gempa",)))
    assert event_key("bencana", BURST, GroupBy.TOPIC, QUAKE) == comments
    one = Triggers(comment=CommentTrigger(Label.HOAX, ("gempa",)))
    assert event_key("h", one, GroupBy.CLAIM, QUAKE) == "h/label:hoax/topic:gempa"


def test_a_kind_that_is_no_topic_is_a_matter_of_its_own() -> None:
    logged_out = OutsideEvent("pemantau", "7", "keluar", MONDAY)
    assert event_key("akun", BURST, GroupBy.TOPIC, logged_out) == "akun/event:pemantau:keluar"
    assert event_key("akun", Triggers(), GroupBy.CASE, QUAKE) == "akun/event:bmkg:gempa"
    assert event_reason(logged_out) == "event source=pemantau kind=keluar"


def test_who_is_listened_to_besides_our_own_connectors() -> None:
    events = (EventTrigger("bmkg"), EventTrigger("pvmbg", "erupsi"))
    watched = HeartbeatTrigger("telegram", timedelta(minutes=5))
    assert others(Triggers(event=events, heartbeat=watched)) == {"bmkg", "pvmbg"}
    assert others(Triggers(heartbeat=HeartbeatTrigger("loket", timedelta(minutes=5)))) == {"loket"}
    assert others(BURST) == frozenset()
