"""Putting things into the outbox, and waiting for what a loop does with them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

from agency import Agency

from bot.domain.outgoing import TRIAGE, Notice, Outgoing, PageCard, Queued
from bot.domain.people import PersonId


async def put(agency: Agency, *what: Outgoing, at: timedelta | None = None) -> None:
    now = agency.clock.now()
    async with agency.database.transaction() as tx:
        for one in what:
            await tx.outbox.put(agency.cause(), one, now, now + at if at is not None else None)


def notice(number: int, to: str = TRIAGE) -> Notice:
    return Notice(to, f"n{number}")


def page(person: str = "ratna", run: int = 1) -> PageCard:
    return PageCard(run, PersonId(person), epoch=1)


async def only(agency: Agency, kind: type[Outgoing]) -> Queued:
    rows = await agency.queued(kind)
    assert len(rows) == 1
    return rows[0]


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 - what is waited for runs by itself
            await asyncio.sleep(0.002)


@asynccontextmanager
async def running(agency: Agency) -> AsyncIterator[None]:
    """The loop itself, as in the product: what is put into the queue rings its bell."""
    agency.database.ring_on("outbox", agency.outbox.wake)
    loop = asyncio.create_task(agency.outbox.run())
    try:
        yield
    finally:
        loop.cancel()
        await asyncio.gather(loop, return_exceptions=True)
