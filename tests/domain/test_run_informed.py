"""Since when the public knows: a holding statement tells the story and stops no clock."""

from dataclasses import replace
from datetime import timedelta

from crisis_world import RATNA, SITI, START, minutes
from steps_world import ALL, CHANNEL, INSTAGRAM, POST, WHOLE, Office, written

from bot.domain.expression_parser import parse
from bot.domain.playbook import Clock, Playbook
from bot.domain.run_events import Jumped
from bot.domain.run_types import What
from bot.domain.step_run import PostState
from bot.domain.steps import Publish

CLOCK = Clock("benar", "Keterangan benar", timedelta(minutes=30), met_when=parse("incident.informed"))


def careful(condition: str) -> Playbook:
    post = replace(POST, uses=Publish((CHANNEL, INSTAGRAM), correct_when=parse(condition)))
    return replace(WHOLE, steps=tuple(post if step is POST else step for step in ALL), clocks=(CLOCK,))


def posted(condition: str) -> Office:
    """Approved, and out on the bot's own channel."""
    world = written(Office(careful(condition)))
    assert world.vote(SITI) is None
    assert world.settle(CHANNEL, PostState.SENT) is None
    return world


def kinds(world: Office) -> list[What]:
    return [what for what in (What.PUBLISHED, What.HOLDING_POSTED, What.CLOCK_MET) if world.told(what)]


def test_words_whose_condition_holds_are_the_correct_ones() -> None:
    world = posted("steps.verifikasi.choice == 'salah'")
    assert kinds(world) == [What.PUBLISHED, What.CLOCK_MET]
    assert world.state.informed_at == world.now


def test_without_it_they_are_a_holding_statement_on_every_channel() -> None:
    world = posted("steps.verifikasi.choice == 'belum'")
    assert world.settle(INSTAGRAM, PostState.SENT, RATNA) is None
    assert kinds(world) == [What.HOLDING_POSTED]
    assert [line["channel"] for line in world.told(What.HOLDING_POSTED)] == [CHANNEL, INSTAGRAM]
    assert world.state.informed_at is None
    assert world.states("tayang") == ["done"], "the playbook goes on all the same"


def test_an_empty_answer_is_no_fact() -> None:
    assert posted("steps.verifikasi.fakta != ''").state.informed_at is not None
    assert posted("steps.minta-data.fakta != ''").state.informed_at is None


def test_the_first_moment_stays_also_when_the_step_is_begun_anew() -> None:
    world = posted("true")
    first = world.state.informed_at
    assert world.settle(INSTAGRAM, PostState.SENT, RATNA) is None
    world.now += minutes(40)
    world.happen(Jumped(world.roster, "sikap", SITI, "Ada kabar baru"))
    assert world.run("tayang").attempt == 2
    assert world.vote(SITI) is None
    assert world.settle(CHANNEL, PostState.SENT) is None
    assert world.state.informed_at == first
    assert first is not None
    assert first >= START
