"""/piket and /tukar on the phone: what is seen, what is pressed, what is typed, and what is refused."""

from datetime import UTC, datetime, time, timedelta

import pytest
from chat_office import TRIAGE_CHAT, Office
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.words import oncall as words
from bot.chat.words.spans import Asked, read_cancel, read_leave, read_put_in
from bot.domain.errors import BadInput
from bot.domain.outgoing import Notice, Prompt, to_person
from bot.domain.people import PersonId, Zone
from bot.domain.swap import SwapState

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
"""Monday 12.00 WIB."""


def buttons(office: Office, who: str) -> list[str]:
    return [one["text"] for one in office.last(who).buttons]


async def test_the_week_is_shown_with_who_is_on_and_where_nobody_is(office: Office) -> None:
    said = (await office.writes("ani", TRIAGE_CHAT, "/piket")).text
    assert "Piket sekarang" in said
    assert "medsos: Pita sampai 16.00 WIB" in said
    assert "Sen 23 Nov 16.00 ⚠️ tidak ada petugas" in said
    assert "Sel 24 Nov 08.00 Pita" in said
    assert "Tanpa petugas, 14 hari ke depan" in said
    assert "medsos: Sen 23 Nov 16.00–08.00" in said
    assert "Giliran medsos hanya diisi Pita, belum ada penggantinya." in said
    assert office.refusals() == []


async def test_a_shift_changes_hands_with_four_presses_and_no_typing(office: Office) -> None:
    await office.writes("pita", office.users["pita"].id, "/tukar")
    mine = office.last("pita")
    assert mine.text == "Giliran Pita yang mana?"
    assert buttons(office, "pita")[:2] == ["medsos: Sen 23 Nov 09.00–16.00", "medsos: Sel 24 Nov 08.00–16.00"]
    await office.press("pita", mine, "Sel 24 Nov")
    choice = office.last("pita")
    assert choice.text == "medsos Sel 24 Nov 08.00–16.00. Tukar dengan siapa?"
    assert buttons(office, "pita") == ["Pipin, tanpa giliran balasan"]
    pressed = await office.press("pita", choice, "Pipin")
    assert pressed.text == "Sudah ditanyakan. Jadwal belum berubah."
    assert office.last("pita").text.startswith("Ditanyakan kepada Pipin: medsos Sel 24 Nov 08.00–16.00.")
    assert buttons(office, "pita") == []
    asked = office.last("pipin")
    assert asked.text.startswith(
        "🔄 Pita minta tukar giliran. Anda bertugas: medsos, Sel 24 Nov 08.00–16.00 WIB."
    )
    agreed = await office.press("pipin", asked, "Setuju tukar")
    assert agreed.text == "Disetujui. Jadwalnya sudah berubah."
    assert office.last("pita").text.startswith("✅ Tukar giliran berlaku. Pipin: medsos, Sel 24 Nov")
    assert "Sel 24 Nov 08.00 Pipin" in (await office.writes("ani", TRIAGE_CHAT, "/piket")).text
    again = await office.press("pipin", asked, "Tidak bisa")
    assert again.text == "Belum bisa: tukar giliran itu sudah disetujui."
    assert office.twice or office.refusals() == []


async def test_every_update_may_come_twice(office: Office) -> None:
    office.twice = True
    await test_a_shift_changes_hands_with_four_presses_and_no_typing(office)


async def test_a_stranger_to_the_exchange_cannot_answer_it_with_forged_data(office: Office) -> None:
    await office.writes("pita", office.users["pita"].id, "/tukar")
    await office.press("pita", office.last("pita"), "Sel 24 Nov")
    await office.press("pita", office.last("pita"), "Pipin")
    data = office.last("pipin").button("Setuju tukar")["callback_data"]
    for who in ("ani", "kori", "nara", "pena"):
        place = office.last(who) if office.seen(office.users[who].id) else office.cards()
        chat = TRIAGE_CHAT
        message = (await office.writes("ani", TRIAGE_CHAT, "/piket")).message_id
        press = await office.press_raw(office.users[who], chat, message, data)
        assert press.text == "Tukar giliran ini ditanyakan kepada orang lain.", place
    swap = await office.database.read.shifts.swap(1)
    assert swap is not None
    assert swap.state is SwapState.ASKED
    for forged in ("wy:99", "wo:00000000:00000000:1:00000000:0", "wg:00000000:00000000:1", "wr:202611"):
        press = await office.press_raw(office.users["pita"], TRIAGE_CHAT, message, forged)
        assert "tidak ditemukan" in press.text or "berubah" in press.text or "bukan untuk Anda" in press.text


async def test_who_has_no_part_in_the_rota_is_told_whose_it_is(office: Office) -> None:
    said = await office.writes("nara", office.users["nara"].id, "/tukar")
    assert said.text == "Giliran piket ditukar oleh pemiliknya, koordinator, atau pengelola."
    said = await office.writes("ani", office.users["ani"].id, "/tukar Pita")
    assert said.text == "Giliran piket ditukar oleh pemiliknya, koordinator, atau pengelola."
    assert (
        await office.writes("ani", TRIAGE_CHAT, "/tukar")
    ).text == "Tidak ada giliran dalam 14 hari ke depan."
    assert (
        await office.writes("kori", TRIAGE_CHAT, "/tukar Budi")
    ).text == "Orang itu tidak ada di daftar tim."
    assert (await office.writes("kori", TRIAGE_CHAT, "/tukar pita")).text == "Giliran Pita yang mana?"


async def test_a_coordinator_puts_somebody_in_and_takes_it_back(office: Office) -> None:
    said = await office.writes("kori", TRIAGE_CHAT, "/piket ganti Pipin hari ini 16.00 sampai 08.00")
    assert said.text == (
        "Tercatat (g1): Pipin bertugas Sen 23 Nov 16.00–08.00. Batalkan dengan /piket batal g1"
    )
    assert office.last("pipin").text == "📌 Kori menugaskan Anda di medsos: Sen 23 Nov 16.00–08.00 WIB."
    board = (await office.writes("ani", TRIAGE_CHAT, "/piket")).text
    assert "Sen 23 Nov 16.00 Pipin" in board
    assert "g1 · medsos: Pipin, Sen 23 Nov 16.00–08.00" in board
    assert (await office.writes("kori", TRIAGE_CHAT, "/piket batal g1")).text == words.CANCELLED
    assert "Pipin" not in (await office.writes("ani", TRIAGE_CHAT, "/piket")).text
    gone = await office.writes("kori", TRIAGE_CHAT, "/piket batal g1")
    assert gone.text.startswith("Tidak ada pengganti atau cuti g1 yang masih berlaku.")


async def test_leave_says_which_shifts_are_empty_now(office: Office) -> None:
    said = await office.writes("pena", office.users["pena"].id, "/piket cuti Pita besok sampai 26-11")
    assert "Tercatat (c1): Pita cuti Sel 24 Nov 00.00–Jum 27 Nov 00.00." in said.text
    assert "⚠️ Ada 3 giliran yang kini kosong." in said.text
    assert office.last("pita").text.startswith(
        "📌 Pena mencatat cuti Anda: Sel 24 Nov 00.00–Jum 27 Nov 00.00 WIB."
    )
    said = await office.writes("pena", TRIAGE_CHAT, "/piket cuti Pita 27-11 sampai 27-11 diganti Pipin")
    assert "kosong" not in said.text
    assert office.last("pipin").text.startswith("📌 Anda menggantikan Pita yang cuti: Jum 27 Nov")
    assert "c2 · Pita cuti" in (await office.writes("ani", TRIAGE_CHAT, "/piket")).text


@pytest.mark.parametrize(
    ("who", "typed", "said"),
    [
        (
            "ani",
            "/piket ganti Pipin besok sampai lusa",
            "Pengganti piket diatur oleh koordinator atau pengelola.",
        ),
        (
            "ani",
            "/piket cuti Pita besok sampai lusa",
            "Pengganti piket diatur oleh koordinator atau pengelola.",
        ),
        ("kori", "/piket ganti", "Perintahnya belum terbaca. Contoh: /piket ganti Made"),
        ("kori", "/piket cuti Pita", "Perintahnya belum terbaca. Contoh: /piket cuti Sari"),
        ("kori", "/piket batal semua", "Tulis nomornya seperti di /piket"),
        ("kori", "/piket libur", "Perintah itu belum dikenal."),
        ("kori", "/piket ganti Budi besok sampai lusa", "Orang itu tidak ada di daftar tim."),
        ("kori", "/piket ganti Pipin 31-02 sampai 01-03", "Tanggal itu tidak ada di kalender."),
        ("kori", "/piket ganti Pipin besok 25.00 sampai lusa", "Jam itu tidak terbaca."),
        ("kori", "/piket ganti Pipin 01-11-2026 sampai 02-11-2026", "Waktu itu sudah lewat."),
        ("kori", "/piket ganti Pipin besok sampai lusa di radio", "Giliran “radio” tidak ada."),
        ("kori", "/piket ganti Pipin besok sampai lusa untuk Koko", "Sebutkan rotanya di akhir"),
        ("kori", "/piket cuti Pita besok sampai lusa diganti Pita", "Pengganti cuti harus orang lain."),
    ],
)
async def test_what_cannot_be_done_says_what_to_do(office: Office, who: str, typed: str, said: str) -> None:
    before = office.state()
    answer = await office.writes(who, TRIAGE_CHAT, typed)
    assert answer.text.startswith(said)
    assert office.state() == before


async def test_who_has_no_shift_gets_no_empty_file(office: Office) -> None:
    none = await office.writes("ani", office.users["ani"].id, "/piket unduh")
    assert none.text == words.NO_DUTY


async def test_the_monthly_test_is_answered_with_one_thumb(office: Office) -> None:
    async with office.database.transaction() as tx:
        await tx.reached.ask(202612, PersonId("pita"), office.clock.now())
        notice = Notice(to_person(PersonId("pita")), "reach_test", {"round": 202612})
        await tx.outbox.put("uji", notice, office.clock.now())
    await office.pump()
    assert (await office.press("pita", office.last("pita"), "Saya terima")).text.startswith("Terima kasih")
    assert await office.database.read.reached.answers(202612) == {"pita": True}


async def test_the_question_before_the_hand_over_is_answered_by_a_reply(office: Office) -> None:
    await office.services.duties.handover.plan()
    await office.writes("kori", TRIAGE_CHAT, "/piket ganti Pipin hari ini 16.00 sampai 23.00")
    change = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    said = {"rota": "medsos", "at": change.isoformat(), "zone": "WIB"}
    purpose = f"handover:medsos:{int(change.timestamp()) // 60}"
    pita = PersonId("pita")
    async with office.database.transaction() as tx:
        prompt = Prompt(to_person(pita), "handover_note", pita, purpose, said)
        await tx.outbox.put("uji", prompt, office.clock.now())
    await office.pump()
    asked = office.last("pita")
    assert "giliran Anda di medsos selesai pukul 16.00 WIB" in asked.text
    await office.writes("pita", office.users["pita"].id, "Lampu Melati menunggu PLN.", asked)
    await office.later(60 * 7)
    assert office.last("pipin").text == (
        "🟢 Giliran Anda di medsos dimulai sampai Sen 23 Nov 23.00 WIB. Sebelumnya: Pita.\n"
        "Tidak ada yang terbuka. Selamat bertugas.\nPesan Pita: Lampu Melati menunggu PLN."
    )
    assert office.refusals() == []


# --- what people type ---


def test_the_end_may_be_an_hour_a_day_or_both() -> None:
    start = datetime(2026, 12, 25, 0, 0, tzinfo=UTC)  # 07.00 WIB
    full = read_put_in("Made 25-12 07.00 sampai 26-12 07.00 untuk Sari di medsos", NOON, Zone.WIB)
    assert full == Asked("Made", start, start + timedelta(days=1), "Sari", "medsos")
    until_morning = read_put_in("bu made 25/12/2026 19:00 - 07:00", NOON, Zone.WIB)
    assert until_morning == Asked("bu made", start + timedelta(hours=12), start + timedelta(days=1))
    whole = read_leave("Sari 31-12 s.d. 2-1 diganti Pak Made", NOON, Zone.WIB)
    assert (whole.start, whole.end) == (
        datetime(2026, 12, 30, 17, 0, tzinfo=UTC), datetime(2027, 1, 2, 17, 0, tzinfo=UTC),
    )  # fmt: skip
    assert whole.other == "Pak Made"
    assert read_leave("Sari 5-1 sampai 6-1", NOON, Zone.WIT).start == datetime(2027, 1, 4, 15, 0, tzinfo=UTC)
    assert read_leave("Sari 20-11 sampai 30-11", NOON, Zone.WIB).start.year == 2026
    assert read_cancel(" G12 ") == ("g", 12)


def test_notices_read_as_the_reader_sees_it_in_their_own_zone() -> None:
    give = {"rota": "medsos", "start": "2026-11-23T12:00:00+00:00", "end": "2026-11-24T00:00:00+00:00"}
    back = {"rota": "medsos", "start": "2026-11-25T12:00:00+00:00", "end": "2026-11-28T00:00:00+00:00"}
    said = {
        "giver": "sari", "taker": "made", "by": "ratna", "give": give, "back": back,
        "until": give["start"], "zone": "WIT",
    }  # fmt: skip
    names = {"sari": "Sari", "made": "Made", "ratna": "Ratna"}
    ask = words.NOTICES["swap_asked"]
    assert ask({**said, "reader": "made"}, names) == (
        "🔄 Sari minta tukar giliran. Anda bertugas: medsos, Sen 23 Nov 21.00–09.00 WIT. Sari menggantikan "
        "Anda: medsos, Rab 25 Nov 21.00–Sab 28 Nov 09.00 WIT. Jawab sebelum Sen 23 Nov 21.00 WIT."
    )
    assert ask({**said, "reader": "sari", "back": None}, names) == (
        "🔄 Ratna mengusulkan: Made menggantikan Anda, medsos, Sen 23 Nov 21.00–09.00 WIT. "
        "Jawab sebelum Sen 23 Nov 21.00 WIT."
    )
    gaps = words.NOTICES["rota_gaps"]({"gaps": [give], "more": 2, "zone": "WIB"}, names)
    assert gaps.splitlines()[1:] == ["medsos: Sen 23 Nov 19.00–07.00 WIB", "… dan 2 lagi"]
    call = {**give, "targets": ["group:kepala-humas", "role:koordinator"], "people": ["ratna", "sari"]}
    silent = words.NOTICES["unreached_ahead"]({"calls": [call], "more": 0, "zone": "WIB"}, names)
    assert silent.splitlines()[1] == (
        "kelompok kepala humas dan koordinator (Ratna dan Sari): Sen 23 Nov 19.00–07.00 WIB"
    )
    open_ = {"incidents": [7], "urgent": [12, 15], "waiting": 1, "uncertain": 2, "rota": "medsos"}
    assert words.NOTICES["handover"](open_, names).splitlines()[1:] == [
        "Insiden berjalan: K-7.", "Kasus mendesak: #12 dan #15.", "Draf menunggu persetujuan: 1.",
        "Kiriman yang belum pasti sampai: 2.",
    ]  # fmt: skip
    assert words.NOTICES["reach_silent"]({"people": ["sari", "made"]}, names).startswith(
        "📵 Tes panggilan: Sari dan Made belum menjawab setelah sehari."
    )


@given(
    st.sampled_from(Zone),
    st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 30)),  # noqa: DTZ001 -- a wall clock
    st.integers(1, 60 * 24 * 30),
)
def test_any_span_is_read_back_as_it_was_written(zone: Zone, begin: datetime, minutes: int) -> None:
    begin = begin.replace(second=0, microsecond=0)
    end = begin + timedelta(minutes=minutes)
    typed = f"Made {begin:%d-%m-%Y %H.%M} sampai {end:%d-%m-%Y %H.%M} untuk Sari"
    asked = read_put_in(typed, NOON, zone)
    assert asked.start.astimezone(zone.tz).replace(tzinfo=None) == begin
    assert asked.end.astimezone(zone.tz).replace(tzinfo=None) == end
    if minutes < 24 * 60 and end.time() != begin.time():
        short = read_put_in(f"Made {begin:%d-%m-%Y %H.%M} sampai {end:%H.%M}", NOON, zone)
        assert (short.start, short.end) == (asked.start, asked.end)
    assert time(0) <= begin.time()


@given(st.text(alphabet="0123456789-./: abcSariMadesampdntukg\n", max_size=60))
def test_nothing_that_is_typed_fails_otherwise_than_by_saying_so(typed: str) -> None:
    for read in (read_put_in, read_leave):
        try:
            asked = read(typed, NOON, Zone.WITA)
        except BadInput:
            continue
        assert asked.who


def test_a_day_from_midnight_to_midnight_is_said_as_one() -> None:
    start = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
    assert words.stretch(start, start + timedelta(days=1), Zone.WIB) == "Sel 24 Nov, 24 jam"
    assert words.stretch(start, start + timedelta(hours=7), Zone.WIB) == "Sel 24 Nov 00.00–07.00"
    assert words.stretch(start, start + timedelta(days=1), Zone.WIT) == "Sel 24 Nov 02.00–02.00"
