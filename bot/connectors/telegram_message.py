"""What every Telegram connector reads off a message."""

from datetime import UTC, datetime

from telegram import Message, MessageOriginChannel, MessageOriginChat, MessageOriginUser

from bot.domain.comment import Author

TELEGRAM = 777000
ANONYMOUS_ADMIN = 1087968824
CHANNEL_BOT = 136817688

_MEDIA = (
    "photo",
    "video",
    "voice",
    "audio",
    "document",
    "sticker",
    "animation",
    "video_note",
    "location",
    "contact",
)
_CONTEXT = 200


def text_of(message: Message) -> str:
    return message.text or message.caption or ""


def media_of(message: Message) -> str:
    """Which kind of media came with it, or ""."""
    return next((kind for kind in _MEDIA if getattr(message, kind, None)), "")


def author_of(message: Message) -> Author:
    """The writer; a channel or group that speaks for itself is an author of its own."""
    if message.sender_chat is not None:
        return Author(f"chat:{message.sender_chat.id}", message.sender_chat.title or "")
    if message.from_user is not None:
        return Author(f"tg:{message.from_user.id}", message.from_user.full_name)
    return Author("", "")


def origin_author(message: Message) -> Author:
    """Who wrote what was forwarded. A hidden user's name is a claim, not an identity: no key."""
    match message.forward_origin:
        case MessageOriginUser(sender_user=user):
            return Author(f"tg:{user.id}", user.full_name)
        case MessageOriginChat(sender_chat=chat) | MessageOriginChannel(chat=chat):
            return Author(f"chat:{chat.id}", chat.title or "")
        case None:
            return author_of(message)
        case origin:
            return Author("", getattr(origin, "sender_user_name", ""))


def moment_of(message: Message) -> datetime:
    """When it was written (an edit: when it was edited), UTC."""
    return (message.edit_date or message.date).astimezone(UTC)


def shortened(text: str) -> str:
    """One line of a post, for the card."""
    line = " ".join(text.split())
    return line if len(line) <= _CONTEXT else line[: _CONTEXT - 1].rstrip() + "…"


def link_to(chat_id: int, message_id: int, thread: int | None = None, username: str | None = None) -> str:
    """The address of a message in a supergroup or channel, or "" where there is none."""
    if username:
        base = f"https://t.me/{username}/{message_id}"
    elif chat_id <= -1_000_000_000_000:
        base = f"https://t.me/c/{-chat_id - 1_000_000_000_000}/{message_id}"
    else:
        return ""
    return f"{base}?thread={thread}" if thread else base
