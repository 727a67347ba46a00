"""The wire against the sandbox's Bot API, which counts as Telegram does and refuses as Telegram does."""

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Bot, Update
from telegram.error import RetryAfter, TelegramError
from wire_inbox import SqliteInbox
from wire_loopback import until

from bot.clock import FakeClock
from bot.sandbox import Sandbox
from bot.sandbox.faults import Break, Fault
from bot.sandbox.limits import Limits
from bot.wire.delivery import Delivery, delivery_of, retry_after_s
from bot.wire.inbox import InboxPump
from bot.wire.pacing import Pacer
from bot.wire.polling import Poller
from bot.wire.source import HttpUpdates
from bot.wire.transport import Timeouts, make_request
from bot.wire.trouble import PollState


@dataclass
class Town:
    """A sandbox with Telegram's limits on, a triage group, a coordinator and a citizen."""

    sandbox: Sandbox
    url: str
    clock: FakeClock
    bot: Bot
    group: int
    coordinator: int
    citizen: Any


@pytest.fixture
async def town(clock: FakeClock) -> AsyncIterator[Town]:
    sandbox = Sandbox(clock, limits=Limits())
    world = sandbox.world
    coordinator, citizen = world.add_user("Sekar"), world.add_user("Ratna")
    group = world.add_group("Triase", members=[coordinator])
    for person in (coordinator, citizen):
        person.started = True
    world.updates.clear()
    async with sandbox.serve() as url, make_request(timeouts=Timeouts(read=2)) as request:
        bot = Bot(sandbox.token, base_url=f"{url}/bot", request=request)
        yield Town(sandbox, url, clock, bot, group.id, coordinator.id, citizen)


async def test_paced_by_us_telegram_never_has_to_refuse(town: Town) -> None:
    pacer, dice, now = Pacer(), random.Random(3), 0.0
    card = await town.bot.send_message(town.group, "Kartu 0")
    pacer.take(town.group, 1, now)
    sent = 0
    for number in range(240):
        chat = dice.choice([town.group, town.group, town.coordinator, town.citizen.id])
        edit = chat == town.group and dice.random() < 0.4
        lane = dice.randrange(4)
        wait = pacer.ready_in(chat, lane, now, edit=edit)
        town.clock.advance(wait)
        now += wait
        pacer.take(chat, lane, now, edit=edit)
        if edit:
            await town.bot.edit_message_text(f"Kartu {number}", chat, card.message_id)
        else:
            await town.bot.send_message(chat, f"Pesan {number}")
        sent += 1
    assert sent == 240
    assert town.sandbox.pace.refused == 0


async def test_without_pacing_it_does_refuse_so_the_test_above_can_fail(town: Town) -> None:
    async def hurry() -> None:
        for number in range(30):
            await town.bot.send_message(town.group, f"Pesan {number}")

    with pytest.raises(RetryAfter) as caught:
        await hurry()
    assert delivery_of(caught.value) is Delivery.REFUSED
    assert retry_after_s(caught.value) >= 1


async def test_a_comment_goes_all_the_way_to_a_ptb_update(town: Town, inbox: SqliteInbox) -> None:
    seen: list[str] = []

    async def handle(raw: dict[str, Any]) -> None:
        update = Update.de_json(raw, town.bot)
        assert update.effective_message is not None
        seen.append(update.effective_message.text or "")

    pump = InboxPump(inbox, handle, town.clock)
    source = HttpUpdates(make_request, town.url, town.sandbox.token)
    poller = Poller(source, inbox, town.clock, on_stored=pump.notify)
    running = asyncio.gather(poller.run(), pump.run())
    for number in range(20):
        town.sandbox.world.dm(town.citizen, f"Halo admin, lampu jalan mati 💡 ({number})")
    await until(lambda: len(seen) == 20)
    assert seen == [f"Halo admin, lampu jalan mati 💡 ({number})" for number in range(20)]
    assert poller.health.state is PollState.LISTENING
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    await source.close()


@pytest.mark.parametrize(
    ("fault", "arrived", "delivery"),
    [
        (Break.RESET_BEFORE, 0, Delivery.UNCERTAIN),
        (Break.RESET_AFTER, 1, Delivery.UNCERTAIN),
        (Break.TIMEOUT_AFTER, 1, Delivery.UNCERTAIN),
        (Break.ERROR_500, 0, Delivery.UNCERTAIN),
        (Break.BAD_GATEWAY, 0, Delivery.UNCERTAIN),
        (Break.FLOOD, 0, Delivery.REFUSED),
    ],
)
async def test_what_we_say_of_a_failed_send_is_never_wrong(
    town: Town, fault: Break, arrived: int, delivery: Delivery
) -> None:
    town.sandbox.faults.add(Fault(fault, method="sendMessage", times=1))
    with pytest.raises(TelegramError) as caught:
        await town.bot.send_message(town.group, "Sekali saja", read_timeout=1.0)
    assert delivery_of(caught.value) is delivery
    texts = [message.raw.get("text") for message in town.sandbox.world.messages(town.group)]
    assert texts.count("Sekali saja") == arrived, "and it was not repeated behind our back"


async def test_two_pollers_on_one_token_are_noticed(town: Town, inbox: SqliteInbox) -> None:
    rung: list[PollState] = []

    async def alarm(state: PollState, _detail: str) -> None:
        rung.append(state)

    sources = [HttpUpdates(make_request, town.url, town.sandbox.token) for _ in range(2)]
    clocks = [town.clock, FakeClock(datetime(2026, 11, 21, tzinfo=UTC))]
    pollers = [Poller(s, inbox, c, alarm=alarm) for s, c in zip(sources, clocks, strict=True)]
    running = asyncio.gather(*(poller.run() for poller in pollers))
    async with asyncio.timeout(20):
        while PollState.SECOND_INSTANCE not in rung:
            for moved in clocks:
                moved.advance(1)
            await asyncio.sleep(0.01)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    for source in sources:
        await source.close()
