"""Not our authority: the citizen reads who is in charge; the number is found again."""

from story_town import Town, labels

QUESTION = "Kenapa sidang tilang saya di pengadilan ditunda terus, min? Tolong dong."


async def refer(town: Town, key: str = "laras") -> None:
    card = town.card(QUESTION)
    await town.press(key, card, "Tutup")
    await town.press(key, card, "Bukan wewenang kami")
    assert "Siapa yang berwenang?" in card.text
    assert "Bukan wewenang kami" in labels(card)
    await town.press(key, card, "Bukan wewenang kami")


async def test_the_words_close_the_case_once_a_coordinator_has_agreed_and_they_stand_there(
    town: Town,
) -> None:
    comment = await town.comment("Ratna", QUESTION)
    card = town.card(QUESTION)
    await refer(town)
    await town.press("laras", card, "kementerian atau lembaga pusat")
    await town.press("laras", card, "Ajukan")
    draft = town.one(town.people["sekar"], QUESTION, button="Setujui")
    assert "bukan wewenang kami, diteruskan ke kementerian atau lembaga pusat" in draft.text
    assert not town.public()

    await town.press("sekar", draft, "Setujui")
    (reply,) = town.public()
    assert "Urusan ini ditangani kementerian atau lembaga pusat." in reply.text
    assert reply.reply_to == comment.message_id
    assert card.text.startswith("🗂 #1 · Bukan wewenang kami")
    assert "Diteruskan ke kementerian atau lembaga pusat." in card.text
    assert "Disetujui Sekar" in card.text

    await town.press("laras", card, "Nomor LAPOR!")
    await town.answer("laras", "nanti saja")
    assert town.seen(town.triage, "5 sampai 12 angka")
    await town.answer("laras", "SP4N-LAPOR! #7 654 321")
    assert "🔢 LAPOR! 7654321" in card.text
    for asked in ("/cari lapor:7654321", "/cari 7654321"):
        await town.say("sekar", asked)
        assert "#1" in town.one(town.triage, "Ditemukan").text
    await town.say("sekar", "/cari lapor:7654322")
    assert town.one(town.triage, "Tidak ada yang cocok")
    kept = next(line for line in await town.journal("case:1") if line["action"] == "lapor")
    assert '"number":"7654321"' in kept["canonical"]


async def test_what_the_citizen_adds_meanwhile_keeps_the_case_with_us(town: Town) -> None:
    await town.comment("Ratna", QUESTION)
    card = town.card(QUESTION)
    await refer(town)
    await town.press("laras", card, "kepolisian")
    await town.press("laras", card, "Ajukan")
    await town.later(seconds=10)
    await town.comment("Ratna", "Eh, maksudnya loket tilang di balai kota, min.")
    assert not town.seen(town.people["sekar"], button="Setujui")
    assert (await town.read.cases.get(1)).status == "assigned"
    assert not town.public()


async def test_nobody_who_does_not_need_an_answer_gets_one(town: Town) -> None:
    await town.comment("Ratna", QUESTION)
    card = town.card(QUESTION)
    await town.press("yoga", card, "Tutup")
    await town.press("yoga", card, "Bukan wewenang kami")
    await town.press("yoga", card, "Tutup tanpa balasan")
    assert card.text.startswith("🗂 #1 · Bukan wewenang kami")
    assert "Ditutup oleh Yoga" in card.text
    assert not town.public()
