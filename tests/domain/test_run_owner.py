"""Who has it, for how long, and who takes it next."""

from crisis_world import BAGUS, RATNA, SITI, World, minutes

from bot.domain.incident import Paging
from bot.domain.run_effects import (
    AskLease,
    PagePerson,
    Why,
)
from bot.domain.run_events import (
    Acknowledged,
    PageUndeliverable,
    Raised,
    StillHandling,
    TakenOver,
)
from bot.domain.run_types import What


def calls(world: World) -> list[tuple[float, str]]:
    return [(minute, page.person) for minute, page in world.did(PagePerson)]


def opened(**about: object) -> World:
    world = World(**about)  # type: ignore[arg-type]  # tests name World's own arguments
    world.open()
    return world


def test_the_owner_may_raise_and_is_then_no_longer_alone_responsible() -> None:
    world = opened()
    world.happen(Acknowledged(world.roster, RATNA, 1))
    world.happen(Raised(world.roster, RATNA, world.state.epoch))
    assert world.state.owner is None
    assert [person for _, person in calls(world)] == [RATNA, BAGUS, SITI]
    assert world.told(What.RAISED) == [{"person": "ratna"}]


def test_taking_over_changes_the_owner_and_calls_nobody() -> None:
    world = opened()
    early = world.happen(TakenOver(world.roster, SITI, 1))
    assert early.refusal is not None
    assert early.refusal.why is Why.NOBODY_HAS_IT
    world.happen(Acknowledged(world.roster, RATNA, 1))
    world.happen(TakenOver(world.roster, SITI, world.state.epoch))
    assert world.state.owner == SITI
    assert len(calls(world)) == 1
    assert world.told(What.TAKEN_OVER) == [{"person": "siti", "former": "ratna"}]
    own = world.happen(TakenOver(world.roster, SITI, world.state.epoch))
    assert own.refusal is not None
    assert own.refusal.why is Why.ALREADY_YOURS


def test_a_silent_owner_is_asked_and_then_the_ladder_starts_again() -> None:
    world = opened()
    world.happen(Acknowledged(world.roster, RATNA, 1))
    world.wait(minutes(34))
    assert [(minute, ask.person) for minute, ask in world.did(AskLease)] == [(30, RATNA)]
    assert world.state.paging is Paging.ACKED
    world.wait(minutes(1))
    assert world.state.paging is Paging.UNACKED
    assert calls(world)[-1] == (35, RATNA)
    assert world.told(What.LEASE_LOST) == [{"person": "ratna"}]


def test_a_yes_to_the_question_keeps_the_run() -> None:
    world = opened()
    world.happen(Acknowledged(world.roster, RATNA, 1))
    world.wait(minutes(32))
    other = world.happen(StillHandling(world.roster, SITI, world.state.epoch))
    assert other.refusal is not None
    assert (other.refusal.why, other.refusal.by) == (Why.NOT_OWNER, RATNA)
    world.happen(StillHandling(world.roster, RATNA, world.state.epoch))
    world.wait(minutes(29))
    assert world.state.owner == RATNA
    world.wait(minutes(2))
    assert [minute for minute, _ in world.did(AskLease)] == [30, 62]


def test_an_owner_who_blocked_the_bot_loses_the_run_when_asked() -> None:
    world = opened()
    world.happen(Acknowledged(world.roster, RATNA, 1))
    unasked = world.happen(PageUndeliverable(world.roster, RATNA, world.state.epoch))
    assert unasked.refusal is not None
    world.wait(minutes(30))
    world.happen(PageUndeliverable(world.roster, RATNA, world.state.epoch))
    assert world.state.paging is Paging.UNACKED
    assert [person for _, person in calls(world)] == [RATNA, BAGUS, SITI], "not the phone that just refused"


def test_after_the_first_ack_a_later_press_of_this_epoch_is_told_who_has_it() -> None:
    world = opened()
    world.happen(Acknowledged(world.roster, RATNA, 1))
    other = world.happen(Acknowledged(world.roster, SITI, world.state.epoch)).refusal
    assert other is not None
    assert (other.why, other.by) == (Why.TAKEN, RATNA)
    own = world.happen(Acknowledged(world.roster, RATNA, world.state.epoch)).refusal
    assert own is not None
    assert own.why is Why.ALREADY_YOURS
