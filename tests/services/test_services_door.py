"""Approved words that cannot go out after all: their incident hears it, and a person is asked."""

from dataclasses import replace

import pytest
from agency import approve_templates, enrol_all
from crisis_agency import DISASTER, HOAX, CrisisAgency, minutes

from bot.clock import FakeClock
from bot.domain.outgoing import SendState
from bot.domain.outgoing_steps import OWN_CHANNEL, PublicPost, StepCard
from bot.domain.step_run import PostState
from bot.services.delivery import NothingToSay
from bot.services.replies import ReplyPolicy
from bot.store.database import Database


@pytest.fixture
async def crisis(database: Database, clock: FakeClock) -> CrisisAgency:
    made = CrisisAgency(database, clock, ReplyPolicy(links=("example.go.id",)))
    await enrol_all(database, clock)
    await approve_templates(made)
    return made


async def post_of(crisis: CrisisAgency, run: int) -> PostState:
    post = (await crisis.step("tayang", run)).post_on(OWN_CHANNEL)
    assert post is not None
    return post.state


async def test_a_post_that_has_nothing_to_say_is_given_to_a_person(crisis: CrisisAgency) -> None:
    run = await crisis.acked()
    await crisis.answered(run, choice="salah")
    crisis.wire.answers[PublicPost] = [NothingToSay("the words are gone")]
    await crisis.vote(run, "ratna")
    before = len([one for one in await crisis.queued(StepCard) if one.what.step == "tayang"])
    await crisis.settle()
    assert await crisis.state_of(PublicPost) == [SendState.DROPPED]
    assert await post_of(crisis, run) is PostState.FAILED
    assert "post_failed" in await crisis.story(run)
    after = [one for one in await crisis.queued(StepCard) if one.what.step == "tayang"]
    assert len(after) > before, "whoever has the incident gets it with the button to send it again"
    await crisis.deeds.settle(crisis.tap("joko", run), "tayang", 1, OWN_CHANNEL, PostState.QUEUED, "")
    await crisis.settle()
    assert await post_of(crisis, run) is PostState.SENT


async def test_words_that_time_out_in_the_queue_do_not_vanish(database: Database, clock: FakeClock) -> None:
    """The step's time is over while Telegram is closed to us: its words stay behind, and that is said."""
    hurried = [replace(step, timeout=minutes(10)) if step.id == "tayang" else step for step in HOAX.steps]
    crisis = CrisisAgency(
        database,
        clock,
        ReplyPolicy(links=("example.go.id",)),
        (replace(HOAX, steps=tuple(hurried)), DISASTER),
    )
    await enrol_all(database, clock)
    await approve_templates(crisis)
    run = await crisis.acked()
    await crisis.answered(run, choice="salah")
    await crisis.vote(run, "ratna")
    crisis.clock.advance(660)
    await crisis.timers.tick()
    assert (await crisis.step("tayang", run)).state.value == "expired"
    await crisis.settle()
    assert [one.what for one in crisis.wire.sent if isinstance(one.what, PublicPost)] == []
    assert await post_of(crisis, run) is PostState.FAILED
    assert "post_failed" in await crisis.story(run)


async def test_words_of_an_incident_that_was_closed_are_dropped_without_asking_anybody(
    crisis: CrisisAgency,
) -> None:
    run = await crisis.acked()
    await crisis.answered(run, choice="salah")
    await crisis.vote(run, "ratna")
    await crisis.incidents.false_alarm(crisis.tap("ratna", run), "lelucon")
    await crisis.settle()
    assert await crisis.state_of(PublicPost) == [SendState.DROPPED]
    assert await post_of(crisis, run) is PostState.QUEUED
    assert "post_failed" not in await crisis.story(run)
