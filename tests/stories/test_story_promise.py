"""A citizen waits longer than the agency promised: the holder is reminded, then the coordinators."""

from story_town import Town

QUESTION = "Jam berapa loket dukcapil buka hari Sabtu?"


async def test_the_card_tells_until_when_and_people_are_reminded(settle) -> None:
    town: Town = await settle(settings={"sla": "{question: 2h, complaint: 2h}"})
    await town.start()
    await town.gather()
    await town.comment("Hasan", QUESTION)
    card = town.card(QUESTION)
    assert "Target jawaban: 11.00 WIB" in card.text
    await town.press("laras", card, "Ambil")
    await town.later(minutes=89)
    assert not town.seen(town.triage, "target jawabannya")
    await town.later(minutes=2)
    assert town.card("⏳ #1: Laras, target jawabannya tinggal 30 menit lagi.").reply_to == card.message_id
    await town.stop()
    town.advance(40 * 60)
    await town.start()
    assert town.card("⌛ #1 lewat target jawaban. Ditangani Laras. Sekar dan Tirta, mohon dibantu.")
    assert "Lewat target jawaban sejak 11.00 WIB" in card.text
    await town.dm(town.people["yoga"], "/antrean")
    assert ", lewat target" in town.one(town.people["yoga"], "Menunggu").text
    await town.approved("laras", card, "Sabtu buka 08.00-12.00, Kak.")
    assert "target" not in card.text.lower()
    await town.later(days=2)
    assert len(town.seen(town.triage, "lewat target jawaban.")) == 1
