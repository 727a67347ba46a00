"""What of a run's story is read: each happening once."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.telling import told
from bot.chat.words.story import TIMES, Teller, story
from bot.domain.people import Zone
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


def test_reminders_are_counted_and_what_happens_between_them_begins_a_new_count() -> None:
    remind = [line(minute, What.REMINDED, step="cek", people="ani") for minute in range(4)]
    lease = [line(minute, What.LEASE_ASKED, person="ani") for minute in range(4)]
    mixed = [one for pair in zip(remind, lease, strict=True) for one in pair]
    found = told(mixed)
    assert [(one.what, one.at, one.params[TIMES]) for one in found] == [
        (What.REMINDED, NOON, 4), (What.LEASE_ASKED, NOON, 4),
    ]  # fmt: skip
    between = line(2, What.TAKEN_OVER, person="budi")
    assert [one.params.get(TIMES) for one in told([*remind[:2], between, *remind[2:]])] == [2, None, 2]
    other = line(5, What.REMINDED, step="data", people="ani")
    assert told([remind[0], other]) == [remind[0], other]


def test_a_count_is_read_after_the_sentence() -> None:
    teller = Teller({"ani": "Ani"}, Zone.WIB, NOON)
    said = story(What.REMINDED, {"step": "cek", "people": "ani", TIMES: 12}, teller)
    assert said == "Mengingatkan Ani: “cek”. (12 kali)"
    assert story(What.REMINDED, {"step": "cek", "people": "ani"}, teller) == "Mengingatkan Ani: “cek”."


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
    rest = iter([(one.at, one.what, one.params["step"]) for one in lines])
    assert all(
        any(key == other for other in rest) for key in [(f.at, f.what, f.params["step"]) for f in found]
    )
    for what in (What.OPENED, What.ACKED, What.PUBLISHED, What.RESOLVED, What.EXHAUSTED, What.REMINDED):
        assert any(one.what == what for one in found) == any(one.what == what for one in lines)
