"""A draft told by chance: it never gets out without somebody else's yes, in time, to these very words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes import MORNING
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.domain import reply
from bot.domain.case import CaseId
from bot.domain.comment import CommentId
from bot.domain.errors import Expired, NeedsPause, Outdated, OwnWords, Refused, WrongState
from bot.domain.people import PersonId
from bot.domain.reply import ApprovalPolicy, ApprovedAs, Draft, DraftId, DraftState, Press, text_sha

SARI, RATNA = PersonId("sari"), PersonId("ratna")
PEOPLE = st.sampled_from([SARI, RATNA, PersonId("dewi")])
SEEN = st.sampled_from([0, 0, 0, -1, 1])
POLICY = ApprovalPolicy(levels=("role:koordinator", "role:pimpinan"))
FINAL = {
    DraftState.POSTED,
    DraftState.RETURNED,
    DraftState.REJECTED,
    DraftState.EXPIRED,
    DraftState.DROPPED,
}


def new(**more: object) -> Draft:
    fresh = Draft(
        DraftId(1), CaseId(1), CommentId(1), 0, 1, DraftState.WRITING, "Besok, ya.", (SARI,), MORNING
    )
    return replace(fresh, **more)  # type: ignore[arg-type]  # fields by name


class DraftLife(RuleBasedStateMachine):
    """`alone` is drawn once per life; the comment may be edited at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.draft = new()
        self.now = MORNING
        self.revision = 0
        self.policy = POLICY
        self.said_yes: list[tuple[PersonId, str]] = []

    def press(self, change: Callable[[], Draft]) -> bool:
        before = self.draft
        self.now += timedelta(seconds=7)
        try:
            after = change()
        except Refused:
            assert self.draft == before
            return False
        assert after.version == before.version + 1
        assert before.state not in FINAL
        self.draft = after
        return True

    def by(self, person: PersonId, off: int) -> Press:
        return Press(person, self.draft.version + off, self.revision, self.now)

    @rule(person=PEOPLE, text=st.sampled_from(["Besok.", "Lusa.", "Senin."]))
    def rewrite(self, person: PersonId, text: str) -> None:
        if self.press(lambda: reply.rewrite(self.draft, text, person)):
            assert person in self.draft.authors

    @rule(off=SEEN)
    def submit(self, off: int) -> None:
        self.press(lambda: reply.submit(self.draft, self.draft.version + off, self.policy, self.now))

    @rule(person=PEOPLE, off=SEEN)
    def approve(self, person: PersonId, off: int) -> None:
        expires = self.draft.expires_at
        if self.press(lambda: reply.approve(self.draft, self.by(person, off), self.policy)):
            assert off == 0
            assert self.draft.revision == self.revision
            assert expires is not None
            assert self.now < expires
            self.said_yes.append((person, self.draft.sha))

    @rule(person=PEOPLE, off=SEEN)
    def send_closed(self, person: PersonId, off: int) -> None:
        assert not self.press(
            lambda: reply.approve_closed_template(self.draft, self.by(person, off), self.policy)
        ), "own words are no closed template"

    @rule(person=PEOPLE, off=SEEN)
    def return_(self, person: PersonId, off: int) -> None:
        self.press(lambda: reply.return_(self.draft, self.by(person, off), "ganti"))

    @rule(person=PEOPLE, off=SEEN)
    def reject(self, person: PersonId, off: int) -> None:
        self.press(lambda: reply.reject(self.draft, self.by(person, off)))

    @rule()
    def drop(self) -> None:
        approved = self.draft.state is DraftState.APPROVED
        assert not (self.press(lambda: reply.drop(self.draft)) and approved)

    @rule()
    def edit_the_comment(self) -> None:
        self.revision += 1
        self.press(lambda: reply.gone_stale(self.draft))

    @rule(minutes=st.sampled_from([1, 29, 30]))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        due = self.draft.expires_at
        if self.draft.state is DraftState.WAITING and due is not None and self.now >= due:
            self.press(lambda: reply.time_is_over(self.draft, self.policy, self.now))

    @rule()
    def post(self) -> None:
        if self.press(lambda: reply.posted(self.draft, "77", self.now)):
            person, sha = self.said_yes[-1]
            assert person not in self.draft.authors
            assert sha == self.draft.sha

    @invariant()
    def out_only_with_somebody_elses_yes_to_these_words(self) -> None:
        if self.draft.state in {DraftState.APPROVED, DraftState.POSTED}:
            assert self.said_yes == [(self.draft.decided_by, self.draft.sha)]
            assert self.draft.approved_sha == self.draft.sha
            assert self.draft.decided_by not in self.draft.authors

    @invariant()
    def levels_are_those_of_the_policy(self) -> None:
        assert 0 <= self.draft.level < len(self.policy.levels)


TestDraftLife = DraftLife.TestCase
TestDraftLife.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)


def waiting(policy: ApprovalPolicy = POLICY) -> Draft:
    return reply.submit(new(), 1, policy, MORNING)


def press(person: PersonId, seconds: float = 1, version: int = 2, revision: int = 0) -> Press:
    return Press(person, version, revision, MORNING + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        (press(SARI), OwnWords),
        (press(RATNA, version=1), Outdated),
        (press(RATNA, revision=1), Outdated),
        (press(RATNA, seconds=1800), Expired),
    ],
)
def test_what_an_approval_needs(given: Press, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        reply.approve(waiting(), given, POLICY)
    assert reply.approve(waiting(), press(RATNA, seconds=1799), POLICY).approved_as is ApprovedAs.TEXT


def test_the_second_of_two_learns_who_was_first() -> None:
    approved = reply.approve(waiting(), press(RATNA), POLICY)
    with pytest.raises(WrongState) as refused:
        reply.reject(approved, press(PersonId("dewi"), version=3))
    assert (refused.value.state, refused.value.by) == ("approved", "ratna")


def test_alone_the_author_reads_again_first_but_another_need_not() -> None:
    alone = ApprovalPolicy(alone=True, alone_pause=timedelta(seconds=60))
    with pytest.raises(NeedsPause) as early:
        reply.approve(waiting(alone), press(SARI, 59), alone)
    assert early.value.until == MORNING + timedelta(seconds=60)
    assert reply.approve(waiting(alone), press(SARI, 60), alone).approved_as is ApprovedAs.ALONE
    assert reply.approve(waiting(alone), press(RATNA, 1), alone).approved_as is ApprovedAs.TEXT


def test_a_closed_template_goes_at_once_only_unchanged_current_and_where_allowed() -> None:
    instant = ApprovalPolicy(instant_closed=True)
    closed = new(template_id="t", template_text="Besok, ya.")
    sent = reply.approve_closed_template(closed, press(SARI, version=1), instant)
    assert (sent.approved_as, sent.approved_sha) == (ApprovedAs.CLOSED_TEMPLATE, text_sha("Besok, ya."))
    for draft, given, policy in (
        (closed, press(SARI, version=1), POLICY),
        (replace(closed, text="Lusa, ya."), press(SARI, version=1), instant),
        (new(), press(SARI, version=1), instant),
        (closed, press(SARI, version=0), instant),
        (closed, press(SARI, version=1, revision=1), instant),
        (replace(closed, state=DraftState.WAITING), press(SARI, version=1), instant),
    ):
        with pytest.raises(Refused):
            reply.approve_closed_template(draft, given, policy)


def test_silence_asks_the_next_and_then_expires() -> None:
    later = MORNING + timedelta(minutes=30)
    asked = reply.time_is_over(waiting(), POLICY, later)
    assert (asked.state, asked.level, asked.expires_at) == (
        DraftState.WAITING, 1, later + POLICY.expires,
    )  # fmt: skip
    assert reply.time_is_over(asked, POLICY, later).state is DraftState.EXPIRED


def test_what_stands_in_public_is_recorded_even_if_its_comment_was_edited_meanwhile() -> None:
    approved = reply.approve(waiting(), press(RATNA), POLICY)
    assert reply.posted(reply.gone_stale(approved), "77", MORNING).state is DraftState.POSTED
    with pytest.raises(WrongState):
        reply.posted(reply.gone_stale(waiting()), "77", MORNING)
    with pytest.raises(WrongState):
        reply.posted(waiting(), "77", MORNING)


def test_approved_words_are_given_up_only_when_they_were_refused() -> None:
    approved = reply.approve(waiting(), press(RATNA), POLICY)
    with pytest.raises(WrongState):
        reply.drop(approved)
    assert reply.drop(approved, undeliverable=True).state is DraftState.DROPPED
    with pytest.raises(WrongState):
        reply.drop(reply.posted(approved, "77", MORNING), undeliverable=True)


def test_a_lone_surrogate_has_a_fingerprint_too() -> None:
    assert text_sha("a\ud83d") != text_sha("a")
