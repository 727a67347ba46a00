"""The page's and the control API's picture of the world, as JSON."""

from dataclasses import asdict
from typing import Any

from bot.sandbox.faults import Fault
from bot.sandbox.model import Chat, Json, Message, Press, User
from bot.sandbox.stage import Phone, Stage
from bot.sandbox.world import World

RECENT = 300


def message_view(message: Message) -> Json:
    return {
        "chat_id": message.chat_id,
        "message_id": message.message_id,
        "raw": message.raw,
        "silent": message.silent,
        "prompt": message.prompt,
        "deleted": message.deleted,
        "versions": message.versions,
        "reactions": [one for given in message.reactions.values() for one in given],
    }


def user_view(user: User) -> Json:
    return {
        "id": user.id,
        "name": user.name,
        "username": user.username,
        "started": user.started,
        "blocked": user.blocked,
    }


def chat_view(chat: Chat) -> Json:
    shown = [m for m in chat.messages.values() if not m.deleted][-RECENT:]
    return {
        "id": chat.id,
        "type": chat.kind.value,
        "title": chat.title or (chat.user.name if chat.user else ""),
        "linked": chat.linked,
        "members": sum(1 for member in chat.members.values() if member.present),
        "pinned": chat.pinned,
        "messages": [message_view(message) for message in shown],
    }


def fault_view(fault: Fault) -> Json:
    return asdict(fault) | {"kind": fault.kind.value}


def change_view(change: Json) -> Json:
    """One change of the world as it goes over the wire."""
    shown: Json = {}
    for key, value in change.items():
        if isinstance(value, Message):
            shown[key] = message_view(value)
        elif isinstance(value, Press):
            shown[key] = {"id": value.id, "text": value.text, "alert": value.alert, "url": _url(value)}
        else:
            shown[key] = value
    return shown


def _url(press: Press) -> str:
    return str((press.answer or {}).get("url", ""))


def _phone_view(phone: Phone) -> Json:
    return asdict(phone) | {"view": phone.view.value, "viewers": list(phone.viewers)}


def state_view(world: World, stage: Stage) -> Json:
    """Everything that the page needs to draw itself once; later it follows the changes."""
    wanted: set[int] = set()
    for phone in stage.phones:
        wanted.update(phone.viewers)
        if phone.chat:
            wanted.add(phone.chat)
            wanted.add(world.chats[phone.chat].linked or phone.chat)
    people: list[Any] = [user_view(user) for user in world.users.values() if not user.is_bot]
    return {
        "title": stage.title,
        "phones": [_phone_view(phone) for phone in stage.phones],
        "on_call": stage.on_call,
        "samples": list(stage.samples),
        "bot": {"id": world.bot.id, "name": world.bot.name, "username": world.bot.username},
        "users": people,
        "chats": [chat_view(world.chats[chat_id]) for chat_id in sorted(wanted)],
        "now": world.clock.now().isoformat(),
    }
