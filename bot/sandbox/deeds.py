"""What the control API can do, one function per path of `POST /sandbox/<deed>`."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.api import BotApi
from bot.sandbox.faults import Break, Fault
from bot.sandbox.limits import Limits
from bot.sandbox.model import Json, Message, User
from bot.sandbox.stage import Stage
from bot.sandbox.views import fault_view, message_view
from bot.sandbox.world import World

OnAdvance = Callable[[float], Awaitable[None] | None]


@dataclass(slots=True)
class Backstage:
    """All that a deed may touch."""

    api: BotApi
    stage: Stage
    on_advance: OnAdvance | None = None

    @property
    def world(self) -> World:
        return self.api.platform.world

    def user(self, body: Json) -> User:
        return self.world.users[int(body["user"])]

    def message(self, body: Json, key: str = "message_id") -> Message:
        return self.world.message(int(body["chat"]), int(body[key]))


Deed = Callable[[Backstage, Json], Awaitable[Json] | Json]


def say(stage: Backstage, body: Json) -> Json:
    """{user, chat, text, reply_to?} -> the message."""
    reply_to = body.get("reply_to")
    message = stage.world.say(stage.user(body), int(body["chat"]), str(body["text"]), reply_to=reply_to)
    return message_view(message)


def comment(stage: Backstage, body: Json) -> Json:
    """{user, chat, post, text, reply_to?}: `chat` is the channel, `post` its message."""
    more = {"reply_to": int(body["reply_to"])} if body.get("reply_to") else {}
    return message_view(
        stage.world.comment(stage.message(body, "post"), stage.user(body), str(body["text"]), **more)
    )


def publish(stage: Backstage, body: Json) -> Json:
    """{chat, text}: a post in a channel."""
    return message_view(stage.world.publish(stage.world.chat(int(body["chat"])), str(body["text"])))


def edit(stage: Backstage, body: Json) -> Json:
    """{chat, message_id, text}: the author edits."""
    message = stage.message(body)
    stage.world.edit(message, str(body["text"]))
    return message_view(message)


def delete(stage: Backstage, body: Json) -> Json:
    stage.world.delete(stage.message(body))
    return {}


def start(stage: Backstage, body: Json) -> Json:
    """{user, payload?}: opens the bot's private chat."""
    return message_view(stage.world.start(stage.user(body), str(body.get("payload", ""))))


def press(stage: Backstage, body: Json) -> Json:
    """{user, chat, message_id, data | button} -> {press}: the id under which the answer will come."""
    if "data" in body:
        made = stage.world.press_raw(
            stage.user(body), int(body["chat"]), int(body["message_id"]), str(body["data"])
        )
    else:
        made = stage.world.press(stage.user(body), stage.message(body), str(body["button"]))
    return {"press": made.id}


def block(stage: Backstage, body: Json) -> Json:
    """{user, blocked}: the person blocks the bot, or no longer."""
    stage.world.block(stage.user(body), bool(body["blocked"]))
    return {"blocked": stage.user(body).blocked}


async def advance(stage: Backstage, body: Json) -> Json:
    """{seconds}: moves the clock by the owner's hook, or by the clock's own `advance`."""
    seconds = float(body["seconds"])
    move: Any = stage.on_advance or getattr(stage.world.clock, "advance", None)
    if move is None:
        raise ValueError("this sandbox's clock cannot be moved")
    if inspect.isawaitable(result := move(seconds)):
        await result
    now = stage.world.clock.now().isoformat()
    stage.world.tell("clock", now=now)
    return {"now": now}


def faults(stage: Backstage, body: Json) -> Json:
    """Fields of Fault -> all faults; {"clear": true} ends them all first, {"clear": KIND} those of a kind."""
    book = stage.api.faults
    body = dict(body)
    clear = body.pop("clear", None)
    if clear is True:
        book.clear()
    elif clear:
        for one in [f for f in book.active if f.kind == clear]:
            book.remove(one)
    if body:
        book.add(Fault(Break(body.pop("kind")), **body))
    shown = [fault_view(fault) for fault in book.active]
    stage.world.tell("faults", faults=shown)
    return {"faults": shown}


def limits(stage: Backstage, body: Json) -> Json:
    """{on: bool}: Telegram's pacing."""
    stage.api.platform.pace.limits = Limits() if body["on"] else Limits.off()
    return {"on": bool(body["on"])}


def flood(stage: Backstage, body: Json) -> Json:
    """{chat, post, count, users?, texts?}: so many comments at once -> {"message_ids"}."""
    world = stage.world
    chosen = body.get("users") or [u.id for u in world.users.values() if not u.is_bot]
    texts = body.get("texts") or ["Kapan jalan di depan pasar diperbaiki?"]
    users = [world.users[int(number)] for number in chosen]
    return {"message_ids": world.flood(stage.message(body, "post"), users, texts, int(body["count"]))}


def updates(stage: Backstage, body: Json) -> Json:
    """{bodies: [...]}: raw updates of any shape, also malformed ones -> {"update_ids"}."""
    made = [stage.world.updates.put_raw(one) for one in body["bodies"]]
    return {"update_ids": [update["update_id"] for update in made]}


DEEDS: dict[str, Deed] = {
    "say": say,
    "comment": comment,
    "publish": publish,
    "edit": edit,
    "delete": delete,
    "start": start,
    "press": press,
    "block": block,
    "advance": advance,
    "faults": faults,
    "limits": limits,
    "flood": flood,
    "updates": updates,
}
