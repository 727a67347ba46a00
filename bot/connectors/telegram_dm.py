"""Citizens' private messages to the bot."""

from datetime import datetime
from typing import Protocol

from telegram import Message

from bot.connectors.telegram_message import author_of, media_of, moment_of, text_of
from bot.domain.comment import Comment, Origin, Platform


class Receives(Protocol):
    async def receive(self, comment: Comment, cause: str, /) -> object: ...


class DirectConnector:
    """One conversation per citizen; follow-ups join the open case, whenever they come."""

    def __init__(self, intake: Receives) -> None:
        self._intake = intake

    async def on_message(self, message: Message, cause: str, now: datetime) -> None:
        if message.from_user is None or message.from_user.is_bot:
            return
        if not text_of(message) and not media_of(message):
            return
        await self._intake.receive(
            Comment(
                origin=Origin(Platform.TELEGRAM_DM, str(message.chat.id), str(message.message_id)),
                author=author_of(message),
                text=text_of(message),
                written_at=moment_of(message),
                received_at=now,
                media=media_of(message),
            ),
            cause,
        )
