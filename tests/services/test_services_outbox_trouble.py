"""The way out in bad weather: a row that cannot be read, a group that is closed, a stop in the midst."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from agency import Agency, Restarts
from fakes import TRIAGE_CHAT
from queueing import notice, only, put, until

from bot.domain.case import CaseId, CaseStatus
from bot.domain.outgoing import (
    CaseCard,
    DraftCard,
    Notice,
    Outgoing,
    PublicReply,
    SendState,
    ShownCard,
    UncertainCard,
    to_person,
)
from bot.domain.people import PersonId
from bot.domain.reply import DraftId
from bot.services.delivery import Impossible


@asynccontextmanager
async def running(agency: Agency) -> AsyncIterator[None]:
    loop = asyncio.create_task(agency.outbox.run())
    yield
    loop.cancel()
    await asyncio.wait({loop})


async def arrived(agency: Agency, kind: type[Outgoing]) -> None:
    await until(lambda: any(isinstance(one.what, kind) for one in agency.wire.sent))
    await asyncio.sleep(0.05)


async def passes(agency: Agency, seconds: int) -> None:
    """Second by second, as a loop that waits for each of them needs it."""
    for _ in range(seconds):
        agency.clock.advance(1)
        agency.outbox.wake()
        await asyncio.sleep(0.005)


def refuse(agency: Agency, state: str) -> sqlite3.Connection:
    """From now on the store takes no row into this state."""
    beside = sqlite3.connect(agency.database.path)
    beside.execute(
        f"CREATE TRIGGER full BEFORE UPDATE ON outbox WHEN new.state = '{state}' "
        "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
    )
    beside.commit()
    return beside


def again(beside: sqlite3.Connection) -> None:
    beside.execute("DROP TRIGGER full")
    beside.commit()
    beside.close()


async def test_a_row_that_cannot_be_read_lets_the_others_pass(agency: Agency) -> None:
    await put(agency, notice(1), notice(2))
    with sqlite3.connect(agency.database.path) as beside:
        beside.execute("UPDATE outbox SET kind = 'FromALaterVersion' WHERE id = 1")
    beside.close()
    await agency.settle()
    assert agency.wire.of(Notice) == [notice(2)]


async def test_what_a_closed_group_does_not_take_waits_until_it_is_open_again(agency: Agency) -> None:
    agency.wire.answers[Notice] = [Impossible("Forbidden: bot was kicked", blocked=True)] * 2
    await put(agency, notice(1))
    await agency.outbox.drain()
    assert await agency.state_of(Notice) == [SendState.QUEUED]
    await agency.settle()
    assert await agency.state_of(Notice) == [SendState.SENT]


async def test_a_citizen_who_lets_nobody_in_is_asked_about_at_once(agency: Agency) -> None:
    agency.wire.answers[PublicReply] = [Impossible("Forbidden: bot was kicked", blocked=True)]
    await agency.approved()
    await agency.settle()
    assert await agency.state_of(PublicReply) == [SendState.FAILED]


async def test_a_stop_lets_a_public_reply_that_is_under_way_arrive(agency: Agency) -> None:
    gate = agency.wire.hold[PublicReply] = asyncio.Event()
    await agency.approved()
    loop = asyncio.create_task(agency.outbox.run())
    await until(lambda: any(isinstance(one.what, PublicReply) for one in agency.wire.tried))
    loop.cancel()
    await asyncio.sleep(0)
    gate.set()
    await asyncio.wait({loop})
    assert await agency.state_of(PublicReply) == [SendState.SENT]


async def test_a_reply_that_stands_is_written_down_as_soon_as_the_store_takes_it(agency: Agency) -> None:
    draft = await agency.approved()
    beside = refuse(agency, "sent")
    async with running(agency):
        await arrived(agency, PublicReply)
        assert await agency.state_of(PublicReply) == [SendState.SENDING]
        again(beside)
        await passes(agency, 3)
    assert await agency.state_of(PublicReply) == [SendState.SENT]
    assert (await agency.case(draft.case_id)).status is CaseStatus.ANSWERED
    assert agency.wire.kinds().count("PublicReply") == 1
    assert not await agency.queued(UncertainCard)


async def test_a_long_trouble_of_the_store_costs_no_certainty(agency: Agency) -> None:
    await agency.approved()
    beside = refuse(agency, "sent")
    beside.execute(
        "CREATE TRIGGER fuller BEFORE UPDATE ON outbox WHEN new.state = 'uncertain' "
        "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
    )
    beside.commit()
    async with running(agency):
        await arrived(agency, PublicReply)
        await passes(agency, 400)
        beside.execute("DROP TRIGGER fuller")
        again(beside)
        await passes(agency, 61)
    assert await agency.state_of(PublicReply) == [SendState.SENT]
    assert agency.wire.kinds().count("PublicReply") == 1


async def test_what_follows_is_at_fault_so_a_person_is_asked_and_the_chat_is_free(agency: Agency) -> None:
    draft = await agency.approved()
    with sqlite3.connect(agency.database.path) as beside:
        beside.execute(
            "CREATE TRIGGER broken BEFORE UPDATE ON draft WHEN new.state = 'posted' "
            "BEGIN SELECT RAISE(ABORT, 'a fault of ours'); END"
        )
    beside.close()
    async with running(agency):
        await arrived(agency, PublicReply)
        await passes(agency, 60)
        await until(lambda: bool(agency.wire.of(UncertainCard)))
    assert await agency.state_of(PublicReply) == [SendState.UNCERTAIN]
    assert (await agency.case(draft.case_id)).status is CaseStatus.DRAFTED
    assert agency.wire.kinds().count("PublicReply") == 1


async def test_a_fault_in_what_follows_a_card_does_not_close_the_chat_for_the_others(agency: Agency) -> None:
    await agency.written()
    with sqlite3.connect(agency.database.path) as beside:
        beside.execute(
            "CREATE TRIGGER broken BEFORE UPDATE ON person_link "
            "BEGIN SELECT RAISE(ABORT, 'a fault of ours'); END"
        )
    beside.close()
    agency.wire.answers[DraftCard] = [Impossible("Forbidden: bot was blocked by the user", blocked=True)]
    async with running(agency):
        await put(agency, DraftCard(DraftId(1), PersonId("ratna")), notice(1, to_person(PersonId("ratna"))))
        agency.outbox.wake()
        await until(lambda: any(isinstance(one.what, DraftCard) for one in agency.wire.tried))
        await passes(agency, 40)
        await until(lambda: any(one.what == notice(1, "person:ratna") for one in agency.wire.sent))
    assert await agency.state_of(DraftCard) == [SendState.FAILED]
    assert len([one for one in agency.wire.tried if isinstance(one.what, DraftCard)]) == 1


@pytest.mark.parametrize("times", [1, 3])
async def test_the_end_comes_between_the_answer_and_the_store_so_a_card_is_there_twice_at_most(
    agency: Agency, restart: Restarts, times: int
) -> None:
    await put(agency, CaseCard(CaseId(1)))
    stood = []
    for _ in range(times):
        agency.wire.mute.add(CaseCard)
        sending = asyncio.create_task(agency.outbox.drain())
        await arrived(agency, CaseCard)
        sending.cancel()
        stood += agency.wire.cards
        assert await agency.database.read.outbox.card("case:1") is None
        agency = await restart(agency)
        await agency.outbox.recover()
        agency.clock.advance(60)
    await agency.settle()
    stood += agency.wire.cards
    assert len(stood) == times + 1, "one more for each time the end came, none lost"
    last = agency.wire.cards[-1][1]
    assert await agency.database.read.outbox.card("case:1") == ShownCard(TRIAGE_CHAT, last, "")
    await put(agency, CaseCard(CaseId(1)))
    await agency.settle()
    assert agency.wire.cards[-1][1] == last, "the newest is the live one, and is edited"
    assert not await agency.database.read.outbox.unsettled()


async def test_the_end_comes_between_a_public_answer_and_the_store_and_it_is_not_said_twice(
    agency: Agency, restart: Restarts
) -> None:
    await agency.approved()
    agency.wire.mute.add(PublicReply)
    sending = asyncio.create_task(agency.outbox.drain())
    await arrived(agency, PublicReply)
    sending.cancel()
    agency = await restart(agency)
    await agency.outbox.recover()
    await agency.settle()
    assert (await only(agency, PublicReply)).state is SendState.UNCERTAIN
    assert "PublicReply" not in agency.wire.kinds()
    assert agency.wire.of(UncertainCard)
