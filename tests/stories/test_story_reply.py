"""The main way: a comment, a card, a template, an approval, a reply, and a card that says how it went."""

import hashlib

from story_town import PATIENCE_S, Town, labels

QUESTION = "KTP saya hilang di pasar, cara mengurusnya bagaimana ya min?"
LINK = "https://dukcapil.kotacontoh.go.id/jadwal"


async def test_from_a_comment_to_an_approved_reply_under_it(town: Town) -> None:
    comment = await town.comment("Ratna", QUESTION)
    card = town.card(QUESTION, button="Ambil")
    assert "Pertanyaan 9" in card.text
    assert "Ratna, 09.00 WIB" in card.text
    assert "Layanan Dukcapil keliling" in card.text
    link = next(e["url"] for e in card.raw["entities"] if e["type"] == "text_link")
    assert link.endswith(f"/{comment.message_id}?thread={town.world.thread_of(town.post).message_id}")

    await town.later(minutes=2)
    first = town.world.press(town.people["laras"], card, "Ambil")
    second = town.world.press(town.people["yoga"], card, "Ambil")
    await town.world.until(lambda: first.answer is not None and second.answer is not None, PATIENCE_S)
    await town.settled()
    assert first.text == "#1 kini Anda tangani."
    assert second.text == "Sudah ditangani Laras. Terima kasih sudah sigap."
    assert "ditangani Laras" in card.text

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
    old_button = drafts[1].button("Setujui")["callback_data"]
    await town.press("sekar", drafts[0], "Setujui")
    (reply,) = town.public()
    assert reply.text == wanted
    assert reply.reply_to == comment.message_id
    assert "Disetujui Sekar, 09.10 WIB." in card.text
    assert "Tayang 09.10 WIB, 10 menit setelah masuk." in card.text
    assert card.text.startswith("✅ #1 · Dijawab")
    assert all(not draft.buttons for draft in drafts)

    late = town.world.press_raw(town.people["tirta"], drafts[1].chat_id, drafts[1].message_id, old_button)
    await town.world.until(lambda: late.answer is not None, PATIENCE_S)
    await town.settled()
    assert "sudah tayang" in late.text
    assert len(town.public()) == 1
    count, broken = await town.read.journal.verify()
    assert (count > 10, broken) == (True, None)
    posted = next(line for line in await town.journal("draft:1") if line["action"] == "post")
    assert hashlib.sha256(wanted.encode()).hexdigest() in posted["canonical"]
    assert '"approved_by":"sekar"' in posted["canonical"]
