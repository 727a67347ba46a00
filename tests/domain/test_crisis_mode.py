"""What /siaga makes stricter."""

from dataclasses import replace
from datetime import timedelta

import pytest
from crisis_world import BAGUS, SITI
from fakes import MORNING
from hypothesis import given
from hypothesis import strategies as st
from steps_world import Office, written

from bot.domain.case import CaseId
from bot.domain.comment import CommentId
from bot.domain.crisis_mode import APPROVALS, needs_another, stricter
from bot.domain.letters import needed
from bot.domain.people import PersonId
from bot.domain.reply import ApprovalPolicy, Draft, DraftId, DraftState
from bot.domain.steps import Approve


@given(st.integers(1, 10_000), st.booleans())
def test_nobody_waits_longer_and_nobody_sends_at_once(minutes: int, instant: bool) -> None:
    policy = ApprovalPolicy(expires=timedelta(minutes=minutes), instant_closed=instant, repeat=instant)
    strict = stricter(policy)
    assert strict.expires == min(policy.expires, timedelta(minutes=10))
    assert not strict.instant_closed
    assert not strict.repeat
    assert (strict.levels, strict.alone) == (policy.levels, policy.alone)


PEOPLE = st.lists(st.sampled_from([PersonId(one) for one in "abcd"]), max_size=4, unique=True)


@given(
    PEOPLE.filter(bool), PEOPLE, st.none() | st.sampled_from([PersonId("a"), PersonId("d")]), st.booleans()
)
def test_a_second_is_asked_for_once_and_only_where_there_are_two(
    authors: list[PersonId], deciders: list[PersonId], agreed: PersonId | None, alone: bool
) -> None:
    draft = Draft(
        DraftId(1), CaseId(1), CommentId(1), 0, 1, DraftState.WAITING, "x", tuple(authors), MORNING,
        agreed_by=agreed,
    )  # fmt: skip
    others = [one for one in deciders if one not in authors]
    wanted = agreed is None and not alone and len(others) >= 2
    assert needs_another(draft, ApprovalPolicy(alone=alone), deciders) is wanted
    assert not needs_another(replace(draft, private=True), ApprovalPolicy(), deciders)


@given(st.integers(1, 4), st.integers(1, 4))
def test_more_approvals_are_never_made_fewer(asked: int, least: int) -> None:
    assert needed(Approve(approvals=asked), (), least) >= max(1, least)


@pytest.mark.parametrize(("drill", "after_one"), [(False, "waiting"), (True, "done")])
def test_an_incidents_words_need_two_people_and_those_of_an_exercise_as_many_as_ever(
    drill: bool, after_one: str
) -> None:
    world = Office(drill=drill)
    world.roster = replace(world.roster, approvals=APPROVALS)
    written(world)
    assert world.vote(SITI) is None
    assert world.states("setujui") == [after_one]
    if not drill:
        assert world.vote(BAGUS) is None
        assert world.states("setujui") == ["done"]
