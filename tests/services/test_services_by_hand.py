"""🚨 by hand is the group's own run: nobody is called twice for one matter, whoever comes first."""

from dataclasses import replace

import pytest
from agency import Agency
from crisis_agency import HOAX, CrisisAgency, minutes
from fakes import verdict
from test_services_claim_matter import BY_CLAIM, POISON, crisis, groups, noted  # noqa: F401 - `crisis` is a fixture

from bot.domain.case import CaseId
from bot.domain.errors import NotFound
from bot.domain.incident import Paging, Phase, RunId
from bot.domain.outgoing import PageCard
from bot.domain.outside import OutsideEvent
from bot.domain.playbook import Concurrency
from bot.domain.trigger import BurstTrigger, EventTrigger, GroupBy, Triggers
from bot.services.by_hand import ByHand
from bot.services.events import Events
from bot.services.pulse import Pulse
from bot.services.templates import short_name
from bot.store.database import Database
from classifiers.labels import Label

QUAKE = BurstTrigger(Label.HOAX, 3, minutes(10), topics=("gempa",), group_by=GroupBy.TOPIC)
BY_TOPIC = replace(
    HOAX,
    concurrency=Concurrency(GroupBy.TOPIC),
    triggers=Triggers(burst=QUAKE, event=(EventTrigger("bmkg", "gempa"),)),
)


@pytest.fixture
def quake(agency: Agency) -> CrisisAgency:
    made = CrisisAgency(agency.database, agency.clock, agency.policy, (BY_TOPIC,))
    made.reads.known |= {
        "gempa": verdict("hoax", topics=("gempa",)),
        "lain": verdict("hoax", topics=("air",)),
    }
    made.fires()
    return made


async def by_hand(world: CrisisAgency, case: int, who: str = "sari") -> ByHand:
    return await world.incidents.open_by_hand(world.tap(who, 0), short_name("hoaks"), CaseId(case))


async def taken(world: CrisisAgency, run: int = 1) -> None:
    state = await world.state_of_run(run)
    await world.incidents.acknowledge(world.tap("joko", run, state.epoch))


async def called(world: CrisisAgency) -> int:
    return len(await world.queued(PageCard))


async def warned(world: CrisisAgency, number: str = "1") -> None:
    """The signed warning of an earthquake."""
    events = Events(world.database, world.book, Pulse(world.database, world.book, world.clock), world.clock)
    await events.receive(OutsideEvent("bmkg", number, "gempa", world.clock.now(), ()))


async def evidence(database: Database, run: int = 1) -> int:
    return len(await database.read.runs.evidence(RunId(run)))


async def test_a_claim_that_was_opened_by_hand_is_fed_by_its_burst(crisis: CrisisAgency) -> None:  # noqa: F811 - a fixture
    claim = await noted(crisis, POISON)
    assert await by_hand(crisis, 1) == ByHand(RunId(1))
    await taken(crisis)
    before = await called(crisis)
    for _ in range(3):
        await crisis.receive(POISON)
    assert await groups(crisis) == [f"hoaks/claim:{claim}"]
    assert (await called(crisis), await evidence(crisis.database)) == (before, 4)


async def test_a_comment_of_a_burst_joins_the_incident_that_the_burst_opened(crisis: CrisisAgency) -> None:  # noqa: F811 - a fixture
    claim = await noted(crisis, POISON)
    for _ in range(3):
        await crisis.receive(POISON)
    await taken(crisis)
    before = await called(crisis)
    assert await by_hand(crisis, 1) == ByHand(RunId(1), joined=True)
    assert await groups(crisis) == [f"hoaks/claim:{claim}"]
    state = await crisis.state_of_run()
    assert (await called(crisis), state.paging, state.owner) == (before, Paging.ACKED, "joko")


async def test_a_rumour_that_was_opened_before_anybody_named_its_claim_goes_on(crisis: CrisisAgency) -> None:  # noqa: F811 - a fixture
    case = await crisis.receive(POISON)
    assert await by_hand(crisis, case) == ByHand(RunId(1))
    assert await groups(crisis) == [f"hoaks/case:{case}"], "neither claim nor topic is known"
    await crisis.register.deeds.report(crisis.tap("sari", 0), "", CaseId(case), "triage")
    other = await crisis.receive(POISON)
    assert await by_hand(crisis, other, "ratna") == ByHand(RunId(1), joined=True)
    assert await evidence(crisis.database) == 2


async def test_two_cases_of_one_flood_are_one_incident(quake: CrisisAgency) -> None:
    one, two = await quake.receive("gempa besok satu"), await quake.receive("gempa besok dua")
    assert await by_hand(quake, one) == ByHand(RunId(1))
    before = await called(quake)
    assert await by_hand(quake, two, "ratna") == ByHand(RunId(1), joined=True)
    assert await called(quake) == before
    assert await evidence(quake.database) == 2
    other = await quake.receive("lain sekali")
    assert await by_hand(quake, other) == ByHand(RunId(2)), "of another topic nothing is known"
    assert await groups(quake) == ["hoaks/label:hoax/topic:gempa", f"hoaks/case:{other}"]


async def test_a_warning_and_a_hand_meet_in_one_incident(quake: CrisisAgency) -> None:
    await warned(quake)
    await taken(quake)
    before = await called(quake)
    case = await quake.receive("gempa besok satu")
    assert await by_hand(quake, case) == ByHand(RunId(1), joined=True)
    assert await called(quake) == before
    assert (await quake.state_of_run()).paging is Paging.ACKED


async def test_a_hand_and_then_a_warning_meet_too(quake: CrisisAgency) -> None:
    await by_hand(quake, await quake.receive("gempa besok satu"))
    await taken(quake)
    before = await called(quake)
    await warned(quake)
    await quake.receive("gempa besok dua")
    await quake.receive("gempa besok tiga")
    assert await groups(quake) == ["hoaks/label:hoax/topic:gempa"]
    assert (await called(quake), await evidence(quake.database)) == (before, 3)


async def test_what_was_closed_a_while_ago_is_opened_again_and_called_for(quake: CrisisAgency) -> None:
    case = await quake.receive("gempa besok satu")
    run = (await by_hand(quake, case)).run
    await taken(quake)
    await quake.incidents.false_alarm(quake.tap("ratna", run), "salah lihat")
    await quake.later(30)
    before = await called(quake)
    assert await by_hand(quake, case) == ByHand(run, reopened=True)
    state = await quake.state_of_run()
    assert (state.phase, state.paging) == (Phase.OPEN, Paging.UNACKED)
    assert await called(quake) == before + 1
    await quake.incidents.false_alarm(quake.tap("ratna", run), "tetap salah lihat")
    quake.clock.advance(25 * 3600)
    assert await by_hand(quake, case) == ByHand(RunId(2)), "after a day it is another matter"


async def test_a_press_that_comes_again_after_a_crash_opens_and_feeds_once(quake: CrisisAgency) -> None:
    one, two = await quake.receive("gempa besok satu"), await quake.receive("gempa besok dua")
    first, second = quake.tap("sari", 0), quake.tap("ratna", 0)
    for _ in range(2):
        assert await quake.incidents.open_by_hand(first, short_name("hoaks"), CaseId(one)) == ByHand(RunId(1))
    for _ in range(2):
        joined = await quake.incidents.open_by_hand(second, short_name("hoaks"), CaseId(two))
        assert joined == ByHand(RunId(1), joined=True)
    assert (await quake.state_of_run()).triggers == 2


async def test_nothing_is_opened_for_a_case_that_is_not_there(quake: CrisisAgency) -> None:
    with pytest.raises(NotFound):
        await by_hand(quake, 99)
    assert await groups(quake) == []


async def test_a_list_names_what_goes_on_but_not_what_it_opened_itself(quake: CrisisAgency) -> None:
    tap = quake.tap("sari", 0)
    assert await quake.incidents.going_of(tap, short_name("hoaks")) == []
    await quake.incidents.open_by_hand(tap, short_name("hoaks"), None)
    assert await quake.incidents.going_of(tap, short_name("hoaks")) == []
    assert await quake.incidents.going_of(quake.tap("ratna", 0), short_name("hoaks")) == [RunId(1)]
    await quake.incidents.start_drill(quake.tap("ratna", 0), short_name("hoaks"))
    assert await quake.incidents.going_of(quake.tap("ratna", 0), short_name("hoaks")) == [RunId(1)]
