"""Messages as Telegram sends them, parsed by the library that the bot uses."""

from datetime import UTC, datetime
from typing import Any

from telegram import Message

WRITTEN = 1795400000
AT = datetime.fromtimestamp(WRITTEN, UTC)
GROUP, CHANNEL = -1001000000007, -1001000000003
USERNAME = "kotacontoh"
TELEGRAM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
CHANNEL_BOT = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
WARGA = {"id": 501, "is_bot": False, "first_name": "Warga", "last_name": "Melati"}
DISCUSSION = {"id": GROUP, "type": "supergroup", "title": "Diskusi"}
NEWS = {"id": CHANNEL, "type": "channel", "title": "Kota Contoh", "username": USERNAME}


def message(number: int = 70, **fields: Any) -> Message:
    raw: dict[str, Any] = {
        "message_id": number,
        "date": WRITTEN,
        "chat": DISCUSSION,
        "from": WARGA,
        "text": "Kapan jalan diperbaiki?",
        **fields,
    }
    return Message.de_json({key: value for key, value in raw.items() if value is not None}, None)


def post(number: int = 10) -> Message:
    """A channel post as it arrives by itself in the discussion group."""
    return message(
        number,
        **{"from": TELEGRAM},
        sender_chat=NEWS,
        is_automatic_forward=True,
        text="Jadwal layanan\nkeliling  minggu ini",
        forward_origin={"type": "channel", "date": WRITTEN, "chat": NEWS, "message_id": 33},
    )


def private(number: int = 5, **fields: Any) -> Message:
    return message(number, chat={"id": 501, "type": "private", "first_name": "Warga"}, **fields)


def forwarded(origin: dict[str, Any], number: int = 90, **fields: Any) -> Message:
    return message(number, forward_origin={"date": WRITTEN - 600, **origin}, **fields)
