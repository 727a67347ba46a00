"""What people do with messages that are there: edit, delete, forward, react, press buttons."""

from typing import Any

from bot.sandbox.model import Chat, Json, Kind, Message, Press, User
from bot.sandbox.talk import Talk, content, sender
from bot.sandbox.texts import with_automatic


class World(Talk):
    """Telegram's side as a test sees it: set the stage, act as people, look at what stands there."""

    def edit(self, message: Message, text: str) -> None:
        """The author changes the text; a channel's post changes in its discussion too."""
        self._rewrite(message, text)
        self.deliver(message, edited=True)
        if self.chats[message.chat_id].kind is Kind.CHANNEL and self.chats[message.chat_id].linked:
            copy = self.thread_of(message)
            self._rewrite(copy, text)
            self.deliver(copy, edited=True)

    def _rewrite(self, message: Message, text: str) -> None:
        message.versions.append(message.text)
        body: Json = {("caption" if message.has_media else "text"): text, "edit_date": self.timestamp}
        message.raw = {
            k: v for k, v in message.raw.items() if k not in ("entities", "caption_entities")
        } | body
        if entities := with_automatic(text, []):
            message.raw["caption_entities" if message.has_media else "entities"] = entities
        self.tell("edit", chat_id=message.chat_id, message=message)

    def delete(self, message: Message) -> None:
        """The message is gone; bots are not told, as at Telegram."""
        message.deleted = True
        self.tell("delete", chat_id=message.chat_id, message_id=message.message_id)

    def forward(self, user: User, chat: Chat | User, message: Message, hidden: bool = False) -> Message:
        """Forwards a message; `hidden`: its author lets forwards show a name only."""
        place = self.chat(chat.id)
        origin = self._origin(message, hidden)
        kept = ("text", "entities", "caption", "caption_entities", "photo", "document", "video", "voice")
        body = {key: message.raw[key] for key in kept if key in message.raw}
        if place.kind is Kind.PRIVATE:
            user.started, user.blocked = True, False
        copy = self.store(place, sender(user, place, None) | body | {"forward_origin": origin})
        self.deliver(copy)
        return copy

    def _origin(self, message: Message, hidden: bool) -> Json:
        raw = message.raw
        if raw.get("forward_origin"):
            return dict(raw["forward_origin"])
        if "sender_chat" in raw and self.chats[message.chat_id].kind is Kind.CHANNEL:
            facts = {"chat": raw["sender_chat"], "message_id": message.message_id}
            return {"type": "channel", "date": raw["date"], **facts}
        if "sender_chat" in raw:
            return {"type": "chat", "date": raw["date"], "sender_chat": raw["sender_chat"]}
        if hidden:
            return {"type": "hidden_user", "date": raw["date"], "sender_user_name": raw["from"]["first_name"]}
        return {"type": "user", "date": raw["date"], "sender_user": raw["from"]}

    def press(self, user: User, message: Message, button: str) -> Press:
        """Presses the inline button whose text is (or contains) `button`. LookupError when there is none."""
        found = message.button(button)
        if "callback_data" not in found:
            raise LookupError(f"{button!r} is no callback button: {found}")
        return self.press_raw(user, message.chat_id, message.message_id, found["callback_data"])

    def press_raw(
        self, user: User, chat: Chat | int, message_id: int, data: str, too_old: bool = False
    ) -> Press:
        """A press with any data, as a hostile client may send it; `too_old`: the message is inaccessible."""
        place = self.chat(chat if isinstance(chat, int) else chat.id)
        message = place.messages.get(message_id)
        gone = too_old or message is None or message.deleted
        raw: Any = {"chat": place.to_json(), "message_id": message_id, "date": 0}
        if not gone and message is not None:
            raw = dict(message.raw)
        press = Press(f"{4_000_000_000 + len(self.presses)}", user.id, self.clock.now().timestamp())
        self.presses[press.id] = press
        query = {"id": press.id, "from": user.to_json(), "message": raw, "chat_instance": str(place.id)}
        self.updates.put("callback_query", {**query, "data": data})
        return press

    def react(self, user: User, message: Message, *emoji: str) -> None:
        """Sets somebody's reactions; the bot hears of it as an administrator that asked for the updates."""
        old = message.reactions.get(user.id, [])
        new: list[Json] = [{"type": "emoji", "emoji": one} for one in emoji]
        message.reactions[user.id] = new
        chat = self.chats[message.chat_id]
        if chat.kind is Kind.PRIVATE or chat.member(self.bot.id).is_admin:
            body = {"chat": chat.to_json(), "message_id": message.message_id, "user": user.to_json()}
            change = {**body, "date": self.timestamp, "old_reaction": old, "new_reaction": new}
            self.updates.put("message_reaction", change)
        self.tell("edit", chat_id=chat.id, message=message)

    def flood(self, post: Message, users: list[User], texts: list[str], count: int) -> list[int]:
        """`count` comments under a post at once, users and texts in turn; returns the message ids."""
        root = self.thread_of(post)
        chat = self.chats[root.chat_id]
        reply = self.reply(chat, root)
        made = []
        for number in range(count):
            user, text = users[number % len(users)], texts[number % len(texts)]
            message = self.store(chat, sender(user, chat, None) | reply | content(text, {}))
            self.deliver(message)
            made.append(message.message_id)
        return made
