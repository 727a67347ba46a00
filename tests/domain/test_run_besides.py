"""A step is late while somebody has the incident: others are called besides, and nobody loses it at night."""

from datetime import timedelta

from crisis_world import BAGUS, DEWI, RATNA, SITI, minutes
from hypothesis import given, settings
from hypothesis import strategies as st
from steps_world import HOUR, Office, roster, taken, why, written

from bot.domain.incident import Paging
from bot.domain.people import PersonId
from bot.domain.run_effects import PageExhausted, PagePerson, RetirePages, Why
from bot.domain.run_events import (
    Acknowledged,
    PageUndeliverable,
    Raised,
    StillHandling,
    TakenOver,
)
from bot.domain.run_types import TimerKind, What
from bot.domain.step_run import Verdict


def called(world: Office) -> list[tuple[float, PersonId]]:
    """Who was called besides Ratna's first page, and in which minute."""
    pages = [(at, page.person) for at, page in world.did(PagePerson)][1:]
    return sorted([*pages, *((at, page.person) for at, page in world.did(PageExhausted))])


def watched(world: Office, span: timedelta) -> Office:
    """Time passes, and whoever has it says every ten minutes that they do."""
    end = world.now + span
    while world.now < end:
        world.wait(min(minutes(10), end - world.now))
        assert world.state.owner is not None
        world.happen(StillHandling(world.roster, world.state.owner, world.state.epoch))
    return world


def test_the_owner_stays_and_the_next_level_is_called_besides() -> None:
    world = written()
    epoch = world.state.epoch
    world.wait(minutes(10))
    assert (world.state.paging, world.state.owner, world.state.epoch) == (Paging.ACKED, RATNA, epoch)
    assert called(world) == [(10, BAGUS), (10, DEWI), (10, SITI)]
    assert world.state.late == ("setujui",)
    [live] = [timer for timer in world.timers if timer.kind.of_ladder]
    assert live.kind is TimerKind.LEASE
    assert world.vote(SITI) is None, "whoever is called may simply do it"


def test_each_further_time_out_calls_one_level_more_and_the_last_resort_once_an_hour() -> None:
    world = watched(written(), 3 * HOUR)
    assert [at for at, who in called(world) if who == BAGUS] == [10, 20]
    assert [(at, page.person) for at, page in world.did(PageExhausted)] == [
        (30, DEWI),
        (90, DEWI),
        (150, DEWI),
    ]
    assert world.state.owner == RATNA


def test_once_nothing_is_late_those_pages_say_so() -> None:
    world = written()
    world.wait(minutes(10))
    world.vote(SITI, Verdict.APPROVE)
    (_, retired) = world.did(RetirePages)[-1]
    assert (set(retired.people), retired.what, retired.by) == ({BAGUS, SITI, DEWI}, What.STEP_DONE, RATNA)
    assert (world.state.late, world.state.calling) == ((), ())
    late = world.happen(TakenOver(world.roster, BAGUS, world.state.epoch))
    assert late.refusal is None, "a late thumb still counts"


def test_one_who_is_called_besides_may_take_it_over_and_is_then_the_one_who_is_kept() -> None:
    world = written()
    world.wait(minutes(10))
    world.happen(TakenOver(world.roster, BAGUS, world.state.epoch))
    assert (world.state.owner, world.state.calling) == (BAGUS, ())
    world.wait(minutes(10))
    assert world.state.owner == BAGUS
    assert [who for at, who in called(world) if at == 20] == [DEWI, SITI], (
        "nobody is called besides themselves"
    )


def test_an_acknowledgement_from_an_old_page_hears_who_has_it() -> None:
    world = written()
    world.wait(minutes(10))
    pressed = world.happen(Acknowledged(world.roster, SITI, world.state.epoch))
    assert (why(pressed.refusal), pressed.refusal.by if pressed.refusal else None) == (Why.TAKEN, RATNA)


def test_whom_no_message_reaches_is_not_waited_for() -> None:
    world = written()
    world.wait(minutes(10))
    for person in (BAGUS, SITI, DEWI):
        world.happen(PageUndeliverable(world.roster, person, world.state.epoch))
    assert world.told(What.LEVEL_EMPTY)[-1]["level"] == "2", "level 2 has nobody else, so the last resort"
    assert world.told(What.NOBODY_LEFT), "and of that nobody can be reached either"
    assert world.state.owner == RATNA


def test_an_empty_level_is_said_and_passed_over() -> None:
    world = written()
    world.roster = roster(frozenset({BAGUS, SITI}))
    world.wait(minutes(10))
    assert called(world) == [(10, DEWI)]


def test_a_silent_owner_still_loses_it_to_the_lease() -> None:
    world = written()
    world.wait(minutes(36))
    assert world.state.owner is None
    assert world.state.paging is Paging.UNACKED
    assert (world.state.late, world.state.resort_at) == ((), None)


def test_who_asks_for_somebody_else_still_gets_rid_of_it() -> None:
    world = written()
    world.wait(minutes(10))
    world.happen(Raised(world.roster, RATNA, world.state.epoch))
    assert (world.state.owner, world.state.paging) == (None, Paging.UNACKED)


def test_where_nobody_has_it_the_ladder_is_on_its_way_already() -> None:
    world = Office()
    world.open()
    before = len(world.did(PagePerson))
    world.wait(minutes(4))
    assert len(world.did(PagePerson)) == before


@settings(max_examples=60, deadline=None)
@given(
    gone=st.frozensets(st.sampled_from([BAGUS, SITI, DEWI])),
    acts=st.lists(st.sampled_from(["wait", "bounce", "still", "over"]), max_size=25),
)
def test_a_late_step_alone_never_leaves_an_incident_without_its_owner(
    gone: frozenset[PersonId], acts: list[str]
) -> None:
    world = taken()
    world.roster = roster(gone)
    for act in acts:
        epoch, owner = world.state.epoch, world.state.owner
        match act:
            case "wait":
                world.wait(minutes(10))
            case "bounce":
                for person in world.state.calling[:1]:
                    world.happen(PageUndeliverable(world.roster, person, epoch))
            case "over":
                for person in world.state.calling[-1:]:
                    world.happen(TakenOver(world.roster, person, epoch))
                    assert world.state.owner == person
        if world.state.owner is not None:
            world.happen(StillHandling(world.roster, world.state.owner, world.state.epoch))
        assert owner is not None
        assert world.state.owner is not None
        assert world.state.paging is Paging.ACKED
        assert world.state.owner not in world.state.calling
