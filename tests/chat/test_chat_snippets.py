"""Two templates in one reply, seen as the citizen will see it, on the phones of the people who work on it."""

from chat_office import DISCUSSION, TRIAGE_CHAT, Office
from chat_scenes import written

from bot.domain.case import CaseId
from bot.domain.reply import Draft, DraftState


async def present(office: Office) -> Draft:
    found = await office.database.read.drafts.last(CaseId(1))
    assert found is not None
    return found


async def joined(office: Office) -> None:
    await written(office)
    await office.press("ani", office.cards()[-1], "Templat")
    card = office.cards()[-1]
    assert "Templat mana yang disambung" in card.text
    assert "Halo Kak" in card.text, "the draft stays in sight"
    await office.press("ani", card, "Tanya ruas")


async def test_a_second_template_is_joined_and_its_gap_is_asked_for(office: Office) -> None:
    await joined(office)
    await office.press("ani", office.cards()[-1], "Isi")
    await office.writes("ani", TRIAGE_CHAT, "Jalan Mawar", reply_to=office.seen(TRIAGE_CHAT)[-1])
    card = office.cards()[-1]
    assert "Laporannya akan disurvei." in card.text
    assert "Ruas Jalan Mawar kami cek." in card.text
    assert card.text.count("Halo Kak") == 1
    await office.press("ani", card, "Ajukan")
    seen = office.last("kori").text
    assert "Laporan diterima + Tanya ruas" in seen
    assert "Ruas Jalan Mawar kami cek." in seen
    await office.press("kori", office.last("kori"), "Setujui")
    draft = await present(office)
    assert (draft.state, draft.snippets) == (DraftState.POSTED, (("jalan/ruas", 1),))
    assert office.seen(DISCUSSION)[-1].text == draft.text


async def test_back_from_the_choice_the_draft_is_as_it_was(office: Office) -> None:
    await written(office)
    before = await present(office)
    await office.press("ani", office.cards()[-1], "Templat")
    await office.press("ani", office.cards()[-1], "Kembali")
    assert await present(office) == before
    assert any("Ajukan" in button["text"] for button in office.cards()[-1].buttons)


async def test_the_preview_is_the_exact_text_in_the_writers_own_chat(office: Office) -> None:
    await written(office)
    count = len(office.seen(TRIAGE_CHAT))
    press = await office.press("ani", office.cards()[-1], "Pratinjau")
    head, text = office.seen(office.users["ani"].id)[-2:]
    draft = await present(office)
    assert text.text == draft.text
    assert "Begini warga membaca balasan #1" in head.text
    assert f"{len(draft.text)} dari 4096 karakter. Tayang sebagai balasan di bawah komentarnya." in head.text
    assert "Belum dikirim ke mana pun." in head.text
    assert len(office.seen(TRIAGE_CHAT)) == count, "the group is not bothered"
    assert press.text == "Pratinjau dikirim ke obrolan pribadi Anda."


async def test_a_good_reply_becomes_a_template_that_another_approves(office: Office) -> None:
    await office.comment("Jalan Mawar rusak parah")
    await office.press("ani", office.cards()[-1], "Balas")
    await office.press("ani", office.cards()[-1], "Tulis")
    words = "Halo Kak Ratna, Jalan Mawar sudah kami cek."
    await office.writes("ani", TRIAGE_CHAT, words, reply_to=office.seen(TRIAGE_CHAT)[-1])
    await office.press("ani", office.cards()[-1], "Ajukan")
    await office.press("kori", office.last("kori"), "Setujui")
    await office.press("ani", office.cards()[-1], "Jadikan templat")
    asked = office.seen(TRIAGE_CHAT)[-1]
    assert "balasan #1 akan diusulkan sebagai templat" in asked.text
    await office.writes("ani", TRIAGE_CHAT, "Sudah dicek\nhttps://www.lapor.go.id/jalan", reply_to=asked)
    told = office.last("kori")
    assert "Ani mengusulkan templat “Sudah dicek”." in told.text
    assert "Halo Kak {nama}, Jalan Mawar sudah kami cek." in told.text
    await office.press("kori", told, "Setujui templat")
    shown = await office.writes("kori", office.users["kori"].id, "/templat sudah dicek")
    assert "Disetujui, berlaku sampai" in shown.text
    assert "Belum dipakai dalam 90 hari terakhir." in shown.text
    assert office.refusals() == []


async def test_a_declined_proposal_is_no_template(office: Office) -> None:
    await test_a_good_reply_becomes_a_template_that_another_approves(office)
    card = next(m for m in office.cards() if any("Jadikan" in b["text"] for b in m.buttons))
    await office.press("ani", card, "Jadikan templat")
    asked = office.seen(TRIAGE_CHAT)[-1]
    await office.writes("ani", TRIAGE_CHAT, "Lain lagi\nhttps://www.lapor.go.id/jalan", reply_to=asked)
    press = await office.press("kori", office.last("kori"), "Bukan templat")
    assert press.text == "Usulan templat ditolak."
    shown = await office.writes("kori", office.users["kori"].id, "/templat lain lagi")
    assert "Lain lagi" not in shown.text
