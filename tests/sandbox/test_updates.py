"""How updates reach a bot: long polls, confirmations, conflicts, privacy mode, the webhook."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from bot.sandbox import Member, Sandbox, Scenery, Status

Call = Callable[..., Awaitable[dict[str, Any]]]


async def test_an_update_stays_until_it_is_confirmed(call: Call, sandbox: Sandbox, scene: Scenery) -> None:
    for number in range(3):
        sandbox.world.dm(scene.citizens[0], f"pesan {number}")
    first = (await call("getUpdates", limit=2))["result"]
    assert [u["message"]["text"] for u in first] == ["pesan 0", "pesan 1"]
    assert (await call("getUpdates", limit=2))["result"] == first
    rest = (await call("getUpdates", offset=first[-1]["update_id"] + 1))["result"]
    assert [u["message"]["text"] for u in rest] == ["pesan 2"]


async def test_a_negative_offset_forgets_the_earlier_ones(
    call: Call, sandbox: Sandbox, scene: Scenery
) -> None:
    for number in range(3):
        sandbox.world.dm(scene.citizens[0], f"pesan {number}")
    last = (await call("getUpdates", offset=-1))["result"]
    assert [u["message"]["text"] for u in last] == ["pesan 2"]
    assert (await call("getUpdates"))["result"] == last


async def test_ids_may_start_again_lower(call: Call, sandbox: Sandbox, scene: Scenery) -> None:
    sandbox.world.dm(scene.citizens[0], "sebelum")
    before = (await call("getUpdates"))["result"][0]["update_id"]
    await call("getUpdates", offset=before + 1)
    sandbox.world.updates.next_id = 500
    sandbox.world.dm(scene.citizens[0], "sesudah")
    after = (await call("getUpdates", offset=before + 1))["result"]
    assert [u["update_id"] for u in after] == [500]


async def held_open(sandbox: Sandbox) -> None:
    """Until a poll has come and waits."""
    async with asyncio.timeout(20):
        while sandbox.world.updates._poll is None:  # noqa: ASYNC110 - a poll that comes rings no bell
            await asyncio.sleep(0.001)
    await asyncio.sleep(0.02)


async def test_a_long_poll_ends_when_something_happens(call: Call, sandbox: Sandbox, scene: Scenery) -> None:
    poll = asyncio.ensure_future(call("getUpdates", timeout=30))
    await held_open(sandbox)
    assert not poll.done()
    sandbox.world.dm(scene.citizens[0], "bangun")
    async with asyncio.timeout(20):
        assert [u["message"]["text"] for u in (await poll)["result"]] == ["bangun"]


async def test_a_second_poller_ends_the_first(call: Call, sandbox: Sandbox, scene: Scenery) -> None:
    first = asyncio.ensure_future(call("getUpdates", timeout=30))
    await held_open(sandbox)
    second = await call("getUpdates", timeout=0)
    assert second["ok"]
    refused = await first
    assert refused["error_code"] == 409
    assert refused["description"].startswith("Conflict: terminated by other getUpdates request")


async def test_kinds_that_must_be_asked_for(call: Call, sandbox: Sandbox, scene: Scenery) -> None:
    newcomer = sandbox.world.add_user("Intan")
    sandbox.world.join(scene.triage, newcomer)
    assert [*(await call("getUpdates"))["result"][0]][1] == "message"
    await call("getUpdates", allowed_updates=["chat_member", "callback_query"], offset=-1)
    sandbox.world.leave(scene.triage, newcomer)
    sandbox.world.dm(newcomer, "tidak diminta")
    # The setting stays when a later call leaves it out.
    later = (await call("getUpdates"))["result"]
    assert [kind for update in later for kind in update if kind != "update_id"] == ["message", "chat_member"]


async def test_privacy_mode_hides_what_is_not_meant_for_the_bot(
    call: Call, sandbox: Sandbox, scene: Scenery
) -> None:
    world = sandbox.world
    group = world.add_group("Grup biasa", [scene.officer])
    ours = (await call("sendMessage", chat_id=group.id, text="halo"))["result"]["message_id"]
    world.say(scene.officer, group, "obrolan biasa")
    world.say(scene.officer, group, "/status")
    world.say(scene.officer, group, "/status@bot_lain")
    world.say(scene.officer, group, "tanya @tanggap_sandbox_bot ya")
    world.say(scene.officer, group, "menjawab", reply_to=ours)
    seen = [u["message"]["text"] for u in (await call("getUpdates"))["result"]]
    assert seen == ["/status", "tanya @tanggap_sandbox_bot ya", "menjawab"]
    world.privacy = False
    world.say(scene.officer, group, "sekarang terlihat")
    other = world.add_user("Bot lain", is_bot=True)
    world.join(group, other)
    world.say(other, group, "dari bot")
    world.set_member(group, world.bot, Member(Status.LEFT))
    world.say(scene.officer, group, "bot sudah keluar")
    texts = [u.get("message", {}).get("text") for u in (await call("getUpdates"))["result"]][3:]
    assert [text for text in texts if text] == ["sekarang terlihat"]


@asynccontextmanager
async def receiver(answers: list[int]) -> AsyncIterator[tuple[str, list[tuple[str, str]]]]:
    """A bot's web server that answers with the given codes in turn, then 200."""
    seen: list[tuple[str, str]] = []

    async def take(request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        seen.append(((await request.json())["message"]["text"], secret))
        return web.Response(status=answers.pop(0) if answers else 200)

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook", seen
    finally:
        await runner.cleanup()


async def test_a_webhook_gets_each_update_until_it_answers_200(
    call: Call, sandbox: Sandbox, scene: Scenery
) -> None:
    sandbox.webhook.retry_seconds = 0.01
    async with receiver([500, 503]) as (address, seen):
        await call("setWebhook", url=address, secret_token="rahasia_1")
        refused = await call("getUpdates")
        assert refused["error_code"] == 409
        sandbox.world.dm(scene.citizens[0], "satu")
        sandbox.world.dm(scene.citizens[0], "dua")
        await sandbox.world.until(lambda: len(sandbox.world.updates) == 0)
        assert [text for text, _ in seen] == ["satu", "satu", "satu", "dua"]
        assert {secret for _, secret in seen} == {"rahasia_1"}
        info = (await call("getWebhookInfo"))["result"]
        assert info["url"] == address
        assert info["last_error_message"].startswith("Wrong response from the webhook: 503")
        await call("deleteWebhook")
    sandbox.world.dm(scene.citizens[0], "tiga")
    assert [u["message"]["text"] for u in (await call("getUpdates"))["result"]] == ["tiga"]
