"""A shift ends while somebody has the incident: the next is asked, and it is nobody's at no time."""

from dataclasses import replace

import pytest
from crisis_world import (
    BAGUS,
    CHECK,
    DEWI,
    MEDSOS,
    PENDAMPING,
    PLAYBOOK,
    RATNA,
    SITI,
    World,
    minutes,
    roster,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from steps_world import APPROVE, ASK, DRAFT, Office, written
from steps_world import taken as office_taken

from bot.domain.incident import Paging, Phase
from bot.domain.people import PersonId
from bot.domain.roster import Reach
from bot.domain.run_effects import AskLease, PageExhausted, PagePerson, RenewPages, SetTimer, Why
from bot.domain.run_events import (
    Acknowledged,
    HandOverAnswered,
    HandOverOffered,
    ItemTicked,
    PageUndeliverable,
    Resolved,
    ShiftEnded,
    StillHandling,
    TakenOver,
    TimerFired,
)
from bot.domain.run_json import from_json, to_json
from bot.domain.run_types import TimerKind, What
from bot.domain.step_effects import EndOffer, OfferHandOver

MORNING, EVENING = "medsos:100", "medsos:580"


def taken(**about: object) -> World:
    """Ratna has it, and then Bagus comes on in her place."""
    world = World(**about)  # type: ignore[arg-type]  # tests name World's own arguments
    world.open()
    world.happen(Acknowledged(world.roster, RATNA, 1))
    people = {**world.roster.people, MEDSOS: (Reach(BAGUS),)}
    world.roster = replace(world.roster, people=people)
    return world


def ended(world: World, to: PersonId | None = BAGUS, change: str = MORNING) -> Why | None:
    refusal = world.happen(ShiftEnded(world.roster, RATNA, to, change)).refusal
    return refusal.why if refusal else None


def answer(world: World, person: PersonId, *, accepted: bool) -> None:
    event = HandOverAnswered(world.roster, person, world.state.epoch, accepted)
    assert world.happen(event).refusal is None


def called(world: World) -> list[tuple[float, PersonId]]:
    """Who was called after Ratna's own page, and in which minute."""
    pages = [(at, page.person) for at, page in world.did(PagePerson)][1:]
    return sorted([*pages, *((at, page.person) for at, page in world.did(PageExhausted))])


def test_whoever_comes_on_says_yes_and_has_it_and_nobody_was_called() -> None:
    world = taken()
    world.wait(minutes(10))
    assert ended(world) is None
    assert (world.state.owner, world.state.offered_to, world.state.paging) == (RATNA, BAGUS, Paging.ACKED)
    assert [(e.person, e.by) for _, e in world.did(OfferHandOver)] == [(BAGUS, RATNA)]
    assert world.told(What.SHIFT_OVER) == [{"person": "ratna", "to": "bagus"}]
    assert world.did(RenewPages)[-1][1].people == (RATNA,), "her page says that she still has it"
    world.wait(minutes(4))
    answer(world, BAGUS, accepted=True)
    assert (world.state.owner, world.state.shift_over, world.state.offered_to) == (BAGUS, None, None)
    assert [e.person for _, e in world.did(EndOffer)] == [BAGUS], "the question is no longer open"
    world.wait(minutes(20))
    assert called(world) == []
    assert [t.kind for t in world.timers if t.kind.of_epoch] == [TimerKind.LEASE]


def test_silence_calls_the_ladder_level_by_level_and_the_old_owner_keeps_it_all_the_while() -> None:
    world = taken()
    ended(world)
    watched(world, 60)
    # Level by level after five minutes each, the last of them ten; then the last resort, once.
    assert called(world) == [(5, BAGUS), (10, BAGUS), (10, SITI), (15, SITI), (25, DEWI)]
    assert world.told(What.HAND_OVER_UNANSWERED) == [{"person": "bagus"}]
    assert (world.state.owner, world.state.paging) == (RATNA, Paging.ACKED)
    assert not [timer for timer in world.timers if timer.kind is TimerKind.OFFER]
    late = HandOverAnswered(world.roster, BAGUS, world.state.epoch, accepted=True)
    assert world.happen(late).refusal is None, "late is better than never"
    assert world.state.owner == BAGUS


def watched(world: World, span: float) -> None:
    """Time passes, and the old owner says every ten minutes that they are still there."""
    end = world.now + minutes(span)
    while world.now < end:
        world.wait(min(minutes(10), end - world.now))
        world.happen(StillHandling(world.roster, RATNA, world.state.epoch))


def test_not_now_calls_others_at_once_and_spares_who_said_so() -> None:
    world = taken()
    ended(world)
    world.wait(minutes(2))
    answer(world, BAGUS, accepted=False)
    assert world.told(What.HAND_OVER_DECLINED) == [{"person": "bagus"}]
    assert called(world) == [(2, SITI)], "the first level is only Bagus, so the next is called"
    world.wait(minutes(2))
    world.happen(TakenOver(world.roster, SITI, world.state.epoch))
    assert (world.state.owner, world.state.shift_over, world.state.calling) == (SITI, None, ())
    world.wait(minutes(25))
    assert called(world) == [(2, SITI)]


@pytest.mark.parametrize("to", [None, RATNA])
def test_where_nobody_has_come_on_the_ladder_is_called_at_once(to: PersonId | None) -> None:
    world = taken()
    ended(world, to)
    assert world.told(What.SHIFT_OVER) == [{"person": "ratna"}]
    assert called(world) == [(0, BAGUS)]
    assert world.did(OfferHandOver) == []
    assert world.state.owner == RATNA


def test_a_question_that_cannot_arrive_is_not_waited_for() -> None:
    world = taken()
    ended(world)
    world.wait(minutes(1))
    world.happen(PageUndeliverable(world.roster, BAGUS, world.state.epoch))
    assert called(world) == [(1, SITI)]
    assert world.state.offered_to is None


def test_an_owner_who_falls_silent_after_the_shift_loses_it_to_the_whole_ladder() -> None:
    world = taken()
    ended(world)
    world.wait(minutes(40))
    assert [minute for minute, _ in world.did(AskLease)] == [30]
    assert (world.state.paging, world.state.owner, world.state.shift_over) == (Paging.UNACKED, None, None)
    assert world.told(What.LEASE_LOST) == [{"person": "ratna"}]


def test_a_restart_asks_once_more_for_nobody_could_answer_meanwhile() -> None:
    world = taken()
    ended(world)
    world.state = from_json(to_json(world.state), PLAYBOOK)
    world.sleep_through(minutes(20))
    world.wait(minutes(4))
    assert called(world) == []
    world.wait(minutes(2))
    assert called(world) == [(25, BAGUS)]
    world.sleep_through(minutes(30))
    world.wait(minutes(1))
    assert called(world)[1:] == [(56, BAGUS), (56, SITI)], "one level on, not three"


def test_the_same_change_twice_is_one_and_the_next_change_asks_the_next() -> None:
    world = taken()
    ended(world)
    assert ended(world) is Why.STALE
    watched(world, 30)
    before = len(called(world))
    assert ended(world, SITI, EVENING) is None
    assert (world.state.offered_to, world.did(EndOffer)[-1][1].person) == (SITI, BAGUS)
    watched(world, 6)
    assert [who for _, who in called(world)[before:]] == [BAGUS], "from the first level again"
    keys = [(t.timer.epoch, t.timer.kind, t.timer.seq) for _, t in world.did(SetTimer) if not t.timer.step]
    assert len(keys) == len(set(keys))


def test_only_an_owner_hands_over_and_only_of_a_run_that_somebody_has() -> None:
    world = World()
    world.open()
    assert ended(world) is Why.NOBODY_HAS_IT
    world.happen(Acknowledged(world.roster, SITI, 1))
    assert ended(world) is Why.NOT_OWNER
    world.happen(Resolved(world.roster, SITI, "reda"))
    assert ended(world) is Why.CLOSED


def test_what_is_only_watched_is_offered_but_wakes_nobody() -> None:
    world = taken(playbook=replace(PLAYBOOK, steps=(CHECK,)))
    world.happen(ItemTicked(world.roster, "cek", "sumber", RATNA))
    assert world.state.phase is Phase.MONITORING
    ended(world)
    assert world.state.offered_to == BAGUS
    world.wait(minutes(300))
    assert called(world) == []
    assert world.state.owner == RATNA
    answer(world, BAGUS, accepted=False)
    assert called(world) == []


def test_a_life_at_risk_is_offered_only_to_whom_its_own_ladder_calls() -> None:
    sensitive = replace(PLAYBOOK, sensitive=True, private_to=PENDAMPING)
    world = taken(playbook=sensitive)
    ended(world, PersonId("ari"))
    assert world.did(OfferHandOver) == []
    assert called(world) == [(0, BAGUS)]
    other = taken(playbook=sensitive)
    ended(other)
    assert [e.person for _, e in other.did(OfferHandOver)] == [BAGUS]


def test_a_step_that_is_done_does_not_send_those_home_who_were_called_for_the_shift() -> None:
    world = written(Office(replace(PLAYBOOK, steps=(ASK, replace(DRAFT, needs=("verifikasi",)), APPROVE))))
    world.wait(minutes(10))  # the approval is late: others are called besides
    ended(world)
    world.wait(minutes(6))
    assert world.state.shift_over is not None
    assert world.state.shift_over.calling
    calling = world.state.calling
    assert calling
    world.vote(SITI)
    assert world.state.calling == calling


def test_the_owners_own_question_to_another_and_the_end_of_the_shift_are_one_question_at_last() -> None:
    world = office_taken()
    world.happen(HandOverOffered(world.roster, RATNA, world.state.epoch, SITI))
    ended(world)
    assert (world.state.offered_to, world.did(EndOffer)[-1][1].person) == (BAGUS, SITI)
    refused = world.happen(HandOverAnswered(world.roster, SITI, world.state.epoch, accepted=True)).refusal
    assert refused is not None
    assert refused.why is Why.NOBODY_ASKED


CROWD = st.sampled_from([RATNA, BAGUS, SITI, DEWI])
THINGS = st.one_of(
    st.tuples(st.just("ended"), CROWD | st.none()),
    st.tuples(st.just("answer"), st.tuples(CROWD, st.booleans())),
    st.tuples(st.just("wait"), st.sampled_from([1, 4, 6, 12, 31])),
    st.tuples(st.just("down"), st.sampled_from([3, 20, 130])),
    st.tuples(st.just("still"), st.none()),
    st.tuples(st.just("take"), CROWD),
    st.tuples(st.just("gone"), st.frozensets(CROWD)),
    st.tuples(st.just("bounce"), CROWD),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(THINGS, max_size=25))
def test_whatever_happens_after_a_shift_it_is_somebodys_or_it_calls(things) -> None:  # type: ignore[no-untyped-def]  # hypothesis fills it
    world = taken()
    for number, (what, more) in enumerate(things):
        owner = world.state.owner
        _goes_on(world, what, more)
        if what == "ended" and owner is not None:
            world.happen(ShiftEnded(world.roster, owner, more, f"medsos:{number}"))
            assert world.state.owner == owner, "the end of a shift alone takes it from nobody"
        _whole(world)


def _goes_on(world: World, what: str, more) -> None:  # type: ignore[no-untyped-def]  # as it was drawn
    epoch, owner = world.state.epoch, world.state.owner
    match what:
        case "answer":
            world.happen(HandOverAnswered(world.roster, more[0], epoch, more[1]))
        case "wait":
            world.wait(minutes(more))
        case "down":
            world.sleep_through(minutes(more))
        case "still" if owner is not None:
            world.happen(StillHandling(world.roster, owner, epoch))
        case "take":
            world.happen(TakenOver(world.roster, more, epoch))
        case "gone":
            world.roster = roster(gone=more)
        case "bounce":
            world.happen(PageUndeliverable(world.roster, more, epoch))


def _whole(world: World) -> None:
    state = world.state
    offers = [timer for timer in world.timers if timer.kind is TimerKind.OFFER]
    [ladder] = [timer for timer in world.timers if timer.kind.of_ladder]
    assert (ladder.epoch, ladder.seq) == (state.epoch, state.timer_seq)
    assert (state.owner is not None) is (state.paging is Paging.ACKED)
    assert 0 <= state.level < len(PLAYBOOK.ladder.levels)
    over = state.shift_over
    if over is None:
        assert offers == []
        return
    assert state.owner is not None
    live = [timer for timer in offers if (timer.epoch, timer.seq) == (state.epoch, over.timer)]
    assert live or over.until is None
    assert live or over.calling, "nobody waits for an answer and nobody was called"
    assert from_json(to_json(state), PLAYBOOK) == state


def test_a_stray_timer_of_an_earlier_question_changes_nothing() -> None:
    world = taken()
    ended(world)
    [old] = [timer for timer in world.timers if timer.kind is TimerKind.OFFER]
    ended(world, SITI, EVENING)
    refused = world.happen(TimerFired(world.roster, old)).refusal
    assert refused is not None
    assert called(world) == []
