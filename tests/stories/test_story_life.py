"""Somebody writes that they cannot go on: two named people read it, no group does, no machine answers."""

from story_town import NIGHT, Town

from bot.sandbox import Message

WORDS = "Malam min. Aku capek banget, rasanya gak sanggup hidup begini terus. Pengen mengakhiri semuanya saja"
TITLE = "Keselamatan jiwa seorang warga"


def _facts(message: Message) -> str:
    """Everything of a message that a phone could show: text, buttons, addresses; not what it replies to."""
    return str(message.quoted()) + str(message.buttons)


async def test_a_life_at_risk_is_read_by_two_people_and_by_no_group(settle) -> None:
    town: Town = await settle(at=NIGHT)
    await town.start()
    await town.gather()
    wulan = town.citizens["Wulan"]
    await town.dm(wulan, WORDS)

    assert not town.seen(wulan)
    card = town.card("Isi pesan hanya dikirim kepada dua pendamping.")
    assert not any("Balas" in one["text"] and "1." in one["text"] for one in card.buttons)
    for message in town.world.messages(town.triage.id):
        assert not any(
            secret in _facts(message) for secret in ("Wulan", "capek banget", "mengakhiri", "t.me/")
        )
    for key in ("sekar", "laras"):
        page = town.one(town.people[key], TITLE, "Anda dipanggil", button="Saya tangani")
        assert not page.silent
        assert "capek" not in page.text
        original = town.one(town.people[key], WORDS, "hanya untuk pendamping")
        assert original.protected
        assert "Wulan" in original.text
    for key in ("yoga", "tirta", "dimas", "gita", "harun"):
        assert not town.seen(town.people[key], "capek")
        assert not town.seen(town.people[key], "Wulan")
    assert "keselamatan" in card.text

    await town.later(minutes=1)
    await town.dm(wulan, "Maaf ya mengganggu")
    assert not town.seen(wulan)
    assert town.one(town.people["sekar"], "Maaf ya mengganggu", "hanya untuk pendamping")
    await town.press("sekar", town.one(town.people["sekar"], TITLE, button="Saya tangani"), "Saya tangani")
    assert "Ditangani Sekar" in town.one(town.people["laras"], TITLE, "Dibuka").text
    found = await town.say("yoga", "/cari capek")
    assert town.card("Tidak ada yang cocok").reply_to == found.message_id
    queue = await town.say("yoga", "/antrean")
    shown = next(m for m in town.seen(town.triage) if m.reply_to == queue.message_id)
    assert "Wulan" not in _facts(shown)
    for message in town.world.messages(town.triage.id):
        sent_by_bot = message.sender_id == town.world.bot.id
        assert not (sent_by_bot and any(s in _facts(message) for s in ("Wulan", "capek", "mengganggu")))


async def test_under_a_post_it_is_the_same_and_the_link_stays_out_of_the_group(settle) -> None:
    town: Town = await settle(at=NIGHT)
    await town.start()
    await town.gather()
    comment = await town.comment("Hasan", WORDS)
    for message in town.seen(town.triage):
        assert not any(secret in _facts(message) for secret in ("Hasan", "mengakhiri", "https://t.me"))
    original = town.one(town.people["laras"], WORDS)
    assert f"/{comment.message_id}?" in _facts(original)
    assert not town.public()
    await town.later(minutes=11)
    assert town.seen(town.people["dimas"], TITLE, button="Saya tangani")
    assert not town.seen(town.people["dimas"], "mengakhiri")
    assert not town.public()


async def test_an_edit_into_despair_takes_the_words_off_the_card(town: Town) -> None:
    comment = await town.comment("Hasan", "Malam min, ada yang bisa diajak bicara?")
    card = town.card("ada yang bisa diajak bicara")
    town.world.edit(comment, WORDS)
    await town.settled()
    assert "Hasan" not in _facts(card)
    assert "bicara" not in card.text
    assert town.one(town.people["sekar"], WORDS)


async def test_a_figure_of_speech_wakes_nobody(town: Town) -> None:
    await town.comment("Hasan", "Mati ketawa baca kolom komentar hari ini, semangat min")
    assert not town.seen(town.triage, TITLE)
    assert town.card("Mati ketawa")
