"""A day of two admins and two coordinators, over a change of shifts: nobody answers twice."""

from typing import Any

from story_town import Town, labels

CARD = "KTP saya hilang di pasar, cara mengurusnya bagaimana ya min?"
ROAD = "Jalan Kenanga berlubang besar, sudah dua minggu dibiarkan, tolong diperbaiki!"
COURT = "Kenapa sidang tilang saya di pengadilan ditunda terus, min? Tolong dong."
LATE = "Loket pajak daerah tutup jam berapa hari ini, min?"
SHIFTS = """
  medsos: {shifts: [{days: sen-min, from: '00:00', to: '15:00', people: [dimas]},
                    {days: sen-min, from: '15:00', to: '00:00', people: [gita]}]}
  medsos-cadangan: {shifts: [{days: sen-min, from: '00:00', to: '00:00', people: [tirta]}]}"""
UNITS = "".join(
    f"\n  - {{id: {unit}, name: Unit {unit}, people: [{people}]}}"
    for unit, people in (
        ("bpbd", "tirta"),
        ("layanan", "yoga, gita"),
        ("keamanan", "tirta"),
        ("siber", "tirta"),
    )
)


async def opened(settle: Any) -> Town:
    town: Town = await settle(settings={"rota": SHIFTS, "units": UNITS, "board": "{live: true, cards: 1000}"})
    await town.start()
    await town.gather()
    return town


async def two_thumbs_one_winner(town: Town) -> None:
    """Both admins want the same case; the one who lost is told who has it, and then called by a note."""
    await town.comment("Ratna", CARD)
    card = town.card(CARD)
    first = town.world.press(town.people["laras"], card, "Ambil")
    second = town.world.press(town.people["yoga"], card, "Ambil")
    await town.answered(first, second)
    assert second.text == "Sudah ditangani Laras. Terima kasih sudah sigap."
    await town.press("laras", card, "Catat")
    await town.answer("laras", "@yoga tolong cek jam loket, nomor Bu Ratna 081234567890")
    assert "📝 Laras, 09.00 WIB: @\u2060yoga tolong cek jam loket" in card.text.replace(
        "@yoga", "@\u2060yoga"
    )
    assert "081234567890" not in card.text
    called = town.one(town.people["yoga"], "Laras menyebut Anda di catatan #1", button="Buka kartunya")
    assert f"/{card.message_id}" in called.buttons[0]["url"]


async def given_written_and_interrupted(town: Town) -> None:
    """A coordinator gives a case away; its citizen adds something while the answer is written."""
    await town.comment("Bagus", ROAD)
    card = town.card(ROAD)
    await town.press("sekar", card, "Tugaskan")
    assert "👀 Sekar sedang membuka kartu ini." in card.text
    assert "Gita" not in labels(card)
    await town.press("sekar", card, "Yoga")
    assert "ditangani Yoga" in card.text
    told = town.one(town.people["yoga"], "#2", "ditugaskan kepada Anda oleh Sekar", button="Saya kerjakan")
    press = await town.press("yoga", told, "Saya kerjakan")
    assert press.answer["text"] == "#2 kini Anda tangani."
    await town.write("yoga", card, "Lubang di Jalan Kenanga diperbaiki besok pagi, Kak.")
    assert "✍️ Yoga sedang menulis balasan." in card.text
    stale = next(b["callback_data"] for b in card.buttons if "Ajukan" in b["text"])
    await town.comment("Bagus", "Yang dekat SD, bukan yang dekat pasar ya.")
    refused = await town.forged(town.people["yoga"], card, stale)
    assert "Kartunya sudah berubah" in refused.answer["text"]
    assert not town.public()
    await town.press("yoga", card, "Ajukan")
    drafts = {who: town.one(town.people[who], "dekat SD", button="Setujui") for who in ("sekar", "tirta")}
    one = town.world.press(town.people["sekar"], drafts["sekar"], "Setujui")
    two = town.world.press(town.people["tirta"], drafts["tirta"], "Setujui")
    await town.answered(one, two)
    assert one.text == "Disetujui. Balasan dikirim."
    assert two.text != one.text
    assert [m.text for m in town.public()] == ["Lubang di Jalan Kenanga diperbaiki besok pagi, Kak."]


async def not_ours(town: Town) -> None:
    await town.comment("Wulan", COURT)
    card = town.card(COURT)
    for button in (
        "Tutup",
        "Bukan wewenang kami",
        "Bukan wewenang kami",
        "kementerian atau lembaga pusat",
        "Ajukan",
    ):
        await town.press("laras", card, button)
    await town.press("tirta", town.one(town.people["tirta"], COURT, button="Setujui"), "Setujui")
    assert "Diteruskan ke kementerian atau lembaga pusat." in card.text
    await town.press("laras", card, "Nomor LAPOR!")
    await town.answer("laras", "1234567")
    await town.say("tirta", "/cari lapor:1234567")
    assert "#3" in town.one(town.triage, "Ditemukan").text


async def test_a_day_of_two_admins_two_coordinators_and_two_shifts(settle) -> None:
    town = await opened(settle)
    await two_thumbs_one_winner(town)
    await town.later(minutes=10)
    await given_written_and_interrupted(town)
    await town.later(minutes=10)
    await not_ours(town)

    await town.later(hours=4)
    await town.comment("Hasan", LATE)
    late = town.card(LATE)
    await town.press("tirta", late, "Tugaskan")
    await town.press("tirta", late, "Unit layanan")
    assert "untuk Unit layanan, belum diambil" in late.text
    assert town.one(town.people["yoga"], "#4", "ditugaskan kepada unit Unit layanan", button="Saya kerjakan")
    assert not town.seen(town.people["gita"], "#4", button="Saya kerjakan")
    assert town.one(town.people["gita"], "#4", "ditugaskan kepada unit")
    await town.say("yoga", "/antrean unit")
    assert "#4" in town.one(town.triage, "Menunggu: untuk unit Anda").text
    await town.later(minutes=31)
    back = town.card("↩️ #4 kembali ke antrean: Unit layanan belum sempat", "Sekar dan Tirta")
    assert back.reply_to == late.message_id
    assert town.card("↩️ #1 kembali ke antrean: Laras belum sempat")
    await town.press("laras", town.card(CARD, button="Ambil"), "Ambil")

    await town.later(minutes=50)
    asked = [m for m in town.world.messages(town.people["dimas"].id) if m.prompt is not None][-1]
    town.world.say(town.people["dimas"], town.private("dimas"), "Nomor 4 menunggu jam loket.", reply_to=asked)
    await town.later(minutes=30)
    assert "Nomor 4 menunggu jam loket." in town.one(town.people["gita"], "Nomor 4").text
    summary = town.one(town.triage, "🔄 Serah terima, 15.00 WIB.").text
    assert "👤 Yang memegang: Laras 1." in summary
    await town.say("harun", "/piket serah")
    assert "👤 Yang memegang: Laras 1." in town.one(town.triage, "Serah terima").text

    refused = await town.press("dimas", late, "Ambil")
    assert refused.answer["show_alert"]
    await town.press("gita", late, "Ambil")
    assert "ditangani Gita" in late.text
    await town.approved("gita", late, "Loket pajak daerah tutup pukul 15.30, Kak.")
    assert late.text.startswith("✅ #4 · Dijawab")
    for _ in range(5):
        await town.later(seconds=16)
        if "Gita" not in town.card("Papan tim").text:
            break
    assert "👤 Laras 1" in town.card("Papan tim").text
    assert len(town.public()) == 3
    count, broken = await town.read.journal.verify()
    assert (count > 40, broken) == (True, None)
