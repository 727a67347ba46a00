"""Topics are matched by whole words, and an exception hides only its own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.topic import Topic, fold, match

ROAD = Topic("jalan", "Jalan rusak", words=("aspal",), phrases=("jalan rusak",))
LIFE = Topic(
    "bunuh-diri", "Keselamatan jiwa", words=(), phrases=("pengen mati",), except_=("pengen mati ketawa",)
)
TOPICS = (ROAD, LIFE)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Jalan  RUSAK, pak!", ("jalan",)),
        ("jalan yang rusak", ()),
        ("aspalnya tipis", ()),
        ("aspal/tambalan", ("jalan",)),
        ("capek, pengen mati ketawa", ()),
        ("pengen mati ketawa pengen mati ketawa", ()),
        ("pengen mati ketawa, eh beneran pengen mati", ("bunuh-diri",)),
        ("pengen mati, jalan rusak", ("jalan", "bunuh-diri")),
        ("", ()),
    ],
)
def test_whole_words_count_and_exceptions_hide_only_themselves(text: str, keys: tuple[str, ...]) -> None:
    assert match(TOPICS, text) == keys


@given(st.text())
def test_any_text_can_be_matched_and_folding_is_stable(text: str) -> None:
    assert set(match(TOPICS, text)) <= {"jalan", "bunuh-diri"}
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text())
def test_what_stands_around_a_phrase_does_not_hide_it(before: str, after: str) -> None:
    assert "jalan" in match(TOPICS, f"{before} jalan rusak {after}")
