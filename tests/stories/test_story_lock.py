"""/kunci: nothing goes to the public any more, the team goes on; two people open it again."""

from story_town import Town

FIRST, SECOND, THIRD = (
    "Sudah kami catat, Kak.",
    "Loketnya buka sampai pukul tiga.",
    "Silakan cek laman resmi.",
)


async def test_the_lock_holds_what_is_approved_and_lets_it_out_in_order(town: Town) -> None:
    cards = {}
    for name, text in (("Ratna", "Kapan jalan diperbaiki?"), ("Bagus", "Loket tutup jam berapa?")):
        await town.comment(name, text)
        cards[name] = town.card(text)
    await town.say("yoga", "/kunci")
    assert town.card("🔒 Yoga mengunci semua kiriman ke publik.")
    await town.approved("laras", cards["Bagus"], SECOND)
    await town.approved("laras", cards["Ratna"], FIRST)
    await town.dm(town.citizens["Wulan"], "Cek bansos di mana ya?")
    assert "ditahan karena /kunci sedang berlaku" in cards["Bagus"].text
    assert not town.public()
    assert not town.seen(town.citizens["Wulan"])
    assert town.card("Cek bansos di mana ya?", button="Ambil")

    status = await town.say("laras", "/status")
    assert any(
        "dikunci oleh Yoga" in m.text and m.reply_to == status.message_id for m in town.seen(town.triage)
    )
    await town.stop()
    await town.start()
    await town.later(hours=2)
    assert not town.public()
    await town.say("laras", "/krisis")
    await town.press("laras", town.card(button="Hoaks yang sedang viral"), "Hoaks yang sedang viral")
    assert town.seen(town.people["dimas"], "Anda dipanggil")

    refused = await town.say("laras", "/buka")
    assert any(m.reply_to == refused.message_id for m in town.seen(town.triage))
    await town.say("sekar", "/buka")
    await town.say("sekar", "/buka")
    assert not town.public()
    await town.say("tirta", "/buka")
    assert town.card("🔓 Kunci dibuka oleh Tirta.")
    assert [reply.text for reply in town.public()] == [SECOND, FIRST]
    assert "dengan nomor #3" in town.one(town.citizens["Wulan"]).text
    assert "Tayang" in cards["Ratna"].text
    assert await town.deeds("public") == ["lock", "unlock_asked", "unlock_asked", "unlock"]


async def test_one_named_person_may_open_alone(settle) -> None:
    town: Town = await settle(settings={"lock": "{unlock_by: tirta}"})
    await town.start()
    await town.gather()
    await town.comment("Ratna", "Kapan jalan diperbaiki?")
    await town.say("harun", "/kunci")
    await town.approved("laras", town.card("Kapan jalan"), FIRST)
    await town.say("harun", "/buka")
    assert not town.public()
    await town.say("tirta", "/buka")
    assert [reply.text for reply in town.public()] == [FIRST]


async def test_a_citizen_locks_nothing(town: Town) -> None:
    await town.dm(town.citizens["Ratna"], "/kunci")
    town.world.join(town.triage, town.citizens["Bagus"])
    town.world.say(town.citizens["Bagus"], town.triage, "/kunci")
    await town.settled()
    assert await town.read.people.public_lock() is None
    assert town.card("Akun ini belum terdaftar di tim.")
