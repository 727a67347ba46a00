"""Bad weather: Telegram's limits, and a network that breaks before or after the deed is done."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from bot.clock import FakeClock
from bot.sandbox import Break, Fault, Limits, Sandbox, Scenery

Call = Callable[..., Awaitable[dict[str, Any]]]


def texts(sandbox: Sandbox, chat_id: int) -> list[str]:
    return [message.text for message in sandbox.world.messages(chat_id)]


async def test_a_group_takes_twenty_a_minute(
    call: Call, sandbox: Sandbox, scene: Scenery, clock: FakeClock
) -> None:
    sandbox.pace.limits = Limits(per_chat=None)
    for number in range(20):
        assert (await call("sendMessage", chat_id=scene.triage.id, text=f"{number}"))["ok"]
        clock.advance(1)
    refused = await call("sendMessage", chat_id=scene.triage.id, text="20")
    assert refused["error_code"] == 429
    assert refused["description"] == "Too Many Requests: retry after 40"
    assert refused["parameters"] == {"retry_after": 40}
    assert (await call("sendMessage", chat_id=scene.coordinator.id, text="pribadi"))["ok"]
    clock.advance(39)
    assert (await call("sendMessage", chat_id=scene.triage.id, text="20"))["error_code"] == 429
    clock.advance(1)
    assert (await call("sendMessage", chat_id=scene.triage.id, text="20"))["ok"]
    assert len(texts(sandbox, scene.triage.id)) == 21


async def test_edits_in_a_group_are_counted_too(call: Call, sandbox: Sandbox, scene: Scenery) -> None:
    sandbox.pace.limits = Limits(per_chat=None, everywhere=None)
    sent = (await call("sendMessage", chat_id=scene.triage.id, text="papan"))["result"]["message_id"]
    codes = [
        (await call("editMessageText", chat_id=scene.triage.id, message_id=sent, text=f"papan {n}")).get(
            "error_code", 200
        )
        for n in range(22)
    ]
    assert codes == [200] * 20 + [429] * 2


async def test_short_bursts_and_the_whole_bot(
    call: Call, sandbox: Sandbox, scene: Scenery, clock: FakeClock
) -> None:
    sandbox.pace.limits = Limits(everywhere=(4, 1.0))
    answers = [await call("sendMessage", chat_id=scene.coordinator.id, text=f"{n}") for n in range(4)]
    assert [a["ok"] for a in answers] == [True, True, True, False]
    answers = [await call("sendMessage", chat_id=scene.on_call.id, text=f"{n}") for n in range(2)]
    assert [a["ok"] for a in answers] == [True, False]
    clock.advance(3)
    assert (await call("sendMessage", chat_id=scene.coordinator.id, text="lagi"))["ok"]


async def test_the_deed_is_done_but_the_answer_is_lost(call: Call, sandbox: Sandbox, scene: Scenery) -> None:
    sandbox.faults.add(Fault(Break.RESET_AFTER, "sendMessage", times=1))
    with pytest.raises(aiohttp.ClientError):
        await call("sendMessage", chat_id=scene.coordinator.id, text="sampai")
    assert texts(sandbox, scene.coordinator.id) == ["sampai"]
    sandbox.faults.add(Fault(Break.TIMEOUT_AFTER, "sendMessage", times=1, seconds_slow=30))
    unanswered = asyncio.create_task(call("sendMessage", chat_id=scene.coordinator.id, text="juga"))
    async with asyncio.timeout(20):
        while texts(sandbox, scene.coordinator.id) != ["sampai", "juga"]:  # noqa: ASYNC110 - no bell rings
            await asyncio.sleep(0.001)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(unanswered, 0.2)


@pytest.mark.parametrize(
    ("kind", "code"), [(Break.ERROR_500, 500), (Break.UNAUTHORIZED, 401), (Break.RESET_BEFORE, 0)]
)
async def test_nothing_was_done(call: Call, sandbox: Sandbox, scene: Scenery, kind: Break, code: int) -> None:
    sandbox.faults.add(Fault(kind, times=1))
    if code:
        answer = await call("sendMessage", chat_id=scene.coordinator.id, text="hilang")
        assert answer["error_code"] == code
    else:
        with pytest.raises(aiohttp.ClientError):
            await call("sendMessage", chat_id=scene.coordinator.id, text="hilang")
    assert texts(sandbox, scene.coordinator.id) == []
    assert (await call("sendMessage", chat_id=scene.coordinator.id, text="lagi"))["ok"]
    assert [(c.method, c.code) for c in sandbox.calls] == [("sendMessage", code), ("sendMessage", 200)]


async def test_a_proxy_answers_with_a_page(sandbox: Sandbox, url: str, http: aiohttp.ClientSession) -> None:
    sandbox.faults.add(Fault(Break.BAD_GATEWAY, "getMe"))
    async with http.get(f"{url}/bot{sandbox.token}/getMe") as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")


async def test_one_chat_is_frozen_the_others_are_not(
    call: Call, sandbox: Sandbox, scene: Scenery, clock: FakeClock
) -> None:
    sandbox.faults.add(Fault(Break.FLOOD, "sendMessage", scene.triage.id, times=1, retry_after=30))
    assert (await call("sendMessage", chat_id=scene.triage.id, text="x"))["parameters"] == {"retry_after": 30}
    clock.advance(10)
    assert (await call("sendMessage", chat_id=scene.triage.id, text="x"))["parameters"] == {"retry_after": 20}
    assert (await call("sendMessage", chat_id=scene.coordinator.id, text="x"))["ok"]
    clock.advance(20)
    assert (await call("sendMessage", chat_id=scene.triage.id, text="x"))["ok"]


async def test_faults_end_by_the_clock_and_by_chance(
    call: Call, sandbox: Sandbox, scene: Scenery, clock: FakeClock
) -> None:
    sandbox.faults.add(Fault(Break.ERROR_500, seconds=60))
    assert (await call("getMe"))["error_code"] == 500
    assert (await call("getUpdates"))["ok"]
    clock.advance(60)
    assert (await call("getMe"))["ok"]
    sandbox.faults.add(Fault(Break.ERROR_500, probability=0.5))
    outcomes = [(await call("getMe"))["ok"] for _ in range(40)]
    assert 8 <= outcomes.count(False) <= 32
    sandbox.faults.clear()
    assert (await call("getMe"))["ok"]
