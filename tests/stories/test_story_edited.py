"""A citizen changes the comment: words for the old text are never posted, and the old text is kept."""

from story_town import Town, labels

BEFORE = "Kapan jalan depan pasar diperbaiki?"
AFTER = "Kapan jalan depan pasar diperbaiki? Tadi pagi ada yang jatuh!"
ANSWER = "Perbaikan jalan depan pasar dimulai Senin depan, Kak."


async def test_an_edit_while_a_draft_waits_ends_the_draft(town: Town) -> None:
    comment = await town.comment("Hasan", BEFORE)
    card = town.card(BEFORE)
    draft = await town.submitted("laras", card, ANSWER)
    yes = draft.button("Setujui")["callback_data"]
    town.world.edit(comment, AFTER)
    await town.settled()
    assert AFTER in card.text
    assert "Komentar ini diubah penulisnya. Sebelumnya:" in card.text
    assert BEFORE in card.text
    assert "tidak berlaku lagi" in draft.text
    assert not draft.buttons
    assert town.one(town.people["laras"], "#1: komentarnya diubah penulisnya")
    press = await town.forged(town.people["sekar"], draft, yes)
    assert "tidak berlaku lagi karena warga mengubah komentarnya" in press.text
    assert not town.public()
    assert any("Balas" in label for label in labels(card))
    kept = [one.comment.text for one in await town.read.comments.of_case(1)]
    assert kept == [BEFORE, AFTER]

    await town.approved("laras", card, ANSWER)
    assert [reply.reply_to for reply in town.public()] == [comment.message_id]


async def test_an_edit_after_approval_and_before_sending_stops_the_reply(town: Town) -> None:
    comment = await town.comment("Hasan", BEFORE)
    card = town.card(BEFORE)
    await town.say("harun", "/kunci")
    await town.approved("laras", card, ANSWER)
    assert "ditahan karena /kunci" in card.text
    town.world.edit(comment, AFTER)
    await town.settled()
    assert town.one(town.people["laras"], "komentarnya diubah penulisnya")
    await town.say("sekar", "/buka")
    await town.say("tirta", "/buka")
    await town.later(minutes=5)
    assert not town.public()
    assert AFTER in card.text
    assert any("Balas" in label for label in labels(card))
    assert [one.comment.text for one in await town.read.comments.of_case(1)] == [BEFORE, AFTER]


async def test_an_edit_that_changes_no_word_changes_nothing(town: Town) -> None:
    comment = await town.comment("Hasan", BEFORE)
    card = town.card(BEFORE)
    draft = await town.submitted("laras", card, ANSWER)
    town.world.edit(comment, BEFORE)
    await town.settled()
    await town.press("sekar", draft, "Setujui")
    assert [reply.text for reply in town.public()] == [ANSWER]


async def test_what_one_person_adds_at_once_joins_the_card_that_stands_there(town: Town) -> None:
    await town.comment("Hasan", BEFORE)
    town.advance(14)
    await town.comment("Hasan", "yang dekat jembatan juga rusak")
    assert len(town.seen(town.triage, button="Ambil")) == 1
    town.advance(60)
    await town.comment("Hasan", "Lampu jalannya juga mati min")
    await town.comment("Ratna", "Sama, di tempat saya juga")
    assert len(town.seen(town.triage, button="Ambil")) == 3


async def test_an_edit_that_does_not_say_its_thread_is_still_an_edit(town: Town) -> None:
    comment = await town.comment("Hasan", BEFORE)
    card = town.card(BEFORE)
    draft = await town.submitted("laras", card, ANSWER)
    await town.stop()
    town.world.edit(comment, AFTER)
    for raw in town.world.updates.peek():
        raw["edited_message"].pop("message_thread_id", None)
        raw["edited_message"].pop("reply_to_message", None)
    await town.start()
    assert AFTER in card.text
    assert "tidak berlaku lagi" in draft.text
    assert len(town.seen(town.triage, "depan pasar", button="Balas")) == 1
    await town.approved("laras", card, ANSWER)
    assert [reply.reply_to for reply in town.public()] == [comment.message_id]


async def test_an_edit_after_closing_is_told_to_whoever_closed_it(town: Town) -> None:
    comment = await town.comment("Hasan", BEFORE)
    card = town.card(BEFORE)
    await town.press("laras", card, "Ambil")
    await town.press("yoga", card, "Tutup")
    await town.press("yoga", card, "Tidak perlu balasan")
    town.world.edit(comment, AFTER)
    await town.settled()
    assert town.one(town.people["yoga"], "#1: warga mengubah komentarnya setelah kasus ini ditutup.")
    assert not town.seen(town.triage, "setelah kasus ini ditutup")
    assert "Komentar ini diubah penulisnya. Sebelumnya:" in card.text
    await town.press("yoga", card, "Buka lagi")
    assert any("Balas" in label for label in labels(card))


async def test_where_whoever_closed_it_has_left_the_group_hears_of_the_edit(town: Town) -> None:
    comment = await town.comment("Hasan", BEFORE)
    card = town.card(BEFORE)
    await town.press("yoga", card, "Tutup")
    await town.press("yoga", card, "Bukan wewenang kami")
    await town.press("yoga", card, "Tutup tanpa balasan")
    town.world.leave(town.triage, town.people["yoga"])
    await town.settled()
    town.world.edit(comment, AFTER)
    await town.settled()
    assert town.card("setelah kasus ini ditutup").reply_to == card.message_id
