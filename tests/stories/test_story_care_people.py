"""Who of the two named people reads on: not whom the config dropped; also who was never in the group."""

import pytest
from story_town import NIGHT, Town
from test_story_care import CARE, asks_for_help, facts, original, received, submitted, written

from bot.doctor import examine
from bot.files.config import load_settings

PAIR = "{kepala-humas: [tirta], pimpinan: [harun], pendamping: [gita, laras]}"


async def settled_at_night(settle, groups: str) -> Town:
    town: Town = await settle(at=NIGHT, settings={"groups": groups})
    await town.start()
    await town.gather()
    return town


async def without_gita(town: Town) -> None:
    """The config names Sekar in her place; the bot starts again."""
    await town.stop()
    text = town.config.read_text("utf-8")
    text = text.replace("  - {id: gita, name: Gita, roles: [piket]}\n", "")
    text = text.replace("pendamping: [gita, laras]", "pendamping: [sekar, laras]")
    town.config.write_text(text.replace("people: [gita]", "people: [dimas]"), "utf-8")
    town.settings = load_settings(town.config, town.environment)
    await town.start()


@pytest.mark.parametrize("waiting", [False, True])
async def test_whom_the_config_drops_reads_nothing_new(settle, waiting: bool) -> None:
    town = await settled_at_night(settle, PAIR)
    wulan = await asks_for_help(town)
    gita = town.people["gita"]
    before = [facts(message) for message in town.seen(gita)]
    if waiting:
        await submitted(town, "laras", "gita")
        before = [facts(message) for message in town.seen(gita)]
    await without_gita(town)
    await town.dm(wulan, "Aku di jembatan sekarang")
    assert [facts(message) for message in town.seen(gita)] == before
    assert "jembatan" in str(original(town, "sekar").quoted())

    if waiting:
        again = town.one(town.people["laras"], button="Tulis lagi")
        await town.press("laras", again, "Tulis lagi")
        card = town.one(town.people["laras"], button="Ajukan")
    else:
        card = await written(town)
    await town.press("laras", card, "Ajukan")
    assert "Menunggu Sekar" in card.text
    await town.press("sekar", town.one(town.people["sekar"], CARE, button="Setujui"), "Setujui")
    assert received(town, wulan) == [CARE]
    assert [facts(message) for message in town.seen(gita)] == before
    assert "suspend" in await town.deeds("person:gita")


async def test_where_only_the_dropped_one_was_left_to_read_the_team_is_told(settle) -> None:
    town = await settled_at_night(settle, PAIR)
    wulan = await asks_for_help(town)
    await without_gita(town)
    card = await written(town)
    await town.press("laras", card, "Ajukan")
    assert town.card("belum ada pendamping kedua yang bisa dihubungi")
    assert not received(town, wulan)
    assert not town.seen(town.people["gita"], CARE)


async def test_who_comes_back_to_the_config_is_invited_again(settle) -> None:
    town = await settled_at_night(settle, PAIR)
    text = town.config.read_text("utf-8")
    await without_gita(town)
    await town.stop()
    town.config.write_text(text, "utf-8")
    town.settings = load_settings(town.config, town.environment)
    await town.start()
    links = {link.person: link.suspended for link in await town.read.people.links()}
    assert links["gita"]
    town.world.start(town.people["gita"], await town.machine.services.team.invite("gita", "host"))
    await town.settled()
    await asks_for_help(town)
    assert original(town, "gita")


async def harun_reads(settle) -> Town:
    """Pak Harun leads the agency and has never been in the team's group."""
    groups = "{kepala-humas: [tirta], pimpinan: [harun], pendamping: [harun, laras]}"
    town: Town = await settle(at=NIGHT, settings={"groups": groups})
    del town.triage.members[town.people["harun"].id]
    await town.start()
    await town.gather()
    return town


async def test_who_is_named_and_was_never_in_the_group_approves_at_night(settle) -> None:
    town = await harun_reads(settle)
    wulan = await asks_for_help(town)
    press = await town.press("harun", await submitted(town, "laras", "harun"), "Setujui")
    assert press.text == "Disetujui. Balasan dikirim."
    assert received(town, wulan) == [CARE]
    assert not town.seen(town.triage, "Pak Harun", "aksesnya dihentikan")
    assert "never seen inside" in str((await town.journal("person:harun"))[-1])


async def test_doctor_names_who_is_not_in_the_group(settle) -> None:
    town = await harun_reads(settle)
    said = [str(one) for one in await examine(town.settings, town.clock)]
    outside = [one for one in said if "tidak ada di grup tim" in one]
    assert len(outside) == 1
    assert outside[0].startswith("✗ Pak Harun")
