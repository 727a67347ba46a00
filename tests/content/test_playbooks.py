"""The shipped files as the product reads them: no fault, and careful with people where it matters most."""

from datetime import timedelta

import pytest
from course import BY_ID, LOADED

from bot.domain.guard import find_personal_data, tone_findings
from bot.domain.incident import Severity
from bot.domain.steps import Ask, Checklist, Notify
from bot.domain.target import parse_target
from bot.domain.trigger import matches_comment
from classifiers.labels import Label


def test_nobody_waits_long_before_somebody_is_told_that_all_were_silent() -> None:
    assert BY_ID["keselamatan-jiwa"].ladder.levels[0].ack_within == timedelta(minutes=5)
    assert all(playbook.ladder.exhausted for playbook in LOADED)
    assert BY_ID["keselamatan-jiwa"].ladder.time_to_exhausted <= timedelta(minutes=30)
    assert BY_ID["hoaks-viral"].ladder.time_to_exhausted <= timedelta(minutes=45)


def test_one_message_of_a_person_in_need_suffices_whatever_its_label() -> None:
    playbook = BY_ID["keselamatan-jiwa"]
    assert playbook.triggers.comment is not None
    assert playbook.triggers.comment.topics == ("bunuh-diri",)
    assert playbook.triggers.comment.label is None
    assert playbook.triggers.comment.min_confidence is None
    assert playbook.triggers.burst is None
    assert playbook.severity is Severity.URGENT


def test_only_the_two_companions_see_the_original() -> None:
    playbook = BY_ID["keselamatan-jiwa"]
    assert playbook.sensitive
    assert playbook.private_to == parse_target("group:pendamping")
    assert playbook.private_to in playbook.ladder.levels[0].page
    told = {to for step in playbook.steps if isinstance(step.uses, Notify | Ask) for to in step.to}
    assert playbook.private_to in told
    # Who else is told that danger is near reads no word of the person's: no field brings any.
    assert told <= {playbook.private_to, parse_target("role:koordinator")}


def test_a_rumour_needs_a_crowd_before_it_wakes_anybody() -> None:
    burst = BY_ID["hoaks-viral"].triggers.burst
    assert burst is not None
    assert (burst.label, burst.count, burst.within) == (Label.HOAX, 5, timedelta(minutes=10))
    assert BY_ID["hoaks-viral"].triggers.comment is None


@pytest.mark.parametrize(
    ("labels", "opens"),
    [
        ({Label.HOAX: 0.99}, True),
        ({Label.HOAX: 0.9}, False),
        ({Label.QUESTION: 1.0}, False),
        ({Label.COMPLAINT: 1.0}, False),
    ],
)
def test_one_claim_of_a_leak_suffices_where_it_is_plain(labels: dict[Label, float], opens: bool) -> None:
    """What is sold by night is copied by morning; whether it is so is the first thing asked."""
    trigger = BY_ID["kebocoran-data-pribadi"].triggers.comment
    assert trigger is not None
    assert (matches_comment(trigger, labels, ("kebocoran-data",)) is not None) is opens
    assert matches_comment(trigger, labels, ("air-bersih",)) is None


def test_a_first_word_can_be_out_within_half_an_hour() -> None:
    (clock,) = BY_ID["hoaks-viral"].clocks
    assert isinstance(clock.within, timedelta)
    assert clock.within == timedelta(minutes=30)
    asked = [s for s in BY_ID["hoaks-viral"].steps if s.id in {"nilai", "setujui"} and s.timeout]
    assert sum((s.timeout or timedelta() for s in asked), timedelta()) <= clock.within


def test_what_is_said_to_the_team_is_calm_too() -> None:
    said = [playbook.summary for playbook in LOADED]
    said += [step.uses.text for p in LOADED for step in p.steps if isinstance(step.uses, Notify)]
    said += [i.text for p in LOADED for s in p.steps if isinstance(s.uses, Checklist) for i in s.uses.items]
    assert all(find_personal_data(text) == () and tone_findings(text) == () for text in said)
    assert all(len(text) <= 400 for text in said)
