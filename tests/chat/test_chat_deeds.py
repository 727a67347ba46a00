"""Measures at a bad moment: the lock comes while Telegram thinks, or nobody knows whose account it was."""

from datetime import timedelta
from typing import Any

import pytest
from chat_measures import ADVERT, measure_card
from chat_office import DISCUSSION, TRIAGE_CHAT, Office
from telegram import Bot, ChatMember
from test_chat_moderation import deeds, measure, proposed

from bot.domain.measure import State
from bot.domain.people import PersonId
from bot.sandbox.model import Status
from bot.services.retention import Keep, Retention
from bot.services.tap import Tap


async def test_a_lock_that_comes_while_rights_are_looked_up_holds_the_deed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    advert = await proposed(office, ADVERT, "beriklan", "Hapus komentar")
    ani = office.services.team.directory.people[PersonId("ani")]
    ask = Bot.get_chat_member

    async def slowly(self: Bot, chat_id: int, *rest: Any, **more: Any) -> ChatMember:
        found = await ask(self, chat_id, *rest, **more)
        if chat_id == DISCUSSION:
            await office.services.team.lock(Tap(ani, 0, 0, "u:kunci", office.clock.now()))
        return found

    monkeypatch.setattr(Bot, "get_chat_member", slowly)
    await office.press("kori", office.last("kori"), "Pastikan")
    assert await office.database.read.people.public_lock() is not None
    assert not advert.deleted
    assert (await measure(office)).state is State.CONFIRMED
    monkeypatch.undo()
    await office.later(minutes=5)
    assert not advert.deleted
    await office.writes("kori", TRIAGE_CHAT, "/buka")
    await office.writes("koko", TRIAGE_CHAT, "/buka")
    await office.later(minutes=5)
    assert advert.deleted
    assert (await deeds(office))[-1] == "measure_done"


@pytest.mark.parametrize("remedy", ["Blokir", "Batasi 7 hari"])
async def test_what_cannot_be_undone_for_want_of_a_name_is_said_once(office: Office, remedy: str) -> None:
    await proposed(office, ADVERT, "beriklan", remedy)
    await office.press("kori", office.last("kori"), "Pastikan")
    for button in ("Ambil", "Tutup", "Spam"):
        await office.press("ani", office.cards()[0], button)
    year = timedelta(days=365)
    office.clock.advance(timedelta(days=91).total_seconds())
    await Retention(office.database, Keep(year, timedelta(days=90), year), office.clock).all("bot")
    await office.press("koko", measure_card(office), "Urungkan")
    said = office.seen(TRIAGE_CHAT)[-1].text
    assert "akun penulisnya tidak dikenali" in said
    assert (await deeds(office))[-1] == "measure_not_undone"
    assert office.discussion.member(office.citizen.id).status in {Status.KICKED, Status.RESTRICTED}
    calls = len(office.calls)
    await office.later(minutes=30)
    assert len(office.calls) == calls, "it is not tried again and again"
