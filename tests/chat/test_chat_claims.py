"""A rumour in the team's chats: noted from a card, checked, found, confirmed, set right."""

import asyncio
from dataclasses import replace

import pytest
from chat_office import TRIAGE_CHAT, Office

from bot.chat.handlers import handlers
from bot.chat.voice import Voice
from bot.domain.case import CaseId
from bot.domain.claim import ClaimId, ClaimStatus, Finding
from bot.sandbox.model import Message
from bot.wire.pacing import Pacer

RUMOUR = "katanya air kota hari ini dicampur racun oleh orang tak dikenal sebarkan ke semua warga"
ALIKE = "katanya air ledeng kota diberi racun orang tak dikenal"
SOURCE = "https://pdam.contoh.go.id/uji"


def card(office: Office, chat: int = TRIAGE_CHAT) -> Message:
    """The newest card of a claim there."""
    return [m for m in office.seen(chat) if m.text.startswith(tuple("🗞❌➗✔❔"))][-1]


def buttons(message: Message) -> list[str]:
    return [str(one["text"]) for one in message.buttons]


async def noted(office: Office) -> Message:
    """Ani answers the case's card with /klaim and the statement."""
    await office.comment(RUMOUR)
    await office.writes("ani", TRIAGE_CHAT, "/klaim Air kota dicampur racun", reply_to=case_card(office))
    return card(office)


def case_card(office: Office) -> Message:
    return [m for m in office.seen(TRIAGE_CHAT) if "#" in m.text.split("\n")[0] and m.buttons][-1]


async def test_a_rumour_from_the_card_to_the_correction(office: Office) -> None:
    shown = await noted(office)
    assert "KL-1" in shown.text
    assert "Belum diperiksa" in shown.text
    assert "1 komentar dari 1 akun" in shown.text
    assert "Termasuk klaim KL-1 (belum diperiksa): Air kota dicampur racun" in case_card(office).text

    await office.press("ani", card(office), "Periksa")
    assert "Sedang diperiksa" in card(office).text
    await office.press("ani", card(office), "Jenis")
    assert "Konten palsu" in buttons(card(office))
    await office.press("ani", card(office), "Konten palsu")
    assert "Konten palsu" in card(office).text

    await office.press("ani", card(office), "Temuan")
    await office.press("ani", card(office), "Salah")
    ani = office.users["ani"].id
    asked = office.last("ani")
    assert "KL-1 (salah)" in asked.text
    await office.writes("ani", ani, f"Hasil uji hari ini baik. {SOURCE}", reply_to=asked)
    assert "menunggu dipastikan koordinator" in card(office).text
    assert "pdam.contoh.go.id/uji" in card(office).text

    refused = await office.press("ani", card(office), "Pastikan temuan")
    assert refused.text == "Memastikan temuan klaim adalah tugas koordinator."
    await office.press("kori", card(office), "Pastikan temuan")
    assert card(office).text.startswith("❌ KL-1 · Ada temuan")
    assert any("temuan dipastikan Kori: salah" in m.text for m in office.seen(TRIAGE_CHAT))

    office.clock.advance(25 * 60)
    await office.press("ani", card(office), "Sudah diklarifikasi")
    await office.writes("ani", ani, "https://t.me/kabarkota/9", reply_to=office.last("ani"))
    assert "Sudah diklarifikasi" in card(office).text
    assert "25 menit setelah pertama terlihat. · lihat" in card(office).text
    assert office.refusals() == []


async def test_buttons_that_come_late_bring_no_older_state_with_them(office: Office) -> None:
    """The group takes no more edits for a while; the outbox has drawn the claim anew by then."""
    await noted(office)
    pacer = Pacer()
    voice = Voice(pacer, office.clock)
    office.application.handlers[0][:] = handlers(replace(office.doors, voice=voice))
    pacer.freeze(TRIAGE_CHAT, 20, office.clock.monotonic())
    await office.press("ani", card(office), "Jenis")
    assert "Konten palsu" not in buttons(card(office)), "it waits for its turn"
    await office.press("kori", card(office), "Periksa")
    assert "Sedang diperiksa" in card(office).text
    for _ in range(30):
        office.clock.advance(1)
        for _ in range(40):
            await asyncio.sleep(0.001)
    await office.pump()
    assert "Konten palsu" in buttons(card(office))
    assert "Sedang diperiksa" in card(office).text
    await voice.close()


async def test_copies_join_and_what_is_like_it_is_proposed_on_its_card(office: Office) -> None:
    await noted(office)
    await office.comment(RUMOUR, office.stranger)
    assert "2 komentar dari 2 akun, 2 dalam sejam terakhir" in card(office).text
    await office.comment(ALIKE, office.stranger)
    proposed = case_card(office)
    assert "Mirip klaim yang sudah tercatat" in proposed.text
    label = next(one for one in buttons(proposed) if "KL-1" in one)
    assert label.startswith("Mirip KL-1 (")
    pressed = await office.press("ani", proposed, label)
    assert pressed.text == "Komentar masuk klaim itu."
    assert "Termasuk klaim KL-1" in case_card(office).text
    assert "3 komentar" in card(office).text


async def test_a_comment_can_be_let_go_or_counted_as_a_denial(office: Office) -> None:
    await noted(office)
    await office.comment(RUMOUR, office.stranger)
    await office.press("ani", card(office), "💬 Komentar")
    assert "sama persis" in card(office).text
    assert "dimasukkan Ani" in card(office).text
    await office.press("ani", card(office), "1. 🔄 Membantah")
    assert "1 komentar dari 2 akun, 1 dalam sejam terakhir; 1 membantah" in card(office).text
    await office.press("ani", card(office), "💬 Komentar")
    await office.press("ani", card(office), "1. 🚪 Lepas")
    assert "1 komentar dari 1 akun, 1 dalam sejam terakhir." in card(office).text
    await office.press("ani", card(office), "💬 Komentar")
    await office.press("ani", card(office), "Kembali")
    assert any("Temuan" in one for one in buttons(card(office)))


async def test_the_list_the_filters_and_the_search(office: Office) -> None:
    await noted(office)
    await office.writes("ani", TRIAGE_CHAT, "/klaim baru Bansos 900 ribu lewat tautan")
    listed = await office.writes("pima", office.users["pima"].id, "/klaim")
    assert listed.text.index("KL-2") < listed.text.index("KL-1")
    assert "2 belum diperiksa" in listed.text
    assert buttons(listed) == []
    only = await office.writes("ani", TRIAGE_CHAT, "/klaim salah")
    assert only.text.startswith("Tidak ada klaim di daftar itu")
    found = await office.writes("ani", TRIAGE_CHAT, "/klaim bansos ribu")
    assert "KL-2" in found.text
    assert "KL-1" not in found.text
    none = await office.writes("ani", TRIAGE_CHAT, "/klaim gempa")
    assert none.text == "Tidak ada klaim yang mirip dengan itu."
    gone = await office.writes("ani", TRIAGE_CHAT, "/klaim KL-77")
    assert gone.text == "Klaim KL-77 tidak ditemukan. Lihat daftarnya di /klaim."


async def test_a_list_longer_than_a_message_is_turned_page_by_page(office: Office) -> None:
    for number in range(1, 13):
        await office.writes("ani", TRIAGE_CHAT, f"/klaim baru Kabar nomor {number} belum tentu benar")
    listed = await office.writes("pima", office.users["pima"].id, "/klaim belum")
    assert listed.text.startswith("Klaim yang beredar, halaman 1\n\n🗞 KL-12 ")
    assert "KL-2 " not in listed.text
    assert buttons(listed) == ["Berikutnya ›"]

    await office.press("pima", listed, "Berikutnya")
    turned = office.last("pima")
    assert turned.message_id == listed.message_id
    assert turned.text.startswith("Klaim yang beredar, halaman 2\n\n🗞 KL-2 ")
    assert "🗞 KL-1 Kabar nomor 1 belum tentu benar" in turned.text
    assert "12 belum diperiksa" in turned.text
    assert buttons(turned) == ["‹ Sebelumnya"]
    await office.press("pima", turned, "Sebelumnya")
    assert office.last("pima").text == listed.text
    assert office.refusals() == []


async def test_a_claim_opens_where_it_is_asked_for_and_both_cards_follow(office: Office) -> None:
    await noted(office)
    kori = office.users["kori"].id
    await office.writes("kori", kori, "/klaim KL-1")
    assert "KL-1" in card(office, kori).text
    await office.press("ani", card(office), "Periksa")
    assert "Sedang diperiksa" in card(office, kori).text
    old = card(office)
    await office.writes("ani", TRIAGE_CHAT, "/klaim 1")
    assert card(office).message_id > old.message_id, "who asks again gets a card of their own"


async def test_a_message_that_somebody_passes_on_is_brought_in_first(office: Office) -> None:
    brought = office.world.say(office.users["kori"], TRIAGE_CHAT, "kiriman tetangga: " + RUMOUR)
    await office.pump()
    await office.writes("ani", TRIAGE_CHAT, "/klaim Air beracun", reply_to=brought)
    assert "1 komentar" in card(office).text
    assert "Termasuk klaim KL-1" in case_card(office).text
    other = next(m for m in office.seen(TRIAGE_CHAT) if m.text.startswith("🗞"))
    how = await office.writes("ani", TRIAGE_CHAT, "/klaim", reply_to=other)
    assert how.text.startswith("Balas kartu kasus atau komentar warga dengan /klaim")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Sudah dicek sendiri", "Sertakan paling sedikit satu tautan sumber resmi"),
        ("Sudah dicek https://blog.example.com/a", "Tautan itu tidak ada di daftar sumber"),
        (SOURCE, "Tulis juga dasar temuannya"),
    ],
)
async def test_a_finding_without_words_or_source_is_not_kept(office: Office, typed: str, said: str) -> None:
    await noted(office)
    await office.press("ani", card(office), "Temuan")
    await office.press("ani", card(office), "Benar")
    answer = await office.writes("ani", office.users["ani"].id, typed, reply_to=office.last("ani"))
    assert said in answer.text
    found = await office.database.read.claims.get(ClaimId(1))
    assert found is not None
    assert found.finding is None


async def test_an_old_card_says_that_it_is_old(office: Office) -> None:
    await noted(office)
    stale = card(office)
    await office.writes("kori", office.users["kori"].id, "/klaim 1")
    await office.press("kori", card(office, office.users["kori"].id), "Periksa")
    pressed = await office.press_raw(office.users["ani"], TRIAGE_CHAT, stale.message_id, "kc:1:1")
    assert pressed.text == "Belum bisa: klaim ini sedang diperiksa."
    found = await office.database.read.claims.get(ClaimId(1))
    assert found is not None
    assert (found.version, found.status) == (2, ClaimStatus.CHECKING)


async def test_every_press_delivered_twice_acts_once(office: Office) -> None:
    office.twice = True
    await noted(office)
    await office.press("ani", card(office), "Periksa")
    await office.press("ani", card(office), "Temuan")
    await office.press("ani", card(office), "Salah")
    await office.writes("ani", office.users["ani"].id, f"Baik {SOURCE}", reply_to=office.last("ani"))
    await office.press("kori", card(office), "Pastikan temuan")
    found = await office.database.read.claims.get(ClaimId(1))
    assert found is not None
    assert (found.finding, found.confirmed_by, found.version) == (Finding.FALSE, "kori", 4)


async def test_a_unit_is_asked_from_the_card_and_its_answer_stands_there_with_a_name(office: Office) -> None:
    await office.comment("Rumah kami kebanjiran")
    await office.press("ani", case_card(office), "Ambil")
    await office.press("ani", case_card(office), "Minta data")
    assert "bpbd (BPBD)" in office.last("ani").text
    ani, nara = office.users["ani"].id, office.users["nara"].id
    await office.writes("ani", ani, "bpbd: berapa rumah terendam?", reply_to=office.last("ani"))
    assert "📮 BPBD: menunggu jawaban sampai 10.00 WIB." in case_card(office).text
    asked = office.last("nara")
    assert "Mohon dijawab dalam 1 jam" in asked.text
    assert "berapa rumah terendam?" in asked.text
    await office.later(minutes=41)
    assert "tinggal 19 menit" in office.last("nara").text
    await office.writes("nara", nara, "12 rumah di tiga RT", reply_to=office.last("nara"))
    assert "📮 BPBD (Nara, 09.41 WIB)" in case_card(office).text
    assert "12 rumah di tiga RT" in case_card(office).text
    assert any("BPBD (Nara) menjawab untuk #1:" in m.text for m in office.seen(TRIAGE_CHAT))
    again = await office.writes("nara", nara, "13 rumah", reply_to=asked)
    assert again.text == "Belum bisa: permintaan ini sudah dijawab."
    assert office.refusals() == []


async def test_a_claim_whose_unit_is_late_says_what_may_be_said_meanwhile(office: Office) -> None:
    await noted(office)
    await office.press("ani", card(office), "Minta data")
    ani = office.users["ani"].id
    wrong = await office.writes("ani", ani, "tolong cek airnya", reply_to=office.last("ani"))
    assert wrong.text.startswith("Tulis unitnya, titik dua")
    asked = next(m for m in reversed(office.seen(ani)) if "dari unit mana" in m.text)
    await office.writes("ani", ani, "BPBD (30 menit): sudah diuji?", reply_to=asked)
    assert "BPBD: menunggu jawaban" in card(office).text
    await office.later(minutes=31)
    assert "BPBD: belum menjawab" in card(office).text
    late = next(m for m in reversed(office.seen(TRIAGE_CHAT)) if "KL-1: BPBD belum menjawab" in m.text)
    assert late.text.endswith("pastikan. Kabar berikutnya kami sampaikan di sini.")
    assert "Jadikan draf" not in repr(late), "a claim has no citizen to answer"


async def test_the_sentence_for_a_late_unit_becomes_a_draft_with_one_press(office: Office) -> None:
    await office.comment("Rumah kami kebanjiran")
    await office.press("ani", case_card(office), "Ambil")
    await office.press("ani", case_card(office), "Minta data")
    ani = office.users["ani"].id
    await office.writes("ani", ani, "bpbd: berapa rumah terendam?", reply_to=office.last("ani"))
    await office.later(minutes=61)
    late = next(m for m in reversed(office.seen(TRIAGE_CHAT)) if "#1: BPBD belum menjawab" in m.text)
    said = await office.press("ani", late, "Jadikan draf")
    assert said.text == "Kalimat sementara menjadi draf di kartunya."
    assert "Data dari BPBD sedang kami pastikan." in case_card(office).text
    (draft,) = [await office.database.read.drafts.live(CaseId(1))]
    assert draft is not None
    assert draft.authors == ("ani",), "approved like any other words"
    again = await office.press("ani", late, "Jadikan draf")
    assert (again.text or "").startswith("Belum bisa")
    now = await office.database.read.drafts.live(CaseId(1))
    assert now == draft, "what was written in the meantime is not overwritten"


async def test_once_the_unit_has_answered_nobody_says_that_it_has_not(office: Office) -> None:
    await office.comment("Rumah kami kebanjiran")
    await office.press("ani", case_card(office), "Ambil")
    await office.press("ani", case_card(office), "Minta data")
    ani, nara = office.users["ani"].id, office.users["nara"].id
    await office.writes("ani", ani, "bpbd: berapa rumah terendam?", reply_to=office.last("ani"))
    await office.later(minutes=61)
    await office.writes("nara", nara, "12 rumah", reply_to=office.last("nara"))
    late = next(m for m in office.seen(TRIAGE_CHAT) if "#1: BPBD belum menjawab" in m.text)
    assert (
        await office.press("ani", late, "Jadikan draf")
    ).text == "Belum bisa: permintaan ini sudah dijawab."
    assert await office.database.read.drafts.live(CaseId(1)) is None
