"""Every button of the case and the draft, pressed by somebody who may."""

import pytest
from chat_office import CRISIS_CHAT, DISCUSSION, TRIAGE_CHAT, Office
from chat_scenes import SCENES, answered, choosing, filling, new, snoozed, taken, unsure, waiting

from bot.domain.case import CaseId, CaseStatus
from bot.domain.incident import RunId
from bot.domain.reply import DraftState

REACHED = {
    "new": (CaseStatus.NEW, None),
    "looked_at": (CaseStatus.NEW, None),
    "taken": (CaseStatus.ASSIGNED, None),
    "choosing": (CaseStatus.ASSIGNED, None),
    "filling": (CaseStatus.ASSIGNED, DraftState.WRITING),
    "written": (CaseStatus.ASSIGNED, DraftState.WRITING),
    "waiting": (CaseStatus.DRAFTED, DraftState.WAITING),
    "answered": (CaseStatus.ANSWERED, DraftState.POSTED),
    "snoozed": (CaseStatus.SNOOZED, None),
    "closed": (CaseStatus.CLOSED, None),
    "unsure": (CaseStatus.DRAFTED, DraftState.APPROVED),
    "paged": (CaseStatus.NEW, None),
    "held": (CaseStatus.NEW, None),
    "over": (CaseStatus.NEW, None),
    "looked_back_on": (CaseStatus.NEW, None),
    "sensitive": (CaseStatus.NEW, None),
    "caring": (CaseStatus.ASSIGNED, DraftState.WRITING),
    "caring_waits": (CaseStatus.DRAFTED, DraftState.WAITING),
    "locked": (CaseStatus.DRAFTED, DraftState.WAITING),
    **dict.fromkeys(("chosen", "ordered", "restricted"), (CaseStatus.NEW, None)),
}


@pytest.mark.parametrize("scene", SCENES)
async def test_the_scenes_are_what_they_say(office: Office, scene: str) -> None:
    await SCENES[scene](office)
    case = await office.database.read.cases.get(CaseId(1))
    draft = await office.database.read.drafts.last(CaseId(1))
    assert case is not None
    assert (case.status, draft.state if draft is not None else None) == REACHED[scene]
    run = await office.database.read.runs.get(RunId(1))
    opened = {"paged", "held", "over", "looked_back_on", "sensitive", "caring", "caring_waits"}
    assert (run is not None) is (scene in opened)


async def test_the_loser_learns_who_has_it(office: Office) -> None:
    await new(office)
    card = office.cards()[-1]
    stale = card.button("Ambil")["callback_data"]
    await office.press("ani", card, "Ambil")
    press = await office.press_raw(office.users["pita"], TRIAGE_CHAT, card.message_id, stale)
    assert (press.text, press.alert) == ("Sudah ditangani Ani. Terima kasih sudah sigap.", False)


async def test_labels_are_corrected_on_the_card(office: Office) -> None:
    await new(office)
    card = office.cards()[-1]
    await office.press("ani", card, "Label")
    assert [b["text"] for b in card.buttons][1] == "✓ Keluhan/Kritik"
    press = await office.press("ani", card, "Pertanyaan")
    assert press.text == "Tersimpan."
    assert "✓ Pertanyaan" in [b["text"] for b in card.buttons]
    await office.press("ani", card, "Selesai")
    assert "Pertanyaan\nKeluhan/Kritik 91 %" in card.text
    (one,) = await office.database.read.learning.corrections()
    assert (one.text, one.labels) == ("Jalan Mawar rusak parah", ("question", "complaint"))


async def test_snoozing_closing_and_opening_again(office: Office) -> None:
    await snoozed(office)
    card = office.cards()[-1]
    assert card.text.startswith("⏰ #1 · Ditunda")
    assert "Ditunda Ani sampai 10.00 WIB." in card.text
    await office.press("ani", card, "Tutup")
    press = await office.press("ani", card, "Tidak perlu balasan")
    assert press.text == "#1 ditutup."
    assert "Tidak perlu balasan. Ditutup oleh Ani, 09.00 WIB." in card.text
    press = await office.press("ani", card, "Buka lagi")
    assert press.text == "#1 dibuka lagi."
    assert card.text.startswith("🔵 #1 · Biasa · ditangani Ani")


async def test_giving_a_case_back(office: Office) -> None:
    await taken(office)
    press = await office.press("ani", office.cards()[-1], "Lepas")
    assert press.text == "#1 kembali ke antrean."
    assert "belum diambil" in office.cards()[-1].text


async def test_own_words_are_written_as_a_reply_and_changed_once_more(office: Office) -> None:
    await choosing(office)
    card = office.cards()[-1]
    press = await office.press("ani", card, "Tulis")
    assert press.text == "Balas pesan bot di bawah, ya."
    asked = office.seen(TRIAGE_CHAT)[-1]
    assert asked.text == "✏️ Ani, balas pesan ini dengan teks balasan untuk #1."
    placeholder = "Teks balasan untuk warga"
    assert asked.prompt == {"force_reply": True, "input_field_placeholder": placeholder, "selective": True}
    await office.writes("kori", TRIAGE_CHAT, "Saya saja", asked)
    assert office.seen(TRIAGE_CHAT)[-1].text == (
        "Pertanyaan itu untuk orang lain. Balasan Anda tidak dipakai."
    )
    await office.writes("ani", TRIAGE_CHAT, "Halo Kak, sudah kami teruskan.\u202e", asked)
    assert "Draf balasan\nHalo Kak, sudah kami teruskan.\n" in card.text
    await office.press("ani", card, "Ubah")
    again = office.seen(TRIAGE_CHAT)[-1]
    assert "Teks sekarang (ketuk untuk menyalin):\nHalo Kak, sudah kami teruskan." in again.text
    await office.writes("ani", TRIAGE_CHAT, "Halo Kak, terima kasih.", again)
    await office.press("ani", card, "Ajukan")
    asked = office.last("kori")
    assert "Balasan yang akan tayang\nHalo Kak, terima kasih." in asked.text
    assert "Tanpa templat." in asked.text


async def test_personal_data_is_held_back_with_the_reason(office: Office) -> None:
    await choosing(office)
    card = office.cards()[-1]
    await office.press("ani", card, "Tulis")
    await office.writes("ani", TRIAGE_CHAT, "Hubungi 0812-3456-7890 ya Kak.", office.seen(TRIAGE_CHAT)[-1])
    assert "⚠️" in card.text
    assert "Langkah berikut: perbaiki teksnya dulu." in card.text
    assert not any("Ajukan" in b["text"] for b in card.buttons)
    now = await office.database.read.drafts.last(CaseId(1))
    assert now is not None
    press = await office.press_raw(
        office.users["ani"], TRIAGE_CHAT, card.message_id, f"ds:{now.id}:{now.version}"
    )
    assert press.alert
    assert press.text.startswith("Belum bisa diajukan. Ada nomor telepon")


async def test_a_gap_is_filled_by_a_reply(office: Office) -> None:
    await choosing(office)
    card = office.cards()[-1]
    await office.press("ani", card, "Tanya ruas")
    assert "Langkah berikut: lengkapi isian: Ruas mana?" in card.text
    await office.press("ani", card, "Isi")
    asked = office.seen(TRIAGE_CHAT)[-1]
    assert "Ruas mana?" in asked.text
    await office.writes("ani", TRIAGE_CHAT, "x" * 81, asked)
    assert office.seen(TRIAGE_CHAT)[-1].text == "Paling panjang 80 karakter; ini 81."
    await office.writes("ani", TRIAGE_CHAT, "Jalan Mawar", asked)
    assert "Halo Kak, ruas Jalan Mawar kami cek." in card.text


async def test_dropping_a_draft_and_taking_a_waiting_one_back(office: Office) -> None:
    await filling(office)
    card = office.cards()[-1]
    await office.press("ani", card, "Buang draf")
    assert "Draf balasan" not in card.text
    for button in ("Balas", "Laporan diterima", "akan disurvei", "Ajukan"):
        await office.press("ani", card, button)
    press = await office.press("ani", card, "Tarik draf")
    assert press.text == "Draf untuk #1 ditarik. Kasusnya tetap ditangani orang yang sama."
    assert "ditangani Ani" in card.text
    asked = office.last("kori")
    assert not asked.buttons
    assert "sudah dibatalkan penulisnya" in asked.text


async def test_returning_with_a_note_and_rejecting(office: Office) -> None:
    await waiting(office)
    card = office.cards()[-1]
    press = await office.press("kori", office.last("kori"), "Kembalikan")
    assert press.text == "Tulis catatannya sebagai balasan pesan di bawah."
    await office.writes("kori", office.users["kori"].id, "Sebut <sumbernya>, ya.", office.last("kori"))
    told = office.seen(TRIAGE_CHAT)[-1].text
    assert told == "↩️ #1: draf dikembalikan Kori. Catatannya:\nSebut <sumbernya>, ya."
    assert card.text.startswith("🔵 #1 · Biasa · ditangani Ani")
    for button in ("Balas", "Laporan diterima", "akan disurvei", "Ajukan"):
        await office.press("ani", card, button)
    press = await office.press("koko", office.last("koko"), "Tolak")
    assert press.text == "Ditolak. Penulisnya diberi tahu."
    assert office.seen(TRIAGE_CHAT)[-1].text == "⛔ #1: draf ditolak Koko. Kasusnya tetap terbuka."


async def test_an_old_approval_card_answers_what_happened(office: Office) -> None:
    await waiting(office)
    asked = office.last("koko")
    old = asked.button("Setujui")["callback_data"]
    await office.press("kori", office.last("kori"), "Setujui")
    press = await office.press_raw(office.users["koko"], office.users["koko"].id, asked.message_id, old)
    assert press.text == "Belum bisa: draf ini sudah tayang."
    assert len(office.seen(DISCUSSION)) == 1


async def test_an_edited_comment_takes_the_draft_away(office: Office) -> None:
    await waiting(office)
    comment = [m for m in office.world.messages(DISCUSSION) if m.raw["from"]["id"] == office.citizen.id][-1]
    office.world.edit(comment, "Jalan Mawar sudah diperbaiki, terima kasih")
    await office.pump()
    card = next(m for m in office.cards() if "#1" in m.text)
    assert "Komentar ini diubah penulisnya. Sebelumnya:\nJalan Mawar rusak parah" in card.text
    assert not office.last("kori").buttons
    assert "komentarnya diubah penulisnya" in office.last("ani").text


async def test_an_unsure_reply_is_settled_by_a_look(office: Office) -> None:
    await unsure(office)
    asked = office.seen(TRIAGE_CHAT)[-1]
    assert asked.text.startswith("⚠️ Belum pasti terkirim · #1")
    press = await office.press("ani", asked, "Sudah terkirim")
    assert press.text == "Dicatat sebagai sudah terkirim."
    assert asked.text == "#1 · dipastikan sudah terkirim oleh Ani."
    assert len(office.seen(DISCUSSION)) == 1
    assert next(m for m in office.cards() if "#1" in m.text).text.startswith("✅ #1 · Dijawab")


async def test_escalation_opens_one_incident_and_closes_the_panel(office: Office) -> None:
    await new(office)
    card = office.cards()[-1]
    await office.press("ani", card, "Eskalasi")
    old = card.button("Hoaks viral")["callback_data"]
    press = await office.press("ani", card, "Hoaks viral")
    assert press.text == "Insiden dibuka. Yang bertugas sedang dipanggil."
    assert "Langkah berikut: tekan ✋ Ambil" in card.text
    assert office.last("pita").text.startswith("🟠 Anda dipanggil · tinggi")
    pages = len(office.seen(office.users["pita"].id))
    press = await office.press_raw(office.users["kori"], TRIAGE_CHAT, card.message_id, old)
    assert press.text.startswith("Kartunya sudah berubah")
    assert len(office.seen(office.users["pita"].id)) == pages
    assert len([m for m in office.seen(CRISIS_CHAT) if m.buttons]) == 1


async def test_escalating_what_is_in_hand_says_where(office: Office) -> None:
    await new(office)
    card = office.cards()[-1]
    await office.press("ani", card, "Eskalasi")
    await office.press("ani", card, "Hoaks viral")
    pages = len(office.seen(office.users["pita"].id))
    await office.press("kori", card, "Eskalasi")
    press = await office.press("kori", card, "Hoaks viral")
    assert press.text == "Sudah ditangani di K-1; komentarnya ditambahkan."
    assert len(office.seen(office.users["pita"].id)) == pages


async def test_a_card_that_was_deleted_is_drawn_anew(office: Office) -> None:
    await taken(office)
    card = office.cards()[-1]
    data = card.button("Lepas")["callback_data"]
    office.world.delete(card)
    await office.press_raw(office.users["ani"], TRIAGE_CHAT, card.message_id, data)
    fresh = office.cards()[-1]
    assert fresh.message_id != card.message_id
    assert "belum diambil" in fresh.text


async def test_a_snoozed_case_comes_back(office: Office) -> None:
    await snoozed(office)
    await office.later(61)
    assert office.cards()[-1].text.startswith("🔵 #1 · Biasa · ditangani Ani")


async def test_a_draft_that_nobody_decides_expires_and_says_so(office: Office) -> None:
    await waiting(office)
    asked = office.last("kori")
    await office.later(31)
    assert "Draf ini sudah lewat waktu." in asked.text
    assert not asked.buttons
    assert office.seen(TRIAGE_CHAT)[-1].text == (
        "⌛ #1: draf lewat waktu dan tidak tayang. Ajukan lagi dari kartunya, ya."
    )
    assert office.seen(DISCUSSION) == []


async def test_the_age_of_a_waiting_case_is_told_with_its_hour(office: Office) -> None:
    await new(office)
    await office.later(75)
    await office.press("ani", office.cards()[-1], "Label")
    assert "Menunggu 1 jam 15 menit (per 10.15 WIB)." in office.cards()[-1].text


async def test_a_finished_case_needs_no_second_answer(office: Office) -> None:
    await answered(office)
    await written_again(office)
    assert len(office.seen(DISCUSSION)) == 2


async def written_again(office: Office) -> None:
    """Opened again, answered again, by the other coordinator."""
    card = office.cards()[-1]
    for button in ("Buka lagi", "Balas", "Laporan diterima", "sudah antre", "Ajukan"):
        await office.press("ani", card, button)
    await office.press("koko", office.last("koko"), "Setujui")
