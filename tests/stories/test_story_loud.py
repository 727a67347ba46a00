"""A citizen's question is taken up by others under it: the team sees it sooner, and reads why."""

from story_town import CITIZENS, Town

ASK = "Kapan jadwal perekaman KTP keliling di Kampung Melati?"
ANSWERS = (
    "Saya juga menunggu",
    "Iya kapan ya",
    "Sama, belum ada kabar",
    "Ditunggu infonya",
    "Kami juga ingin tahu",
)


async def test_a_question_that_five_others_take_up_moves_up_and_the_card_says_so(town: Town) -> None:
    asked = await town.comment("Ratna", ASK)
    card = town.card(ASK, button="Ambil")
    others = [name for name in CITIZENS if name != "Ratna"]
    for name, words in zip(others, ANSWERS, strict=False):
        assert "sudah dibalas" not in card.text
        await town.comment(name, words, reply_to=asked)
    assert "Prioritas tinggi karena pertanyaan dan sudah dibalas sedikitnya 5 orang." in card.text
    await town.press("laras", card, "Ambil")
    assert "ditangani Laras" in card.text
    assert not town.public()
