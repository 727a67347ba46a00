"""Through the whole application: a warning signed elsewhere, a silence, a morning round, and restarts."""

import asyncio
import json
import os
import shutil
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from programs import program
from story_town import MORNING, PATIENCE_S, Town

from bot.clock import FakeClock, SystemClock
from bot.doctor import examine
from bot.domain.incident import RunId
from bot.files.check import check
from bot.web.events import SIGNATURE, STAMP, sign

ROOT = Path(__file__).resolve().parents[2]
SECRET = "rahasia-uji-pengirim-kabar-yang-panjang"
OWN = """\
playbook: v1
id: {id}
version: 1
name: {name}
summary: Untuk diuji.
severity: tinggi
owner: role:koordinator
on: {on}
escalate:
  levels: [{{page: oncall:medsos, ack_within: 5m}}]
  exhausted: group:pimpinan
steps:
  - {{id: tugas, name: Tugas, uses: checklist, with: {{items: [{{id: lihat, text: Dilihat}}]}}}}
resolve: {{confirm_by: role:koordinator}}
"""


@pytest.fixture
async def listening(settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Town:
    """A town whose playbooks listen to the outside, with everybody enrolled."""
    (tmp_path / "rahasia").write_text(SECRET, "utf-8")
    (tmp_path / "rahasia").chmod(0o600)
    own = tmp_path / "playbook"
    own.mkdir()
    write(own, "gempa", "Gempa", "{event: {source: bmkg, kind: gempa, where: {tingkat: [siaga, awas]}}}")
    write(own, "loket", "Loket diam", "{heartbeat: {connector: bmkg, silent_for: 30m}}")
    write(own, "putus", "Telegram diam", "{heartbeat: {connector: telegram, silent_for: 10m}}")
    write(own, "pagi", "Keliling pagi", "{schedule: {at: '10:00', days: sen-jum}}")
    town: Town = await settle(
        settings={
            "playbooks": "[playbook]",
            "events": f"{{sources: [{{id: bmkg, secret: 'file:{tmp_path / 'rahasia'}'}}]}}",
        }
    )
    for name, value in town.environment.items():
        monkeypatch.setenv(name, value)
    await town.start()
    await town.gather()
    return town


def write(folder: Path, name: str, title: str, on: str) -> None:
    (folder / f"{name}.yaml").write_text(OWN.format(id=name, name=title, on=on), "utf-8")


def signed(town: Town, kind: str, number: int, **fields: str) -> tuple[bytes, dict[str, str]]:
    body = json.dumps({"id": f"e-{number}", "kind": kind, "fields": fields}).encode()
    stamp = str(int(town.clock.now().timestamp()))
    return body, {STAMP: stamp, SIGNATURE: sign(SECRET.encode(), stamp, body)}


async def call(town: Town, body: bytes, headers: dict[str, str]) -> int:
    url = f"http://127.0.0.1:{town.settings.web.port}/events/bmkg"
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as answer:
        await answer.read()
    if answer.status == 200:
        await town.settled()
    return answer.status


async def test_a_warning_calls_people_once_and_is_never_said_in_public(listening: Town) -> None:
    town = listening
    before = len(town.world.messages(town.channel.id))
    more = {"wilayah": "Selatan @kota https://palsu.example <b>", "kontak": "0812-3456-7890"}
    warning = signed(town, "gempa", 1, tingkat="awas", **more)
    assert await call(town, *warning) == 200
    page = town.one(town.private("dimas"), "Gempa", button="Saya tangani")
    assert "kabar dari bmkg: gempa" in page.text
    said = town.card("Kabar dari bmkg: gempa.")
    assert "Tingkat: awas" in said.text
    assert "<b>" in said.text  # as it was written, and nothing that could be tapped
    assert not [one for one in said.raw.get("entities", ()) if one["type"] in {"url", "mention", "text_link"}]
    report = await town.machine.services.after.reports.of_run(RunId(1))
    [line] = [one for one in report.timeline if one.what == "event_came"]
    fields = dict(line.params["fields"])
    assert fields["tingkat"] == "awas"
    assert "3456" not in fields["kontak"]  # a report may leave the house
    # The very call again, by whoever listened in; and again after the bot was killed.
    assert await call(town, *warning) == 200
    await town.stop()
    await town.start()
    assert await call(town, *warning) == 200
    assert len(town.seen(town.private("dimas"), "Gempa", button="Saya tangani")) == 1
    assert len(await town.machine.services.incidents.going_on()) == 1
    town.advance(301)
    assert await call(town, *warning) == 401
    assert len(town.world.messages(town.channel.id)) == before
    assert town.public() == []


async def test_forged_words_open_nothing(listening: Town) -> None:
    town = listening
    body, headers = signed(town, "gempa", 1, tingkat="awas")
    assert await call(town, body.replace(b"awas", b"siaga"), headers) == 401
    assert await call(town, body, {**headers, SIGNATURE: "v1=" + "0" * 64}) == 401
    assert await call(town, body, {}) == 401
    assert await town.machine.services.incidents.going_on() == []


async def test_a_source_that_falls_silent_and_comes_back(listening: Town) -> None:
    town = listening
    assert await call(town, *signed(town, "denyut", 1)) == 200
    await town.later(minutes=25)
    assert await call(town, *signed(town, "denyut", 2)) == 200
    await town.later(minutes=25)
    assert await town.machine.services.incidents.going_on() == []
    await town.later(minutes=6)
    assert "tidak ada kabar lagi dari bmkg" in town.card("Loket diam").text
    assert await call(town, *signed(town, "denyut", 3)) == 200
    assert "bmkg terdengar lagi" in town.card("terdengar lagi").text.lower()


async def test_when_telegram_falls_silent_an_incident_waits_for_it(listening: Town) -> None:
    town = listening
    town.waits_for_telegram = False
    await town.machine.services.outside.pulse.look()
    await town.later(minutes=9)
    await town.machine.services.outside.pulse.look()
    await town.cut()
    await heard_no_more(town)
    await town.later(minutes=11)
    [run] = await town.machine.services.incidents.going_on()
    assert run.incident.reason.startswith("heartbeat connector=telegram")


async def test_the_morning_round_opens_at_ten(listening: Town) -> None:
    town = listening
    await town.later(minutes=59)
    assert not town.seen(town.triage, "Keliling pagi")
    await town.later(minutes=2)
    card = town.card("Keliling pagi", "sudah waktunya menurut jadwal")
    assert "terlambat" not in card.text
    assert town.one(town.private("dimas"), "Keliling pagi", button="Saya tangani")


async def test_a_round_that_the_bot_slept_over_opens_late_once_and_says_so(listening: Town) -> None:
    town = listening
    await town.stop()
    town.clock.advance(100 * 60)  # 10.40
    await town.start()
    assert town.card("Keliling pagi", "terlambat karena bot sempat mati")
    await town.stop()
    await town.start()
    await town.later(minutes=2)
    [run] = await town.machine.services.incidents.going_on()
    assert run.triggers == 1


async def test_a_round_that_is_hours_late_is_only_told(listening: Town) -> None:
    town = listening
    await town.stop()
    town.clock.advance(7 * 3600)  # 16.00
    await town.start()
    assert await town.machine.services.incidents.going_on() == []
    assert town.card("Keliling pagi terjadwal pukul 10.00 WIB, tetapi saat itu bot mati")


@pytest.mark.skipif(
    not (shutil.which("curl") and shutil.which("openssl")),
    reason="the documented call needs curl and openssl",
)
async def test_the_call_that_the_manual_shows_is_let_in(listening: Town) -> None:
    town = listening
    town.advance((SystemClock().now() - town.clock.now()).total_seconds())
    manual = (ROOT / "docs/operations.md").read_text("utf-8")
    [shown] = [part.partition("```")[0] for part in manual.split("```sh\n")[1:] if "openssl dgst" in part]
    assert "http://127.0.0.1:8080/" in shown
    call_it = shown.replace("127.0.0.1:8080", f"127.0.0.1:{town.settings.web.port}")
    environment = {**os.environ, "TANGGAP_EVENT_BMKG": SECRET}
    async with (
        program("bash", "-c", call_it, env=environment, stdout=asyncio.subprocess.PIPE) as shell,
        asyncio.timeout(60),
    ):
        said, _ = await shell.communicate()
    assert said.decode() == '{"new": true, "incidents": 0}200\n'
    [life] = [one for one in await town.read.outside.lives() if one.connector == "bmkg"]
    assert abs(life.heard_at - town.clock.now()) < timedelta(minutes=1)


DRILL = """\
drill: v1
id: gempa-latihan
playbook: gempa
title: Gempa rekaan
story: Sebuah kabar rekaan datang.
lasts: 1h
opens: event
event: {source: bmkg, kind: gempa, fields: {tingkat: awas, wilayah: Tanjung Melati}}
"""


async def test_an_exercise_begins_with_its_made_up_warning_and_stays_inside(
    listening: Town, tmp_path: Path
) -> None:
    town = listening
    await town.stop()
    folder = tmp_path / "playbook"
    (folder / "latihan").mkdir()
    (folder / "latihan/gempa.yaml").write_text(DRILL, "utf-8")
    whole = (folder / "gempa.yaml").read_text("utf-8")
    drill = "drill: {every: 90d, scenario: latihan/gempa.yaml, publish: never}\n"
    (folder / "gempa.yaml").write_text(whole + drill, "utf-8")
    await town.start()
    before = len(town.world.messages(town.channel.id))
    await town.say("sekar", "/latihan")
    await town.press("sekar", town.card("Gempa rekaan", button="🎓"), "🎓")
    told = town.card("Kabar dari bmkg: gempa.", "Wilayah: Tanjung Melati")
    assert "LATIHAN" in told.text
    [run] = await town.machine.services.incidents.going_on()
    assert run.incident.drill
    assert run.told("event.tingkat") == "awas"
    # The same warning in earnest opens an incident of its own beside the exercise.
    assert await call(town, *signed(town, "gempa", 1, tingkat="awas")) == 200
    assert [one.incident.drill for one in await town.machine.services.incidents.going_on()] == [True, False]
    assert len(town.world.messages(town.channel.id)) == before


async def test_check_and_doctor_say_who_should_be_heard(listening: Town, tmp_path: Path) -> None:
    town = listening
    told = check(town.config, town.environment).summary
    assert "Kabar dari luar diterima dari: bmkg." in told
    write(
        tmp_path / "playbook",
        "lain",
        "Lain",
        "{event: {source: bmgk}, heartbeat: {connector: pvmbg, silent_for: 1h}}",
    )
    told = [str(one) for one in check(town.config, town.environment).advice if "lain.yaml" in one.file]
    assert any("Sumber bmgk belum ada di events.sources. Maksud Anda “bmkg”?" in one for one in told)
    assert any("Sumber pvmbg belum ada di events.sources." in one for one in told)
    assert "Pengirim bmkg belum pernah terdengar" in await doctors(town)
    assert await call(town, *signed(town, "denyut", 1)) == 200
    assert "bmkg: terakhir terdengar kurang dari semenit lalu." in await doctors(town)
    later = FakeClock(town.clock.now())
    later.advance(1900)
    assert "bmkg: diam sejak 31 menit lalu; ditunggu playbook loket." in await doctors(town, later)


async def doctors(town: Town, clock: FakeClock | None = None) -> str:
    found = await examine(town.settings, clock or town.clock)
    return "\n".join(str(one) for one in found)


def test_the_morning_of_these_stories_is_a_working_day() -> None:
    assert MORNING.weekday() == 0


async def heard_no_more(town: Town) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while town.machine.reports.hears():  # noqa: ASYNC110 - the network runs on the machine's clock
            await asyncio.sleep(0.01)
