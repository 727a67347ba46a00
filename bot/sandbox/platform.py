"""What stands behind every method: the world, pacing, the webhook, files and the bot's own profile."""

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.errors import ApiError, bad_request, forbidden
from bot.sandbox.limits import Pace
from bot.sandbox.model import Chat, Json, Kind, Message, Status
from bot.sandbox.spec import Upload
from bot.sandbox.webhook import Webhook
from bot.sandbox.world import World

_TYPE_NAMES = {Kind.GROUP: "group chat", Kind.SUPERGROUP: "supergroup chat", Kind.CHANNEL: "channel chat"}


@dataclass(slots=True)
class Files:
    """Files that the bot sent or that a test laid down, by file_id."""

    stored: dict[str, Upload] = field(default_factory=dict)

    def add(self, upload: Upload) -> str:
        file_id = f"file-{len(self.stored) + 1}"
        self.stored[file_id] = upload
        return file_id


@dataclass(slots=True)
class Platform:
    """One bot's view of the servers."""

    world: World
    pace: Pace
    webhook: Webhook
    files: Files = field(default_factory=Files)
    # Menus by (scope, language) and texts by (what, language).
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    profile: dict[tuple[str, str], str] = field(default_factory=dict)

    def chat(self, chat_id: int | str) -> Chat:
        """The chat that a call names; ApiError when there is none or it moved."""
        world = self.world
        if isinstance(chat_id, str):
            name = chat_id.removeprefix("@").lower()
            named = [c for c in world.chats.values() if c.username and c.username.lower() == name]
            found = named[0] if name and named else None
        else:
            found = world.chats.get(chat_id)
        if found is None or (found.kind is not Kind.PRIVATE and self.world.bot.id not in found.members):
            raise bad_request("chat not found")
        if found.migrated_to is not None:
            new_id = {"migrate_to_chat_id": found.migrated_to}
            raise bad_request("group chat was upgraded to a supergroup chat", new_id)
        return found

    def open_chat(self, chat_id: int | str) -> Chat:
        """The chat, when the bot may be in it at all; ApiError 403 otherwise."""
        chat = self.chat(chat_id)
        if refusal := self._shut_out(chat):
            raise refusal
        return chat

    def writable_chat(self, args: dict[str, Any]) -> Chat:
        """The chat of a call that sends something there."""
        chat = self.open_chat(args["chat_id"])
        member = chat.member(self.world.bot.id)
        if chat.kind is Kind.CHANNEL and not member.may("can_post_messages"):
            raise bad_request("need administrator rights in the channel chat")
        if member.status is Status.RESTRICTED and not member.may("can_send_messages"):
            raise bad_request("not enough rights to send text messages to the chat")
        thread = args.get("message_thread_id")
        if thread and thread not in chat.topics:
            raise bad_request("message thread not found")
        return chat

    def _shut_out(self, chat: Chat) -> ApiError | None:
        if chat.user is not None:
            return self._private_refusal(chat)
        status = chat.member(self.world.bot.id).status
        if status is Status.KICKED:
            return forbidden(f"bot was kicked from the {_TYPE_NAMES[chat.kind]}")
        if status is Status.LEFT:
            return forbidden(f"bot is not a member of the {_TYPE_NAMES[chat.kind]}")
        return None

    def _private_refusal(self, chat: Chat) -> ApiError | None:
        user = chat.user
        if user is None or (user.started and not user.blocked and not user.deactivated):
            return None
        if user.is_bot:
            return forbidden("bot can't send messages to bots")
        if user.deactivated:
            return forbidden("user is deactivated")
        if user.blocked:
            return forbidden("bot was blocked by the user")
        return forbidden("bot can't initiate conversation with a user")

    def message(self, chat: Chat, message_id: int, purpose: str) -> Message:
        """The message of a call; `purpose` completes "message ... not found"."""
        found = chat.messages.get(message_id)
        if found is None or found.deleted:
            raise bad_request(f"message {purpose} not found")
        return found

    def may(self, chat: Chat, right: str) -> bool:
        """Whether the bot, as an administrator, has a right there."""
        member = chat.member(self.world.bot.id)
        return member.is_admin and member.may(right)
