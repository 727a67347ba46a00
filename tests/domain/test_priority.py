"""How soon a case needs a person: never without a reason, and never later because more is known."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes import verdict
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.words.cards import reason
from bot.domain.comment import Verdict
from bot.domain.priority import (
    Around,
    Priority,
    Urgency,
    aged,
    assess,
    judged_anew,
    reach_of,
    spread,
    weigh,
)
from bot.domain.reach import Loud, Reach
from classifiers.labels import Label

LABELS = st.lists(st.sampled_from([label.value for label in Label]), unique=True)


@pytest.mark.parametrize(
    ("found", "urgency", "reasons"),
    [
        (verdict("emergency", "spam"), Urgency.EMERGENCY, ("label:emergency",)),
        (verdict("hoax", "hate"), Urgency.HIGH, ("label:hate", "label:hoax")),
        (verdict("question"), Urgency.NORMAL, ("label:question",)),
        (verdict("praise"), Urgency.LOW, ("label:praise",)),
        (verdict("spam", unsure=["emergency"]), Urgency.HIGH, ("unsure:emergency",)),
        (verdict(unsure=["hoax"]), Urgency.NORMAL, ("unsure:hoax",)),
        (verdict(), Urgency.LOW, ("none",)),
        (Verdict(error="TimeoutError"), Urgency.HIGH, ("unclassified",)),
    ],
)
def test_labels_make_the_urgency(found: Verdict, urgency: Urgency, reasons: tuple[str, ...]) -> None:
    priority = assess(found, sensitive=False)
    assert (priority.urgency, priority.reasons) == (urgency, reasons)


@given(LABELS, LABELS, st.integers(1, 9), st.integers(0, 40))
def test_there_is_always_a_reason_and_more_is_never_later(
    labels: list[str], unsure: list[str], comments: int, hours: int
) -> None:
    found = verdict(*labels, unsure=[u for u in unsure if u not in labels])
    plain = assess(found, sensitive=False)
    more = assess(found, sensitive=False, comments=comments, waiting=timedelta(hours=hours))
    assert plain.reasons
    assert more.urgency <= plain.urgency
    assert assess(found, sensitive=True).urgency is Urgency.EMERGENCY
    if "emergency" in (*labels, *unsure):
        assert plain.urgency <= Urgency.HIGH


@pytest.mark.parametrize(
    ("comments", "hours", "urgency"),
    [(2, 3, Urgency.NORMAL), (3, 0, Urgency.HIGH), (1, 4, Urgency.HIGH), (9, 99, Urgency.HIGH)],
)
def test_who_writes_often_or_waits_long_moves_up_one_step(
    comments: int, hours: int, urgency: Urgency
) -> None:
    found = assess(verdict("question"), sensitive=False, comments=comments, waiting=timedelta(hours=hours))
    assert found.urgency is urgency


@pytest.mark.parametrize(
    ("labels", "hours", "late", "urgency", "reasons"),
    [
        (["question"], 3, False, Urgency.NORMAL, ("label:question",)),
        (["question"], 4, False, Urgency.HIGH, ("label:question", "waited_long")),
        (["question"], 1, True, Urgency.HIGH, ("label:question", "waited_long")),
        (["praise"], 30, False, Urgency.NORMAL, ("label:praise", "waited_long")),
        (["hoax"], 30, True, Urgency.HIGH, ("label:hoax", "waited_long")),
        (["emergency"], 1, True, Urgency.EMERGENCY, ("label:emergency", "waited_long")),
        ([], 5, False, Urgency.NORMAL, ("waited_long",)),
    ],
)
def test_time_alone_moves_a_case_up_one_step_and_is_its_reason(
    labels: list[str], hours: int, late: bool, urgency: Urgency, reasons: tuple[str, ...]
) -> None:
    before = assess(verdict(*labels), sensitive=False)
    older = aged(before, timedelta(hours=hours), late=late)
    assert (older.urgency, older.reasons) == (urgency, reasons)
    once = aged(older, timedelta(days=9), late=True)
    assert aged(once, timedelta(days=99), late=True) == once, "said once"


@given(LABELS, st.integers(1, 9), st.integers(4, 40))
def test_time_that_a_new_comment_would_show_is_the_same_by_itself(
    labels: list[str], comments: int, hours: int
) -> None:
    waiting, found = timedelta(hours=hours), verdict(*labels)
    by_itself = aged(assess(found, sensitive=False, comments=comments), waiting, late=False)
    assert by_itself == assess(found, sensitive=False, comments=comments, waiting=waiting)
    at_risk = assess(found, sensitive=True)
    assert aged(at_risk, waiting, late=True) == at_risk


AROUND = st.builds(Around, st.integers(0, 200), st.integers(0, 10), st.integers(0, 9))
PRIORITY = st.builds(
    lambda urgency, own: Priority(urgency, own or ("none",)),
    st.sampled_from(Urgency),
    st.lists(st.sampled_from(["label:hoax", "wrote_often", "waited_long"]), unique=True).map(tuple),
)


@pytest.mark.parametrize(
    ("around", "urgency", "reasons"),
    [
        (Around(), Urgency.NORMAL, ("label:question",)),
        (Around(growth=9), Urgency.NORMAL, ("label:question",)),
        (Around(growth=12), Urgency.HIGH, ("label:question", "grows:12")),
        (Around(open_cases=1), Urgency.NORMAL, ("label:question",)),
        (Around(open_cases=3), Urgency.HIGH, ("label:question", "open_cases:3")),
        (Around(incident=4), Urgency.HIGH, ("label:question", "incident:4")),
        (Around(99, 9, 4), Urgency.HIGH, ("label:question", "grows:99", "open_cases:9", "incident:4")),
    ],
)
def test_every_factor_is_a_reason(around: Around, urgency: Urgency, reasons: tuple[str, ...]) -> None:
    found = weigh(assess(verdict("question"), sensitive=False), around)
    assert (found.urgency, found.reasons) == (urgency, reasons)
    assert all(reason(code) for code in found.reasons if code != "none")


def test_three_advertisements_are_no_more_urgent_than_one_but_a_spreading_one_is() -> None:
    spam = assess(verdict("spam"), sensitive=False)
    assert weigh(spam, Around(open_cases=9)) == spam
    assert weigh(spam, Around(growth=50)).urgency is Urgency.NORMAL
    assert weigh(spam, Around(incident=1)).urgency is Urgency.HIGH


@given(PRIORITY, AROUND, st.sampled_from(["growth", "open_cases", "incident"]), st.integers(1, 100))
def test_more_of_anything_is_never_later(priority: Priority, around: Around, factor: str, more: int) -> None:
    less = weigh(priority, around)
    grown = weigh(priority, replace(around, **{factor: getattr(around, factor) + more}))
    assert grown.urgency <= less.urgency <= priority.urgency
    assert grown.urgency is not Urgency.EMERGENCY or priority.urgency is Urgency.EMERGENCY
    assert set(priority.reasons) <= set(less.reasons)


@given(PRIORITY, AROUND, AROUND)
def test_weighed_with_every_further_comment_it_does_not_climb(
    priority: Priority, first: Around, second: Around
) -> None:
    once = weigh(priority, first)
    assert weigh(once, first) == once
    twice = weigh(once, second)
    assert twice.urgency >= max(Urgency.EMERGENCY, min(priority.urgency, Urgency.HIGH))
    assert len({code.partition(":")[0] for code in twice.reasons}) == len(twice.reasons)


REACH = st.builds(Reach, st.integers(0, 30_000), st.integers(0, 300), st.integers(0, 20))
LOUD = Loud()


@pytest.mark.parametrize(
    ("reach", "urgency", "said"),
    [
        (Reach(), Urgency.NORMAL, []),
        (Reach(9_999, 99, 4), Urgency.NORMAL, []),
        (Reach(seen=12_345), Urgency.HIGH, ["dilihat sekitar 12 ribu kali"]),
        (Reach(reacted=340), Urgency.HIGH, ["ditanggapi sekitar 340 kali"]),
        (Reach(replied=9), Urgency.HIGH, ["sudah dibalas sedikitnya 9 orang"]),
        (
            Reach(1_250_000, 100),
            Urgency.HIGH,
            ["dilihat sekitar 1,2 juta kali", "ditanggapi sekitar 100 kali"],
        ),
    ],
)
def test_what_many_saw_or_answered_is_looked_at_sooner_and_says_so(
    reach: Reach, urgency: Urgency, said: list[str]
) -> None:
    found = spread(assess(verdict("question"), sensitive=False), reach, LOUD)
    assert found.urgency is urgency
    assert [reason(code) for code in found.reasons][1:] == said


@given(PRIORITY, REACH, st.sampled_from(["seen", "reacted", "replied"]), st.integers(1, 20_000))
def test_the_further_it_went_the_sooner_and_never_by_more_than_a_step(
    priority: Priority, reach: Reach, which: str, more: int
) -> None:
    less = spread(priority, reach, LOUD)
    further = spread(priority, replace(reach, **{which: getattr(reach, which) + more}), LOUD)
    assert further.urgency <= less.urgency <= priority.urgency
    assert further.urgency >= max(min(priority.urgency, Urgency.HIGH), priority.urgency - 1)
    assert set(priority.reasons) <= set(less.reasons)
    assert spread(less, reach, LOUD) == less
    assert reach_of(spread(less, Reach(), LOUD)) == reach_of(less), "what was known stays known"


@given(PRIORITY, AROUND, REACH)
def test_reach_and_all_that_is_around_move_it_one_step_together(
    priority: Priority, around: Around, reach: Reach
) -> None:
    both = spread(weigh(priority, around), reach, LOUD)
    floor = Urgency.HIGH if around.incident else priority.urgency - 1
    assert both.urgency >= min(priority.urgency, max(Urgency.HIGH, floor))
    again = weigh(both, around)
    assert again.urgency is both.urgency
    assert set(again.reasons) >= set(both.reasons)


@given(LABELS, LABELS, AROUND, REACH, st.booleans())
def test_other_labels_leave_what_is_around_a_case_and_its_age_where_they_were(
    first: list[str], second: list[str], around: Around, reach: Reach, old: bool
) -> None:
    before = spread(weigh(assess(verdict(*first), sensitive=False), around), reach, LOUD)
    before = aged(before, timedelta(0), late=True) if old else before
    plain = assess(verdict(*second), sensitive=False)
    after = judged_anew(plain, before)
    assert after.urgency <= plain.urgency
    assert reach_of(after) == reach_of(before)
    kept = {code for code in before.reasons if code.partition(":")[0] in {"grows", "incident", "waited_long"}}
    assert kept <= set(after.reasons)


def test_a_life_at_risk_needs_no_other_reason() -> None:
    at_risk = assess(verdict("question"), sensitive=True)
    assert spread(at_risk, Reach(10**6, 10**6, 99), LOUD) == at_risk
