"""Somebody is asked whether words of a run arrived, and looks: then nothing waits for a look any more."""

import pytest
from agency import approve_templates, enrol_all
from crisis_agency import CrisisAgency

from bot.clock import FakeClock
from bot.domain.errors import RunRefused
from bot.domain.incident import RunId
from bot.domain.outgoing import SendState
from bot.domain.outgoing_steps import OWN_CHANNEL, PublicPost, RunReply
from bot.domain.people import PersonId
from bot.domain.step_run import PostState
from bot.domain.step_state import StepState
from bot.services.adviser import Adviser
from bot.services.delivery import Unsure
from bot.services.replies import ReplyPolicy
from bot.services.views_steps import StepDesk
from bot.store.database import Database


@pytest.fixture
async def crisis(database: Database, clock: FakeClock) -> CrisisAgency:
    made = CrisisAgency(database, clock, ReplyPolicy(links=("example.go.id",)))
    await enrol_all(database, clock)
    await approve_templates(made)
    return made


async def on_air(crisis: CrisisAgency, unsure: type) -> int:
    """Approved words leave; of the first of this kind nobody knows whether it arrived."""
    await crisis.gather(3)
    run = await crisis.acked()
    await crisis.answered(run, choice="salah")
    crisis.wire.answers[unsure] = [Unsure("timeout")]
    await crisis.vote(run, "ratna")
    await crisis.settle()
    return run


async def waiting_for_a_look(crisis: CrisisAgency) -> int:
    """As health, duty notes and the team's own screen count it."""
    lanes = await crisis.database.read.outbox.health()
    return sum(lane.count for lane in lanes if lane.state is SendState.UNCERTAIN)


@pytest.mark.parametrize(
    ("found", "states"),
    [
        (PostState.SENT, [SendState.SENT]),
        (PostState.DROPPED, [SendState.DROPPED]),
        (PostState.QUEUED, [SendState.DROPPED, SendState.SENT]),
    ],
)
async def test_a_post_that_somebody_looked_at_waits_for_nobody(
    crisis: CrisisAgency, found: PostState, states: list[SendState]
) -> None:
    run = await on_air(crisis, PublicPost)
    assert await waiting_for_a_look(crisis) == 1
    await crisis.deeds.settle(crisis.tap("joko", run), "tayang", 1, OWN_CHANNEL, found, "")
    await crisis.settle()
    assert await waiting_for_a_look(crisis) == 0
    assert await crisis.state_of(PublicPost) == states


async def test_the_last_reply_is_asked_about_until_somebody_has_looked(crisis: CrisisAgency) -> None:
    run = await on_air(crisis, RunReply)
    await crisis.deeds.settle(crisis.tap("joko", run), "tayang", 1, "instagram", PostState.SENT, "")
    await crisis.later(4)
    desk = StepDesk(
        crisis.database,
        crisis.incidents,
        crisis.team,
        crisis.oncall,
        crisis.clock,
        adviser=Adviser(ReplyPolicy()),
    )
    (unsure,) = [
        post for post in (await crisis.step("balas", run)).posts if post.state is PostState.UNCERTAIN
    ]

    async def shown() -> tuple[StepState, bool]:
        view = await desk.step(RunId(run), "balas", 1, PersonId("joko"))
        assert view is not None
        return view.run.state, view.live

    assert await shown() == (StepState.DONE, True), "it held nothing up, but the question stays"
    await crisis.deeds.settle(crisis.tap("joko", run), "balas", 1, unsure.channel, PostState.QUEUED, "")
    await crisis.settle()
    assert await shown() == (StepState.DONE, False)
    assert await waiting_for_a_look(crisis) == 0
    assert (await crisis.state_of(RunReply)).count(SendState.SENT) == 3


async def test_a_press_that_meets_its_own_deed_after_a_crash_is_no_refusal(crisis: CrisisAgency) -> None:
    run = await crisis.acked()
    tap = crisis.tap("dewi", run, 0, "u:500")
    await crisis.incidents.resolve(tap, "sudah selesai")
    stale = RunRefused("stale")
    assert await crisis.team.denied("dewi", stale, f"run:{run}", tap.cause) is False
    assert await crisis.team.denied("joko", stale, f"run:{run}", tap.cause) is True, "another's command"
    denied = [
        line for line in await crisis.database.read.journal.about(f"run:{run}") if line["action"] == "denied"
    ]
    assert [line["actor"] for line in denied] == ["joko"]


async def test_a_refused_press_that_comes_again_stays_one_refusal(crisis: CrisisAgency) -> None:
    run = await crisis.open()
    tap = crisis.tap("joko", run, 77, "u:501")
    with pytest.raises(RunRefused) as refused:
        await crisis.incidents.acknowledge(tap)
    for _ in range(2):
        assert await crisis.team.denied("joko", refused.value, f"run:{run}", tap.cause) is True
    actions = [line["action"] for line in await crisis.database.read.journal.about(f"run:{run}")]
    assert actions.count("denied") == 1
