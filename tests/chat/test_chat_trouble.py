"""Something breaks under a press, and no rule foresaw it: the presser hears so once and need not guess."""

import asyncio
import sqlite3
from dataclasses import replace

import pytest
from chat_office import Office
from chat_scenes import new
from telegram import Update

from bot.chat.handlers import presses
from bot.chat.handlers.presses import Presses
from bot.chat.handlers.thumbs import PressRate
from bot.chat.words.toasts import BROKEN, TRIED_AGAIN
from bot.domain.case import Case
from bot.sandbox.model import Press
from bot.services.tap import Tap
from bot.services.triage import Triage


class Fails(Triage):
    """Breaks as often as it is told to, and late if it is told so; then it works."""

    def broken(self, *errors: Exception, wait: asyncio.Event | None = None) -> "Fails":
        self.errors, self.wait = list(errors), wait
        return self

    async def take(self, tap: Tap) -> Case:
        if self.wait is not None:
            await self.wait.wait()
        if self.errors:
            raise self.errors.pop(0)
        return await super().take(tap)


class Desk:
    """Ani's press on ✋ Ambil as the inbox hands it out: again, as long as it fails."""

    def __init__(self, office: Office, *errors: Exception, wait: asyncio.Event | None = None) -> None:
        triage = Fails(office.database, office.services.team, office.clock, office.promises)
        doors = office.slowed(triage.broken(*errors, wait=wait))
        self._presses = Presses(replace(doors, press_rate=PressRate(1, 1000.0)))
        self._office = office
        self.press: Press = office.world.press(office.users["ani"], office.cards()[-1], "Ambil")
        [self._raw] = office.world.updates.peek()
        office.world.updates.clear()

    async def attempt(self) -> None:
        await self._presses.on_press(Update.de_json(self._raw, self._office.bot), None)  # type: ignore[arg-type]  # unused
        await self._office.pump()


def trouble() -> sqlite3.OperationalError:
    return sqlite3.OperationalError("disk I/O error")


async def test_what_is_tried_again_is_said_at_once_and_done_without_a_second_word(office: Office) -> None:
    await new(office)
    desk = Desk(office, trouble(), trouble())
    for _ in range(2):
        with pytest.raises(sqlite3.OperationalError):
            await desk.attempt()
        assert (desk.press.text, desk.press.alert) == (TRIED_AGAIN, False)
        assert "ditangani" not in office.cards()[-1].text
    await desk.attempt()  # though one press is all that this thumb is allowed: it pressed once
    assert "ditangani Ani" in office.cards()[-1].text
    assert office.refusals() == [], "one answer for one press"
    assert not office.seen(office.users["ani"].id)


async def test_who_was_overtaken_while_it_was_tried_again_reads_so_in_private(office: Office) -> None:
    await new(office)
    desk = Desk(office, trouble())
    with pytest.raises(sqlite3.OperationalError):
        await desk.attempt()
    await office.press("kori", office.cards()[-1], "Ambil")
    await desk.attempt()
    assert "Kori" in office.last("ani").text
    assert office.refusals() == []


async def test_an_error_in_the_code_is_not_called_a_passing_one(office: Office) -> None:
    await new(office)
    desk = Desk(office, KeyError("assignee"))
    with pytest.raises(KeyError):
        await desk.attempt()
    assert desk.press.text == BROKEN


async def test_what_breaks_after_the_wheel_was_stopped_is_said_in_private_once(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await new(office)
    wait = asyncio.Event()
    desk = Desk(office, trouble(), trouble(), wait=wait)
    monkeypatch.setattr(presses, "_ANSWER_WITHIN_S", 0.01)
    attempt = asyncio.ensure_future(desk.attempt())
    async with asyncio.timeout(30):
        while not desk.press.answers:  # noqa: ASYNC110 - the press is answered by itself
            await asyncio.sleep(0.01)
    assert not desk.press.text
    wait.set()
    for _ in range(2):
        with pytest.raises(sqlite3.OperationalError):
            await attempt
        attempt = asyncio.ensure_future(desk.attempt())
    await attempt
    assert [m.text for m in office.seen(office.users["ani"].id)] == [TRIED_AGAIN]
    assert "ditangani Ani" in office.cards()[-1].text


def test_both_sentences_fit_over_a_button() -> None:
    assert max(len(TRIED_AGAIN), len(BROKEN)) <= 200
