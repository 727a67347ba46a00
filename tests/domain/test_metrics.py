"""Measures of an incident: from its timeline, over one run and over many."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.metrics import MOST_BARS, Moments, measure, moments_of, per_step, spread

START = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)


def after(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


moments_in_a_month = st.datetimes(datetime(2026, 11, 1), datetime(2026, 12, 1)).map(  # noqa: DTZ001 - hypothesis wants them naive
    lambda at: at.replace(tzinfo=UTC)
)
spans = st.timedeltas(timedelta(), timedelta(days=3))


def test_the_story_of_a_night_gives_its_four_moments() -> None:
    lines = [
        ("opened", START),
        ("acked", after(4)),
        ("lease_lost", after(40)),
        ("acked", after(43)),
        ("published", after(22)),
        ("published", after(80)),
        ("resolved", after(180)),
    ]
    assert moments_of(START, lines) == Moments(START, after(4), after(22), after(180))


def test_a_run_that_was_opened_again_is_measured_to_its_last_closing_and_keeps_its_first_answer() -> None:
    lines = [("acked", after(4)), ("resolved", after(60)), ("reopened", after(90)), ("acked", after(99))]
    found = moments_of(START, lines)
    assert found.acked_at == after(4)
    assert found.closed_at is None
    assert moments_of(START, [*lines, ("false_alarm", after(120))]).closed_at == after(120)


def test_an_approved_reply_counts_as_the_first_correct_words_but_not_one_from_before_the_opening() -> None:
    lines = [("published", after(30))]
    assert moments_of(START, lines, [after(-5), after(12)]).posted_at == after(12)
    assert moments_of(START, lines, [after(45)]).posted_at == after(30)
    assert moments_of(START, [], [after(-5)]).posted_at is None


def test_a_holding_statement_is_shown_and_never_counted() -> None:
    held = [("acked", after(4)), ("holding_posted", after(12)), ("holding_posted", after(14))]
    waiting = moments_of(START, held)
    assert (waiting.held_at, waiting.posted_at) == (after(12), None)
    found = moments_of(START, [*held, ("published", after(52))])
    assert (found.held_at, found.posted_at) == (after(12), after(52))
    assert measure(found, [after(20), after(60)]).to_post == timedelta(minutes=52)
    assert measure(found, [after(20), after(60)]).before_post == 1
    late = moments_of(START, [("published", after(10)), ("holding_posted", after(30))])
    assert (late.held_at, late.posted_at) == (None, after(10))


def test_comments_are_counted_up_to_the_post_and_from_it_on() -> None:
    written = [after(m) for m in (-8, -3, 0, 10, 22, 25)]
    found = measure(Moments(START, after(4), after(22), None), written)
    assert (found.to_ack, found.to_post, found.to_close) == (
        timedelta(minutes=4),
        timedelta(minutes=22),
        None,
    )
    assert (found.before_post, found.after_post) == (4, 2)
    nothing_said = measure(Moments(START), written)
    assert (nothing_said.before_post, nothing_said.after_post) == (6, 0)


def test_over_a_period_the_middle_one_and_the_worst_are_told_and_the_missing_ones_are_counted() -> None:
    minutes = [timedelta(minutes=m) for m in (3, 4, 30)]
    found = spread([*minutes, None])
    assert (found.happened, found.missing) == (3, 1)
    assert (found.median, found.worst) == (minutes[1], minutes[2])
    assert spread([]).median is None


@given(st.lists(st.none() | spans))
def test_median_and_worst_are_figures_that_really_were(values: list[timedelta | None]) -> None:
    found = spread(values)
    assert found.happened + found.missing == len(values)
    known = [value for value in values if value is not None]
    if known:
        assert found.median in known
        assert found.worst == max(known)
        assert sum(value <= found.median for value in known) * 2 >= len(known)


@given(moments_in_a_month, st.lists(moments_in_a_month, max_size=60), moments_in_a_month)
def test_every_comment_is_counted_once_whatever_the_order(
    opened: datetime, written: list[datetime], posted: datetime
) -> None:
    found = measure(Moments(opened, posted_at=posted), written)
    assert found.before_post + found.after_post == len(written)
    assert found.before_post == sum(at < posted for at in written)


@given(
    st.lists(moments_in_a_month, max_size=80),
    moments_in_a_month,
    moments_in_a_month,
    st.integers(1, MOST_BARS),
)
def test_bars_hold_every_comment_and_never_grow_too_many(
    written: list[datetime], one: datetime, other: datetime, most: int
) -> None:
    first, last = sorted((one, other))
    found = per_step(written, first, last, most)
    assert sum(found.counts) == len(written)
    assert len(found.counts) <= most + 1
    assert found.start <= min([first, *written])
    assert found.end > max([last, *written])
    assert found.start.second == 0
    for number, count in enumerate(found.counts):
        begin = found.start + found.step * number
        assert count == sum(begin <= at < begin + found.step for at in written)


def test_a_short_night_is_drawn_minute_by_minute_and_a_long_week_is_not() -> None:
    assert per_step([], START, after(50)).minutes == 1
    assert per_step([], START, after(60 * 24 * 7)).minutes == 120
