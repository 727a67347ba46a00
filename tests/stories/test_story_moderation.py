"""A measure with the real bot: it survives a restart, and a month later it is drawn and read again."""

import pytest
from story_town import Town

from bot.chat.words.notices import notice
from bot.sandbox import Message

ADVERT = "Dijual cepat obat kuat, hubungi kami segera sekarang juga"


def measure(town: Town) -> Message:
    return town.card("🛡 T-1 ·", " · #1")


async def test_what_was_confirmed_before_a_power_cut_is_done_after_it_and_read_again_next_month(
    settle,
) -> None:
    town: Town = await settle(settings={"moderation": "{mode: on}"})
    await town.start()
    await town.gather()
    advert = await town.comment("Toni", ADVERT)
    await town.press("laras", town.card(ADVERT, button="Tertibkan"), "Tertibkan")
    for button in ("Tidak beriklan", "Hapus komentar", "Ajukan"):
        await town.press("laras", measure(town), button)
    await town.say("yoga", "/kunci")
    await town.press("sekar", town.one(town.people["sekar"], "T-1", button="Pastikan"), "Pastikan")
    assert not advert.deleted
    await town.stop()
    await town.start()
    await town.say("sekar", "/buka")
    await town.say("tirta", "/buka")
    assert advert.deleted
    assert "T-1 · selesai" in measure(town).text
    assert (await town.deeds("measure:1"))[-2:] == ["measure_confirm", "measure_done"]

    await town.leap(days=9)
    note = town.one(town.people["tirta"], "Baca ulang keputusan penertiban bulan lalu: 1 dari 1")
    own = town.one(town.people["sekar"], "Baca ulang keputusan penertiban bulan lalu: 1 dari 1")
    await town.press("sekar", own, "T-1")
    assert (await town.deeds("measure:1"))[-1] == "measure_read", "who decided it is no second reader"
    await town.leap(days=8)
    left = town.one(town.triage, "1 dari 1 keputusan belum dibaca ulang selain oleh pengusul dan pemutusnya")
    await town.press("laras", left, "T-1")
    assert (await town.deeds("measure:1"))[-1] == "measure_read"
    await town.press("tirta", note, "T-1")
    assert "sha256" in town.one(town.people["tirta"], "T-1 · selesai", "sha256").text
    (drawn,) = [line for line in await town.journal("measure:audit") if line["action"] == "measure_audit"]
    assert drawn["actor"] == "bot"


async def test_a_lot_that_was_read_is_not_spoken_of_again(settle) -> None:
    town: Town = await settle(settings={"moderation": "{mode: on}"})
    await town.start()
    await town.gather()
    await town.comment("Toni", ADVERT)
    await town.press("laras", town.card(ADVERT, button="Tertibkan"), "Tertibkan")
    for button in ("Tidak beriklan", "Hapus komentar", "Ajukan"):
        await town.press("laras", measure(town), button)
    await town.press("sekar", town.one(town.people["sekar"], "T-1", button="Pastikan"), "Pastikan")
    await town.leap(days=9)
    note = town.one(town.people["tirta"], "Baca ulang keputusan penertiban bulan lalu: 1 dari 1")
    await town.press("tirta", note, "T-1")
    await town.leap(days=8)
    assert not [one for one in town.seen(town.triage) if "belum dibaca ulang" in one.text]


@pytest.mark.parametrize("params", [{}, {"of": 3, "measures": None}, {"measures": [[4], [7]], "of": 10}])
def test_the_words_of_an_unread_lot_never_fail(params: dict[str, object]) -> None:
    said = notice("measure_unread", params, {})
    assert said.startswith("🛡 Contoh acak penertiban bulan lalu: ")
    assert f"{len(params.get('measures') or [])} dari {params.get('of', 0)} keputusan" in said  # type: ignore[arg-type]  # a list or nothing


async def test_a_foreign_channel_is_shut_out_and_let_in_again_and_the_linked_one_never(settle) -> None:
    town: Town = await settle(settings={"moderation": "{mode: on}"})
    await town.start()
    await town.gather()
    shop = town.world.add_channel("Obat Kuat Murah")
    town.world.comment(town.post, town.citizens["Toni"], ADVERT, as_chat=shop)
    await town.settled()
    await town.press("laras", town.card(ADVERT, button="Tertibkan"), "Tertibkan")
    await town.press("laras", measure(town), "Tidak beriklan")
    assert not [one for one in measure(town).buttons if "Batasi" in one["text"]]
    for button in ("Blokir", "Ajukan"):
        await town.press("laras", measure(town), button)
    assert "dengan nama kanal mana pun miliknya" in measure(town).text
    await town.press("sekar", town.one(town.people["sekar"], "T-1", button="Pastikan"), "Pastikan")
    with pytest.raises(PermissionError):
        town.world.comment(town.post, town.citizens["Toni"], ADVERT, as_chat=shop)
    assert town.discussion.banned_senders == {shop.id}
    await town.press("sekar", measure(town), "Urungkan")
    assert town.discussion.banned_senders == set()
    town.world.comment(town.post, town.citizens["Toni"], "Masih buka?", as_chat=shop)


async def test_an_anonymous_administrator_is_no_citizen(settle) -> None:
    town: Town = await settle(settings={"moderation": "{mode: on}"})
    await town.start()
    await town.gather()
    town.world.promote(town.discussion, town.citizens["Toni"], anonymous=True)
    await town.settled()
    before = len(town.seen(town.triage, button="Tertibkan"))
    town.world.comment(town.post, town.citizens["Toni"], ADVERT, as_chat=town.discussion)
    await town.settled()
    assert len(town.seen(town.triage, button="Tertibkan")) == before
