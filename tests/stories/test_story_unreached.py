"""A coordinator has blocked the bot, and Telegram says so only when the draft cannot be delivered."""

from story_town import Town

QUESTION = "Loket kelurahan buka hari Sabtu tidak?"
ANSWER = "Buka, Kak, Sabtu pukul delapan sampai sebelas."


async def test_the_other_coordinator_decides_and_the_card_names_only_who_can(town: Town) -> None:
    town.people["sekar"].blocked = True
    await town.comment("Ratna", QUESTION)
    card = town.card(QUESTION)
    await town.write("laras", card, ANSWER)
    await town.press("laras", card, "Ajukan")
    assert "Menunggu: Tirta." in card.text
    assert "belum ada koordinator" not in " ".join(m.text for m in town.seen(town.triage))
    await town.press("tirta", town.one(town.people["tirta"], ANSWER), "Setujui")
    assert [reply.text for reply in town.public()] == [ANSWER]


async def test_where_no_coordinator_can_be_reached_the_team_hears_it_at_once(town: Town) -> None:
    for key in ("sekar", "tirta"):
        town.people[key].blocked = True
    await town.comment("Ratna", QUESTION)
    card = town.card(QUESTION)
    await town.write("laras", card, ANSWER)
    await town.press("laras", card, "Ajukan")
    assert len(town.seen(town.triage, "belum ada koordinator yang bisa dihubungi bot")) == 1
    assert not town.public()
