"""How soon a case needs a person: never without a reason, and never later because more is known."""

from datetime import timedelta

import pytest
from fakes import verdict
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.comment import Verdict
from bot.domain.priority import Urgency, assess
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
