"""The citizen writes again before the answer, and somebody takes a case and falls silent."""

from story_town import Town, labels

BEFORE = "Kapan jalan depan pasar diperbaiki?"
MORE = "Maksud saya yang dekat terminal, bukan yang dekat sekolah."
ANSWER = "Perbaikan jalan depan pasar dimulai Senin depan, Kak."


async def test_words_that_wait_are_stopped_when_the_citizen_writes_more(town: Town) -> None:
    await town.comment("Hasan", BEFORE)
    card = town.card(BEFORE)
    draft = await town.submitted("laras", card, ANSWER)
    await town.comment("Hasan", MORE)
    assert MORE in card.text
    assert not draft.buttons
    assert "tidak berlaku lagi" in draft.text
    assert town.one(town.people["laras"], "💬 #1: warga menulis lagi sebelum dijawab")
    assert town.public() == []
    assert any("Balas" in label for label in labels(card))
    await town.approved("laras", card, "Yang dekat terminal dimulai Kamis, Kak.")
    assert [m.text for m in town.public()] == ["Yang dekat terminal dimulai Kamis, Kak."]


async def test_approved_words_under_a_lock_do_not_leave_after_the_citizen_wrote_more(town: Town) -> None:
    await town.comment("Hasan", BEFORE)
    card = town.card(BEFORE)
    await town.say("harun", "/kunci")
    await town.approved("laras", card, ANSWER)
    await town.comment("Hasan", MORE)
    await town.say("sekar", "/buka")
    await town.say("tirta", "/buka")
    assert town.public() == []


async def test_everybody_sees_who_writes_and_the_writer_hears_that_there_is_more(town: Town) -> None:
    await town.comment("Hasan", BEFORE)
    card = town.card(BEFORE)
    await town.press("laras", card, "Balas")
    assert "✍️ Laras sedang menulis balasan." in card.text
    await town.press("laras", card, "Tulis")
    await town.answer("laras", ANSWER)
    await town.comment("Hasan", MORE)
    heard = town.card("warga menulis lagi selagi Laras menulis balasannya")
    assert heard.reply_to == card.message_id
    assert any("Ajukan" in label for label in labels(card))


async def test_what_was_written_before_cannot_leave_unread_words_unanswered(town: Town) -> None:
    first = await town.comment("Hasan", BEFORE)
    card = town.card(BEFORE)
    await town.write("laras", card, ANSWER)
    old = next(b["callback_data"] for b in card.buttons if "Ajukan" in b["text"])
    second = await town.comment("Hasan", MORE)
    press = await town.forged(town.people["laras"], card, old)
    assert "Kartunya sudah berubah" in press.answer["text"]
    assert MORE in card.text
    assert (await town.read.cases.get(1)).status == "assigned"
    assert not town.seen(town.people["sekar"], button="Setujui")
    await town.press("laras", card, "Ajukan")
    draft = town.one(town.people["sekar"], button="Setujui")
    assert MORE in draft.text
    await town.press("sekar", draft, "Setujui")
    (reply,) = town.public()
    assert reply.reply_to == second.message_id != first.message_id


async def test_everybody_sees_who_has_the_card_open(town: Town) -> None:
    await town.comment("Hasan", BEFORE)
    card = town.card(BEFORE)
    await town.press("yoga", card, "Label")
    assert "👀 Yoga sedang membuka kartu ini." in card.text
    await town.press("yoga", card, "Selesai")
    assert "sedang membuka" not in card.text


async def test_a_case_that_nobody_moves_goes_back_to_the_queue(settle) -> None:
    town: Town = await settle(settings={"sla": "{question: 1h}"})
    await town.start()
    await town.gather()
    await town.comment("Hasan", "Jam berapa loket dukcapil buka hari Sabtu?")
    await town.comment("Toni", "Apakah hari Sabtu loket dukcapil juga buka?")
    first, second = town.card("Jam berapa loket"), town.card("juga buka?")
    await town.press("laras", first, "Ambil")
    await town.press("yoga", second, "Ambil")
    await town.later(minutes=70)
    await town.press("yoga", second, "Label")
    await town.later(minutes=25)
    assert "belum diambil" in first.text
    back = town.card("↩️ #1 kembali ke antrean: Laras belum sempat menanganinya", "Sekar dan Tirta")
    assert back.reply_to == first.message_id
    assert "ditangani Yoga" in second.text
    assert "back_to_queue" in await town.deeds("case:1")
    await town.later(hours=2)
    assert len(town.seen(town.triage, "kembali ke antrean")) == 1
