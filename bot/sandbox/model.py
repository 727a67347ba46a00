"""People, chats, members and messages as Telegram's servers know them, and their Bot API JSON."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Json = dict[str, Any]

TELEGRAM_ID = 777000
ANONYMOUS_ADMIN_ID = 1087968824
CHANNEL_BOT_ID = 136817688


class Kind(StrEnum):
    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


class Status(StrEnum):
    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    RESTRICTED = "restricted"
    LEFT = "left"
    KICKED = "kicked"


ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
)
CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages")
PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_react_to_messages",
    "can_edit_tag",
)
MEDIA = ("photo", "document", "sticker", "voice", "video", "audio", "animation", "video_note", "location")


@dataclass(slots=True)
class User:
    """`started`: the person has opened the bot's private chat, so the bot may write; `blocked`: shut it."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    is_bot: bool = False
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def to_json(self) -> Json:
        raw: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.last_name:
            raw["last_name"] = self.last_name
        if self.username:
            raw["username"] = self.username
        if not self.is_bot:
            raw["language_code"] = "id"
        return raw


@dataclass(slots=True)
class Member:
    """A person's place in a chat; `rights` are the administrator's or the restricted member's true flags."""

    status: Status
    rights: frozenset[str] = frozenset()
    anonymous: bool = False
    until: int = 0

    @property
    def present(self) -> bool:
        return self.status not in (Status.LEFT, Status.KICKED)

    @property
    def is_admin(self) -> bool:
        return self.status in (Status.CREATOR, Status.ADMINISTRATOR)

    def may(self, right: str) -> bool:
        return self.status is Status.CREATOR or right in self.rights

    def to_json(self, user: User, channel: bool = False) -> Json:
        raw: Json = {"status": self.status.value, "user": user.to_json()}
        if self.status is Status.CREATOR:
            raw["is_anonymous"] = self.anonymous
        elif self.status is Status.ADMINISTRATOR:
            names = ADMIN_RIGHTS + (CHANNEL_RIGHTS if channel else ())
            raw |= {name: name in self.rights for name in names}
            raw |= {"can_be_edited": False, "is_anonymous": self.anonymous}
        elif self.status is Status.RESTRICTED:
            raw |= {name: name in self.rights for name in PERMISSIONS}
            raw |= {"is_member": True, "until_date": self.until}
        elif self.status is Status.KICKED:
            raw["until_date"] = self.until
        return raw


NOT_THERE = Member(Status.LEFT)


@dataclass(slots=True)
class Message:
    """`raw` is the message's Bot API JSON as of now; the rest is what only servers and viewers know."""

    chat_id: int
    message_id: int
    raw: Json
    silent: bool = False
    protected: bool = False
    deleted: bool = False
    versions: list[str] = field(default_factory=list)
    reactions: dict[int, list[Json]] = field(default_factory=dict)
    # A reply keyboard or a forced reply: clients show it, but it is no part of the Bot API's Message.
    prompt: Json | None = None

    @property
    def text(self) -> str:
        return str(self.raw.get("text", self.raw.get("caption", "")))

    @property
    def sender_id(self) -> int:
        return int(self.raw.get("from", {}).get("id", 0))

    @property
    def thread_id(self) -> int | None:
        return self.raw.get("message_thread_id")

    @property
    def reply_to(self) -> int | None:
        quoted: Json | None = self.raw.get("reply_to_message")
        return None if quoted is None else int(quoted["message_id"])

    @property
    def edited(self) -> bool:
        return "edit_date" in self.raw

    @property
    def buttons(self) -> list[Json]:
        """The inline buttons in reading order."""
        return [b for row in self.raw.get("reply_markup", {}).get("inline_keyboard", []) for b in row]

    def button(self, text: str) -> Json:
        """The inline button whose text is, or else contains, `text`. LookupError names what there is."""
        exact = [b for b in self.buttons if b["text"] == text]
        found = exact or [b for b in self.buttons if text in b["text"]]
        if not found:
            labels = [b["text"] for b in self.buttons]
            raise LookupError(f"no button {text!r} on message {self.message_id}: {labels}")
        return found[0]

    @property
    def has_media(self) -> bool:
        return any(kind in self.raw for kind in MEDIA)

    def quoted(self) -> Json:
        """As it stands inside another message: without its own quote."""
        return {
            key: value for key, value in self.raw.items() if key not in ("reply_to_message", "reply_markup")
        }


@dataclass(slots=True)
class Chat:
    """A chat with its members and messages; a private chat has the id of its person."""

    id: int
    kind: Kind
    title: str = ""
    username: str = ""
    user: User | None = None
    linked: int | None = None
    forum: bool = False
    topics: set[int] = field(default_factory=set)
    migrated_to: int | None = None
    members: dict[int, Member] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    last_id: int = 0
    bot_spoke_last: bool = False
    banned_senders: set[int] = field(default_factory=set)
    """Channels in whose name nobody may write here."""

    def member(self, user_id: int) -> Member:
        return self.members.get(user_id, NOT_THERE)

    @property
    def is_group(self) -> bool:
        return self.kind in (Kind.GROUP, Kind.SUPERGROUP)

    def to_json(self) -> Json:
        raw: Json = {"id": self.id, "type": self.kind.value}
        if self.user is not None:
            raw |= {
                k: v for k, v in self.user.to_json().items() if k in ("first_name", "last_name", "username")
            }
            return raw
        raw["title"] = self.title
        if self.username:
            raw["username"] = self.username
        if self.forum:
            raw["is_forum"] = True
        return raw


@dataclass(slots=True)
class Press:
    """One press of a button and what the bot answered: `answer` stays None until it does."""

    id: str
    user_id: int
    at: float
    answer: Json | None = None
    answers: int = 0

    @property
    def text(self) -> str:
        return str((self.answer or {}).get("text", ""))

    @property
    def alert(self) -> bool:
        return bool((self.answer or {}).get("show_alert"))
