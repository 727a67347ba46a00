"""Hands that press what the next step needs, as people would, on whatever the bot shows them.

They know nothing of the bot but its cards: each look at a card decides one press from its buttons. A press
that shows no effect for a while (the bot was dead, or the card was just redrawn) is made again.
"""

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass, field

from benchmarks.town import COORDINATORS, OFFICERS, Town
from bot.sandbox import Message, Press, User

_PATIENCE_S = 4.0
_BREATH_S = 0.05
_HANDS = 12
"""Presses that wait for an answer at once: people press one thing after the other."""
_ENOUGH = 3
"""Answered presses after which a person understands that this card is an old copy."""
_MARK = re.compile(r"nomor (\d{4,})")
_TEMPLATE = re.compile(r"\d\. ")

WAY = ("Ambil", "Balas", "Ajukan", "Tulis")
_WORDS = "Terima kasih, Kak, petugas kami menindaklanjutinya."
"""What an officer writes where no template fits or a gap of one asks for words."""


def mark(number: int) -> str:
    """The words by which a comment is known again wherever it is shown."""
    return f"nomor {number:04}"


def marked(text: str) -> int | None:
    """The number of the first marked comment in a text."""
    found = _MARK.search(text)
    return int(found.group(1)) if found else None


@dataclass(slots=True)
class _Seen:
    """A card's buttons when it was last pressed, when that was, and how often in vain."""

    buttons: tuple[str, ...] = ()
    at: float = float("-inf")
    tries: int = 0
    press: Press | None = None


@dataclass(slots=True)
class Crew:
    """Officers in the triage group, coordinators at their phones. `busy`: something is left to press."""

    town: Town
    asked: set[int] = field(default_factory=set)
    """Messages that asked whether a reply arrived."""
    answers: dict[str, int] = field(default_factory=dict)
    """What people found when they looked: "there" or "gone"."""
    given_up: list[str] = field(default_factory=list)
    """Buttons that were refused again and again, with the bot's words: copies that a kill left behind."""
    _open: dict[tuple[int, int], Message] = field(default_factory=dict)
    _seen: dict[tuple[int, int], _Seen] = field(default_factory=dict)
    _under: dict[int, int] = field(default_factory=dict)
    _pressed: list[_Seen] = field(default_factory=list)
    _questions: list[Message] = field(default_factory=list)

    @property
    def busy(self) -> bool:
        return bool(self._open)

    def left(self) -> list[str]:
        """The cards that still want a press: their buttons, the last press and what was answered."""
        lines = []
        for key, message in list(self._open.items())[:5]:
            press = self._seen.get(key, _Seen()).press
            said = press.text if press and press.answer else "not answered"
            lines.append(f"{key} {[b['text'] for b in message.buttons]} {said} | {message.text[:200]}")
        return lines

    async def run(self) -> None:
        """Until cancelled."""
        stop = self.town.sandbox.world.listen(self._notice)
        try:
            while True:
                await asyncio.sleep(_BREATH_S)
                for key, message in list(self._open.items()):
                    self._look(key, message)
                while self._questions:
                    self._write(self._questions.pop(0))
        finally:
            stop()

    def _notice(self, change: dict[str, object]) -> None:
        message = change.get("message")
        if isinstance(message, Message) and message.sender_id == self.town.sandbox.world.bot.id:
            if message.chat_id == self.town.discussion.id and message.reply_to is not None:
                self._under[message.reply_to] = self._under.get(message.reply_to, 0) + 1
            elif message.prompt is not None and change["kind"] == "message":
                self._questions.append(message)
            elif message.buttons:
                self._open[message.chat_id, message.message_id] = message
            else:
                self._open.pop((message.chat_id, message.message_id), None)

    def _write(self, question: Message) -> None:
        """Whom the bot asked for words replies to its question; a question of an earlier life may be gone."""
        asked = next((n for n in OFFICERS if n.title() in question.text), None)
        if asked is not None and question.chat_id == self.town.triage.id:
            town = self.town
            with suppress(LookupError):
                town.sandbox.world.say(town.team[asked], town.triage, _WORDS, reply_to=question)

    def _look(self, key: tuple[int, int], message: Message) -> None:
        chosen = self._choose(message)
        if chosen is None:
            self._open.pop(key, None)
            return
        user, button = chosen
        buttons = tuple(b["text"] for b in message.buttons)
        seen = self._seen.setdefault(key, _Seen())
        now = asyncio.get_running_loop().time()
        if (buttons == seen.buttons and now - seen.at < _PATIENCE_S) or self._hands_full(now):
            return
        seen.tries = seen.tries + 1 if buttons == seen.buttons and seen.press and seen.press.answer else 1
        if seen.tries > _ENOUGH:
            self._open.pop(key, None)
            self.given_up.append(f"{button}: {seen.press.text if seen.press else ''}")
            return
        seen.buttons, seen.at = buttons, now
        seen.press = self.town.sandbox.world.press(user, message, button)
        self._pressed.append(seen)

    def _hands_full(self, now: float) -> bool:
        self._pressed = [
            s for s in self._pressed if s.press and not s.press.answer and now - s.at < _PATIENCE_S
        ]
        return len(self._pressed) >= _HANDS

    def _choose(self, message: Message) -> tuple[User, str] | None:
        """Who presses what on this message; None: it needs nobody."""
        texts = [button["text"] for button in message.buttons]
        if any("Kirim ulang" in text for text in texts):
            return self._settle(message)
        if message.chat_id != self.town.triage.id:
            return self._approve(message, texts)
        number = marked(message.text)
        if number is None:
            return None
        officer = self.town.team[OFFICERS[number % len(OFFICERS)]]
        wanted = next((way for way in WAY if any(way in text for text in texts)), None)
        if wanted is None and any("Buang draf" in text for text in texts):
            wanted = texts[0]  # a gap of the letter, with prepared values
        if wanted is None:
            wanted = next((text for text in texts if _TEMPLATE.match(text)), None)
        return (officer, wanted) if wanted else None

    def _approve(self, message: Message, texts: list[str]) -> tuple[User, str] | None:
        approves = any("Setujui" in text for text in texts)
        who = next((n for n in COORDINATORS if self.town.team[n].id == message.chat_id), None)
        return (self.town.team[who], "Setujui") if approves and who else None

    def _settle(self, message: Message) -> tuple[User, str] | None:
        """Was the reply posted or not? Somebody opens the comment and looks, as the card asks."""
        self.asked.add(message.message_id)
        number = marked(message.text)
        if number is None:
            return None
        there = self.replied(number)
        key = (message.chat_id, message.message_id)
        if key not in self._seen:
            found = "there" if there else "gone"
            self.answers[found] = self.answers.get(found, 0) + 1
        return self.town.team[OFFICERS[0]], "Sudah terkirim" if there else "Kirim ulang"

    def replied(self, number: int) -> int:
        """How many replies of the bot stand under the comment with this mark."""
        return sum(
            count
            for comment, count in self._under.items()
            if marked(self.town.sandbox.world.message(self.town.discussion.id, comment).text) == number
        )
