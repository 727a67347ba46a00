"""Crisis mode: one command holds back everything but an incident's words, and a coordinator lifts it."""

from story_town import Town, labels

from bot.sandbox import Message
from bot.sandbox.model import Member, Status

QUESTION = "Jam berapa loket dukcapil buka hari Sabtu?"
LIVE = {"board": "{live: true, cards: 1000}", "approval": "{expires: 30m, instant_closed: true}"}


async def open_town(settle) -> Town:
    town: Town = await settle(settings=LIVE)
    await town.start()
    await town.gather()
    return town


async def test_replies_wait_until_a_coordinator_lifts_it_also_across_a_restart(settle) -> None:
    town = await open_town(settle)
    await town.comment("Hasan", QUESTION)
    card = town.card(QUESTION)
    await town.say("laras", "/siaga")
    asked = town.card("Mode siaga", button="Berlakukan siaga")
    press = await town.press("laras", asked, "Berlakukan siaga")
    assert press.answer["text"] == "Siaga berlaku mulai sekarang."
    assert town.card("🛑 Laras memberlakukan mode siaga")
    await town.later(seconds=16)
    assert "🛑 Mode siaga sejak 09.00 WIB, oleh Laras." in town.card("Papan tim").text

    await town.approved("yoga", card, "Sabtu buka 08.00-12.00, Kak.")
    assert "✅ Sekar sudah menyetujui. Selama siaga perlu satu orang lain lagi." in card.text
    await town.press("tirta", town.one(town.people["tirta"], button="Setujui"), "Setujui")
    assert town.public() == []
    assert "Balasan ditahan selama mode siaga" in card.text
    await town.stop()
    await town.start()
    await town.later(minutes=30)
    assert town.public() == []

    await town.say("sekar", "/siaga")
    lift = town.card("Berlaku sejak 09.00 WIB, oleh Laras", button="Akhiri siaga")
    assert (await town.press("laras", lift, "Akhiri siaga")).answer["show_alert"]
    assert town.public() == []
    press = await town.press("sekar", lift, "Akhiri siaga")
    assert press.answer["text"] == "Siaga diakhiri."
    assert [m.text for m in town.public()] == ["Sabtu buka 08.00-12.00, Kak."]
    deeds = [(line["action"], line["actor"]) for line in await town.journal("public")]
    assert deeds == [("crisis_mode", "laras"), ("crisis_mode_over", "sekar")]
    await town.later(seconds=16)
    assert "siaga" not in town.card("Papan tim").text


async def test_a_forgotten_button_sets_nothing_and_an_old_one_lifts_nothing_later(settle) -> None:
    town = await open_town(settle)
    await town.say("laras", "/siaga")
    asked = town.card("Mode siaga", button="Berlakukan siaga")
    await town.later(minutes=11)
    await town.press("laras", asked, "Berlakukan siaga")
    assert await town.read.board.crisis_mode() is None
    await town.say("laras", "/siaga")
    await town.press("laras", town.card("Mode siaga", button="Berlakukan siaga"), "Berlakukan siaga")
    await town.say("sekar", "/siaga")
    first = town.card("Berlaku sejak", button="Akhiri siaga")
    await town.press("sekar", first, "Akhiri siaga")
    await town.later(minutes=5)
    await town.say("laras", "/siaga")
    await town.press("laras", town.card("Sekarang tidak berlaku", button="Berlakukan"), "Berlakukan siaga")
    press = await town.press("tirta", first, "Akhiri siaga")
    assert await town.read.board.crisis_mode() is not None
    assert press.answer["text"] != "Siaga diakhiri."


async def test_whoever_is_silent_is_passed_over_after_ten_minutes_and_nobody_sends_at_once(settle) -> None:
    town = await open_town(settle)
    await town.comment("Hasan", QUESTION)
    card = town.card(QUESTION)
    await town.say("laras", "/siaga")
    await town.press("laras", town.card("Mode siaga", button="Berlakukan"), "Berlakukan siaga")
    await town.submitted("yoga", card, "Sabtu buka 08.00-12.00, Kak.")
    await town.later(minutes=11)
    assert town.card("draf lewat waktu dan tidak tayang")
    assert not any("Kirim sekarang" in label for label in labels(card))


async def test_two_people_agree_before_ordinary_words_wait_for_the_end_of_it(settle) -> None:
    town = await open_town(settle)
    await town.comment("Hasan", QUESTION)
    card = town.card(QUESTION)
    await town.say("laras", "/siaga")
    await town.press("laras", town.card("Mode siaga", button="Berlakukan"), "Berlakukan siaga")
    draft = await town.submitted("yoga", card, "Sabtu buka 08.00-12.00, Kak.")
    old = next(b["callback_data"] for b in draft.buttons if "Setujui" in b["text"])
    press = await town.press("sekar", draft, "Setujui")
    assert press.answer["text"] == "Tercatat. Selama siaga perlu satu orang lain lagi yang menyetujui."
    assert not draft.buttons
    assert (await town.read.drafts.get(1)).state == "waiting"
    for data in (old, old.rpartition(":")[0] + ":" + str(int(old.rpartition(":")[2]) + 1)):
        assert (await town.forged(town.people["sekar"], draft, data)).answer["show_alert"] is not None
        assert (await town.read.drafts.get(1)).state == "waiting"
    other = town.one(town.people["tirta"], "Sekar sudah menyetujui", button="Setujui")
    await town.press("tirta", other, "Setujui")
    assert (await town.read.drafts.get(1)).state == "approved"
    assert await town.deeds("draft:1") == ["draft", "submit", "agree", "denied", "denied", "approve"]
    assert town.public() == []
    await town.say("sekar", "/siaga")
    await town.press("sekar", town.card("Berlaku sejak", button="Akhiri"), "Akhiri siaga")
    assert [m.text for m in town.public()] == ["Sabtu buka 08.00-12.00, Kak."]


async def measured(town: Town, who: str, text: str, *choices: str) -> Message:
    """A citizen's comment, once a measure against it is confirmed by a second person."""
    said = await town.comment(who, text)
    first, *others = choices
    await town.press("laras", town.card(text.partition(",")[0], button=first), first)
    for button in others:
        await town.press("laras", town.card("🛡 T-", button=button), button)
    await town.press("sekar", town.one(town.people["sekar"], "🛡 T-", button="Pastikan"), "Pastikan")
    return said


async def test_measures_wait_for_the_end_but_not_what_is_given_back_nor_a_citizens_number(settle) -> None:
    town: Town = await settle(settings=LIVE | {"moderation": "{mode: on}"})
    await town.start()
    await town.gather()
    drug = "Dijual cepat obat kuat, hubungi kami"
    await measured(town, "Toni", drug, "Tertibkan", "Tidak beriklan", "Tegur", "Ajukan")
    (warning,) = town.public()

    await town.say("laras", "/siaga")
    await town.press("laras", town.card("Mode siaga", button="Berlakukan siaga"), "Berlakukan siaga")
    await town.press("sekar", town.card("🛡 T-1", button="Urungkan"), "Urungkan")
    assert warning.deleted, "what is given back need not wait"

    loan = "Promo pinjaman kilat, klik di sini sekarang juga"
    advert = await measured(town, "Ferry", loan, "Tertibkan", "Tidak beriklan", "Hapus komentar", "Ajukan")
    assert "Ditahan selama mode siaga" in town.card("🛡 T-2").text
    assert not advert.deleted
    number = "Loket tutup terus, telepon saya 0812 3456 7890"
    exposed = await measured(town, "Wulan", number, "Pindahkan ke pribadi", "Ajukan")
    assert exposed.deleted, "nobody's number stands there a minute longer"
    assert "T-3 · selesai" in town.card("🛡 T-3").text
    assert "lewat pesan pribadi" in town.public()[-1].text

    await town.stop()
    await town.start()
    await town.later(minutes=30)
    assert not advert.deleted
    await town.say("sekar", "/siaga")
    await town.press("sekar", town.card("Berlaku sejak", button="Akhiri"), "Akhiri siaga")
    assert advert.deleted
    assert "Ditahan" not in town.card("🛡 T-2").text


async def test_who_left_the_group_unheard_does_not_lift_it(settle) -> None:
    town = await open_town(settle)
    await town.say("laras", "/siaga")
    await town.press("laras", town.card("Mode siaga", button="Berlakukan"), "Berlakukan siaga")
    await town.say("sekar", "/siaga")
    await town.later(minutes=6)
    town.triage.members[town.people["sekar"].id] = Member(Status.LEFT)
    press = await town.press("sekar", town.card("Berlaku sejak", button="Akhiri siaga"), "Akhiri siaga")
    assert press.text.startswith("Anda tidak ada di grup tim, jadi akses Anda dihentikan.")
    assert await town.read.board.crisis_mode() is not None
