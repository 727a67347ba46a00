"""Seven in the morning: Dimas goes home with an incident in his hands. Power cuts included."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from story_town import Town, labels

from bot.domain.incident import Paging, RunId
from bot.sandbox import Message

LADDER_ONLY = Path(__file__).parent / "playbooks" / "hoaks-viral.yaml"
BEFORE_SEVEN = datetime(2026, 11, 23, 23, 20, tzinfo=UTC)
"""Tuesday, 06.20 in Jakarta. Dimas has the night until 07.00, then it is Gita's day."""
ROTA = """
  medsos: {shifts: [{rotate: 1d, since: '2026-11-23 07:00', people: [dimas, gita]}]}
  medsos-cadangan: {shifts: [{days: sen-min, from: '00:00', to: '00:00', people: [sekar]}]}"""


@pytest.fixture
async def town(settle) -> Town:  # type: ignore[no-untyped-def]  # of the folder's conftest
    town: Town = await settle(at=BEFORE_SEVEN, settings={"playbooks": f"['{LADDER_ONLY}']", "rota": ROTA})
    await town.start()
    await town.gather()
    await town.say("laras", "/krisis")
    await town.press("laras", town.card("Insiden apa yang dibuka?"), "Hoaks yang sedang viral")
    await town.press("dimas", page(town, "dimas"), "Saya tangani")
    return town


def all_pages(town: Town, key: str) -> list[Message]:
    """Calls, and the owner's question; not the question of who carries on."""
    found = town.seen(town.people[key], "Hoaks yang sedang viral · K-1", "Dibuka")
    return [message for message in found if "Bisa lanjutkan?" not in message.text]


def page(town: Town, key: str) -> Message:
    return all_pages(town, key)[-1]


def pages(town: Town, key: str) -> int:
    return len(all_pages(town, key))


async def night_ends(town: Town, already: int = 0) -> None:
    """Until just after seven; Dimas says in between that he is still on it."""
    await town.later(minutes=32 - already)
    await town.press("dimas", town.one(town.private("dimas"), "Masih Anda tangani?"), "Ya, masih")
    await town.later(minutes=9)


async def owner(town: Town) -> tuple[str | None, Paging]:
    state = await town.machine.services.incidents.state(RunId(1))
    return state.owner, state.paging


async def test_the_morning_takes_it_over_with_the_nights_word_across_a_power_cut(town: Town) -> None:
    await town.later(minutes=15)  # half an hour before seven
    await town.answer("dimas", "Tunggu jawaban PDAM pukul delapan.", town.private("dimas"))
    await night_ends(town, already=15)
    asked = town.one(town.private("gita"), "Bisa lanjutkan?", "K-1")
    assert "Giliran Dimas sudah selesai dan giliran Anda dimulai." in asked.text
    assert "Dimas: Tunggu jawaban PDAM pukul delapan." in asked.text
    assert "Mohon dijawab sebelum" in asked.text
    assert labels(asked) == ["✅ Ya, saya lanjutkan", "Belum bisa"]
    assert "Insiden ini tetap Anda pegang sampai ada yang melanjutkan." in page(town, "dimas").text
    assert await owner(town) == ("dimas", Paging.ACKED), "hers only once she has said yes"
    await town.stop()
    await town.start()
    assert len(town.seen(town.private("gita"), "Bisa lanjutkan?")) == 1
    press = await town.press("gita", asked, "Ya, saya lanjutkan")
    assert press.text == "Terima kasih. Insiden ini kini Anda pegang."
    assert await owner(town) == ("gita", Paging.ACKED)
    assert town.one(town.triage, "Kini ditangani Gita.")
    assert "Ditangani Gita, tidak perlu apa-apa" in page(town, "dimas").text
    assert labels(town.one(town.private("gita"), "Anda yang menangani", "K-1")) == []
    await town.later(minutes=20)
    assert [pages(town, key) for key in ("dimas", "gita", "sekar", "tirta")] == [2, 0, 0, 0]
    deeds = await town.deeds("run:1")
    assert deeds.count("run_ShiftEnded") == 1
    assert deeds[-1] == "run_take_over"


async def test_nobody_takes_it_so_the_ladder_is_called_and_dimas_keeps_it_meanwhile(town: Town) -> None:
    await night_ends(town)
    await town.stop()
    town.advance(600)  # ten minutes without power: the five that Gita has are over, and she could not answer
    await town.start()
    assert pages(town, "gita") == 0
    await town.later(minutes=6)
    assert pages(town, "gita") == 1
    called = page(town, "gita")
    assert "Ditangani Dimas, tetapi gilirannya sudah selesai." in called.text
    assert labels(called) == ["Ambil alih"]
    assert not called.silent
    assert town.one(town.triage, "Gita belum menjawab, jadi rekan lain dipanggil.")
    assert await owner(town) == ("dimas", Paging.ACKED)
    await town.later(minutes=5)
    assert [pages(town, key) for key in ("gita", "sekar", "tirta")] == [1, 1, 1]
    await town.press("sekar", page(town, "sekar"), "Ambil alih")
    assert await owner(town) == ("sekar", Paging.ACKED)
    assert labels(town.one(town.private("gita"), "Permintaan ini sudah tidak berlaku")) == []
    await town.later(minutes=25)
    assert [pages(town, key) for key in ("gita", "sekar", "tirta")] == [1, 1, 1]


async def test_who_cannot_says_so_and_the_next_are_called_at_once(town: Town) -> None:
    await night_ends(town)
    await town.press("gita", town.one(town.private("gita"), "Bisa lanjutkan?"), "Belum bisa")
    assert town.one(town.triage, "Gita belum bisa melanjutkan.")
    assert [pages(town, key) for key in ("gita", "sekar", "tirta")] == [0, 1, 1]
    assert await owner(town) == ("dimas", Paging.ACKED)
    await town.press("tirta", page(town, "tirta"), "Ambil alih")
    assert await owner(town) == ("tirta", Paging.ACKED)


async def test_a_shift_that_ends_for_a_phone_that_is_gone_waits_for_nobody(town: Town) -> None:
    town.world.block(town.people["gita"])
    await night_ends(town)
    assert [pages(town, key) for key in ("sekar", "tirta")] == [1, 1]
    assert await owner(town) == ("dimas", Paging.ACKED)
