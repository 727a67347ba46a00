"""Whoever is silent is reminded: often at first, then less; and nobody else waits for it."""

from dataclasses import replace
from datetime import timedelta

from crisis_world import RATNA, SITI, START, World, minutes
from steps_world import ASK, HOUR, WHOLE, Office, roster, taken, written

from bot.domain.playbook import Step
from bot.domain.run_effects import PageExhausted, PagePerson
from bot.domain.run_events import StillHandling
from bot.domain.step_effects import ShowStep
from bot.domain.step_run import Verdict


def only(*steps: Step, sensitive: bool = False) -> Office:
    return Office(replace(WHOLE, steps=steps, sensitive=sensitive))


def shown(world: World, step: str) -> list[tuple[float, tuple[str, ...], bool]]:
    return [(minute, e.people, e.again) for minute, e in world.did(ShowStep) if e.step == step]


def reminded(step: Step, span: timedelta, *, sensitive: bool = False) -> list[float]:
    """The minutes in which somebody who says nothing but "still on it" is reminded of the question."""
    world = taken(only(step, sensitive=sensitive))
    end = world.now + span
    while world.now < end:
        world.wait(minutes(10))
        world.happen(StillHandling(world.roster, RATNA, world.state.epoch))
    return [minute for minute, _, again in shown(world, "verifikasi") if again]


def test_whoever_stays_silent_is_reminded_less_and_less_but_called_by_the_ladder_as_ever() -> None:
    question = replace(ASK, remind_every=minutes(3))
    assert reminded(question, 6 * HOUR) == [3, 9, 21, 45, 93, 153, 213, 273, 333]
    seldom = replace(ASK, remind_every=timedelta(hours=4))
    assert reminded(seldom, 13 * HOUR) == [240, 480, 720], "never more often than the playbook says"
    world, calm = taken(only(question)), taken(only(ASK))
    for one in (world, calm):
        one.wait(6 * HOUR)
    assert world.did(PagePerson) == calm.did(PagePerson)
    assert world.did(PageExhausted) == calm.did(PageExhausted)


def test_where_a_life_is_at_risk_every_reminder_goes_out() -> None:
    question = replace(ASK, remind_every=minutes(2))
    assert reminded(question, minutes(20), sensitive=True) == [2, 4, 6, 8, 10, 12, 14, 16, 18, 20]


def test_whoever_comes_on_duty_hears_at_once_what_the_others_have_heard_often() -> None:
    world = Office()
    world.roster = roster(frozenset({SITI}))
    world = written(world)
    world.wait(minutes(22))
    world.roster = roster()
    world.wait(minutes(3))
    assert shown(world, "setujui")[-1] == (24, (SITI,), True)


def test_an_answer_begins_the_counting_anew() -> None:
    world = written()
    world.wait(minutes(10))
    assert world.run("setujui").reminders == 2
    world.vote(SITI, Verdict.RETURN, "Lebih singkat")
    assert world.edit(RATNA) is None
    begun = (world.now - START) / minutes(1)
    world.wait(minutes(10))
    assert [minute - begun for minute, _, again in shown(world, "setujui") if again and minute > begun] == [
        3,
        9,
    ]
