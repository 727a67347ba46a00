"""`on_repeat: queue`: what came while a run went on gets a run of its own, however that one ends."""

from dataclasses import replace
from datetime import timedelta

import pytest
from agency import approve_templates, enrol_all
from crisis_agency import DISASTER, HOAX, CrisisAgency
from fakes import comment

from bot.clock import FakeClock
from bot.domain.incident import Outcome, Phase, RunId
from bot.domain.people import PersonId
from bot.domain.playbook import Concurrency, OnRepeat
from bot.services.replies import ReplyPolicy
from bot.services.triggers import Fired
from bot.store.database import Database

WAITS = replace(HOAX, concurrency=Concurrency(on_repeat=OnRepeat.QUEUE))


@pytest.fixture
async def crisis(database: Database, clock: FakeClock) -> CrisisAgency:
    """A run that joko has; a second comment came and waits."""
    made = CrisisAgency(database, clock, ReplyPolicy(), (WAITS, DISASTER))
    await enrol_all(database, clock)
    await approve_templates(made)
    await made.gather(1)
    run = await made.acked()
    await again(made, run)
    return made


async def again(crisis: CrisisAgency, run: int) -> None:
    case = await crisis.receive(comment("Katanya ada gempa lagi?", author="tg:950"))
    comments = tuple(await crisis.comments(case))
    async with crisis.database.transaction() as tx:
        fired = Fired("hoaks/gempa", "label=hoax", True, comments)
        await crisis.book.feed(tx, await crisis.book.state(tx, RunId(run)), fired, "bot", crisis.cause())


async def evidence(crisis: CrisisAgency, run: int) -> list[int]:
    return [int(one) for one in await crisis.database.read.runs.evidence(RunId(run))]


async def test_nothing_opens_while_the_first_goes_on(crisis: CrisisAgency) -> None:
    assert (await crisis.state_of_run(1)).queued == 1
    assert len(await crisis.database.read.runs.going_on()) == 1


async def test_when_it_is_resolved_the_one_that_waited_opens_with_its_evidence(crisis: CrisisAgency) -> None:
    await crisis.incidents.resolve(crisis.tap("ratna", 1), "Sudah reda")
    closed, opened = await crisis.state_of_run(1), await crisis.state_of_run(2)
    assert (closed.outcome, closed.queued, closed.carried_by) == (Outcome.HANDLED, 0, RunId(2))
    assert (opened.playbook.id, opened.phase) == ("hoaks", Phase.OPEN)
    assert opened.calling == (PersonId("joko"),)
    assert await evidence(crisis, 2) == await evidence(crisis, 1)
    assert len(await evidence(crisis, 2)) == 2


async def test_joined_to_another_it_is_carried_by_that_one_and_the_waiting_one_opens(
    crisis: CrisisAgency,
) -> None:
    async with crisis.database.transaction() as tx:
        fired = Fired("bencana/gempa", "manual case=-", True, ())
        other = await crisis.book.open(tx, DISASTER, fired, None, crisis.cause(), drill=False)
    await crisis.deeds.merge(crisis.tap("ratna", 1), other, "Sama")
    joined, opened = await crisis.state_of_run(1), await crisis.state_of_run(3)
    assert (joined.outcome, joined.carried_by, joined.queued) == (Outcome.MERGED, other, 0)
    assert (opened.playbook.id, opened.phase) == ("hoaks", Phase.OPEN)
    assert await evidence(crisis, 3) == await evidence(crisis, int(other)) == await evidence(crisis, 1)


async def test_handed_off_it_is_carried_by_the_other_playbook_and_the_waiting_one_opens(
    crisis: CrisisAgency,
) -> None:
    await crisis.answered(1, choice="benar")
    handed, other, opened = [await crisis.state_of_run(run) for run in (1, 2, 3)]
    assert (handed.outcome, handed.carried_by) == (Outcome.HANDED_OFF, RunId(2))
    assert (other.playbook.id, opened.playbook.id) == ("bencana", "hoaks")
    assert opened.phase is Phase.OPEN
    assert len(await evidence(crisis, 3)) == 2


async def test_what_waited_waits_once(crisis: CrisisAgency) -> None:
    await crisis.incidents.false_alarm(crisis.tap("ratna", 1), "Bukan apa-apa")
    await crisis.incidents.false_alarm(crisis.tap("ratna", 2), "Bukan apa-apa")
    crisis.clock.advance(timedelta(minutes=1).total_seconds())
    assert await crisis.database.read.runs.going_on() == []
