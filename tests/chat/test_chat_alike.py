"""Comments that say the same, as the group sees them: one card, its numbers, its buttons."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from chat_office import DISCUSSION, TRIAGE_CHAT, Office, opened
from chat_views import NINE, after, case, draft, kept, plain, view

from bot.chat.cards import draw_case
from bot.chat.case_buttons import keyboard
from bot.chat.drawn import Keyboard
from bot.chat.words import clusters as say
from bot.domain.case import CaseId, CaseStatus, Panel
from bot.domain.cluster import Apart, How, Member, Near, Tally
from bot.domain.comment import CommentId
from bot.domain.people import PersonId, Zone
from bot.domain.repeat import Repeats
from bot.domain.reply import Target
from bot.services.views_clusters import ClusterView

LONG = "Kapan jalan Mawar di depan pasar lama diperbaiki pak, sudah dua bulan berlubang dan banyak yang jatuh"
MANY = Tally(comments=37, accounts=29, share=0.92, first=NINE, peak=40, members=36, waiting=36)


@pytest.fixture
async def crowd() -> AsyncIterator[Office]:
    with TemporaryDirectory() as folder:
        async with opened(Path(folder), same_within=timedelta(days=3)) as running:
            yield running


def labels(board: Keyboard) -> list[str]:
    return [button.text for row in board for button in row]


def test_the_card_tells_the_numbers_and_calls_nobody_names() -> None:
    told = plain(draw_case(view(cluster=ClusterView(MANY)), Zone.WIB))
    assert "37 komentar, 29 akun, 92 % serupa, pertama 09.12, puncak 40/menit." in told.replace(" WIB", "")
    assert "buzzer" not in told.lower()
    assert "👥 Lihat 37 komentar" in labels(keyboard(view(cluster=ClusterView(MANY))))


def test_what_is_alike_is_offered_with_what_speaks_against_it() -> None:
    offer = ClusterView(offers=(Near(CaseId(9), 0.78, why=Apart.NUMBER),))
    assert "Mirip #9 (78 %), tetapi angkanya lain." in plain(draw_case(view(cluster=offer), Zone.WIB))
    assert "🔗 Gabung #9" in labels(keyboard(view(cluster=offer)))


def test_other_words_are_a_guess_with_a_way_to_say_no() -> None:
    offer = ClusterView(offers=(Near(CaseId(9), 0.31, why=Apart.SAID),))
    assert "Mungkin sama dengan #9, dengan kata lain." in plain(draw_case(view(cluster=offer), Zone.WIB))
    row = next(row for row in keyboard(view(cluster=offer)) if "Gabung" in row[0].text)
    assert [button.text for button in row] == ["🔗 Gabung #9", "Bukan #9"]


def test_a_look_at_the_newest_offers_to_split_each() -> None:
    newest = ((Member(CaseId(15), CaseId(12), How.NEAR, 0.9), kept("min jalan mawar rusak")),)
    shown = view(case=case(panel=Panel.CLUSTER), cluster=ClusterView(MANY, newest))
    assert "#15 · 90 %" in plain(draw_case(shown, Zone.WIB))
    assert labels(keyboard(shown)) == ["✂️ Pisahkan #15", "🗂 Tutup semua", "🏷 Label semua", "‹ Kembali"]


def test_an_answered_card_offers_the_answer_to_later_askers_and_a_correction_to_all() -> None:
    later = ClusterView(Tally(40, 30, 0.9, NINE, 12, 39, 3), free=3)
    shown = view(case=case(status=CaseStatus.ANSWERED, answered_at=after(30)), cluster=later)
    assert "Sejak dijawab, 3 komentar serupa lagi menunggu." in plain(draw_case(shown, Zone.WIB))
    assert labels(keyboard(shown)) == ["👥 Jawab yang baru (3)", "✏️ Koreksi untuk semua", "Buka lagi"]


def test_what_the_bot_answered_by_itself_is_counted_and_can_be_stopped() -> None:
    told = ClusterView(Tally(40, 30, 0.9, NINE, 12, 39, 0), repeats=Repeats(5))
    shown = view(case=case(status=CaseStatus.ANSWERED, answered_at=after(30)), cluster=told)
    assert "🔁 Bot mengirim jawaban ini kepada 5 penanya berikutnya." in plain(draw_case(shown, Zone.WIB))
    assert "⏹ Hentikan jawaban otomatis" in labels(keyboard(shown))
    over = replace(shown, cluster=replace(told, repeats=Repeats(5, PersonId("sari"))))
    assert "Jawaban otomatis dihentikan oleh " in plain(draw_case(over, Zone.WIB))
    assert "⏹ Hentikan jawaban otomatis" not in labels(keyboard(over))


def test_the_button_for_all_names_the_count_and_goes_once_it_is_pressed() -> None:
    writing = view(case=case(status=CaseStatus.ASSIGNED, panel=Panel.WRITING), draft=draft(), preview="Halo")
    assert "👥 Jawab semua (37)" in labels(keyboard(replace(writing, cluster=ClusterView(MANY, free=36))))
    assert not [text for text in labels(keyboard(writing)) if text.startswith(say.ALL)]


def test_what_does_not_fit_one_approval_is_said_on_the_button() -> None:
    writing = view(case=case(status=CaseStatus.ASSIGNED, panel=Panel.WRITING), draft=draft(), preview="Halo")
    many = replace(MANY, members=205, waiting=205)
    shown = replace(writing, cluster=ClusterView(many, free=205))
    assert "👥 Jawab semua (201 dari 206)" in labels(keyboard(shown))
    full = tuple(Target(CaseId(100 + n), CommentId(100 + n), 0) for n in range(200))
    taken = replace(shown, draft=replace(draft(), also=full), cluster=ClusterView(many, free=5))
    assert not [text for text in labels(keyboard(taken)) if text.startswith(say.ALL)], "it is full"


def test_while_it_leaves_the_card_says_so_and_offers_to_stop_it() -> None:
    answered = case(status=CaseStatus.ANSWERED, answered_at=after(30))
    shown = view(case=answered, cluster=ClusterView(MANY, leaving=29, asked=3))
    told = plain(draw_case(shown, Zone.WIB))
    assert "Masih dikirim ke 29 komentar." in told
    assert "Untuk 3 komentar lagi jawabannya menunggu persetujuan." in told
    assert labels(keyboard(shown)) == ["✋ Hentikan sisanya (29)", "✏️ Koreksi untuk semua", "Buka lagi"]


def test_who_still_has_the_old_words_is_counted_and_comes_next() -> None:
    answered = case(status=CaseStatus.ANSWERED, answered_at=after(30))
    shown = view(case=answered, cluster=ClusterView(MANY, outdated=305))
    assert "Jawaban lama masih tampil di bawah 305 komentar." in plain(draw_case(shown, Zone.WIB))
    assert "✏️ Koreksi untuk sisanya (200 dari 305)" in labels(keyboard(shown))


def test_a_correction_is_asked_about_with_what_it_would_do() -> None:
    answered = case(status=CaseStatus.ANSWERED, answered_at=after(30), panel=Panel.CORRECT)
    shown = view(case=answered, cluster=ClusterView(MANY, given=205, leaving=29))
    told = plain(draw_case(shown, Zone.WIB))
    assert "Buka lagi 201 kasus yang sudah dijawab? 5 lagi menyusul sesudahnya." in told
    assert "29 balasan yang belum terkirim dibatalkan." in told
    assert labels(keyboard(shown)) == ["✅ Ya, buka lagi (201)", "‹ Kembali"]


def test_of_many_cases_the_first_are_named_and_the_others_counted() -> None:
    said = say.for_cluster(list(range(1, 38)), 8)
    assert said == "Untuk 37 komentar: #1, #2, #3, #4, #5, #6, #7, #8, … dan 29 lagi."


async def test_many_then_other_words_then_a_no_on_the_card(crowd: Office) -> None:
    for number in range(3):
        await crowd.comment(f"{LONG} {'🙏' * number}", crowd.stranger)
        await crowd.later(1)
    await crowd.comment(
        "Pak, jalan Mawar dekat pasar lama itu lubangnya kapan ditambal? sudah banyak korban jatuh"
    )
    card = crowd.cards()[-1]
    assert "Mungkin sama dengan #1" in card.text
    await crowd.press("ani", card, "Bukan #1")
    assert "Mungkin sama" not in crowd.cards()[-1].text
    assert not [one for one in crowd.cards()[-1].buttons if "Gabung" in one["text"]]


async def test_two_who_say_the_same_have_one_card_and_one_answer_goes_to_both(crowd: Office) -> None:
    card = await crowd.comment(LONG)
    await crowd.comment(f"min {LONG.lower()} 🙏", crowd.stranger)
    assert len(crowd.cards()) == 1
    assert "2 komentar, 2 akun" in card.text
    await crowd.press("ani", card, "Balas")
    await crowd.press("ani", card, "Laporan diterima")
    await crowd.press("ani", card, "akan disurvei")
    press = await crowd.press("ani", card, "Jawab semua (2)")
    assert press.text == say.widened(2)
    assert "Untuk 2 komentar: #1 dan #2." in card.text
    await crowd.press("ani", card, "Ajukan")
    asked = crowd.last("kori")
    assert "Untuk 2 komentar: #1 dan #2." in asked.text
    await crowd.press("kori", asked, "Setujui")
    assert [m.text for m in crowd.seen(DISCUSSION)] == [
        "Halo Kak, terima kasih. Laporannya akan disurvei."
    ] * 2
    assert crowd.refusals() == []

    third = crowd.world.add_user("Bagas", 8003)
    await crowd.comment(LONG.upper(), third)
    assert "setelah #1 dijawab" in crowd.seen(TRIAGE_CHAT)[-1].text
    await crowd.press("ani", card, "Jawab yang baru (1)")
    await crowd.press("kori", crowd.last("kori"), "Setujui")
    assert len(crowd.seen(DISCUSSION)) == 3
    await crowd.press("ani", card, "Koreksi untuk semua")
    assert "Buka lagi 3 kasus yang sudah dijawab?" in card.text
    await crowd.press("ani", card, "Kembali")
    assert "Buka lagi" not in card.text, "a second thought costs nothing"
    await crowd.press("ani", card, "Koreksi untuk semua")
    press = await crowd.press("ani", card, "Ya, buka lagi (3)")
    assert press.text == "3 kasus dibuka lagi. Tulis koreksinya di bawah."
    assert "balas pesan ini" in crowd.seen(TRIAGE_CHAT)[-1].text


async def test_all_who_say_the_same_are_closed_from_their_card_with_a_preview(crowd: Office) -> None:
    card = await crowd.comment(LONG)
    await crowd.comment(LONG.upper(), crowd.stranger)
    await crowd.press("ani", card, "Lihat 2 komentar")
    press = await crowd.press("ani", card, "Tutup semua")
    assert press.text == "Pilih di bawah."
    listed = crowd.seen(TRIAGE_CHAT)[-1]
    assert "Kenapa semuanya ditutup?" in listed.text
    await crowd.press("ani", listed, "Spam")
    asked = crowd.seen(TRIAGE_CHAT)[-1]
    assert "2 kasus akan ditutup dengan alasan “Spam”" in asked.text
    await crowd.press("ani", asked, "Ya, lanjutkan")
    await crowd.later(minutes=1)
    for number in (1, 2):
        kept = await crowd.database.read.cases.get(CaseId(number))
        assert kept is not None
        assert kept.status is CaseStatus.CLOSED
    assert crowd.refusals() == []


async def test_a_person_splits_and_joins_from_the_card(crowd: Office) -> None:
    card = await crowd.comment(LONG)
    await crowd.comment(LONG.upper(), crowd.stranger)
    await crowd.press("ani", card, "Lihat 2 komentar")
    press = await crowd.press("ani", card, "Pisahkan #2")
    assert press.text == say.SPLIT_OFF
    own = crowd.cards()[-1]
    assert own.message_id != card.message_id
    press = await crowd.press("pita", own, "Gabung #1")
    assert press.text == say.JOINED
    assert "2 komentar" in card.text
    assert crowd.refusals() == []
