"""What of a run's story is read: each happening once."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.telling import told
from bot.domain.run_types import What
from bot.services.ports import TimelineLine

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def line(minute: int, what: What, **params: object) -> TimelineLine:
    return TimelineLine(NOON + timedelta(minutes=minute), what, params)


def test_a_step_that_ends_is_told_by_what_ended_it() -> None:
    answered = line(1, What.ANSWERED, step="cek", person="ani")
    done = line(1, What.STEP_DONE, step="cek")
    assert told([answered, done]) == [answered]
    assert told([line(0, What.ANSWERED, step="cek"), done])[-1] == done, "of another moment"
    assert told([line(1, What.ANSWERED, step="lain"), done])[-1] == done, "of another step"
    asked = line(1, What.ASKED, step="cek", people="ani")
    assert told([asked, done]) == [asked, done], "to be asked is no end"


def test_what_the_playbook_left_out_is_not_told_but_what_a_person_did_is() -> None:
    person = line(2, What.STEP_SKIPPED, step="data", person="ani", reason="lisan")
    assert told([line(1, What.STEP_SKIPPED, step="benar"), line(1, What.STEP_READY, step="cek"), person]) == [
        person
    ]


def test_the_same_sentence_is_not_read_twice_in_a_row() -> None:
    again = [
        line(1, What.ASKED, step="tayang", people="ani"),
        line(2, What.ASKED, step="tayang", people="ani"),
    ]
    assert told(again) == again[:1]
    between = line(2, What.POST_FAILED, step="tayang", channel="x")
    assert told([again[0], between, again[1]]) == [again[0], between, again[1]]


@given(
    st.lists(
        st.builds(
            lambda minute, what, step: line(minute, what, step=step),
            st.integers(0, 5), st.sampled_from(list(What)), st.sampled_from("abc"),
        ),
        max_size=30,
    )
)  # fmt: skip
def test_nothing_is_invented_or_moved_and_the_great_moments_stay(lines: list[TimelineLine]) -> None:
    found = told(lines)
    rest = iter(lines)
    assert all(any(one is other for other in rest) for one in found), "in the order of the story"
    for what in (What.OPENED, What.ACKED, What.PUBLISHED, What.RESOLVED, What.EXHAUSTED):
        assert any(one.what == what for one in found) == any(one.what == what for one in lines)
    assert told(found) == found or {What.STEP_DONE, What.ASKED} & {one.what for one in lines}
