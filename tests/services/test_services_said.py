"""From the question to the channel by the real services; and what the report says of it afterwards."""

from dataclasses import replace
from datetime import timedelta

import pytest
from agency import PLAIN, Agency
from report_world import HEADS, PLAYBOOK, RATNA, ReportWorld

from bot.domain.incident import RunId
from bot.domain.letters import letters_of, versions_of
from bot.domain.outgoing_steps import PublicPost
from bot.domain.playbook import Playbook, Step
from bot.domain.step_run import PostState, Verdict
from bot.domain.steps import Approve, Compose, Publish
from bot.services.delivery import Sent
from bot.services.run_posting import RunPosting
from bot.services.step_deeds import StepDeeds
from bot.services.templates import short_name

SPEAKING: Playbook = replace(
    PLAYBOOK,
    id="bicara",
    name="Bicara",
    steps=(
        Step("naskah", "Tulis", Compose(PLAIN.id), to=(HEADS,)),
        Step("setujui", "Setujui", Approve(1), needs=("naskah",), to=(HEADS,)),
        Step(
            "tayang", "Tayangkan", Publish(("telegram-channel", "instagram")), needs=("setujui",), to=(HEADS,)
        ),
    ),
    clocks=(),
    basis={},
)


@pytest.fixture
def world(agency: Agency) -> ReportWorld:
    return ReportWorld(agency, SPEAKING, channels=frozenset({"telegram-channel"}))


async def approved(world: ReportWorld) -> RunId:
    """Sari opens it, Ratna takes it, Dewi approves what the template says."""
    agency, incidents, deeds = world.agency, world.incidents, StepDeeds(world.incidents, world.agency.policy)
    run = (await incidents.open_by_hand(agency.tap("sari", 0), short_name("bicara"), None)).run
    agency.clock.advance(120)
    await incidents.acknowledge(agency.tap("ratna", run, 1))
    state = await world.state(run)
    approve = SPEAKING.steps[1]
    versions = versions_of(letters_of(state, approve))
    agency.clock.advance(180)
    await deeds.vote(agency.tap("dewi", run), "setujui", 1, Verdict.APPROVE, versions, "")
    return run


async def test_words_on_a_channel_and_by_hand_stand_in_the_report_with_the_moment_of_each(
    world: ReportWorld,
) -> None:
    run = await approved(world)
    report = await world.after.reports.of_run(run)
    assert report.said == ()
    assert report.measures.to_post is None, "approved is not yet said"
    post = (await world.agency.queued(PublicPost))[-1]
    world.agency.clock.advance(60)
    async with world.agency.database.transaction() as tx:
        await RunPosting(world.book).after(tx, post, Sent(-1001, 77))
    world.agency.clock.advance(600)
    tap = world.agency.tap("ratna", run)
    await StepDeeds(world.incidents, world.agency.policy).settle(
        tap, "tayang", 1, "instagram", PostState.SENT, "https://ig.example/p/1"
    )
    report = await world.after.reports.of_run(run)
    channel, instagram = report.said
    assert channel.text == instagram.text == PLAIN.text
    assert (channel.channel, channel.link) == ("telegram-channel", "https://t.me/c/1/77")
    assert (instagram.channel, instagram.link) == ("instagram", "https://ig.example/p/1")
    assert [str(person) for person in channel.approvers] == ["dewi"]
    assert channel.source == f"{PLAIN.id} v{PLAIN.version}"
    assert report.measures.to_ack == timedelta(minutes=2)
    assert report.measures.to_post == timedelta(minutes=6)
    record = await world.after.contributions.of(RATNA, world.start, world.minute(60))
    assert record.parts[0].deeds == {"acked": 1, "published": 1}
