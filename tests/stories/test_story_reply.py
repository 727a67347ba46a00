"""The main way: a comment, a card, a template, an approval, a reply, and a card that says how it went."""

import hashlib

from story_town import Town, labels

QUESTION = "KTP saya hilang di pasar, cara mengurusnya bagaimana ya min?"
LINK = "https://dukcapil.kotacontoh.go.id/jadwal"


async def test_from_a_comment_to_an_approved_reply_under_it(town: Town) -> None:
    comment = await town.comment("Ratna", QUESTION)
    card = town.card(QUESTION, button="Ambil")
    assert "Pertanyaan 9" in card.text
    assert "Ratna, 09.00 WIB" in card.text
    assert "Dukcapil keliling" in card.text
    link = next(e["url"] for e in card.raw["entities"] if e["type"] == "text_link")
    assert link.endswith(f"/{comment.message_id}?thread={town.world.thread_of(town.post).message_id}")

    await town.later(minutes=2)
    await town.press("laras", card, "Ambil")
    await town.press("laras", card, "Balas")
    assert "Cocok: topik" in card.text
    await town.press("laras", card, "KTP hilang")
    assert "______" in card.text
    assert not any("Ajukan" in label for label in labels(card))
    await town.press("laras", card, "Isi")
    await town.answer("laras", "https://bit.ly/ktp")
    assert town.seen(town.triage, "tidak ada di daftar sumber resmi")
    await town.answer("laras", LINK)
    await town.press("laras", card, "Ajukan")
    assert "Menunggu: Sekar dan Tirta" in card.text

    drafts = [town.one(town.people[key], QUESTION, button="Setujui") for key in ("sekar", "tirta")]
    assert not town.seen(town.people["laras"], button="Setujui")
    wanted = await town.words_of(1)
    assert "Halo Kak Ratna" in wanted
    assert LINK in wanted
    assert all(wanted in draft.text and "Sama persis dengan templatnya." in draft.text for draft in drafts)
    assert not town.public()

    await town.later(minutes=8)
    await town.press("sekar", drafts[0], "Setujui")
    (reply,) = town.public()
    assert reply.text == wanted
    assert reply.reply_to == comment.message_id
    assert "Disetujui Sekar, 09.10 WIB." in card.text
    assert "Tayang 09.10 WIB, 10 menit setelah masuk." in card.text
    assert card.text.startswith("✅ #1 · Dijawab")
    assert all(not draft.buttons for draft in drafts)

    count, broken = await town.read.journal.verify()
    assert (count > 10, broken) == (True, None)
    posted = next(line for line in await town.journal("draft:1") if line["action"] == "post")
    assert hashlib.sha256(wanted.encode()).hexdigest() in posted["canonical"]
    assert '"approved_by":"sekar"' in posted["canonical"]


async def test_one_of_two_thumbs_wins_and_the_other_is_told_who(town: Town) -> None:
    await town.comment("Ratna", QUESTION)
    card = town.card(QUESTION)
    first = town.world.press(town.people["laras"], card, "Ambil")
    second = town.world.press(town.people["yoga"], card, "Ambil")
    await town.answered(first, second)
    assert first.text == "#1 kini Anda tangani."
    assert second.text == "Sudah ditangani Laras. Terima kasih sudah sigap."
    assert "ditangani Laras" in card.text

    await town.submitted("laras", card, "Silakan datang ke kantor Dukcapil, Kak.")
    drafts = {key: town.one(town.people[key], button="Setujui") for key in ("sekar", "tirta")}
    thumbs = [town.world.press(town.people[key], drafts[key], "Setujui") for key in drafts]
    again = town.world.press(town.people["sekar"], drafts["sekar"], "Setujui")
    await town.answered(*thumbs, again)
    assert sorted(thumb.text == "Disetujui. Balasan dikirim." for thumb in (*thumbs, again)) == [
        False,
        False,
        True,
    ]
    assert len(town.public()) == 1
    assert (await town.deeds("draft:1")).count("approve") == 1
