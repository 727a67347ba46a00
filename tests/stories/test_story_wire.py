"""Between Telegram and the bot: the other way in, the other transport, groups that move, and bad weather."""

import asyncio

import pytest
from machine import free_port
from story_town import PATIENCE_S, Town

from bot.sandbox import Break, Fault, Kind, Member, Status
from bot.wire.pacing import Limits

QUESTION = "Kapan jalan depan pasar diperbaiki?"
ANSWER = "Perbaikan jalan dimulai Senin depan, Kak."


async def answered(town: Town, name: str = "Hasan", text: str = QUESTION) -> None:
    """The main way once through."""
    comment = await town.comment(name, text)
    card = town.card(text, button="Ambil")
    await town.approved("laras", card, ANSWER)
    reply = town.public()[-1]
    assert (reply.text, reply.reply_to) == (ANSWER, comment.message_id)
    assert card.text.startswith("✅")


async def test_updates_may_be_pushed_instead_of_fetched(settle) -> None:
    port = free_port()
    hook = f"{{url: 'https://127.0.0.1/telegram', port: {port}, secret: '${{TANGGAP_WEBHOOK_SECRET}}'}}"
    town: Town = await settle(telegram={"mode": "webhook", "webhook": hook})
    row = town.settings.telegram
    assert row.webhook is not None
    # What ends TLS in front of the bot is left out: the sandbox calls the bot's own port.
    nearer = row.webhook.model_copy(update={"url": f"http://127.0.0.1:{port}/telegram"})
    town.settings = town.settings.model_copy(update={"telegram": row.model_copy(update={"webhook": nearer})})
    await town.start()
    await town.gather()
    assert town.sandbox.webhook.url == nearer.url
    await answered(town)
    await town.stop()
    town.world.comment(town.post, town.citizens["Ratna"], "Loket buka jam berapa?")
    await town.start()
    assert len(town.seen(town.triage, "Loket buka jam berapa?")) == 1
    await answered(town, "Bagus", "Apakah Sabtu libur?")


async def test_a_forgotten_webhook_is_removed_so_that_polling_hears_again(settle) -> None:
    town: Town = await settle()
    await town.sandbox.webhook.set("http://127.0.0.1:9/nobody")
    await town.start()
    await town.gather()
    assert town.sandbox.webhook.url == ""
    assert town.seen(town.triage, "webhook")
    await answered(town)


async def test_the_other_transport_walks_the_same_way(settle) -> None:
    town: Town = await settle(telegram={"transport": "httpx"})
    await town.start()
    await town.gather()
    await answered(town)
    town.sandbox.faults.add(Fault(Break.RESET_AFTER, "sendMessage", chat_id=town.discussion.id, times=1))
    await town.comment("Bagus", "Apakah Sabtu libur?")
    await town.approved("laras", town.card("Apakah Sabtu libur?"), ANSWER)
    assert len(town.public()) == 2
    assert town.card("Belum pasti terkirim", button="Sudah terkirim")


@pytest.mark.parametrize("heard", [True, False])
async def test_the_teams_group_grows_and_gets_another_number(settle, heard: bool) -> None:
    town: Town = await settle(group_kind=Kind.GROUP)
    await town.start()
    await town.gather()
    await town.comment("Hasan", QUESTION)
    old = town.card(QUESTION)
    if heard:
        town.triage = town.world.migrate(town.triage)
        await town.settled()
    else:
        await town.stop()
        town.triage = town.world.migrate(town.triage)
        town.world.updates.clear()  # a day went by, and Telegram forgot to tell
        await town.start()
    await town.comment("Bagus", "Apakah Sabtu libur?")
    card = town.card("Apakah Sabtu libur?")
    await town.press("laras", card, "Ambil")
    assert "Laras" in card.text
    await town.forged(town.people["yoga"], card, old.button("Ambil")["callback_data"])
    assert "Yoga" in town.card(QUESTION).text
    await town.say("laras", "/kunci")
    assert await town.read.people.public_lock() is not None


async def test_a_bot_that_loses_its_place_says_so_to_those_who_can_mend_it(town: Town) -> None:
    world, menders = town.world, ("sekar", "tirta")
    world.set_member(town.discussion, world.bot, Member(Status.MEMBER), town.people["tirta"])
    await town.settled()
    assert all(town.seen(town.people[key], "Diskusi Kota Contoh", "bukan admin") for key in menders)
    world.kick_bot(town.triage, town.people["tirta"])
    await town.settled()
    assert all(town.seen(town.people[key], "Ruang Tim", "dikeluarkan") for key in menders)
    world.set_member(town.discussion, world.bot, Member(Status.ADMINISTRATOR), town.people["tirta"])
    await town.comment("Hasan", QUESTION)
    world.set_member(town.triage, world.bot, Member(Status.ADMINISTRATOR), town.people["tirta"])
    await town.later(minutes=10)
    assert town.card(QUESTION, button="Ambil")


async def test_somebody_elses_group_is_no_news(town: Town) -> None:
    stranger = town.world.add_user("Surya", 7301)
    group = town.world.add_group("TRANSFER KE 0812", [stranger], "administrator")
    town.world.kick_bot(group, stranger)
    await town.settled()
    assert not any(town.seen(user, "TRANSFER") for user in town.people.values())


async def test_an_update_that_cannot_be_read_stops_nobody(town: Town) -> None:
    far = {"date": 10**30, "chat": {"id": town.discussion.id, "type": "supergroup"}, "message_id": 9}
    town.world.updates.put_raw({"message": far})
    town.world.updates.put_raw({"message": {"chat": "nobody"}})
    town.world.updates.put_raw({"a_kind_of_next_year": {"x": 1}})
    await answered(town)
    assert len(town.seen(town.triage, "tidak dapat dibaca bot")) == 2
    await town.stop()
    await town.start()
    assert len(town.seen(town.triage, "tidak dapat dibaca bot")) == 2


async def test_what_came_while_the_bot_was_away_is_there_when_it_is_back(town: Town) -> None:
    await town.stop()
    town.world.comment(town.post, town.citizens["Hasan"], QUESTION)
    await town.start()
    assert len(town.seen(town.triage, QUESTION)) == 1
    await town.stop()
    await town.start()
    town.world.updates.next_id = 5  # after a silent week the numbers begin anew, and lower
    await town.comment("Bagus", "Apakah Sabtu libur?")
    assert len(town.seen(town.triage, "Apakah Sabtu libur?")) == 1
    assert len(town.seen(town.triage, QUESTION)) == 1


async def test_a_group_that_is_held_for_half_a_minute_delays_no_page(settle) -> None:
    town: Town = await settle()
    town.limits = Limits()
    await town.start()
    await town.gather()
    held = town.sandbox.faults.add(
        Fault(Break.FLOOD, "sendMessage", chat_id=town.triage.id, times=1, retry_after=30)
    )
    town.world.comment(town.post, town.citizens["Hasan"], QUESTION)
    await town.world.until(lambda: held.hits == 1, PATIENCE_S)
    town.world.dm(town.people["laras"], "/krisis")
    await town.world.until(
        lambda: town.seen(town.people["laras"], button="Hoaks yang sedang viral"), PATIENCE_S
    )
    chosen = town.one(town.people["laras"], button="Hoaks yang sedang viral")
    town.world.press(town.people["laras"], chosen, "Hoaks yang sedang viral")
    await town.world.until(lambda: town.seen(town.people["dimas"], "Anda dipanggil"), PATIENCE_S)
    assert not town.seen(town.triage, QUESTION)
    town.advance(29)
    town.world.dm(town.people["yoga"], "/status")
    await town.world.until(lambda: town.seen(town.people["yoga"], "Keadaan"), PATIENCE_S)
    assert not town.seen(town.triage, QUESTION)
    town.advance(2)
    await town.world.until(lambda: town.seen(town.triage, "Mohon tahan dulu unggahan terjadwal"), PATIENCE_S)
    town.advance(5)  # the incident went first, and the group's budget with it
    await town.world.until(lambda: town.seen(town.triage, QUESTION), PATIENCE_S)


async def test_a_start_in_a_quiet_night_holds_no_timer_up(town: Town) -> None:
    await town.stop()
    async with asyncio.timeout(8.0):  # a poll that is held open would keep the clockwork waiting for longer
        await town.start()
