"""Chats and messages: what exists, who is told about a change, and what the bot may see of it."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

from bot.sandbox.model import Chat, Json, Kind, Message, Press, User
from bot.sandbox.ticking import Clock
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.visibility import bot_sees

Listener = Callable[[Json], None]


class Places:
    """The state behind the API. Everything is in memory: it stands for Telegram's servers."""

    def __init__(self, clock: Clock, bot: User) -> None:
        self.clock = clock
        self.bot = bot
        self.privacy = True
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}
        self.updates = UpdateQueue()
        self._listeners: list[Listener] = []

    @property
    def timestamp(self) -> int:
        return int(self.clock.now().timestamp())

    def chat(self, chat_id: int) -> Chat:
        """LookupError when there is none."""
        if chat_id not in self.chats:
            raise LookupError(f"no chat {chat_id}")
        return self.chats[chat_id]

    def message(self, chat_id: int, message_id: int) -> Message:
        """LookupError when there is none or it was deleted."""
        found = self.chat(chat_id).messages.get(message_id)
        if found is None or found.deleted:
            raise LookupError(f"no message {message_id} in chat {chat_id}")
        return found

    def messages(self, chat_id: int) -> list[Message]:
        """What stands in the chat now, oldest first."""
        return [m for m in self.chat(chat_id).messages.values() if not m.deleted]

    def everything(self) -> Iterator[Message]:
        for chat in self.chats.values():
            yield from chat.messages.values()

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Calls `listener` with each change as a small dict; returns what ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, kind: str, **facts: Any) -> None:
        for listener in list(self._listeners):
            listener({"kind": kind, **facts})

    async def until(self, predicate: Callable[[], object], seconds: float = 5.0) -> None:
        """Waits until `predicate()` is true; TimeoutError after `seconds` of the event loop's time."""
        changed = asyncio.Event()
        stop = self.listen(lambda _: changed.set())
        try:
            async with asyncio.timeout(seconds):
                while not predicate():
                    changed.clear()
                    # What is waited for may also come true elsewhere (a row in a store), so look again soon.
                    waiter = asyncio.ensure_future(changed.wait())
                    await asyncio.wait([waiter], timeout=0.02)
                    waiter.cancel()
        finally:
            stop()

    def store(self, chat: Chat, raw: Json, **marks: Any) -> Message:
        """Gives the message its id, date and chat, keeps it and shows it to whoever looks on.

        `marks` are further fields of Message: silent, protected, prompt.
        """
        chat.last_id += 1
        body = {"message_id": chat.last_id, "date": self.timestamp, "chat": chat.to_json(), **raw}
        message = Message(chat.id, chat.last_id, body, **marks)
        chat.messages[chat.last_id] = message
        chat.bot_spoke_last = message.sender_id == self.bot.id
        self.tell("message", chat_id=chat.id, message=message)
        return message

    def deliver(self, message: Message, edited: bool = False) -> None:
        """Makes the update for the bot if it may see the message."""
        chat = self.chats[message.chat_id]
        if not bot_sees(self.bot, self.privacy, chat, message):
            return
        kind = "channel_post" if chat.kind is Kind.CHANNEL else "message"
        self.updates.put(f"edited_{kind}" if edited else kind, dict(message.raw))
