"""Nobody knows whether words to somebody at risk arrived, and that person writes again."""

import pytest
from story_town import NIGHT, Town, labels
from test_story_care import asks_for_help, received, submitted

from bot.sandbox import Break, Fault


@pytest.fixture
async def night(settle) -> Town:
    town: Town = await settle(at=NIGHT)
    await town.start()
    await town.gather()
    return town


async def test_the_named_people_see_the_doubt_and_settle_it_before_they_write_again(night: Town) -> None:
    wulan = await asks_for_help(night)
    asked = await submitted(night)
    night.sandbox.faults.add(Fault(Break.RESET_BEFORE, "sendMessage", chat_id=wulan.id, times=1))
    await night.press("sekar", asked, "Setujui")
    question = night.card("Belum pasti terkirim", button="Kirim ulang")
    await night.dm(wulan, "Aku di jembatan")

    laras = night.people["laras"]
    card = night.one(laras, "Belum pasti sampai", button="Tulis lagi")
    assert "belum pasti balasan ini sampai" in card.text
    assert "tidak dikirim" not in card.text
    assert "belum dikirim" not in card.text
    assert night.one(laras, "draf tadi tidak berlaku lagi. Belum pasti")
    assert "belum pasti sampai" in night.card("dua pendamping").text

    assert labels(question) == ["🚫 Tidak terkirim", "☑️ Sudah terkirim"]
    press = await night.press("laras", question, "Tidak terkirim")
    assert press.text.startswith("Dicatat tidak terkirim.")
    assert not received(night, wulan)
    assert "draf ini tidak dikirim" in card.text
    assert "belum pasti sampai" not in night.card("dua pendamping").text
