"""What the team brings in: a message forwarded to the bot, or replied to with /lapor."""

import hashlib
from datetime import UTC, datetime
from typing import Protocol

from telegram import Message, MessageOriginChannel, MessageOriginChat

from bot.connectors.telegram_message import link_to, media_of, moment_of, origin_author, text_of
from bot.domain.comment import Comment, Origin, Platform
from bot.domain.people import PersonId


class Brings(Protocol):
    async def receive(self, comment: Comment, cause: str, by: str, /) -> object: ...


class ForwardedConnector:
    """The same message brought twice is one comment: by its origin where known, else by its words."""

    def __init__(self, intake: Brings) -> None:
        self._intake = intake

    async def bring(self, message: Message, by: PersonId, cause: str, now: datetime) -> object:
        """Takes `message` (forwarded, or replied to) in. Answers what became of it."""
        return await self._intake.receive(_comment(message, now), cause, by)


def _comment(message: Message, now: datetime) -> Comment:
    author = origin_author(message)
    written = message.forward_origin.date.astimezone(UTC) if message.forward_origin else moment_of(message)
    return Comment(
        origin=_origin(message),
        author=author,
        text=text_of(message),
        written_at=written,
        received_at=now,
        link=_link(message),
        media=media_of(message),
    )


def _origin(message: Message) -> Origin:
    match message.forward_origin:
        case MessageOriginChannel(chat=chat, message_id=number):
            return Origin(Platform.FORWARDED, str(chat.id), str(number))
        case None:
            return Origin(Platform.FORWARDED, str(message.chat.id), str(message.message_id))
        case origin:
            author = origin_author(message)
            words = f"{author.key}|{author.name}|{int(origin.date.timestamp())}|{text_of(message)}"
            return Origin(
                Platform.FORWARDED, "words", hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()
            )


def _link(message: Message) -> str:
    match message.forward_origin:
        case MessageOriginChannel(chat=chat, message_id=number):
            return link_to(chat.id, number, None, chat.username)
        case MessageOriginChat(sender_chat=chat):
            return f"https://t.me/{chat.username}" if chat.username else ""
        case _:
            return ""
