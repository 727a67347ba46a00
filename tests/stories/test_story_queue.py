"""/antrean page by page, whole and in part, and the cards that one opens from it."""

from story_town import Town, labels

NAMES = ("Ratna", "Bagus", "Wulan", "Hasan", "Ningsih", "Toni", "Ferry")


async def ask(town: Town, count: int) -> None:
    for number in range(count):
        await town.comment(NAMES[number % len(NAMES)], f"Jam berapa loket dukcapil buka? Nomor {number + 1}.")
        await town.later(seconds=30)


async def test_the_queue_has_pages_and_parts(settle) -> None:
    town: Town = await settle(settings={"board": "{live: false, cards: 1000, spikes: false}"})
    await town.start()
    await town.gather()
    await ask(town, 12)
    await town.press("yoga", town.card("Nomor 3."), "Ambil")
    await town.dm(town.people["yoga"], "/antrean")
    shown = town.one(town.people["yoga"], "Menunggu (10+)")
    assert "#1 " in shown.text
    assert "#12" not in shown.text
    await town.press("yoga", shown, "Berikutnya")
    assert "#12" in shown.text
    await town.press("yoga", shown, "Sebelumnya")
    assert "#1 " in shown.text
    await town.press("yoga", shown, "👤 Saya")
    assert "Menunggu: ditangani Anda (1)" in shown.text
    assert "#3" in shown.text
    assert "✓ 👤 Saya" in labels(shown)
    await town.press("yoga", shown, "✓ 👤 Saya")
    await town.press("yoga", shown, "Lewat target")
    assert "Tidak ada yang menunggu di bagian ini." in shown.text
    await town.later(hours=5)
    await town.dm(town.people["yoga"], "/antrean lewat pertanyaan")
    assert "lewat target, pertanyaan (10+)" in town.one(town.people["yoga"], "Menunggu: lewat").text
    await town.dm(town.people["yoga"], "/antrean kemarin")
    assert "Tulis /antrean saja" in town.one(town.people["yoga"], "tambahkan").text


async def test_what_waits_in_the_digest_is_opened_from_the_queue_too(settle) -> None:
    town: Town = await settle(settings={"board": "{live: false, cards: 4, spikes: false}"})
    await town.start()
    await town.gather()
    await ask(town, 5)
    await town.dm(town.people["laras"], "/antrean rangkuman")
    shown = town.one(town.people["laras"], "belum berkartu (3)")
    press = await town.press("laras", shown, "Buka #5")
    assert press.answer["text"] == "Kartu #5 ada di bawah."
    assert town.card("Nomor 5.", button="Ambil")
