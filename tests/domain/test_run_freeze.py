"""What is held back: by the bot what is the bot's, by people what they have planned in other tools."""

from dataclasses import replace

import pytest
from crisis_world import BAGUS, RATNA, SITI, minutes
from steps_world import ASK, FREEZE, WHOLE, Office, taken, why

from bot.domain.run_effects import Why
from bot.domain.run_events import FreezeReleased, ItemTicked, Jumped, Resolved
from bot.domain.run_types import What
from bot.domain.step_effects import OfferRelease
from bot.domain.steps import HELD, Freeze, Scope

BY_HAND = replace(FREEZE, id="jadwal", name="Tahan unggahan", uses=Freeze(Scope.SCHEDULED_POSTS))


def held(*, drill: bool = False) -> Office:
    return taken(Office(replace(WHOLE, steps=(FREEZE, BY_HAND, ASK)), drill=drill))


def tick(world: Office, step: str, item: str = HELD) -> Why | None:
    return why(world.happen(ItemTicked(world.roster, step, item, BAGUS)).refusal)


def test_people_say_once_that_they_hold_it_and_nothing_waits_for_them() -> None:
    world = held()
    assert world.states("tahan", "jadwal", "verifikasi") == ["done", "done", "waiting"]
    assert [p["scope"] for p in world.told(What.FROZEN)] == ["replies", "scheduled_posts"]
    world.wait(minutes(4))
    assert tick(world, "jadwal") is None
    assert world.told(What.HELD_BY_HAND) == [{"step": "jadwal", "person": "bagus"}]
    assert tick(world, "jadwal") is Why.ALREADY_TICKED


@pytest.mark.parametrize(("step", "item"), [("tahan", HELD), ("jadwal", "lain"), ("verifikasi", HELD)])
def test_what_the_bot_holds_itself_and_what_is_no_hold_cannot_be_ticked(step: str, item: str) -> None:
    assert tick(held(), step, item) is Why.NO_SUCH_ITEM


def test_what_was_let_go_is_held_no_more_and_says_what_may_go_out_again() -> None:
    world = held()
    world.happen(Resolved(world.roster, SITI, "reda"))
    assert world.did(OfferRelease), "offered whether anybody ticked it or not: it may be held all the same"
    world.happen(FreezeReleased(world.roster, "jadwal", SITI))
    assert world.told(What.RELEASED) == [{"step": "jadwal", "person": "siti", "scope": "scheduled_posts"}]
    other = held()
    other.happen(FreezeReleased(other.roster, "jadwal", SITI))
    assert tick(other, "jadwal") is Why.NOTHING_HELD


def test_begun_again_it_has_to_be_held_again() -> None:
    world = held()
    tick(world, "jadwal")
    world.happen(Jumped(world.roster, "jadwal", RATNA))
    assert world.run("jadwal").tick_of(HELD) is None
    assert tick(world, "jadwal") is None


def test_an_exercise_says_that_it_is_one() -> None:
    assert [p.get("drill") for p in held(drill=True).told(What.FROZEN)] == ["True", "True"]
