"""A page wakes one person with one thing to press; the card lets a room work together."""

from dataclasses import replace
from datetime import timedelta
from textwrap import dedent

import pytest
from chat_crisis import CHECKS, WRITE, Story, roster
from chat_views import BUDI, NAMES, NINE, RINA, SARI, after, plain

from bot.chat import actions as do
from bot.chat.drawn import Button, Drawn, evenly
from bot.chat.pages import draw_incident, draw_page, draw_story
from bot.chat.words import story
from bot.domain.errors import RunRefused
from bot.domain.limit import WorkingDays
from bot.domain.people import Zone
from bot.domain.playbook import After, Clock, Reaction
from bot.domain.run_effects import Why
from bot.domain.run_events import (
    Acknowledged,
    FalseAlarm,
    ItemTicked,
    Resolved,
    StillHandling,
    TakenOver,
    TimerFired,
)
from bot.domain.run_types import Timer, TimerKind, What
from bot.domain.step_state import StepState
from bot.services.ports import TimelineLine


def reads(drawn: Drawn, expected: str) -> None:
    assert plain(drawn) == dedent(expected).strip()


def fires(told: Story, kind: TimerKind, minute: float) -> Story:
    timer = Timer(kind, after(minute), epoch=told.state.epoch, seq=told.state.timer_seq)
    return told.happens(TimerFired(roster(), timer), minute)


def test_a_page_says_what_and_asks_for_one_press() -> None:
    drawn = draw_page(Story().page(SARI), Zone.WIB)
    reads(
        drawn,
        """
        🟠 Anda dipanggil · tinggi

        Hoaks yang sedang viral · K-3
        Dibuka 09.12 WIB: 5 komentar sejenis tentang klaim terkait hoaks dalam waktu singkat.

        Ratna, 09.12 WIB · lihat
        Katanya bansos dihapus bulan depan, sebarkan!

        Tekan satu kali bila Anda menangani. Bila tidak ditekan, orang berikutnya dipanggil.
        [👀 Saya tangani]
        [⏫ Naikkan]
        """,
    )
    assert drawn.protect
    assert not drawn.silent


def test_who_has_it_sees_what_an_owner_can_do_and_the_others_may_rest() -> None:
    told = Story()
    told.happens(Acknowledged(roster(), SARI, told.state.epoch), 2)
    assert plain(draw_page(told.page(SARI), Zone.WIB)).startswith("🟠 Anda yang menangani")
    assert plain(draw_page(told.page(SARI), Zone.WIB)).endswith("[⏫ Naikkan] [🏁 Selesai] [Alarm palsu]")
    reads(
        draw_page(told.page(BUDI), Zone.WIB),
        """
        ✅ Ditangani Sari, tidak perlu apa-apa

        Hoaks yang sedang viral · K-3
        Dibuka 09.12 WIB: 5 komentar sejenis tentang klaim terkait hoaks dalam waktu singkat.
        """,
    )


def test_a_page_offers_no_button_that_its_reader_may_not_press() -> None:
    told = Story()
    told.happens(Acknowledged(roster(), SARI, told.state.epoch), 2)
    page = told.page(SARI)
    for may, left in (
        ({"may_close": False}, "[⏫ Naikkan] [Alarm palsu]"),
        ({"may_close": False, "may_dismiss": False}, "[⏫ Naikkan]"),
    ):
        assert plain(draw_page(replace(page, **may), Zone.WIB)).splitlines()[-1] == left
        fires(told, TimerKind.LEASE, 33)


def test_an_owner_is_asked_whether_they_are_still_on_it() -> None:
    told = Story()
    told.happens(Acknowledged(roster(), SARI, told.state.epoch), 2)
    fires(told, TimerKind.LEASE, 33)
    asked = draw_page(told.page(SARI), Zone.WIB)
    assert "Masih Anda tangani?" in plain(asked)
    assert asked.keyboard[0][0].action == do.StillHandling(3, told.state.epoch)
    told.happens(StillHandling(roster(), SARI, told.state.epoch), 34)
    assert "Masih Anda tangani?" not in plain(draw_page(told.page(SARI), Zone.WIB))


def test_the_last_resort_reads_that_everybody_was_called() -> None:
    told = Story()
    fires(told, TimerKind.ESCALATE, 5)
    fires(told, TimerKind.ESCALATE, 10)
    page = plain(draw_page(told.page(RINA), Zone.WIB))
    assert "Semua orang di daftar sudah dipanggil." in page
    assert page.endswith("[👀 Saya tangani]")
    assert "semua sudah dipanggil, belum ada jawaban" in plain(draw_incident(told.incident(), Zone.WIB))
    fires(told, TimerKind.CADENCE, 70)
    assert "Anda dipanggil lagi (ke-2)" in plain(draw_page(told.page(RINA), Zone.WIB))


def test_whoever_is_called_besides_reads_who_has_it_and_what_is_late() -> None:
    told = Story()
    late = replace(CHECKS, reactions={StepState.EXPIRED: Reaction(After.ESCALATE)})
    told.state = replace(told.state, playbook=replace(told.state.playbook, steps=(late, WRITE)))
    told.happens(Acknowledged(roster(), SARI, told.state.epoch), 2)
    told.happens(TimerFired(roster(), Timer(TimerKind.EXPIRE, after(12), "bukti", 1)), 12)
    reads(
        draw_page(told.page(BUDI), Zone.WIB),
        """
        🟠 Anda dipanggil · tinggi

        Hoaks yang sedang viral · K-3
        Dibuka 09.12 WIB: 5 komentar sejenis tentang klaim terkait hoaks dalam waktu singkat.

        Ratna, 09.12 WIB · lihat
        Katanya bansos dihapus bulan depan, sebarkan!

        Ditangani Sari, tetapi langkah “Amankan bukti” lewat waktu. Bantu selesaikan, atau ambil alih.
        [Ambil alih]
        """,
    )
    told.happens(ItemTicked(roster(), "bukti", "layar", BUDI), 13)
    assert plain(draw_page(told.page(BUDI), Zone.WIB)).startswith("✅ Ditangani Sari, tidak perlu apa-apa")


def test_the_card_shows_who_what_is_left_and_what_happened() -> None:
    told = Story()
    fires(told, TimerKind.ESCALATE, 5)
    told.happens(Acknowledged(roster(), BUDI, told.state.epoch), 6)
    told.happens(ItemTicked(roster(), "bukti", "sebaran", BUDI), 8)
    drawn = draw_incident(told.incident(), Zone.WIB)
    reads(
        drawn,
        """
        🟠 Hoaks yang sedang viral · K-3
        Berlangsung · ditangani Budi

        Dibuka 09.12 WIB: 5 komentar sejenis tentang klaim terkait hoaks dalam waktu singkat.
        7 komentar terkait.

        Ratna, 09.12 WIB · lihat
        Katanya bansos dihapus bulan depan, sebarkan!

        Amankan bukti · 1/2
        1. Simpan tangkapan layar

        Tulis klarifikasi · 0/1
        2. Mulai dengan fakta

        Terakhir
        09.12 Memanggil Sari (tingkat 1).
        09.17 Memanggil Budi (tingkat 2).
        09.18 Ditangani Budi, 6 menit setelah dibuka.
        09.20 Budi menyelesaikan: Catat sebarannya
        [Ambil alih] [⏫ Naikkan]
        [✓ 1] [✓ 2]
        [🏁 Selesai] [Alarm palsu]
        """,
    )
    epoch = told.state.epoch
    assert [b.action for b in drawn.keyboard[1]] == [do.TickItem(3, epoch, 0, 0), do.TickItem(3, epoch, 1, 0)]


def test_an_incident_that_is_over_has_no_buttons() -> None:
    told = Story()
    told.happens(FalseAlarm(roster(), BUDI, "ternyata lelucon."), 3)
    drawn = draw_incident(told.incident(), Zone.WIB)
    assert not drawn.keyboard
    assert "✅ Hoaks yang sedang viral · K-3\nSelesai: alarm palsu" in plain(drawn)
    assert "Dinyatakan alarm palsu oleh Budi. Alasan: ternyata lelucon." in plain(drawn)
    assert plain(draw_page(told.page(SARI), Zone.WIB)).startswith("✅ Sudah selesai, tidak perlu apa-apa")


def test_closing_tells_what_was_left_undone() -> None:
    told = Story()
    told.happens(Resolved(roster(), BUDI, "sudah reda"), 9)
    last = draw_story(told.lines[-1], told.incident(), Zone.WIB)
    assert plain(last) == ("K-3 · Ditutup Budi. Alasan: sudah reda. 2 butir daftar periksa belum dicentang.")


def test_a_life_at_stake_is_nobodys_gossip() -> None:
    told = Story(sensitive=True, reason="topics=bunuh-diri")
    for drawn in (draw_incident(told.incident(), Zone.WIB), draw_page(told.page(SARI), Zone.WIB)):
        assert drawn.protect
        assert "bunuh" not in drawn.text
        assert "Nama dan isinya hanya dikirim kepada pendamping." in plain(drawn)


PARAMS = {
    "by": "sari",
    "person": "sari",
    "former": "budi",
    "people": "sari,budi,rina",
    "reason": "burst label=hoax count=5",
    "severity": "darurat",
    "via": "sms",
    "level": "1",
    "round": "0",
    "count": "9",
    "seconds": "185",
    "since": NINE.isoformat(),
    "until": after(20).isoformat(),
    "due_at": NINE.isoformat(),
    "timer": "escalate",
    "step": "bukti",
    "item": "layar",
    "items": "bukti/layar,tulis/fakta",
    "owner": "sari",
    "target": "group:kepala-humas",
    "left": "bukti/layar",
}


@pytest.mark.parametrize("what", list(What))
def test_everything_that_can_happen_has_a_sentence(what: What) -> None:
    told = Story()
    for params in (PARAMS, {**PARAMS, "people": "", "by": "orang-lama"}):
        said = plain(draw_story(TimelineLine(NINE, what, params), told.incident(), Zone.WITA))
        assert said.startswith("K-3 · ")
        assert "Ada perkembangan baru" not in said
        assert not {"sari", "bukti/layar", "group:kepala-humas", str(what)} & set(
            said.replace(",", " ").split()
        )


@pytest.mark.parametrize("why", list(Why))
def test_every_refused_press_is_answered_kindly(why: Why) -> None:
    said = story.refused(RunRefused(why, "sari", What.ACKED, NINE), NAMES, Zone.WIB)
    assert said.endswith((".", "ya."))
    assert len(said) <= 200
    assert why not in said.split()


def test_a_stale_press_learns_what_happened_by_whom_and_when() -> None:
    no = RunRefused(Why.STALE, "budi", What.ACKED, after(6))
    assert story.refused(no, NAMES, Zone.WIB) == (
        "Tombol ini sudah tidak berlaku: sudah ditangani Budi pukul 09.18 WIB. Lihat pesan yang terbaru, ya."
    )


def test_whoever_takes_over_is_named_with_whom_they_relieve() -> None:
    told = Story()
    told.happens(Acknowledged(roster(), SARI, told.state.epoch), 2)
    told.happens(TakenOver(roster(), BUDI, told.state.epoch), 3)
    assert "Budi mengambil alih dari Sari." in plain(draw_incident(told.incident(), Zone.WIB))


def test_the_card_names_the_next_limits_with_their_dates_and_tells_the_law_from_an_own_target() -> None:
    told = Story()
    clocks = (
        Clock("pengawasan", "Selesai (60 hari kerja)", WorkingDays(60)),
        Clock("bssn", "Laporan ke BSSN (1x24 jam)", timedelta(hours=24)),
        Clock("lapor", "Jawaban pertama di LAPOR! (3 hari kerja)", WorkingDays(3)),
        Clock("dekat", "Pesan pertama (sasaran 30 menit)", timedelta(minutes=30), own=True),
    )
    due = [("lapor", after(3 * 1440 + 408)), ("pengawasan", after(90 * 1440))]
    view = told.incident()
    state = replace(view.state, playbook=replace(view.state.playbook, clocks=clocks), clocks_due=tuple(due))
    lines = [
        line
        for line in plain(draw_incident(replace(view, state=state, now=after(31)), Zone.WIB)).splitlines()
        if line.startswith(("⚖️", "🎯"))
    ]
    assert lines == [
        "🎯 Pesan pertama (sasaran 30 menit) · lewat dari 09.42 WIB",
        "⚖️ Laporan ke BSSN (1x24 jam) · sampai besok 09.12 WIB",
        "⚖️ Jawaban pertama di LAPOR! (3 hari kerja) · sampai Kam 26 Nov 16.00 WIB",
    ]
    met = replace(state, clocks_met=("dekat", "bssn"))
    card = plain(draw_incident(replace(view, state=met), Zone.WIB))
    assert "Pesan pertama" not in card
    assert "60 hari kerja" in card


@pytest.mark.parametrize(
    ("count", "in_rows"),
    [(0, []), (1, [1]), (5, [5]), (6, [3, 3]), (7, [4, 3]), (9, [5, 4]), (11, [4, 4, 3])],
)
def test_ticks_stand_in_rows_of_about_one_length(count: int, in_rows: list[int]) -> None:
    ticks = [Button(f"✓ {at}", do.TickItem(3, 1, 0, at)) for at in range(count)]
    keyboard = evenly(*ticks, width=5)
    assert [len(row) for row in keyboard] == in_rows
    assert [button for row in keyboard for button in row] == ticks
