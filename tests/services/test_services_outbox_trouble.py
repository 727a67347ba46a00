"""The way out in bad weather: a row that cannot be read, a group that is closed, a stop in the midst."""

import asyncio
import sqlite3

from agency import Agency
from queueing import notice, put, until

from bot.domain.outgoing import Notice, PublicReply, SendState
from bot.services.delivery import Impossible


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
