"""Many write about one thing at once: the group reads one message with a small picture, and only once."""

from story_town import Town

from bot.sandbox.model import Message

FLOOR = "{live: false, cards: 1000, spikes: true, spike_floor: 6}"
SETTINGS = {"board": FLOOR}
CITIZENS = ("Ratna", "Bagus", "Wulan", "Hasan", "Ningsih", "Toni", "Ferry")
RUMOUR = "Tolong dijelaskan min, katanya bantuan beras warga desa dihentikan mulai bulan depan, benarkah itu?"


async def ask(town: Town, count: int) -> None:
    for number in range(count):
        name = CITIZENS[number % len(CITIZENS)]
        await town.comment(name, f"Jam berapa loket dukcapil buka hari Sabtu? ({number})")
        await town.later(seconds=25)


def leaps(town: Town, *words: str) -> list[Message]:
    return town.seen(town.triage, "📈", *words)


async def test_a_sudden_crowd_is_said_once_with_a_picture_and_again_only_after_an_hour(settle) -> None:
    town: Town = await settle(settings=SETTINGS)
    await town.start()
    await town.gather()
    await ask(town, 2)
    assert not leaps(town)
    await ask(town, 5)
    await town.later(minutes=2)
    said = leaps(town, "Pertanyaan: 3 komentar dalam 5 menit", "biasanya hampir tidak ada")
    assert len(said) == len(leaps(town)) == 1
    assert "KTP, KK, dan akta: 3 komentar" in said[0].text, "label and topic leapt together: one message"
    assert said[0].raw["photo"][0]["file_size"] > 1000
    await town.stop()
    await town.start()
    await ask(town, 6)
    assert len(leaps(town, "Pertanyaan:")) == 1
    await town.later(minutes=65)
    await ask(town, 6)
    assert len(leaps(town, "Pertanyaan:")) == 2


async def test_what_is_usual_at_this_hour_is_no_news(settle) -> None:
    town: Town = await settle(settings=SETTINGS)
    await town.start()
    await town.gather()
    for _ in range(3):
        await ask(town, 7)
        await town.later(days=1, minutes=-3)
    before = len(leaps(town, "Pertanyaan:"))
    await ask(town, 7)
    await town.later(minutes=2)
    assert before >= 1
    assert len(leaps(town, "Pertanyaan:")) == before


async def test_copies_of_one_text_leap_under_the_number_of_their_card(settle) -> None:
    """What its label or its topic told ten minutes ago is told of the text too, once, and after a restart
    not again.
    """
    town: Town = await settle(settings=SETTINGS)
    await town.start()
    await town.gather()
    for name in CITIZENS:
        await town.comment(name, RUMOUR)
        await town.later(seconds=20)
    await town.later(minutes=11)
    await town.comment("Ratna", RUMOUR + " Makasih.")
    await town.later(minutes=2)
    said = leaps(town, "Komentar seperti #1:")
    assert len(said) == 1
    await town.stop()
    await town.start()
    await town.comment("Toni", RUMOUR + " Terima kasih.")
    await town.later(minutes=2)
    assert len(leaps(town, "Komentar seperti #1:")) == 1
