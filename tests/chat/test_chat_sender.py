"""How messages reach the phones: edited where they stand, drawn when sent, honest about what failed."""

import asyncio

import pytest
from chat_office import CRISIS_CHAT, TRIAGE_CHAT, Office
from chat_scenes import Slow, new, paged, taken
from telegram import Update

from bot.chat.handlers import Doors, presses
from bot.chat.handlers.presses import Presses
from bot.domain.case import CaseId
from bot.domain.outgoing import (
    CaseCard,
    Notice,
    Outgoing,
    PageCard,
    RedrawPage,
    SendState,
    ShownCard,
    to_person,
)
from bot.domain.people import PersonId
from bot.sandbox import Break, Fault

PATIENCE_S = presses._ANSWER_WITHIN_S


async def says(office: Office, what: Outgoing, key: str = "k") -> None:
    async with office.database.transaction() as tx:
        await tx.outbox.put(key, what, office.clock.now())
    await office.pump()


def calls(office: Office, method: str) -> int:
    return sum(call.method == method for call in office.calls)


async def test_a_card_that_would_look_the_same_costs_no_call(office: Office) -> None:
    await new(office)
    before = len(office.calls)
    await says(office, CaseCard(CaseId(1)))
    assert len(office.calls) == before


async def test_telegrams_not_modified_is_success(office: Office) -> None:
    await new(office)
    card = office.cards()[-1]
    async with office.database.transaction() as tx:
        await tx.outbox.put_card("case:1", ShownCard(TRIAGE_CHAT, card.message_id, "forgotten"))
    await says(office, CaseCard(CaseId(1)))
    assert office.refusals()[-1].startswith("editMessageText: Bad Request: message is not modified")
    assert len(office.cards()) == 1
    assert [lane.state for lane in await office.database.read.outbox.health()] == []


async def test_ten_changes_while_the_line_is_down_are_one_edit(office: Office) -> None:
    await new(office)
    card = office.cards()[-1]
    fault = office.faults.add(Fault(Break.FLOOD, "editMessageText", retry_after=30))
    for data in ("ct:1:1", "cr:1:2", "ct:1:3"):
        await office.press_raw(office.users["ani"], TRIAGE_CHAT, card.message_id, data)
    assert "belum diambil" in card.text
    office.faults.remove(fault)
    before = calls(office, "editMessageText")
    await office.later(1)
    assert calls(office, "editMessageText") == before + 1
    assert "ditangani Ani" in card.text


async def test_a_cut_line_repeats_a_card_but_never_loses_it(office: Office) -> None:
    office.faults.add(Fault(Break.RESET_BEFORE, "sendMessage", chat_id=TRIAGE_CHAT, times=1))
    office.world.comment(office.post, office.citizen, "Jalan rusak")
    await office.pump()
    assert office.cards() == []
    await office.later(1)
    assert len(office.cards()) == 1


async def test_a_lighter_page_makes_no_sound_and_a_loud_one_does(office: Office) -> None:
    await paged(office)
    assert not office.last("pita").silent
    epoch = (await office.services.incidents.going_on())[0].epoch
    await says(office, PageCard(1, PersonId("kori"), epoch, loud=False))
    assert office.last("kori").silent


async def test_routine_cards_are_quiet(office: Office) -> None:
    await new(office)
    assert office.cards()[-1].silent
    await office.comment("banjir di atap, tolong", office.stranger)
    assert not office.cards()[-1].silent


async def test_a_page_that_was_never_sent_is_not_redrawn(office: Office) -> None:
    await paged(office)
    before = len(office.seen(office.users["koko"].id))
    await says(office, RedrawPage(1, PersonId("koko")))
    assert len(office.seen(office.users["koko"].id)) == before


async def test_what_is_about_nothing_is_dropped(office: Office) -> None:
    await says(office, CaseCard(CaseId(99)))
    assert office.cards() == []
    row = await office.database.read.outbox.get(1)  # type: ignore[arg-type]  # the first row
    assert row is not None
    assert row.state is SendState.DROPPED


async def test_a_notice_stands_below_what_it_is_about_or_alone(office: Office) -> None:
    await new(office)
    card = office.cards()[-1]
    await says(office, Notice("triage", "woken", {"case": 1}, reply_to=card.message_id))
    assert office.seen(TRIAGE_CHAT)[-1].reply_to == card.message_id
    await says(office, Notice("triage", "woken", {"case": 1}, reply_to=4711), "another")
    assert office.seen(TRIAGE_CHAT)[-1].text == "⏰ #1 kembali setelah ditunda. Mohon dilihat lagi."
    assert office.refusals() == []


async def test_somebody_who_blocked_the_bot_stops_no_one_else(office: Office) -> None:
    office.world.block(office.users["pima"])
    await says(office, Notice(to_person(PersonId("pima")), "woken", {"case": 1}))
    await says(office, Notice(to_person(PersonId("pena")), "woken", {"case": 1}), "another")
    assert "kembali setelah ditunda" in office.last("pena").text


def test_nobody_looks_at_a_waiting_wheel_for_a_second() -> None:
    assert PATIENCE_S < 1


async def test_a_press_is_answered_in_time_even_when_the_work_takes_longer(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await taken(office)
    await office.press("ani", office.cards()[-1], "Lepas")
    press = office.world.press(office.users["ani"], office.cards()[-1], "Ambil")
    [raw] = office.world.updates.peek()
    office.world.updates.clear()
    triage = Slow(office.database, office.services.team, office.clock, office.promises)
    triage.done = asyncio.Event()
    slow = office.slowed(triage)
    assert isinstance(slow, Doors)
    monkeypatch.setattr(presses, "_ANSWER_WITHIN_S", 0.01)
    working = asyncio.create_task(Presses(slow).on_press(Update.de_json(raw, office.bot), None))  # type: ignore[arg-type]  # unused
    async with asyncio.timeout(30):
        while not press.answers:  # noqa: ASYNC110 - the press is answered by itself
            await asyncio.sleep(0.01)
    assert not press.text
    assert not working.done()
    triage.done.set()
    await working
    assert press.answers == 1
    await office.pump()
    assert "ditangani Ani" in office.cards()[-1].text


async def test_a_press_that_is_too_old_to_answer_still_counts(office: Office) -> None:
    await new(office)
    office.faults.add(Fault(Break.RESET_AFTER, "answerCallbackQuery", times=1))
    await office.press("ani", office.cards()[-1], "Ambil")
    assert "ditangani Ani" in office.cards()[-1].text


async def test_buttons_have_their_colours(office: Office) -> None:
    await paged(office)
    styles = {b["text"]: b.get("style") for b in (*office.cards()[-1].buttons, *office.last("pita").buttons)}
    assert styles["✋ Ambil"] == "success"
    assert styles["🚨 Eskalasi"] == "danger"
    assert styles["👀 Saya tangani"] == "success"
    assert styles["🏷 Label"] is None
    assert [m for m in office.seen(CRISIS_CHAT) if m.buttons]
