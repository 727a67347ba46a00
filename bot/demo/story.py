"""What the demo's team does, pressing the same buttons as people, and the story that --headless prints."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.app import Machine
from bot.demo.setting import Town
from bot.domain.case import CaseStatus
from bot.domain.outgoing import SendState
from bot.sandbox import Message, Sandbox, User

_PATIENCE_S = 20.0
_LOOK_AGAIN_S = 0.02
_RUMOUR, _LIFE = "Hoaks", "Keselamatan"
_LINK = "https://dukcapil.purwatirta.go.id/keliling"


class StoryBroken(Exception):
    """Something that the story needs did not happen."""


class Story:
    """The team's hands. Every step waits until the bot has answered, as a person would."""

    def __init__(self, sandbox: Sandbox, town: Town, machine: Machine, say: Callable[[str], None]) -> None:
        self._sandbox = sandbox
        self._world = sandbox.world
        self._town = town
        self._machine = machine
        self._say = say

    def hear(self, row: dict[str, Any], now: datetime) -> None:
        """Tells that a citizen writes."""
        self._tell(now, f"{row['from']} menulis: {row['text']}")

    async def first_reply(self) -> None:
        """The main way once through: claimed, answered from a template, approved, posted."""
        sinta, hesti = self._town.team["sinta"], self._town.team["hesti"]
        card = await self._message(self._town.triage.id, "Ambil")
        await self._press(sinta, card, "Ambil")
        await self._press(sinta, card, "Balas")
        template = card.buttons[0]["text"]
        await self._press(sinta, card, template)
        await self._fill_gaps(sinta, card)
        await self._press(sinta, card, "Ajukan")
        draft = await self._message(hesti.id, "Setujui")
        await self._press(hesti, draft, "Setujui")
        reply = await self._reply_under_comment()
        self._tell(self._machine_now(), f"Balasan terkirim: {reply.text}")

    async def _fill_gaps(self, user: User, card: Message) -> None:
        """Answers whatever the template asks: a typed link, or the first of the choices."""
        while not any("Ajukan" in text for text in _texts(card)):
            if any("Isi" in text for text in _texts(card)):
                await self._type_link(user, card)
            else:
                await self._press(user, card, card.buttons[0]["text"])

    async def _type_link(self, user: User, card: Message) -> None:
        """Presses ✏️ Isi and replies to the question that comes."""
        world, chat, before = self._world, card.chat_id, card.buttons
        asked = len(world.messages(chat))
        world.press(user, card, "Isi")
        await world.until(lambda: len(world.messages(chat)) > asked, _PATIENCE_S)
        world.say(user, chat, _LINK, reply_to=world.messages(chat)[-1])
        await world.until(lambda: card.buttons != before, _PATIENCE_S)
        self._tell(self._machine_now(), f"{user.name} mengisi tautan {_LINK}")

    async def settled(self) -> None:
        """Everything that arrived is handled and said."""
        async with asyncio.timeout(_PATIENCE_S):
            while await self._something_waits():  # noqa: ASYNC110 - rows in a store ring no bell here
                await asyncio.sleep(_LOOK_AGAIN_S)

    async def _something_waits(self) -> bool:
        if len(self._world.updates):
            return True
        read = self._machine.database.read
        lanes = await read.outbox.health()
        return (await read.inbox.health()).pending > 0 or any(
            lane.state is not SendState.UNCERTAIN for lane in lanes
        )

    async def evening(self) -> None:
        """The on-call does not answer, the next does; the day is counted."""
        bram = self._town.team["bram"]
        await self._message(bram.id, "Saya tangani", _RUMOUR)
        sinta = self._town.team["sinta"]
        page = await self._message(sinta.id, "Saya tangani", _RUMOUR)
        self._tell(self._machine_now(), "Bram tidak menjawab panggilan piket; Sinta dipanggil.")
        await self._press(sinta, page, "Saya tangani")
        await self._still_with_somebody()
        await self.settled()
        counts = await self._machine.database.read.cases.counts()
        total = sum(counts.values())
        answered = counts.get(CaseStatus.ANSWERED, 0)
        runs = await self._machine.services.incidents.going_on()
        self._say(f"— {total} kasus, {answered} dijawab, {len(runs)} insiden berjalan.")
        names = self._machine.services.team.names
        for run in runs:
            held = f"ditangani {names[run.owner]}" if run.owner is not None else "belum ada yang menangani"
            self._say(f"  K-{run.incident.id} {run.playbook.name}: {held}.")

    async def _still_with_somebody(self) -> None:
        """Whoever has somebody at risk is asked again after a while, and says so; else others are called."""
        self._tell(self._machine_now(), "Hesti ditanya lagi: masih mendampingi Lintang?")
        await self.life_at_risk()

    async def life_at_risk(self) -> None:
        """A named companion takes it at once; the group has seen no name and no word of it."""
        hesti = self._town.team["hesti"]
        page = await self._message(hesti.id, "Saya tangani", _LIFE)
        await self._press(hesti, page, "Saya tangani")

    async def _message(self, chat: int, button: str, about: str = "") -> Message:
        """The newest message in a chat with this button, and with these words."""

        def found() -> list[Message]:
            with_button = [m for m in self._world.messages(chat) if any(button in t for t in _texts(m))]
            return [m for m in with_button if about in m.text]

        try:
            await self._world.until(found, _PATIENCE_S)
        except TimeoutError:
            raise StoryBroken(f"no button {button!r} in chat {chat}") from None
        return found()[-1]

    async def _press(self, user: User, message: Message, button: str) -> None:
        """Presses and waits, as a person does, until the bot has answered and the message has changed."""
        before = message.buttons
        press = self._world.press(user, message, button)
        try:
            await self._world.until(lambda: press.answer is not None, _PATIENCE_S)
            await self._world.until(lambda: message.buttons != before, _PATIENCE_S)
        except TimeoutError:
            raise StoryBroken(f"{button!r} was not answered") from None
        self._tell(self._machine_now(), f"{user.name} menekan {button}")

    async def _reply_under_comment(self) -> Message:
        def replies() -> list[Message]:
            bot = self._world.bot.id
            return [m for m in self._world.messages(self._town.discussion.id) if m.sender_id == bot]

        await self._world.until(replies, _PATIENCE_S)
        return replies()[-1]

    def _machine_now(self) -> datetime:
        return self._sandbox.world.clock.now()

    def _tell(self, now: datetime, text: str) -> None:
        local = now.astimezone(self._machine.settings.agency.zone.tz)
        self._say(f"{local:%H.%M} {text}")


def _texts(message: Message) -> list[str]:
    return [button["text"] for button in message.buttons]
