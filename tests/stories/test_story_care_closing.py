"""Who may close the case of somebody at risk, and what becomes of it when that person writes again."""

import pytest
from story_town import NIGHT, Town, labels
from test_story_care import (
    CARE,
    WORDS,
    asks_for_help,
    facts,
    nobody_else_read,
    original,
    received,
    submitted,
    written,
)

from bot.domain.case import CaseId

LATER = "Halo? Masih ada orang? Obatnya sudah kukumpulkan."


@pytest.fixture
async def night(settle) -> Town:
    town: Town = await settle(at=NIGHT)
    await town.start()
    await town.gather()
    return town


async def status(town: Town, case: int = 1) -> str:
    found = await town.read.cases.get(CaseId(case))
    return "" if found is None else str(found.status)


async def test_only_who_has_read_it_closes_it_and_the_other_one_hears_of_it(night: Town) -> None:
    wulan = await asks_for_help(night)
    card = await written(night)
    group = night.card("dua pendamping")
    for key in ("dimas", "yoga", "tirta"):
        press = await night.press(key, group, "Tutup")
        assert press.text.startswith("Pesan ini hanya ditangani pendamping")
    assert CARE in card.text
    assert await status(night) == "assigned"

    await night.press("laras", group, "Tutup")
    await night.press("laras", group, "Salah alarm")
    assert await status(night) == "closed"
    assert night.one(night.people["sekar"], "#1 ditutup Laras", "Buka lagi")
    assert not night.seen(night.people["laras"], "#1 ditutup Laras")
    assert "perbaiki lewat" not in card.text
    assert not received(night, wulan)
    nobody_else_read(night)


@pytest.mark.parametrize("reason", ["spam", "not_ours"])
async def test_no_forged_press_takes_approved_words_back(night: Town, reason: str) -> None:
    wulan = await asks_for_help(night)
    asked = await submitted(night)
    await night.say("yoga", "/kunci")
    await night.press("sekar", asked, "Setujui")
    case = await night.read.cases.get(CaseId(1))
    assert case is not None
    for key in ("gita", "dimas", "yoga", "tirta", "harun"):
        press = await night.forged(
            night.people[key], night.card("dua pendamping"), f"cc:1:{case.version}:{reason}"
        )
        assert press.text
    assert await status(night) == "drafted"
    await night.say("tirta", "/buka")
    await night.say("sekar", "/buka")
    assert received(night, wulan) == [CARE]


@pytest.mark.parametrize("reason", ["Spam", "Bukan wewenang kami"])
async def test_what_is_written_after_it_was_closed_is_not_shown_to_the_group(
    night: Town, reason: str
) -> None:
    wulan = await asks_for_help(night)
    group = night.card("dua pendamping")
    await night.press("laras", group, "Tutup")
    await night.press("laras", group, reason)
    await night.leap(hours=71)
    await night.dm(wulan, LATER)
    assert await status(night) == "new"
    assert not night.seen(night.triage, "#2")
    assert night.card("#1 dibuka lagi")
    for key in ("laras", "sekar"):
        assert LATER in str(night.one(night.people[key], "hanya untuk pendamping").quoted())
    for message in night.seen(night.triage):
        assert "kukumpulkan" not in facts(message)
    nobody_else_read(night)
    asked = await submitted(night)
    await night.press("sekar", asked, "Setujui")
    assert received(night, wulan) == [CARE]


async def test_long_afterwards_it_is_a_matter_of_its_own(night: Town) -> None:
    wulan = await asks_for_help(night)
    group = night.card("dua pendamping")
    await night.press("laras", group, "Tutup")
    await night.press("laras", group, "Spam")
    await night.leap(hours=73)
    await night.dm(wulan, "Min, kapan jalan depan pasar diperbaiki?")
    assert await status(night) == "closed"
    assert "jalan depan pasar" in str(night.card("#2").quoted())


async def test_under_a_post_the_next_words_stay_with_the_two_as_well(night: Town) -> None:
    await night.comment("Wulan", WORDS)
    await night.later(minutes=5)
    await night.comment("Wulan", LATER)
    assert not night.seen(night.triage, "#2")
    assert LATER in str(original(night, "laras").quoted())
    nobody_else_read(night)
    assert "Balas" in str(labels(original(night, "sekar")))


async def test_its_panel_is_folded_by_its_people_and_by_who_opened_it(night: Town) -> None:
    await asks_for_help(night)
    await night.press("laras", night.card("dua pendamping"), "Tutup")
    opened = night.card("dua pendamping", button="Kembali")
    press = await night.press("yoga", opened, "Kembali")
    assert press.text.startswith("Pesan ini hanya ditangani pendamping")
    press = await night.press("harun", opened, "Kembali")
    assert "tugas admin, koordinator, atau piket" in press.text
    assert "Kembali" in str(labels(opened)), "the buttons are still under her thumb"
    await night.press("sekar", opened, "Kembali")
    assert labels(opened) == ["✋ Ambil", "🗂 Tutup"]
    await night.forged(night.people["yoga"], opened, "cp:1:3:escalate")
    case = await night.read.cases.get(CaseId(1))
    assert (case.panel, case.panel_by) == ("escalate", "yoga")
    await night.forged(night.people["yoga"], opened, "cb:1:4")
    case = await night.read.cases.get(CaseId(1))
    assert case.panel == "main"
