"""People write: in groups, under channel posts, in the bot's private chat."""

from typing import Any

from bot.sandbox.cast import Cast
from bot.sandbox.model import (
    ANONYMOUS_ADMIN_ID,
    CHANNEL_BOT_ID,
    MEDIA,
    TELEGRAM_ID,
    Chat,
    Json,
    Kind,
    Message,
    Status,
    User,
)
from bot.sandbox.texts import with_automatic

TELEGRAM: Json = {"id": TELEGRAM_ID, "is_bot": False, "first_name": "Telegram"}
ANONYMOUS: Json = {
    "id": ANONYMOUS_ADMIN_ID,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
CHANNEL_BOT: Json = {
    "id": CHANNEL_BOT_ID,
    "is_bot": True,
    "first_name": "Channel",
    "username": "Channel_Bot",
}


class Talk(Cast):
    """Writing. Each method returns the message and queues the update that the bot would get of it."""

    def say(self, user: User, chat: Chat | User | int, text: str = "", **more: Any) -> Message:
        """A message; PermissionError when the person may not write there.

        `more`: `reply_to` (Message or id), `extra` (raw fields such as those of media.py), `as_chat` (the
        Chat that speaks in the person's place: a channel, or the group itself for an anonymous
        administrator).
        """
        place = self.chat(chat if isinstance(chat, int) else chat.id)
        _check_may_write(user, place)
        if place.kind is Kind.CHANNEL:
            return self.publish(place, text, more.get("extra"))
        extra: Json = more.get("extra") or {}
        body = sender(user, place, more.get("as_chat")) | self.reply(place, more.get("reply_to"))
        message = self.store(place, body | content(text, extra))
        self.deliver(message)
        return message

    def reply(self, chat: Chat, target: Message | int | None) -> Json:
        """The raw fields of a reply to `target`; LookupError when it is gone."""
        if target is None:
            return {}
        message = self.message(chat.id, target if isinstance(target, int) else target.message_id)
        body: Json = {"reply_to_message": message.quoted()}
        if chat.kind is Kind.SUPERGROUP:
            # Also plain replies outside any topic carry a thread id: the first message of their thread.
            body["message_thread_id"] = message.thread_id or message.message_id
        return body

    def dm(self, user: User, text: str = "", **more: Any) -> Message:
        """A message in the private chat with the bot."""
        return self.say(user, user.id, text, **more)

    def start(self, user: User, payload: str = "") -> Message:
        """Opens the bot by its link, as t.me/bot?start=payload does."""
        return self.dm(user, f"/start {payload}".strip())

    def publish(self, channel: Chat, text: str, extra: Json | None = None) -> Message:
        """A post in a channel; Telegram forwards it into the discussion by itself."""
        message = self.post(channel, {"sender_chat": channel.to_json()} | content(text, extra or {}))
        self.deliver(message)
        return message

    def post(self, channel: Chat, body: Json) -> Message:
        """Stores a channel post, also one of the bot itself, and its automatic forward."""
        message = self.store(channel, body)
        if channel.linked is not None:
            self.deliver(self.store(self.chat(channel.linked), _forwarded_post(channel, message)))
        return message

    def comment(self, post: Message, user: User, text: str = "", **more: Any) -> Message:
        """A comment under a channel's post, or with `reply_to` under another comment."""
        root = self.thread_of(post)
        return self.say(user, root.chat_id, text, **{"reply_to": root, **more})

    def thread_of(self, post: Message) -> Message:
        """The automatic forward of a channel's post in the discussion; LookupError when there is none."""
        if post.raw.get("is_automatic_forward"):
            return post
        channel = self.chat(post.chat_id)
        for message in self.chat(channel.linked).messages.values() if channel.linked is not None else ():
            origin = message.raw.get("forward_origin", {})
            if message.raw.get("is_automatic_forward") and origin.get("message_id") == post.message_id:
                return message
        raise LookupError(f"post {post.message_id} has no thread")


def content(text: str, extra: Json) -> Json:
    """Raw fields of what is written: text with the entities Telegram finds, or a caption under media."""
    key = "caption" if any(kind in extra for kind in MEDIA) else "text"
    if not text:
        return dict(extra)
    body: Json = {key: text, **extra}
    entities = with_automatic(text, [])
    if entities:
        body["entities" if key == "text" else "caption_entities"] = entities
    return body


def sender(user: User, chat: Chat, as_chat: Chat | None) -> Json:
    """`from` and `sender_chat` of somebody who writes as himself, as a channel or as the group."""
    if as_chat is not None and as_chat.id in chat.banned_senders:
        raise PermissionError(f"nobody may write in the name of {as_chat.title} here")
    if as_chat is not None and as_chat.id != chat.id:
        return {"from": CHANNEL_BOT, "sender_chat": as_chat.to_json()}
    if as_chat is not None or chat.member(user.id).anonymous:
        return {"from": ANONYMOUS, "sender_chat": chat.to_json()}
    return {"from": user.to_json()}


def _forwarded_post(channel: Chat, post: Message) -> Json:
    body = {k: v for k, v in post.raw.items() if k not in ("message_id", "chat", "from", "reply_markup")}
    origin = {
        "type": "channel",
        "chat": channel.to_json(),
        "message_id": post.message_id,
        "date": post.raw["date"],
    }
    return {
        **body,
        "from": TELEGRAM,
        "sender_chat": channel.to_json(),
        "is_automatic_forward": True,
        "forward_origin": origin,
    }


def _check_may_write(user: User, chat: Chat) -> None:
    if chat.kind is Kind.PRIVATE:
        if chat.id != user.id:
            raise PermissionError(f"{user.name} cannot write in the private chat of {chat.title or chat.id}")
        user.started, user.blocked = True, False
        return
    member = chat.member(user.id)
    if chat.kind is Kind.CHANNEL and not member.is_admin:
        raise PermissionError(f"{user.name} is no administrator of {chat.title}")
    silenced = member.status is Status.RESTRICTED and not member.may("can_send_messages")
    # Anybody may comment on a channel's posts without joining the discussion.
    outside = not member.present and not (chat.linked is not None and member.status is not Status.KICKED)
    if silenced or outside:
        raise PermissionError(f"{user.name} may not write in {chat.title}")
