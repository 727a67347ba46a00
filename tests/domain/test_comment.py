"""When two messages are one matter, and what a text must be to be kept."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes import comment, later
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.comment import Author, Origin, Platform, carried, may_join, whole

WITHIN = timedelta(seconds=20)
FIRST = comment("Pak", message="1")
DM = {"platform": Platform.TELEGRAM_DM, "thread": "501"}


@pytest.mark.parametrize(
    ("seconds", "joins"), [(0, True), (20, True), (21, False), (-20, True), (-21, False)]
)
def test_one_person_in_one_thread_within_the_time(seconds: int, joins: bool) -> None:
    assert may_join(FIRST, comment("lagi", message="2", at=later(seconds)), WITHIN) is joins


@pytest.mark.parametrize(
    "other",
    [
        {"author": "tg:9"},
        {"author": ""},
        {"thread": "-1/2"},
        {"platform": Platform.FORWARDED},
    ],
)
def test_anything_else_is_another_matter(other: dict[str, object]) -> None:
    assert not may_join(FIRST, comment("lagi", message="2", **other), WITHIN)  # type: ignore[arg-type]  # by name


def test_two_unknown_writers_are_not_one() -> None:
    unknown = comment("Pak", author="")
    assert not may_join(unknown, comment("lagi", author=""), WITHIN)


def test_a_private_conversation_is_one_however_late() -> None:
    assert may_join(comment("Bu", **DM), comment("lagi", at=later(10**6), **DM), WITHIN)  # type: ignore[arg-type]  # by name


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_a_proper_text_stays_as_it_is(text: str) -> None:
    assert whole(text) == text


@given(st.lists(st.sampled_from(["a", "\ud83d", "\ude00", "\udfff", "é", "\ufeff"]), max_size=8).map("".join))
def test_any_text_can_be_written_afterwards_and_is_the_same_the_second_time(text: str) -> None:
    kept = whole(text)
    assert kept.encode().decode() == kept
    assert whole(kept) == kept


def test_two_halves_that_belong_together_become_their_sign() -> None:
    assert whole("\ud83d\ude4f") == "🙏"
    assert whole("\ud83d!") == "\ufffd!"


def test_every_part_of_a_comment_is_carried() -> None:
    broken = replace(
        FIRST,
        origin=Origin(Platform.CSV, "\ud83d", "\ud83d"),
        author=Author("\ud83d", "\ud83d"),
        text="\ud83d",
        link="\ud83d",
        context="\ud83d",
    )
    kept = carried(broken)
    parts = (
        *kept.origin.__str__().split(":")[1:],
        *(kept.author.key, kept.author.name, kept.text, kept.link, kept.context),
    )
    assert set(parts) == {"\ufffd"}
    assert carried(FIRST) == FIRST
