"""A page that Telegram does not bring leaves by another way, and the ladder climbs on its own time."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any

import pytest
from gateway_town import Gateways, gateways
from story_town import NIGHT, TEAM, Town
from test_story_crisis import called, incident, spread

from bot.domain.people import PersonId
from bot.domain.second import SecondPage
from bot.services.tap import Tap
from bot.services.templates import short_name

CONTACTS = {
    "dimas": "{phone: 0812-0000-0001, ntfy: kota-dimas}",
    "gita": "{ntfy: kota-gita}",
    "sekar": "{phone: 0812-0000-0003}",
    "tirta": "{ntfy: kota-tirta}",
}
SMS = "%2B6281200000001"
Build = Callable[..., Awaitable[Town]]


@pytest.fixture
async def ways() -> AsyncIterator[Gateways]:
    async with gateways() as made:
        yield made


@pytest.fixture
async def build(settle, ways: Gateways, tmp_path) -> Build:
    """Monday, 21.30, with gateways; nobody of `absent` ever opened the invitation."""

    async def make(*absent: str, contacts: Mapping[str, str] = CONTACTS, patience: str = "20s") -> Town:
        for way in ("sms", "ntfy"):
            (tmp_path / way).write_text(ways.url(way), "utf-8")
        rows = [
            f"  - {{id: {k}, name: {n}, roles: [{r}], contacts: {contacts.get(k, '{}')}}}"
            for k, (n, r) in TEAM.items()
        ]
        held = ", ".join(f"{way}: 'file:{tmp_path / way}'" for way in ("sms", "ntfy"))
        town: Town = await settle(
            at=NIGHT,
            settings={
                "people": "\n" + "\n".join(rows),
                "pages": f"{{timeout: {patience}, gateways: {{{held}}}}}",
            },
        )
        await town.start()
        await town.gather(*absent)
        return town

    return make


async def attempts(town: Town, run: int = 1) -> list[tuple[str, str, str]]:
    lines = [line for line in await town.journal(f"run:{run}") if line["action"] == "second_page"]
    found: list[Any] = [json.loads(str(line["canonical"]))[-1] for line in lines]
    return [(d["person"], d["via"], d["outcome"]) for d in found]


async def test_whom_telegram_refuses_is_called_by_text_message(build: Build, ways: Gateways) -> None:
    town = await build()
    town.people["dimas"].blocked = True
    await spread(town)
    assert ways.to("sms") == ["+6281200000001"]
    (said,) = ways.said("sms")
    assert said == (
        "Panggilan K-1 (tinggi) | Tanggap Kota Contoh memanggil Anda: Hoaks yang sedang viral. Pesan bot "
        "tidak sampai di Telegram Anda: tekan Saya tangani di kartunya di grup, atau kabari koordinator."
    )
    assert await attempts(town) == [("dimas", "sms", "sent")]
    assert "Telegram tidak sampai; Dimas dipanggil lewat SMS." in incident(town).text
    assert not called(town), "he has been reached and has his five minutes"
    await town.later(minutes=5.5)
    assert called(town) == {"gita": 1, "sekar": 1, "tirta": 1}
    assert len(ways.got) == 1


async def test_where_one_gateway_fails_the_next_is_asked_at_once(build: Build, ways: Gateways) -> None:
    ways.answers["sms"] = 500
    town = await build()
    town.people["dimas"].blocked = True
    await spread(town)
    assert await attempts(town) == [("dimas", "sms", "failed"), ("dimas", "ntfy", "sent")]
    assert ways.to("ntfy") == ["kota-dimas"]
    journal = str(await town.journal("run:1"))
    assert "HTTP 500" in journal
    assert "rahasia" not in journal
    assert "6281200000001" not in journal


async def test_somebody_who_never_enrolled_is_called_too(build: Build, ways: Gateways) -> None:
    town = await build("dimas")
    await spread(town)
    assert await attempts(town) == [("dimas", "sms", "sent")]
    assert not called(town)


async def test_whom_no_way_reaches_holds_nobody_up(build: Build, ways: Gateways) -> None:
    ways.answers |= {"sms": 503, "ntfy": 503}
    town = await build()
    town.people["dimas"].blocked = True
    await spread(town)
    assert len(ways.got) == 2
    await town.later(seconds=30)
    assert len(ways.got) == 4
    assert not called(town)
    await town.later(seconds=75)
    assert len(ways.got) == 6, "three rounds over both ways"
    assert called(town) == {"gita": 1, "sekar": 1, "tirta": 1}
    assert town.card("Panggilan ke Dimas tidak sampai.")
    await town.later(minutes=2)
    assert len(ways.got) == 6


async def test_who_was_put_out_is_called_by_no_way(build: Build, ways: Gateways) -> None:
    town = await build()
    async with town.machine.database.transaction() as tx:
        await tx.people.suspend(PersonId("dimas"), "left", town.clock.now())
    await spread(town)
    assert not ways.got
    assert called(town) == {"gita": 1, "sekar": 1, "tirta": 1}


async def test_with_telegram_down_pages_leave_within_a_minute_and_its_return_is_told_once(
    build: Build, ways: Gateways
) -> None:
    town = await build()
    await spread(town)
    assert called(town) == {"dimas": 1}
    await town.cut()
    await town.later(minutes=5, seconds=10)
    assert not ways.got
    await town.later(seconds=50)
    assert sorted(ways.to("ntfy")) == ["kota-gita", "kota-tirta"]
    assert ways.to("sms") == ["+6281200000003"]
    assert all("Telegram sedang terganggu" in one for one in ways.said("ntfy"))
    await town.mend()
    await town.later(minutes=3)
    back = town.seen(town.triage, "Telegram sempat terganggu")
    assert len(back) == 1
    assert "Telegram tertahan; Gita dipanggil lewat ntfy." in str(incident(town).text) or called(town)["gita"]
    await town.later(minutes=40)
    assert len(town.seen(town.triage, "Telegram sempat terganggu")) == 1


async def test_while_everything_is_cut_off_the_ladder_keeps_its_own_time(
    build: Build, ways: Gateways
) -> None:
    ways.answers |= {"sms": 500, "ntfy": 500}
    town = await build()
    await spread(town)
    await town.cut()
    await town.later(minutes=9)
    state = await town.machine.services.incidents.state(1)
    assert state.level == 1, "nobody was reached, yet the level has its five minutes"
    assert not state.unreached


async def test_the_ladder_climbs_on_time_while_a_gateway_hangs(build: Build, ways: Gateways) -> None:
    ways.answers |= {"sms": -60, "ntfy": -60}
    town = await build(patience="60s")
    town.waits_for_gateways = False
    town.people["dimas"].blocked = True
    await spread(town)
    await until(lambda: len(ways.got) == 1)
    before = asyncio.get_running_loop().time()
    await town.later(minutes=5.5)
    assert called(town) == {"gita": 1, "sekar": 1, "tirta": 1}
    await town.comment("Hasan", "Loket buka jam berapa?")
    assert town.card("Loket buka jam berapa?")
    assert asyncio.get_running_loop().time() - before < 20


async def test_killed_while_a_gateway_works_it_is_asked_again_and_then_no_more(
    build: Build, ways: Gateways
) -> None:
    ways.answers["sms"] = -60
    town = await build(patience="60s")
    town.waits_for_gateways = False
    town.people["dimas"].blocked = True
    await spread(town)
    await until(lambda: len(ways.got) == 1)
    await town.stop()
    ways.answers.clear()
    town.waits_for_gateways = True
    await town.start()
    await town.later(seconds=5)
    assert ways.to("sms") == ["+6281200000001"] * 2
    assert await attempts(town) == [("dimas", "sms", "sent")]
    await town.stop()
    await town.start()
    await town.later(seconds=30)
    assert len(ways.got) == 2


async def test_what_somebody_has_taken_meanwhile_calls_nobody(build: Build, ways: Gateways) -> None:
    ways.answers |= {"sms": 500, "ntfy": 500}
    town = await build()
    town.people["dimas"].blocked = True
    await spread(town)
    await town.press("sekar", incident(town), "Saya tangani")
    tried = len(ways.got)
    await town.later(minutes=4)
    assert len(ways.got) == tried
    states = [row.state async for row in rows(town)]
    assert "queued" not in states


async def test_an_exercise_calls_by_other_ways_too_and_says_that_it_is_one(
    build: Build, ways: Gateways
) -> None:
    town = await build()
    town.people["dimas"].blocked = True
    sekar = town.machine.settings.persons[PersonId("sekar")]
    tap = Tap(sekar, 0, 0, "update:drill", town.clock.now())
    await town.machine.services.incidents.start_drill(tap, short_name("hoaks-viral"))
    await town.settled()
    (said,) = ways.said("sms")
    assert said.startswith("LATIHAN: panggilan K-1 (tinggi) | LATIHAN, bukan kejadian nyata.")
    assert not town.public()


async def test_started_while_telegram_is_down_it_calls_all_the_same(
    build: Build, ways: Gateways, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits a while for what people pressed meanwhile, on the network's clock; here not for long."""
    monkeypatch.setattr("bot.app._HEAR_FIRST_S", {"polling": 0.5})
    town = await build()
    await spread(town)
    await town.stop()
    await town.cut()
    town.waits_for_telegram = False
    town.advance(6 * 60)
    await town.start()
    await town.later(seconds=55)
    assert sorted(ways.to("ntfy")) == ["kota-gita", "kota-tirta"]
    assert ways.to("sms") == ["+6281200000003"]
    await town.mend()


async def rows(town: Town) -> AsyncIterator[Any]:
    for number in range(1, 200):
        row = await town.read.outbox.get(number)
        if row is not None and isinstance(row.what, SecondPage):
            yield row


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110 - a thread of the gateway works by itself
            await asyncio.sleep(0.01)
