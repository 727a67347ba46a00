"""The few rules in which words to somebody at risk differ from other drafts."""

from dataclasses import replace

import pytest
from fakes import MORNING, comment, later

from bot.domain import care
from bot.domain import case as rules
from bot.domain.case import Case, CaseId, CaseStatus
from bot.domain.comment import CommentId, KeptComment, Verdict
from bot.domain.errors import Outdated, TakenBy, WrongState
from bot.domain.people import PersonId
from bot.domain.priority import Priority, Urgency
from bot.domain.reply import ApprovalPolicy, Draft, DraftState

SARI, BUDI, JOKO = PersonId("sari"), PersonId("budi"), PersonId("joko")
NAMED = (SARI, BUDI)
ALONE = ApprovalPolicy(alone=True)


def kept(number: int = 5) -> KeptComment:
    return KeptComment(CommentId(number), 1, comment("aku lelah"), Verdict())


def returned(**to: object) -> Draft:
    first = care.begin(kept(), SARI, None, MORNING)
    made = replace(first, text="Kami di sini.", state=DraftState.RETURNED, version=4)
    return replace(made, **to)  # type: ignore[arg-type]  # names of Draft's own fields


def case(**to: object) -> Case:
    urgent = Priority(Urgency.EMERGENCY, ("sensitive",))
    made = Case(CaseId(1), 3, CaseStatus.NEW, Verdict(), urgent, MORNING, MORNING, sensitive=True)
    return replace(made, **to)  # type: ignore[arg-type]  # names of Case's own fields


def test_words_that_came_back_are_not_typed_twice() -> None:
    again = care.begin(kept(6), SARI, returned(), later(60))
    assert (again.text, again.comment_id, again.version) == ("Kami di sini.", 6, 1)
    assert again.private
    assert again.authors == (SARI,)
    assert again.state is DraftState.WRITING


@pytest.mark.parametrize(
    "last",
    [
        returned(private=False),
        returned(authors=(BUDI,)),
        returned(state=DraftState.POSTED),
        None,
    ],
    ids=["written before anybody knew", "the other one's", "sent already", "none"],
)
def test_other_words_are_not_used_again(last: Draft | None) -> None:
    assert not care.begin(kept(), SARI, last, MORNING).text


def test_a_new_message_while_writing_is_what_the_words_answer() -> None:
    draft = care.begin(kept(5), SARI, None, MORNING)
    followed = care.follow(draft, kept(9))
    assert (followed.comment_id, followed.version) == (9, draft.version + 1)
    with pytest.raises(WrongState):
        care.follow(returned(), kept(9))


def test_the_other_named_one_decides_and_the_writer_only_where_nobody_else_is_named() -> None:
    draft = care.begin(kept(), SARI, None, MORNING)
    assert care.deciders(draft, NAMED, ALONE) == (BUDI,)
    assert care.deciders(draft, (SARI,), ALONE) == (SARI,)
    assert care.deciders(draft, (SARI,), ApprovalPolicy()) == ()
    assert not care.policy_for(draft, NAMED, ALONE).alone
    assert care.policy_for(draft, (SARI,), ALONE).alone
    many = ApprovalPolicy(levels=("role:koordinator", "group:pimpinan"))
    assert len(care.policy_for(draft, NAMED, many).levels) == 1, "no further level may read it"


@pytest.mark.parametrize("status", ["new", "assigned", "snoozed", "answered"])
def test_a_named_one_turns_to_somebody_also_after_an_answer(status: str) -> None:
    turned = rules.attend(case(status=CaseStatus(status)), SARI, NAMED, 3, later(5))
    assert (turned.status, turned.assignee, turned.version) == (CaseStatus.ASSIGNED, SARI, 4)


def test_who_may_not_read_it_gives_way_and_the_other_named_one_does_not() -> None:
    assert rules.attend(case(assignee=JOKO), SARI, NAMED, 3, MORNING).assignee == SARI
    with pytest.raises(TakenBy):
        rules.attend(case(assignee=BUDI), SARI, NAMED, 3, MORNING)
    with pytest.raises(Outdated):
        rules.attend(case(), SARI, NAMED, 2, MORNING)
    for status in (CaseStatus.DRAFTED, CaseStatus.CLOSED, CaseStatus.MERGED):
        with pytest.raises(WrongState):
            rules.attend(case(status=status), SARI, NAMED, 3, MORNING)


def test_a_case_that_turns_out_to_be_about_a_life_waits_for_the_named_people() -> None:
    given = rules.given_up(case(status=CaseStatus.SNOOZED, assignee=JOKO, snoozed_until=later(60)), MORNING)
    assert (given.status, given.assignee, given.snoozed_until) == (CaseStatus.NEW, None, None)
    closed = case(status=CaseStatus.CLOSED, assignee=JOKO)
    assert rules.given_up(closed, MORNING) == closed


def test_a_withdrawn_draft_leaves_the_case_with_whoever_has_it() -> None:
    back = rules.take_back(case(status=CaseStatus.DRAFTED, assignee=SARI), 3, later(5))
    assert (back.status, back.assignee) == (CaseStatus.ASSIGNED, SARI)
    with pytest.raises(Outdated):
        rules.take_back(case(status=CaseStatus.DRAFTED), 2, MORNING)
    with pytest.raises(WrongState):
        rules.take_back(case(), 3, MORNING)
