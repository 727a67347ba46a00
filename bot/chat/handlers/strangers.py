"""Whoever writes to the bot and is not of the team: a citizen, who is greeted."""

from telegram import Message

from bot.chat.handlers.doors import Doors
from bot.chat.handlers.talk import say_to_stranger
from bot.chat.handlers.thumbs import PressRate, Thumbs
from bot.chat.lists import plain
from bot.chat.words import citizens

_GREETINGS = PressRate(3, 3600.0)
"""Whoever has deleted the chat and taps Start again reads it again."""


class Strangers:
    """An account is greeted three times an hour, by whatever command it comes."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self._greeted = Thumbs(_GREETINGS)

    async def greet(self, message: Message) -> None:
        """In a private chat; not while /kunci is in force, and then it is for another time."""
        if await self._doors.store.read.people.public_lock() is not None:
            return
        if self._greeted.allow(message.chat.id, self._doors.clock.monotonic()):
            await say_to_stranger(self._doors, message, plain(citizens.welcome(self._doors.greeting)))
