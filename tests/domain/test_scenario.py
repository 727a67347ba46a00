"""After an exercise: which goals were reached, and when. The first time counts; nobody is ranked."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.scenario import Goal, GoalWithin, Moment, Scenario, judge

OPENED = datetime(2027, 3, 1, 15, tzinfo=UTC)
ACKED = GoalWithin(Goal.ACKNOWLEDGED, timedelta(minutes=5))
POSTED = GoalWithin(Goal.DONE, timedelta(minutes=15), "tayang")
CLOSED = GoalWithin(Goal.RESOLVED, timedelta(hours=6))
DRILL = Scenario(
    "tsunami", "hoaks-bencana", "Pesan berantai", "Cerita.", timedelta(hours=6), "burst",
    targets=(ACKED, POSTED, CLOSED),
)  # fmt: skip


def after(minutes: float) -> datetime:
    return OPENED + timedelta(minutes=minutes)


def test_goals_are_read_from_what_happened() -> None:
    story = [
        Moment("paged", after(0)),
        Moment("acked", after(4)),
        Moment("acked", after(50)),
        Moment("step_done", after(10), "nilai"),
        Moment("step_done", after(20), "tayang"),
    ]
    acked, posted, closed = judge(DRILL, OPENED, story)
    assert (acked.after, acked.in_time) == (timedelta(minutes=4), True)
    assert (posted.after, posted.in_time) == (timedelta(minutes=20), False)
    assert (closed.after, closed.in_time) == (None, False)


@given(st.lists(st.floats(0, 600), max_size=8))
def test_more_of_the_same_never_makes_it_later(minutes: list[float]) -> None:
    story = [Moment("acked", after(each)) for each in minutes]
    first = judge(DRILL, OPENED, story)[0].after
    again = judge(DRILL, OPENED, [*story, Moment("acked", after(601))])[0].after
    assert again == (first if first is not None else timedelta(minutes=601))
