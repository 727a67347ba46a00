"""A spike is many more than usual at this hour, and never a few."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.spike import (
    DAYS,
    HOUR,
    TOGETHER,
    Leap,
    Spike,
    SpikeRule,
    judge,
    may_be_told,
    most_first,
    sparkline,
)

HOURS = st.lists(st.integers(0, 500), min_size=HOUR, max_size=HOUR)
PAST = st.lists(HOURS, max_size=DAYS)
RULES = st.builds(SpikeRule, st.integers(4, 200), st.floats(1.5, 10))


@given(RULES, HOURS, PAST)
def test_below_the_floor_nothing_is_a_spike(
    rule: SpikeRule, recent: list[int], past: list[list[int]]
) -> None:
    spike = judge(rule, recent, past)
    if spike is not None:
        assert spike.count >= (rule.floor if spike.minutes == 60 else rule.floor / 2)
        assert spike.count >= rule.factor * spike.usual
    if sum(recent) < rule.floor / 2:
        assert spike is None


@given(RULES, st.integers(0, 300), st.integers(1, DAYS))
def test_a_day_like_the_days_before_is_none_however_busy(rule: SpikeRule, steady: int, days: int) -> None:
    same = [steady] * HOUR
    assert judge(rule, same, [same] * days) is None or steady == 0


@given(RULES, HOURS, PAST, st.integers(0, HOUR - 1), st.integers(1, 500))
def test_more_comments_never_end_a_spike(
    rule: SpikeRule, recent: list[int], past: list[list[int]], at: int, more: int
) -> None:
    busier = [*recent[:at], recent[at] + more, *recent[at + 1 :]]
    assert judge(rule, recent, past) is None or judge(rule, busier, past) is not None


def test_the_fast_look_sees_five_minutes_that_the_hour_would_not() -> None:
    usual = [[4] * HOUR] * 7
    sudden = [4] * (HOUR - 2) + [15, 0]
    spike = judge(SpikeRule(floor=20), sudden, usual)
    assert spike is not None
    assert (spike.count, spike.minutes, spike.usual) == (15, 5, 4.0)


@given(HOURS)
def test_the_picture_has_a_bar_per_bucket_and_the_highest_is_full(counts: list[int]) -> None:
    line = sparkline(counts)
    assert len(line) == HOUR
    assert max(counts) == 0 or line[counts.index(max(counts))] == "█"


def leap(key: str, count: int = 30) -> Leap:
    return Leap(key, Spike(count, 60, 1.0), (0,) * HOUR)


NAMES = st.sampled_from(["cluster:7", "cluster:12", "topic:banjir", "label:hoax", "label:emergency"])
LEAPS = st.lists(st.builds(leap, NAMES, st.integers(4, 99)), max_size=6)


@given(LEAPS, st.integers(0, 3600))
def test_what_comes_up_beside_it_waits_for_its_company_but_for_emergencies(
    leaps: list[Leap], seconds: int
) -> None:
    since = timedelta(seconds=seconds)
    urgent = any(one.key == "label:emergency" for one in leaps)
    assert may_be_told(leaps, None) is bool(leaps)
    assert may_be_told(leaps, since) is (bool(leaps) and (since >= TOGETHER or urgent))


@given(LEAPS)
def test_copies_of_one_text_say_more_than_a_topic_and_a_topic_more_than_a_label(leaps: list[Leap]) -> None:
    kinds = [one.key.partition(":")[0] for one in most_first(leaps)]
    assert kinds == sorted(kinds, key=("cluster", "topic", "label").index)
    assert sorted(kinds) == sorted(one.key.partition(":")[0] for one in leaps)
