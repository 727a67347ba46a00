"""One text for several comments, told by chance: each gets what was approved, and the set ends."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes import MORNING
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.domain import reply, reply_set
from bot.domain.case import CaseId
from bot.domain.comment import CommentId
from bot.domain.errors import Outdated, OwnWords, Refused, WrongState
from bot.domain.outgoing import PublicReply, pack, recipient, unpack
from bot.domain.people import PersonId
from bot.domain.reply import ApprovalPolicy, ApprovedAs, Draft, DraftId, DraftState, Press, Target

SARI, BUDI, RATNA = PersonId("sari"), PersonId("budi"), PersonId("ratna")
POLICY = ApprovalPolicy()
OTHERS = (Target(CaseId(2), CommentId(12), 0), Target(CaseId(3), CommentId(13), 4))
COMMENTS = st.sampled_from([CommentId(11), CommentId(12), CommentId(13)])


def writing(*also: Target) -> Draft:
    return Draft(
        DraftId(1), CaseId(1), CommentId(11), 0, 1, DraftState.WRITING, "Besok.", (SARI,), MORNING, also=also
    )


def press(draft: Draft, *also: int, by: PersonId = RATNA) -> Press:
    return Press(by, draft.version, 0, MORNING + timedelta(seconds=1), also)


def approved() -> Draft:
    draft = reply.submit(writing(*OTHERS), 1, POLICY, MORNING)
    return reply.approve(draft, press(draft, 0, 4), POLICY)


class SetLife(RuleBasedStateMachine):
    """An approved set of three; what happens to each of them is drawn by chance."""

    def __init__(self) -> None:
        super().__init__()
        self.draft = approved()
        self.sent: set[CommentId] = set()

    def does(self, change: Callable[[], Draft]) -> bool:
        before = self.draft
        try:
            self.draft = change()
        except Refused:
            assert self.draft == before
            return False
        assert self.draft.version == before.version + 1
        return True

    @rule(comment=COMMENTS)
    def post(self, comment: CommentId) -> None:
        if self.does(lambda: reply.posted(self.draft, "77", MORNING, comment)):
            self.sent.add(comment)

    @rule(comment=COMMENTS)
    def edit(self, comment: CommentId) -> None:
        settled = {*self.draft.posted_to, *self.draft.left_out}
        if self.does(lambda: reply_set.leave_out(self.draft, comment)):
            assert comment not in settled

    @rule()
    def give_up(self) -> None:
        assert not self.does(lambda: reply.drop(self.draft))

    @invariant()
    def what_was_approved_stays_what_was_approved(self) -> None:
        assert self.draft.seal == self.draft.approved_sha
        assert self.draft.also == OTHERS

    @invariant()
    def every_comment_has_one_fate_and_the_last_ends_the_set(self) -> None:
        out, skipped = set(self.draft.posted_to), set(self.draft.left_out)
        assert out == self.sent
        assert not out & skipped
        if len(out | skipped) < 3:
            assert self.draft.state is DraftState.APPROVED
        else:
            assert self.draft.state is (DraftState.POSTED if out else DraftState.STALE)

    @invariant()
    def each_case_sees_its_own(self) -> None:
        for one in self.draft.targets:
            seen = reply_set.seen_from(self.draft, one.case_id).state
            assert (seen is DraftState.POSTED) == (one.comment_id in self.draft.posted_to)


TestSetLife = SetLife.TestCase
TestSetLife.settings = settings(max_examples=60, stateful_step_count=12, deadline=None)


def test_the_approval_is_of_the_list_and_recorded_as_such() -> None:
    draft = approved()
    assert draft.approved_as is ApprovedAs.SET
    assert draft.approved_sha not in {draft.sha, writing(OTHERS[0]).seal, writing().seal}
    newer = replace(OTHERS[0], revision=1)
    assert writing(newer, OTHERS[1]).seal != draft.seal
    assert replace(draft, text="Lusa.").seal != draft.seal
    assert writing().seal == writing().sha


@pytest.mark.parametrize("now", [(), (0,), (1, 4), (0, 5), (0, -1), (0, 4, 0)])
def test_a_list_that_moved_on_is_not_approved_but_may_go_back(now: tuple[int, ...]) -> None:
    draft = reply.submit(writing(*OTHERS), 1, POLICY, MORNING)
    with pytest.raises(Outdated):
        reply.approve(draft, press(draft, *now), POLICY)
    assert reply.return_(draft, press(draft, *now), "satu-satu").state is DraftState.RETURNED


def test_who_chose_the_readers_is_an_author() -> None:
    wide = reply_set.widen(writing(), OTHERS, BUDI)
    assert wide.authors == (SARI, BUDI)
    draft = reply.submit(wide, wide.version, POLICY, MORNING)
    with pytest.raises(OwnWords):
        reply.approve(draft, press(draft, 0, 4, by=BUDI), POLICY)
    with pytest.raises(WrongState):
        reply_set.widen(draft, OTHERS, SARI)
    with pytest.raises(WrongState):
        reply_set.narrow(draft, CaseId(2))
    assert reply_set.narrow(wide, CaseId(2)).also == OTHERS[1:]


def test_a_set_is_never_sent_without_a_second_person() -> None:
    closed = replace(writing(*OTHERS), template_id="t", template_text="Besok.")
    with pytest.raises(WrongState):
        reply.approve_closed_template(closed, press(closed, 0, 4), ApprovalPolicy(instant_closed=True))


def test_of_one_comment_nothing_is_left_out() -> None:
    draft = reply.submit(writing(), 1, POLICY, MORNING)
    with pytest.raises(WrongState):
        reply_set.leave_out(reply.approve(draft, press(draft), POLICY), CommentId(11))
    with pytest.raises(LookupError):
        reply.posted(approved(), "77", MORNING, CommentId(99))


def test_each_comment_has_a_message_of_its_own() -> None:
    one = PublicReply(DraftId(1), CommentId(12))
    assert recipient(one) == "draft:1:12"
    assert unpack(*pack(one)) == one
