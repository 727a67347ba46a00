"""A crisis through its buttons: called, taken, raised, worked on, closed."""

from chat_office import CRISIS_CHAT, TRIAGE_CHAT, Office
from chat_scenes import held, paged, sensitive

from bot.domain.incident import RunId
from bot.domain.run_types import RunState
from bot.sandbox.model import Message


async def state(office: Office) -> RunState:
    return await office.services.incidents.state(RunId(1))


def card(office: Office) -> Message:
    return next(m for m in office.seen(CRISIS_CHAT) if "Terakhir" in m.text)


async def test_one_press_and_the_room_knows(office: Office) -> None:
    await paged(office)
    page = office.last("pita")
    assert page.raw["has_protected_content"]
    press = await office.press("pita", page, "Saya tangani")
    assert press.text == "Terima kasih. Anda yang menangani."
    assert page.text.startswith("🟠 Anda yang menangani")
    assert "Berlangsung · ditangani Pita" in card(office).text
    assert office.seen(CRISIS_CHAT)[-1].text == "K-1 · Ditangani Pita, kurang dari semenit setelah dibuka."


async def test_raising_calls_the_next_and_the_first_may_still_answer(office: Office) -> None:
    await paged(office)
    first = office.last("pita")
    press = await office.press("pita", first, "Naikkan")
    assert press.text == "Tingkat berikutnya dipanggil."
    for who in ("kori", "koko"):
        assert office.last(who).text.startswith("🟠 Anda dipanggil · tinggi")
    await office.press("pita", first, "Saya tangani")
    assert office.last("kori").text.startswith("✅ Ditangani Pita, tidak perlu apa-apa")
    assert not office.last("kori").buttons


async def test_a_late_thumb_is_told_who_has_it(office: Office) -> None:
    await paged(office)
    page = office.last("pita")
    old = page.button("Saya tangani")["callback_data"]
    await office.press("kori", card(office), "Saya tangani")
    press = await office.press_raw(office.users["pita"], office.users["pita"].id, page.message_id, old)
    assert press.text == (
        "Tombol ini sudah tidak berlaku: sudah ditangani Kori pukul 09.00 WIB. Lihat pesan yang terbaru, ya."
    )


async def test_taking_over_and_saying_that_one_is_still_on_it(office: Office) -> None:
    await held(office)
    press = await office.press("kori", card(office), "Ambil alih")
    assert press.text == "Sekarang Anda yang menangani."
    assert "Kori mengambil alih dari Pita." in card(office).text


async def test_ticks_need_no_words(office: Office) -> None:
    await held(office)
    press = await office.press("pita", card(office), "✓ 1")
    assert press.text == "Dicentang."
    assert "Pita menyelesaikan: Simpan tangkapan layar" in card(office).text


async def test_closing_with_open_items_asks_for_the_reason(office: Office) -> None:
    await held(office)
    press = await office.press("kori", card(office), "Selesai")
    assert press.text == "Jawab alasannya di obrolan pribadi dengan bot, ya."
    asked = office.last("kori")
    assert (
        asked.text == "🏁 Kori, daftar periksa K-1 belum lengkap. Balas pesan ini dengan alasan menutupnya."
    )
    await office.writes("kori", office.users["kori"].id, "sudah reda", asked)
    assert card(office).text.startswith("✅ Hoaks viral · K-1\nSelesai: tertangani")
    assert not card(office).buttons
    assert office.last("pita").text.startswith("✅ Sudah selesai, tidak perlu apa-apa")


async def test_the_proposal_to_close_carries_the_button_that_closes(office: Office) -> None:
    await held(office)
    await office.press("pita", card(office), "✓ 1")
    asked = {who: office.last(who) for who in ("kori", "koko")}
    assert asked["kori"].text == (
        "🏁 Hoaks viral · K-1\nSemua langkah selesai dan keadaan tenang. "
        "Tekan 🏁 Selesai bila memang sudah beres. Bila belum, biarkan saja."
    )
    assert [button["text"] for button in asked["kori"].buttons] == ["🏁 Selesai"]
    await office.press("kori", asked["kori"], "Selesai")
    assert card(office).text.startswith("✅ Hoaks viral · K-1\nSelesai: tertangani")
    late = await office.press("koko", asked["koko"], "Selesai")
    assert late.text.startswith("Tombol ini sudah tidak berlaku")
    assert (await state(office)).last.by == "kori"


async def test_a_false_alarm_always_needs_a_reason(office: Office) -> None:
    await paged(office)
    await office.press("ani", card(office), "Alarm palsu")
    asked = office.last("ani")
    await office.writes("ani", office.users["ani"].id, "hanya lelucon", asked)
    assert "Selesai: alarm palsu" in card(office).text
    again = await office.writes("ani", office.users["ani"].id, "hanya lelucon lagi", asked)
    assert again.text.startswith("Tombol ini sudah tidak berlaku: sudah dinyatakan alarm palsu Ani")


async def test_the_owner_of_an_incident_closes_it_only_as_a_coordinator(office: Office) -> None:
    await held(office)
    page = office.last("pita")
    assert [button["text"] for button in page.buttons] == ["⏫ Naikkan", "Alarm palsu"]
    close = card(office).button("Selesai")["callback_data"]
    press = await office.press_raw(office.users["pita"], page.chat_id, page.message_id, close)
    assert press.alert
    assert press.text == "Menutup insiden adalah tugas koordinator."
    assert (await state(office)).phase.going_on


async def test_an_incident_by_hand_opens_once_however_many_thumbs(office: Office) -> None:
    asked = await office.writes("kori", TRIAGE_CHAT, "/krisis")
    first = await office.press("kori", asked, "Hoaks viral")
    assert first.text == "Insiden dibuka. Yang bertugas sedang dipanggil."
    await office.press("koko", asked, "Hoaks viral")
    assert len(await office.services.incidents.going_on()) == 1
    assert (await state(office)).incident.opened_by == "kori"


async def test_one_more_incident_of_a_kind_that_goes_on_is_asked_about_once(office: Office) -> None:
    first = await office.writes("kori", TRIAGE_CHAT, "/krisis")
    await office.press("kori", first, "Hoaks viral")
    second = await office.writes("koko", TRIAGE_CHAT, "/krisis")
    await office.press("koko", second, "Hoaks viral")
    assert second.text.startswith("Hoaks viral sudah ditangani di K-1.")
    assert len(await office.services.incidents.going_on()) == 1
    another = await office.press("koko", second, "Buka insiden lain")
    assert another.text == "Insiden dibuka. Yang bertugas sedang dipanggil."
    await office.press("kori", second, "Buka insiden lain")
    assert len(await office.services.incidents.going_on()) == 2


async def test_a_sensitive_message_reaches_two_people_and_nobody_else(office: Office) -> None:
    await sensitive(office)
    words = "pergi selamanya"
    for who in ("kori", "pita"):
        originals = [m for m in office.seen(office.users[who].id) if words in m.text]
        assert len(originals) == 1
        assert originals[0].raw["has_protected_content"]
    for chat in (TRIAGE_CHAT, CRISIS_CHAT, *(office.users[w].id for w in ("ani", "koko", "pima", "pena"))):
        assert not [m for m in office.seen(chat) if words in m.text or "Ratna" in m.text]
    await office.writes("ani", TRIAGE_CHAT, "/antrean")
    assert words not in office.seen(TRIAGE_CHAT)[-1].text


async def test_a_page_to_somebody_who_blocked_the_bot_goes_on_at_once(office: Office) -> None:
    office.world.block(office.users["pita"])
    await office.pump()
    await paged(office)
    assert office.last("kori").text.startswith("🟠 Anda dipanggil")
    office.world.block(office.users["pita"], blocked=False)
    await office.pump()
    links = await office.database.read.people.links()
    assert all(link.reachable for link in links)


async def test_the_owner_is_asked_and_says_yes(office: Office) -> None:
    await held(office)
    await office.later(31)
    asked = office.last("pita")
    assert asked.text.startswith("🟠 Masih Anda tangani?")
    press = await office.press("pita", asked, "Ya, masih saya tangani")
    assert press.text == "Terima kasih, dicatat."
    await office.later(6)
    assert (await state(office)).owner == "pita"


async def test_silence_calls_the_next_and_says_so_aloud(office: Office) -> None:
    await paged(office)
    await office.later(5.1)
    assert office.last("kori").text.startswith("🟠 Anda dipanggil")
    await office.later(5.1)
    assert office.last("pima").text.startswith("🟠 Anda dipanggil")
    said = [m.text for m in office.seen(CRISIS_CHAT)]
    assert "K-1 · Semua sudah dipanggil, belum ada yang menjawab. Memanggil Pima." in said
    assert office.refusals() == []
