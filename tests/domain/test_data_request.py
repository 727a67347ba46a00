"""A question to a unit: how it is typed, and that the first answer counts."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import data_request as rules
from bot.domain.data_request import DataRequest, RequestId, RequestState, read_asked
from bot.domain.errors import BadInput, Refused, WrongState
from bot.domain.people import PersonId

NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def asked() -> DataRequest:
    return DataRequest(RequestId(1), "bpbd", "Berapa rumah?", PersonId("sari"), NINE, NINE + 3 * HOUR)


@pytest.mark.parametrize(
    ("typed", "unit", "question", "within"),
    [
        ("bpbd: berapa rumah terendam?", "bpbd", "berapa rumah terendam?", None),
        ("  BPBD (2 jam) : berapa:\n tiga?", "bpbd", "berapa: tiga?", 2 * HOUR),
        ("dinas-pu (30 menit), jalan mana?", "dinas-pu", "jalan mana?", HOUR / 2),
        ("pupr (3 hari): rencana?", "pupr", "rencana?", timedelta(days=3)),
    ],
)
def test_a_question_as_people_type_it(typed: str, unit: str, question: str, within: timedelta | None) -> None:
    said = read_asked(typed)
    assert (said.unit, said.question, said.within) == (unit, question, within)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("berapa rumah terendam?", "data_how"),
        ("bpbd:", "data_how"),
        ("bpbd: " + "x" * 601, "too_long:600"),
        ("bpbd (2 menit): cepat?", "data_time"),
        ("bpbd (15 hari): lama?", "data_time"),
    ],
)
def test_what_cannot_be_asked_is_said(typed: str, why: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_asked(typed)
    assert refused.value.why == why


@given(st.text(max_size=120))
def test_any_words_are_a_question_or_refused(text: str) -> None:
    try:
        said = read_asked(text)
    except Refused:
        return
    assert said.unit
    assert said.question == " ".join(said.question.split())


def test_two_thirds_of_the_time_bring_a_reminder() -> None:
    assert asked().remind_at == NINE + 2 * HOUR


def test_the_first_answer_counts_also_when_it_comes_late() -> None:
    late = rules.late(asked())
    assert late.state is RequestState.LATE
    done = rules.answered(late, " 12 rumah ", PersonId("wawan"), NINE + 5 * HOUR)
    assert (done.state, done.answer, done.answered_by) == (RequestState.ANSWERED, "12 rumah", "wawan")
    assert rules.late(done) == done
    with pytest.raises(WrongState):
        rules.answered(done, "13", PersonId("dewi"), NINE)
    with pytest.raises(BadInput):
        rules.answered(asked(), "x" * 2001, PersonId("dewi"), NINE)
