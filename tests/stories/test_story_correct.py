"""Somebody presses yes to a correction and did not mean it: for fifteen seconds nothing is lost."""

from story_town import Town, labels

ASKS = "Min, KTP saya hilang di pasar kemarin sore, bagaimana cara mengurusnya dan loketnya buka jam berapa"
WORDS = "Halo Kak, bawa surat kehilangan dan KK ke loket kecamatan, pukul 08.00 sampai 15.00."


async def answered(town: Town) -> None:
    await town.comment("Ratna", ASKS)
    await town.comment("Bagus", f"{ASKS} 🙏")
    card = town.card("2 komentar")
    await town.write("laras", card, WORDS)
    await town.press("laras", card, "Jawab semua (2)")
    await town.press("laras", card, "Ajukan")
    await town.press("sekar", town.one(town.people["sekar"], WORDS, button="Setujui"), "Setujui")
    await town.later(seconds=30)
    assert len(town.public()) == 2


async def test_a_yes_that_was_not_meant_is_taken_back_from_the_card(town: Town) -> None:
    await answered(town)
    card = town.card("2 komentar")
    before = card.text
    await town.press("laras", card, "Koreksi untuk semua")
    await town.press("laras", card, "Ya, buka lagi (2)")
    assert labels(card) == ["↩️ Batal buka (15 detik)", "‹ Kembali"]
    press = await town.press("laras", card, "Batal buka")
    assert press.text == "Diurungkan: 2 kasus tetap terjawab."
    assert card.text == before
    assert len(town.public()) == 2


async def test_the_button_goes_when_its_time_is_over(town: Town) -> None:
    await answered(town)
    card = town.card("2 komentar")
    await town.press("laras", card, "Koreksi untuk semua")
    await town.press("laras", card, "Ya, buka lagi (2)")
    assert any("Batal buka" in label for label in labels(card))
    await town.later(seconds=17)
    assert labels(card) == ["‹ Kembali"]
    await town.answer("laras", f"Ralat. {WORDS}")
    assert "Ralat." in card.text
