"""A case told by chance: whatever is pressed in whatever order, a refusal changes nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes import MORNING, verdict
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.domain import case as rules
from bot.domain.case import OPEN, Case, CaseId, CaseStatus, CloseReason, Panel
from bot.domain.comment import Verdict
from bot.domain.errors import Outdated, Refused, TakenBy, WrongState
from bot.domain.people import PersonId
from bot.domain.priority import Urgency, assess
from classifiers.labels import Label

PEOPLE = st.sampled_from([PersonId("sari"), PersonId("budi"), PersonId("ratna")])
SEEN = st.sampled_from([0, 0, 0, -1, 1])
"""How far the card that was pressed is from the present one; mostly it is the present one."""
SARI, BUDI = PersonId("sari"), PersonId("budi")


def new(**more: object) -> Case:
    found = verdict("question")
    fresh = Case(CaseId(1), 1, CaseStatus.NEW, found, assess(found, sensitive=False), MORNING, MORNING)
    return replace(fresh, **more)  # type: ignore[arg-type]  # fields by name


class CaseLife(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.case = new()
        self.now = MORNING

    def press(self, change: Callable[[], Case]) -> None:
        before = self.case
        self.now += timedelta(seconds=1)
        try:
            after = change()
        except Refused:
            assert self.case == before
            return
        assert after.version > before.version
        assert after.updated_at == self.now
        stolen = before.assignee and after.assignee not in {None, before.assignee}
        assert not stolen, "a case changed hands without being free in between"
        self.case = after

    @rule(person=PEOPLE, off=SEEN)
    def take(self, person: PersonId, off: int) -> None:
        self.press(lambda: rules.take(self.case, person, self.case.version + off, self.now))

    @rule(off=SEEN)
    def release(self, off: int) -> None:
        self.press(lambda: rules.release(self.case, self.case.version + off, self.now))

    @rule(person=PEOPLE, panel=st.sampled_from(Panel), off=SEEN)
    def open_panel(self, person: PersonId, panel: Panel, off: int) -> None:
        self.press(lambda: rules.open_panel(self.case, panel, person, self.case.version + off, self.now))

    @rule(person=PEOPLE, off=SEEN)
    def back(self, person: PersonId, off: int) -> None:
        self.press(lambda: rules.back_to_main(self.case, person, self.case.version + off, self.now))

    @rule(label=st.sampled_from(Label), off=SEEN)
    def toggle(self, label: Label, off: int) -> None:
        self.press(lambda: rules.toggle_label(self.case, label, self.case.version + off, self.now))

    @rule(person=PEOPLE, minutes=st.integers(1, 60), off=SEEN)
    def snooze(self, person: PersonId, minutes: int, off: int) -> None:
        until = self.now + timedelta(minutes=minutes)
        self.press(lambda: rules.snooze(self.case, until, person, self.case.version + off, self.now))

    @rule()
    def wake(self) -> None:
        if self.case.status is CaseStatus.SNOOZED:
            self.press(lambda: rules.wake(self.case, self.now))

    @rule(person=PEOPLE, reason=st.sampled_from(CloseReason), off=SEEN)
    def close(self, person: PersonId, reason: CloseReason, off: int) -> None:
        self.press(lambda: rules.close(self.case, reason, person, self.case.version + off, self.now))

    @rule(off=SEEN)
    def reopen(self, off: int) -> None:
        self.press(lambda: rules.reopen(self.case, self.case.version + off, self.now))

    @rule()
    def submit_and_come_back_or_answer(self) -> None:
        if self.case.status is CaseStatus.ASSIGNED and self.case.assignee:
            writer = self.case.assignee
            self.press(lambda: rules.drafted(self.case, writer, self.now))
            if self.now.second % 2:
                self.press(lambda: rules.undrafted(self.case, self.now))
            else:
                self.press(lambda: rules.answered(self.case, self.now))

    @rule(label=st.sampled_from(Label))
    def join(self, label: Label) -> None:
        before = self.case
        self.now += timedelta(seconds=1)
        found = verdict(label.value)
        self.case = rules.joined(before, found, assess(found, sensitive=False), self.now)
        assert self.case.comments == before.comments + 1
        assert set(before.verdict.labels) | {label.value} == set(self.case.verdict.labels)
        assert (self.case.version == before.version) is (before.status is not CaseStatus.ANSWERED)

    @invariant()
    def a_worked_case_has_one_person_and_a_new_one_none(self) -> None:
        if self.case.status in {CaseStatus.ASSIGNED, CaseStatus.DRAFTED}:
            assert self.case.assignee
        if self.case.status is CaseStatus.NEW:
            assert self.case.assignee is None

    @invariant()
    def what_belongs_to_a_state_is_there_only_in_it(self) -> None:
        case = self.case
        assert (case.snoozed_until is not None) is (case.status is CaseStatus.SNOOZED)
        done = case.status in {CaseStatus.CLOSED, CaseStatus.HANDED_OVER}
        assert (case.close_reason is not None) is done
        assert (case.closed_by is not None) is done
        assert case.status is not CaseStatus.ANSWERED or case.answered_at

    @invariant()
    def labels_are_certain_or_unsure_in_one_order(self) -> None:
        found = self.case.verdict
        assert not set(found.labels) & set(found.unsure)
        assert list(found.labels) == [label.value for label in Label if label.value in found.labels]

    @invariant()
    def a_writing_panel_belongs_to_an_assigned_case(self) -> None:
        if self.case.panel in {Panel.REPLY, Panel.WRITING}:
            assert self.case.status is CaseStatus.ASSIGNED
            assert self.case.panel_by == self.case.assignee


TestCaseLife = CaseLife.TestCase
TestCaseLife.settings = settings(max_examples=120, stateful_step_count=30, deadline=None)


def test_the_loser_learns_who_has_it_even_from_an_older_card() -> None:
    taken = rules.take(new(), SARI, 1, MORNING)
    with pytest.raises(TakenBy) as refused:
        rules.take(taken, BUDI, 1, MORNING)
    assert refused.value.person == "sari"


def test_an_older_card_is_told_what_the_case_is_now() -> None:
    taken = rules.take(new(), SARI, 1, MORNING)
    with pytest.raises(Outdated) as refused:
        rules.release(taken, 1, MORNING)
    assert (refused.value.now_is, refused.value.by) == ("assigned", "sari")


@pytest.mark.parametrize("status", sorted(set(CaseStatus) - OPEN))
def test_a_finished_case_is_not_worked_on(status: CaseStatus) -> None:
    case = new(status=status)
    for press in (
        lambda: rules.take(case, SARI, 1, MORNING),
        lambda: rules.release(case, 1, MORNING),
        lambda: rules.toggle_label(case, Label.HOAX, 1, MORNING),
        lambda: rules.snooze(case, MORNING, SARI, 1, MORNING),
        lambda: rules.open_panel(case, Panel.REPLY, SARI, 1, MORNING),
    ):
        with pytest.raises(WrongState):
            press()


def test_an_unsure_label_becomes_certain_and_then_goes() -> None:
    case = new(verdict=Verdict(labels=("question",), unsure=("hoax",)))
    sure = rules.toggle_label(case, Label.HOAX, 1, MORNING)
    assert (sure.verdict.labels, sure.verdict.unsure) == (("question", "hoax"), ())
    gone = rules.toggle_label(sure, Label.HOAX, 2, MORNING)
    assert (gone.verdict.labels, gone.verdict.unsure) == (("question",), ())


def test_the_urgency_follows_what_a_person_says_and_their_label_has_no_score() -> None:
    guessed = new(
        verdict=Verdict(("question",), scores=(("question", 0.8), ("emergency", 0.02)), error="late")
    )
    said = rules.toggle_label(guessed, Label.EMERGENCY, 1, MORNING)
    assert said.priority.urgency is Urgency.EMERGENCY
    assert (said.verdict.score("emergency"), said.verdict.error) == (0.0, "")
    calm = rules.toggle_label(said, Label.EMERGENCY, 2, MORNING)
    assert calm.priority.urgency is Urgency.NORMAL


def test_what_two_messages_say_adds_up() -> None:
    old = Verdict(
        ("complaint",),
        ("hoax",),
        (("hoax", 0.4), ("complaint", 0.9)),
        (("complaint", "rusak"),),
        ("jalan",),
        "m1",
    )
    add = Verdict(
        ("hoax",),
        ("hate",),
        (("hoax", 0.8), ("complaint", 0.1)),
        (("complaint", "rusak"),),
        ("air",),
        "",
        "x",
        (("hoax", "kata kabar beredar"),),
    )
    both = rules.merge_verdicts(old, add)
    assert both.rules == (("hoax", "kata kabar beredar"),)
    assert (both.labels, both.unsure, both.topics) == (("complaint", "hoax"), ("hate",), ("jalan", "air"))
    assert (both.score("hoax"), both.score("complaint"), both.score("spam")) == (0.8, 0.9, 0.0)
    assert (both.reasons, both.model, both.error) == ((("complaint", "rusak"),), "m1", "x")
