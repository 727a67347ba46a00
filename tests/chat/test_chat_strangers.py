"""Strangers write to the bot while /kunci is in force: not a word goes to them, whatever they do."""

import asyncio
from dataclasses import replace

import pytest
from chat_office import TRIAGE_CHAT, Office

from bot.chat.handlers import handlers
from bot.chat.handlers.thumbs import PressRate
from bot.chat.voice import Voice
from bot.clock import FakeClock
from bot.wire.pacing import Pacer


async def lock(office: Office) -> None:
    await office.writes("ani", TRIAGE_CHAT, "/kunci")


async def tells(office: Office, *words: str) -> list[str]:
    """What the stranger has heard after having written this."""
    for one in words:
        office.world.dm(office.stranger, one)
        await office.pump()
    return [m.text for m in office.seen(office.stranger.id)]


async def test_under_the_lock_a_greeting_waits_for_another_time(office: Office) -> None:
    await lock(office)
    assert await tells(office, "/start", "/antrean") == []
    await office.writes("kori", TRIAGE_CHAT, "/buka")
    await office.writes("koko", TRIAGE_CHAT, "/buka")
    (greeting,) = await tells(office, "/start")
    assert greeting.startswith("Halo Kak! Tulis")


async def test_under_the_lock_nobody_hears_that_an_invitation_is_spent(office: Office) -> None:
    await lock(office)
    assert await tells(office, "/start tebakan") == []


async def test_under_the_lock_a_flood_is_answered_by_silence(office: Office) -> None:
    office.application.handlers[0][:] = handlers(replace(office.doors, press_rate=PressRate(2, 10.0)))
    await lock(office)
    assert await tells(office, *["/start"] * 6) == []
    assert len(await office.database.read.journal.about("/start")) == 1, "it stands in the journal"
    for _ in range(6):
        office.world.dm(office.users["kori"], "/bantuan")
    await office.pump()
    assert office.last("kori").text.startswith("Pelan-pelan"), "the team is told"


@pytest.mark.parametrize("locks", [True, False])
async def test_what_waits_for_its_turn_when_the_lock_comes_is_not_said(office: Office, locks: bool) -> None:
    clock: FakeClock = office.clock
    pacer = Pacer()
    voice = Voice(pacer, clock)
    office.application.handlers[0][:] = handlers(replace(office.doors, voice=voice))
    pacer.freeze(office.stranger.id, 20, clock.monotonic())
    assert await tells(office, "/start") == []
    if locks:
        await lock(office)
    for _ in range(30):
        clock.advance(1)
        for _ in range(8):
            await asyncio.sleep(0)
    assert len(await tells(office)) == (0 if locks else 1)
    await voice.close()
