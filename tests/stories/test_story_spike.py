"""Many write about one thing at once: the group reads one sentence with a small picture, and only once."""

from story_town import Town

SETTINGS = {"board": "{live: false, cards: 1000, spikes: true, spike_floor: 6}"}
CITIZENS = ("Ratna", "Bagus", "Wulan", "Hasan", "Ningsih", "Toni", "Ferry")


async def ask(town: Town, count: int) -> None:
    for number in range(count):
        name = CITIZENS[number % len(CITIZENS)]
        await town.comment(name, f"Jam berapa loket dukcapil buka hari Sabtu? ({number})")
        await town.later(seconds=25)


async def test_a_sudden_crowd_is_said_once_with_a_picture_and_again_only_after_an_hour(settle) -> None:
    town: Town = await settle(settings=SETTINGS)
    await town.start()
    await town.gather()
    await ask(town, 2)
    assert not town.seen(town.triage, "📈")
    await ask(town, 5)
    await town.later(minutes=2)
    said = town.seen(town.triage, "📈 Pertanyaan:", "komentar dalam 5 menit", "biasanya hampir tidak ada")
    assert len(said) == 1
    assert "█" in said[0].text
    await town.stop()
    await town.start()
    await ask(town, 6)
    assert len(town.seen(town.triage, "📈 Pertanyaan:")) == 1
    await town.later(minutes=65)
    await ask(town, 6)
    assert len(town.seen(town.triage, "📈 Pertanyaan:")) == 2


async def test_what_is_usual_at_this_hour_is_no_news(settle) -> None:
    town: Town = await settle(settings=SETTINGS)
    await town.start()
    await town.gather()
    for _ in range(3):
        await ask(town, 7)
        await town.later(days=1, minutes=-3)
    before = len(town.seen(town.triage, "📈 Pertanyaan:"))
    await ask(town, 7)
    await town.later(minutes=2)
    assert before >= 1
    assert len(town.seen(town.triage, "📈 Pertanyaan:")) == before
