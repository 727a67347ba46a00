"""The control API, the page's files, and the sandbox as a process of its own."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import telegram
from programs import program

from bot.sandbox import Sandbox, Scenery


async def post(http: aiohttp.ClientSession, url: str, deed: str, **body: Any) -> tuple[int, dict[str, Any]]:
    async with http.post(f"{url}/sandbox/{deed}", json=body) as answer:
        return answer.status, await answer.json()


async def test_a_story_by_hand(
    http: aiohttp.ClientSession, url: str, bot: telegram.Bot, sandbox: Sandbox, scene: Scenery
) -> None:
    citizen = scene.citizens[0].id
    place = {"chat": scene.channel.id, "post": scene.posts[0].message_id}
    _, made = await post(http, url, "comment", user=citizen, text="Kapan selesai?", **place)
    assert made["raw"]["message_thread_id"] == sandbox.world.thread_of(scene.posts[0]).message_id
    where = {"chat": made["chat_id"], "message_id": made["message_id"]}
    _, edited = await post(http, url, "edit", text="Kapan mulai?", **where)
    assert (edited["raw"]["text"], edited["versions"]) == ("Kapan mulai?", ["Kapan selesai?"])

    keys = telegram.InlineKeyboardMarkup.from_button(telegram.InlineKeyboardButton("Ya", callback_data="y"))
    card = await bot.send_message(scene.triage.id, "Ambil?", reply_markup=keys)
    target = {"chat": scene.triage.id, "message_id": card.message_id}
    _, pressed = await post(http, url, "press", user=scene.officer.id, button="Ya", **target)
    await bot.answer_callback_query(pressed["press"], "Baik")
    assert sandbox.world.presses[pressed["press"]].text == "Baik"

    assert (await post(http, url, "say", user=scene.officer.id, chat=scene.triage.id, text="siap"))[0] == 200
    assert (await post(http, url, "start", user=citizen, payload="abc"))[1]["raw"]["text"] == "/start abc"
    assert (await post(http, url, "block", user=citizen, blocked=True))[1] == {"blocked": True}
    assert (await post(http, url, "publish", chat=scene.channel.id, text="Baru"))[0] == 200
    assert (await post(http, url, "delete", **where))[0] == 200
    async with http.get(f"{url}/sandbox/messages", params={"chat": scene.triage.id}) as answer:
        assert [m["raw"]["text"] for m in await answer.json()] == ["Ambil?", "siap"]
    async with http.get(f"{url}/sandbox/dump") as answer:
        dump = await answer.json()
    assert dump["calls"] == {"getMe 200": 1, "sendMessage 200": 1, "answerCallbackQuery 200": 1}
    assert [m["raw"]["text"] for m in dump["messages"] if m["deleted"]] == ["Kapan mulai?"]
    async with http.get(f"{url}/sandbox/calls", params={"method": "sendMessage"}) as answer:
        assert [c["code"] for c in await answer.json()] == [200]


async def test_the_clock_faults_and_limits_from_outside(
    http: aiohttp.ClientSession, url: str, sandbox: Sandbox, scene: Scenery
) -> None:
    before = sandbox.world.clock.now()
    await post(http, url, "advance", seconds=90)
    assert (sandbox.world.clock.now() - before).total_seconds() == 90
    _, added = await post(http, url, "faults", kind="error_500", times=2)
    assert [f["kind"] for f in added["faults"]] == ["error_500"]
    await post(http, url, "faults", kind="slow", seconds_slow=0.01)
    _, left = await post(http, url, "faults", clear="error_500")
    assert [f["kind"] for f in left["faults"]] == ["slow"]
    assert (await post(http, url, "faults", clear=True))[1] == {"faults": []}
    await post(http, url, "limits", on=True)
    assert sandbox.pace.limits.per_group == (20, 60.0)
    await post(http, url, "limits", on=False)
    assert sandbox.pace.limits.per_group is None


async def test_what_is_wrong_is_said(
    http: aiohttp.ClientSession, url: str, sandbox: Sandbox, scene: Scenery
) -> None:
    assert (await post(http, url, "dance"))[0] == 404
    assert (await post(http, url, "say", user=1, chat=2, text="x"))[0] == 400
    status, body = await post(http, url, "say", user=scene.citizens[0].id, chat=scene.triage.id, text="x")
    assert (status, body["error"]) == (400, "PermissionError: Ratna may not write in Triase Humas")
    assert (await post(http, url, "faults", kind="earthquake"))[0] == 400
    async with http.post(f"{url}/sandbox/say", data={"user": "1"}) as answer:
        assert answer.status == 415
    async with http.get(f"{url}/sandbox/state", headers={"Host": "evil.example"}) as answer:
        assert answer.status == 403


async def test_the_page_is_whole_and_asks_nobody_else(http: aiohttp.ClientSession, url: str) -> None:
    async with http.get(f"{url}/") as answer:
        index = await answer.text()
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")
    folder = Path(__file__).parents[2] / "bot" / "sandbox" / "page"
    for file in folder.iterdir():
        async with http.get(f"{url}/page/{file.name}") as answer:
            assert answer.status == 200
        outside = file.read_text(encoding="utf-8").replace("http://www.w3.org", "").replace("https://$", "")
        assert "http://" not in outside, file.name
        assert "https://" not in outside, file.name
    assert index.count("/page/") >= 8
    async with http.get(f"{url}/page/..%2fserver.py") as answer:
        assert answer.status == 404


async def test_changes_are_followed(http: aiohttp.ClientSession, url: str, scene: Scenery) -> None:
    async with http.get(f"{url}/sandbox/events") as stream:
        await stream.content.readuntil(b"\n\n")
        await post(http, url, "say", user=scene.officer.id, chat=scene.triage.id, text="halo")
        line = await stream.content.readuntil(b"\n\n")
    change = json.loads(line.removeprefix(b"data: "))
    assert (change["kind"], change["message"]["raw"]["text"]) == ("message", "halo")


async def test_two_thousand_comments_and_broken_updates_at_once(
    http: aiohttp.ClientSession, url: str, sandbox: Sandbox, scene: Scenery
) -> None:
    place = {"chat": scene.channel.id, "post": scene.posts[0].message_id}
    loop = asyncio.get_running_loop()
    began = loop.time()
    _, made = await post(http, url, "flood", count=2000, texts=["satu", "dua"], **place)
    assert loop.time() - began < 5
    assert len(set(made["message_ids"])) == 2000
    assert len(sandbox.world.updates) == 2000
    _, raw = await post(http, url, "updates", bodies=[{"message": {"date": 10**18}}, {"new_kind": {}}])
    assert [u["update_id"] for u in sandbox.world.updates.peek()[-2:]] == raw["update_ids"]


async def test_the_sandbox_survives_its_bot(http: aiohttp.ClientSession) -> None:
    command = (sys.executable, "-m", "bot.sandbox", "--port", "0")
    async with program(*command, stdout=asyncio.subprocess.PIPE) as process:
        assert process.stdout is not None
        facts = json.loads(await asyncio.wait_for(process.stdout.readline(), 60))
        async with telegram.Bot(facts["token"], base_url=f"{facts['url']}/bot") as bot:
            await bot.send_message(facts["triage"], "masih ada")
        async with http.get(f"{facts['url']}/sandbox/messages", params={"chat": facts["triage"]}) as answer:
            assert [m["raw"]["text"] for m in await answer.json()] == ["masih ada"]
        assert (await post(http, facts["url"], "advance", seconds=60))[0] == 200


@pytest.mark.parametrize("count", [1000])
async def test_a_thousand_calls_a_second_are_no_burden(
    http: aiohttp.ClientSession, url: str, sandbox: Sandbox, scene: Scenery, count: int
) -> None:
    # A wide bound, so that a busy machine does not fail it; the usual figure is in docs/sandbox.md.
    address = f"{url}/bot{sandbox.token}/sendMessage"
    body = {"chat_id": str(scene.triage.id), "text": "<b>Kasus</b> baru", "parse_mode": "HTML"}

    async def some(number: int) -> None:
        for _ in range(number):
            async with http.post(address, data=body) as answer:
                await answer.read()

    loop = asyncio.get_running_loop()
    began = loop.time()
    await asyncio.gather(*(some(count // 20) for _ in range(20)))
    assert len(sandbox.world.messages(scene.triage.id)) == count
    assert loop.time() - began < 10
