"""Who belongs to the team: by a link that works once, until they leave; and never by a name alone."""

from story_town import Town, labels

QUESTION = "Kapan jalan depan pasar diperbaiki?"


async def test_an_invitation_works_once_for_fifteen_minutes(settle) -> None:
    town: Town = await settle()
    await town.start()
    await town.gather("yoga", "gita")
    team = town.machine.services.team
    secret = await team.invite("yoga", "host")
    town.world.start(town.citizens["Toni"], "tebakan-belaka")
    town.world.start(town.people["yoga"], secret)
    await town.settled()
    assert town.seen(town.people["yoga"], "Selamat datang, Yoga.")
    town.world.start(town.citizens["Toni"], secret)
    await town.settled()
    assert len(town.seen(town.citizens["Toni"], "sudah dipakai atau lewat waktu")) == 2

    late = await team.invite("gita", "host")
    await town.later(minutes=16)
    town.world.start(town.people["gita"], late)
    await town.settled()
    assert town.seen(town.people["gita"], "sudah dipakai atau lewat waktu")
    await town.comment("Hasan", QUESTION)
    refused = await town.press("gita", town.card(QUESTION), "Ambil")
    assert refused.alert
    assert refused.text == "Akun ini belum terdaftar di tim. Minta tautan undangan kepada pengelola, ya."


async def test_who_leaves_the_group_is_out_until_invited_again(town: Town) -> None:
    await town.comment("Hasan", QUESTION)
    card = town.card(QUESTION)
    draft = await town.submitted("laras", card, "Senin depan, Kak.")
    town.world.leave(town.triage, town.people["sekar"])
    await town.settled()
    assert town.card("Sekar keluar dari grup, jadi aksesnya dihentikan.")
    refused = await town.press("sekar", draft, "Setujui")
    assert "belum terdaftar" in refused.text
    assert not town.public()
    assert "denied" in await town.deeds("button")
    town.world.join(town.triage, town.people["sekar"])
    await town.settled()
    assert (await town.press("sekar", draft, "Setujui")).alert
    town.world.start(town.people["sekar"], await town.machine.services.team.invite("sekar", "tirta"))
    await town.settled()
    await town.press("sekar", draft, "Setujui")
    assert len(town.public()) == 1


async def test_an_author_who_enters_as_somebody_else_does_not_do_so_unseen(town: Town) -> None:
    await town.comment("Hasan", QUESTION)
    draft = await town.submitted("laras", town.card(QUESTION), "Senin depan, Kak.")
    team = town.machine.services.team
    town.world.start(town.people["laras"], await team.invite("sekar", "tirta"))
    await town.settled()
    told = town.card("Sekar kini memakai akun Telegram lain")
    assert "sebelumnya dipakai Laras" in told.text
    assert "/kunci" in told.text
    refused = await town.press("sekar", draft, "Setujui")
    assert "belum terdaftar" in refused.text, "whose account was replaced is out, and asks why"
    assert not town.public()


async def test_a_hidden_administrator_is_asked_to_show_their_face_and_may_press(town: Town) -> None:
    town.world.promote(town.triage, town.people["laras"], anonymous=True)
    await town.comment("Hasan", QUESTION)
    card = town.card(QUESTION)
    await town.say("laras", "/kunci")
    assert town.card("Matikan mode anonim dulu")
    assert await town.read.people.public_lock() is None
    await town.press("laras", card, "Ambil")
    assert "Laras" in card.text
    assert any("Lepas" in label for label in labels(card))


async def test_a_liaison_and_a_chief_see_but_do_not_act(town: Town) -> None:
    await town.comment("Hasan", QUESTION)
    card = town.card(QUESTION)
    before = card.text
    for button in ("Ambil", "Balas", "Tutup", "Eskalasi"):
        refused = await town.press("harun", card, button)
        assert refused.alert
        assert refused.text
    assert card.text == before
    assert await town.deeds("case:1") == ["receive", *["denied"] * 4]
