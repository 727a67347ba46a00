"""What the team brings in from elsewhere may be about somebody's life too: the bot cannot post there."""

import pytest
from story_town import NIGHT, Town, labels
from test_story_care import CARE, WORDS, nobody_else_read, original, submitted


@pytest.fixture
async def night(settle) -> Town:
    town: Town = await settle(at=NIGHT)
    await town.start()
    await town.gather()
    stranger = town.world.add_user("Surya", 7301)
    group = town.world.add_group("RT 04", [stranger], bot="left")
    said = town.world.say(stranger, group, WORDS)
    town.world.forward(town.people["laras"], town.people["laras"], said, hidden=True)
    await town.settled()
    return town


async def test_approved_words_are_handed_to_their_writer_to_be_sent_by_hand(night: Town) -> None:
    assert original(night, "sekar")
    await night.press("sekar", await submitted(night), "Setujui")
    copy = night.one(night.people["laras"], "Salin teks ini", CARE)
    assert not copy.protected
    assert labels(copy) == []
    card = night.one(night.people["laras"], "Disetujui", CARE, "mengirimnya sendiri")
    group = night.card("dua pendamping", "dikirim dengan tangan")
    question = night.card("Perlu dikirim dengan tangan", "Ia menyalin")
    for message in (card, group, question):
        assert "elum pasti" not in message.text
    assert labels(question) == ["☑️ Sudah terkirim"]
    nobody_else_read(night)

    refused = await night.press("yoga", question, "Sudah terkirim")
    assert refused.text.startswith("Pesan ini hanya ditangani pendamping")
    await night.press("laras", question, "Sudah terkirim")
    assert "Dijawab" in night.card("dua pendamping").text
    assert card.text.startswith("✅ Terkirim")
    assert len(night.seen(night.people["laras"], "Salin teks ini")) == 1
    assert not night.seen(night.people["sekar"], "Salin teks ini")


async def test_a_stop_in_the_middle_hands_them_over_once(night: Town) -> None:
    asked = await submitted(night)
    await night.stop()
    night.world.press(night.people["sekar"], asked, "Setujui")
    await night.start()
    assert len(night.seen(night.people["laras"], "Salin teks ini", CARE)) == 1
