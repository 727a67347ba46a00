"""The card as people read it. The expected texts are whole messages: read them aloud when they change."""

from dataclasses import replace
from textwrap import dedent

from chat_views import (
    BUDI,
    ESCALATING,
    HOLE,
    NINE,
    SARI,
    STEP,
    WHEN,
    after,
    case,
    draft,
    kept,
    plain,
    replying,
    verdict,
    view,
    writing,
)

from bot.chat.cards import draw_case
from bot.chat.pages import draw_original
from bot.domain.case import CaseStatus, CloseReason
from bot.domain.comment import Origin, Platform
from bot.domain.people import Zone
from bot.domain.priority import Priority, Urgency
from bot.domain.reply import ApprovedAs, DraftState
from bot.services.views import CaseView
from bot.services.views_crisis import OriginalView

POSTED = draft(
    state=DraftState.POSTED,
    approved_as=ApprovedAs.TEXT,
    decided_by=BUDI,
    decided_at=after(19),
    posted_at=after(19.5),
)
WORDS = "\n".join(
    (
        "Ratna, 09.12 WIB · lihat",
        "Jalan Mawar rusak parah min, sudah 2 bulan tidak diperbaiki",
        "Di bawah “Perbaikan jalan tahap dua dimulai Senin”",
    )
)


def shown(seen: CaseView) -> str:
    return plain(draw_case(seen, Zone.WIB)).replace(WORDS, "(KOMENTAR)")


def reads(seen: CaseView, expected: str) -> None:
    assert shown(seen) == dedent(expected).strip()


def test_a_new_case_says_what_it_is_and_what_to_do() -> None:
    assert WORDS in plain(draw_case(view(), Zone.WIB))
    reads(
        view(),
        """
        🔵 #12 · Biasa · belum diambil
        (KOMENTAR)

        Keluhan/Kritik 91 % (“rusak parah”, “diperbaiki”)
        Belum yakin: Pertanyaan 41 %

        Langkah berikut: tekan ✋ Ambil bila Anda yang menangani.
        [✋ Ambil] [💬 Balas]
        [🏷 Label] [⏰ Tunda] [🗂 Tutup]
        [🚨 Eskalasi]
        [📌 Tugaskan] [📝 Catat]
        """,
    )


def test_an_emergency_that_waits_says_so_and_is_heard() -> None:
    urgent = view(
        after(90),
        case=case(
            priority=Priority(Urgency.EMERGENCY, ("label:emergency", "wrote_often")),
            verdict=verdict(labels=("emergency",), unsure=(), scores=(("emergency", 0.999),), reasons=()),
        ),
    )
    reads(
        urgent,
        """
        🔴 #12 · Darurat · belum diambil
        (KOMENTAR)

        Darurat 99 %
        Prioritas darurat karena warga ini sudah beberapa kali menulis.
        Menunggu 1 jam 30 menit (per 10.42 WIB).

        Langkah berikut: tekan ✋ Ambil bila Anda yang menangani.
        [✋ Ambil] [💬 Balas]
        [🏷 Label] [⏰ Tunda] [🗂 Tutup]
        [🚨 Eskalasi]
        [📌 Tugaskan] [📝 Catat]
        """,
    )
    assert not draw_case(urgent, Zone.WIB).silent
    assert draw_case(view(), Zone.WIB).silent


def test_an_unread_comment_asks_people_to_read() -> None:
    unread = view(case=case(verdict=verdict(labels=(), unsure=(), error="TimeoutError"),
                            priority=Priority(Urgency.HIGH, ("unclassified",))))  # fmt: skip
    text = shown(unread)
    assert "Belum terbaca oleh pembaca otomatis. Baca sendiri, ya." in text
    assert "TimeoutError" not in text


def test_an_edited_comment_keeps_its_old_words_as_evidence() -> None:
    edited = view(earlier=(kept("jalan rusak"),), comment=kept(number=2, revision=1), edited=True)
    assert "(KOMENTAR)\nKomentar ini diubah penulisnya. Sebelumnya:\njalan rusak" in shown(edited)


def test_what_else_the_person_wrote_stands_below() -> None:
    other = Origin(Platform.TELEGRAM_DISCUSSION, "-100:5", "76")
    joined = view(case=case(comments=2), earlier=(kept("Min tolong", origin=other),))
    assert "(KOMENTAR)\nSebelumnya ia juga menulis:\nMin tolong" in shown(joined)


def test_the_rules_that_fired_stand_beside_the_words_and_alone_where_no_word_may_be_named() -> None:
    fired = verdict(rules=(("complaint", "kata rusak"), ("question", "kata tanya"), ("complaint", "makian")))
    assert "Keluhan/Kritik 91 % (“rusak parah”, “diperbaiki”; kata rusak, makian)" in shown(
        view(case=case(verdict=fired))
    )
    alone = verdict(reasons=(), rules=(("complaint", "memuat tautan"),))
    assert "Keluhan/Kritik 91 % (memuat tautan)" in shown(view(case=case(verdict=alone)))


def test_the_reply_panel_gives_reasons_and_no_button_for_what_has_expired() -> None:
    reads(
        replying(),
        """
        🔵 #12 · Biasa · ditangani Sari
        (KOMENTAR)

        Keluhan/Kritik

        Pilih templat, atau tulis sendiri:
        1. Laporan jalan diterima · Cocok: topik jalan rusak, keluhan.
        2. Jadwal perbaikan · Cocok: keluhan, kata “diperbaiki”.
        3. Perbaikan 2025 (belum bisa dipakai) · Cocok: topik jalan rusak. Masanya habis.

        ✍️ Sari sedang menulis balasan.
        [1. Laporan jalan diterima]
        [2. Jadwal perbaikan]
        [✏️ Tulis] [‹ Kembali]
        """,
    )


def test_a_draft_shows_its_words_and_goes_to_approval() -> None:
    reads(
        writing(),
        """
        🔵 #12 · Biasa · ditangani Sari
        (KOMENTAR)

        Keluhan/Kritik

        Draf balasan
        Halo Kak Ratna, terima kasih. Laporan Jalan Mawar kami teruskan ke dinas terkait.

        ✍️ Sari sedang menulis balasan.

        Langkah berikut: periksa teksnya, lalu 📤 Ajukan.
        [📤 Ajukan]
        [👁 Pratinjau] [✏️ Ubah]
        [➕ Templat] [➕ Kasus lain]
        [Buang draf]
        """,
    )


def test_personal_data_keeps_a_draft_from_being_submitted() -> None:
    held = shown(writing(guard=("Ada nomor telepon (08**-****-**12). Pindahkan ke pesan pribadi.",)))
    assert "⚠️ Ada nomor telepon (08**-****-**12). Pindahkan ke pesan pribadi." in held
    assert "Langkah berikut: perbaiki teksnya dulu." in held
    assert "Ajukan]" not in held


def test_gaps_are_filled_with_buttons_where_they_can_be() -> None:
    empty = draft(text="")
    picked = shown(writing(draft=empty, open_slot=STEP))
    assert "Langkah berikut: lengkapi isian: Apa langkahnya?" in picked
    assert picked.endswith("[petugas akan survei]\n[sudah masuk antrean]\n[Buang draf]")
    dated = shown(writing(draft=empty, open_slot=WHEN))
    assert dated.endswith(
        "[Hari ini] [Besok] [Lusa]\n[3 hari lagi] [7 hari lagi] [Tanggal lain]\n[Buang draf]"
    )
    assert shown(writing(draft=empty, open_slot=HOLE)).endswith("[✏️ Isi]\n[Buang draf]")


def test_a_closed_template_may_go_at_once_where_the_agency_allows_it() -> None:
    assert "[📤 Ajukan] [🚀 Kirim sekarang]" in shown(writing(can_send_now=True))


def test_a_waiting_draft_names_who_is_asked_and_until_when() -> None:
    waiting = view(
        after(6),
        case=case(status=CaseStatus.DRAFTED, assignee=SARI),
        draft=draft(state=DraftState.WAITING, expires_at=after(34)),
        waiting_for=("budi", "rina"),
    )
    reads(
        waiting,
        """
        🔵 #12 · Biasa · menunggu persetujuan
        (KOMENTAR)

        Keluhan/Kritik 91 % (“rusak parah”, “diperbaiki”)
        Belum yakin: Pertanyaan 41 %

        Balasan
        Halo Kak Ratna, terima kasih. Laporan Jalan Mawar kami teruskan ke dinas terkait.
        Ditulis Sari.
        Menunggu: Budi dan Rina. Berlaku sampai 09.46 WIB.

        Langkah berikut: tunggu keputusan koordinator.
        [Tarik draf] [📝 Catat]
        """,
    )
    assert "belum ada koordinator yang bisa dihubungi" in shown(replace(waiting, waiting_for=()))


def test_an_answered_case_says_who_when_and_how_long() -> None:
    done = view(
        after(30), case=case(status=CaseStatus.ANSWERED, assignee=SARI, answered_at=after(19.5)), draft=POSTED
    )
    reads(
        done,
        """
        ✅ #12 · Dijawab
        (KOMENTAR)

        Keluhan/Kritik

        Balasan
        Halo Kak Ratna, terima kasih. Laporan Jalan Mawar kami teruskan ke dinas terkait.
        Ditulis Sari. Disetujui Budi, 09.31 WIB.
        Tayang 09.31 WIB, 19 menit setelah masuk.
        [Buka lagi]
        [⭐ Jadikan templat]
        """,
    )


def test_a_reply_that_has_not_arrived_says_why() -> None:
    on_its_way = view(
        case=case(status=CaseStatus.DRAFTED), draft=replace(POSTED, state=DraftState.APPROVED, posted_at=None)
    )
    assert "🔒 Balasan ditahan karena /kunci sedang berlaku." in shown(replace(on_its_way, unsent="locked"))
    assert "⚠️ Belum pasti balasannya sampai." in shown(replace(on_its_way, unsent="uncertain"))
    assert "balasan sedang dikirim" in shown(on_its_way)


def test_a_draft_that_came_back_leaves_its_note_where_the_next_one_is_written() -> None:
    back = draft(state=DraftState.RETURNED, decided_by=BUDI, decided_at=after(9), note="Sebut jadwalnya, ya.")
    card = shown(view(after(10), case=case(status=CaseStatus.ASSIGNED, assignee=SARI), draft=back))
    assert "Draf dikembalikan Budi, 09.21 WIB.\nSebut jadwalnya, ya." in card
    assert "teks sebelumnya bisa disalin" in card
    assert "Draf dikembalikan" not in shown(view(draft=replace(back, state=DraftState.DROPPED)))


def test_what_a_person_says_stands_first_and_without_a_percentage() -> None:
    named = case(verdict=verdict(labels=("complaint", "emergency"), unsure=(), scores=(("complaint", 0.91),)))
    assert "Darurat\nKeluhan/Kritik 91 %" in shown(view(case=named))


def test_closed_and_snoozed_cases_say_by_whom_and_until_when() -> None:
    closed = case(
        status=CaseStatus.CLOSED, close_reason=CloseReason.SPAM, closed_by=SARI, updated_at=after(9)
    )
    assert "🗂 #12 · Ditutup" in shown(view(case=closed))
    assert "Spam. Ditutup oleh Sari, 09.21 WIB.\n[Buka lagi]" in shown(view(case=closed))
    later = case(status=CaseStatus.SNOOZED, assignee=SARI, snoozed_until=after(60 * 24))
    assert "Ditunda Sari sampai besok 09.12 WIB." in shown(view(case=later))


def test_escalation_offers_the_playbooks() -> None:
    assert shown(ESCALATING).endswith("[Hoaks viral]\n[Keselamatan jiwa]\n[‹ Kembali]")
    assert "Belum ada insiden yang bisa dibuka" in shown(replace(ESCALATING, playbooks=()))


def test_the_group_never_sees_a_sensitive_message() -> None:
    secret = view(
        case=case(sensitive=True, priority=Priority(Urgency.EMERGENCY, ("sensitive",))), draft=POSTED
    )
    reads(
        secret,
        """
        🔴 #12 · Darurat · belum diambil
        Masuk 09.12 WIB.

        Pesan ini menyangkut keselamatan seseorang. Nama, isi, dan tautannya tidak ditampilkan di sini.
        Isi pesan hanya dikirim kepada dua pendamping.

        Langkah berikut: pendamping yang dipanggil menghubungi penulisnya.
        [✋ Ambil] [🗂 Tutup]
        """,
    )
    original = draw_original(OriginalView(secret.case.id, (secret.comment,), NINE), Zone.WITA)
    assert original.protect
    assert "Ratna, 10.12 WITA · lihat\nJalan Mawar" in plain(original)


def test_a_drawing_changes_its_mark_only_when_something_is_seen_or_done_differently() -> None:
    assert draw_case(view(), Zone.WIB).shown == draw_case(view(after(1)), Zone.WIB).shown
    assert draw_case(view(), Zone.WIB).shown != draw_case(view(case=case(version=4)), Zone.WIB).shown
    assert draw_case(view(), Zone.WIB).shown != draw_case(view(), Zone.WIT).shown
