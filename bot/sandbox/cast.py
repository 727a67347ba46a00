"""Setting the stage: people, groups, channels, memberships, blocks and migrations."""

from typing import Any

from bot.sandbox.model import (
    ADMIN_RIGHTS,
    CHANNEL_RIGHTS,
    Chat,
    Json,
    Kind,
    Member,
    Status,
    User,
)
from bot.sandbox.places import Places

ALL_RIGHTS = frozenset(ADMIN_RIGHTS)


class Cast(Places):
    """Who is where. Changes of membership reach the bot as my_chat_member and chat_member updates."""

    def add_user(self, first_name: str, user_id: int | None = None, **facts: Any) -> User:
        """A person; `facts` are further fields of User (username, started, is_bot ...)."""
        number = user_id if user_id is not None else 500_000_000 + len(self.users)
        user = User(number, first_name, **facts)
        self.users[number] = user
        chat = Chat(number, Kind.PRIVATE, user=user)
        chat.members[number] = Member(Status.MEMBER)
        self.chats[number] = chat
        return user

    def add_group(
        self, title: str, members: list[User] | None = None, bot: str = "member", **facts: Any
    ) -> Chat:
        """A supergroup (or `kind=Kind.GROUP`) with the bot as "administrator", "member" or "left"."""
        chat_id = facts.pop("chat_id", None) or -1_001_000_000_000 - len(self.chats) - 1
        chat = Chat(chat_id, facts.pop("kind", Kind.SUPERGROUP), title, **facts)
        self.chats[chat_id] = chat
        for user in members or []:
            chat.members[user.id] = Member(Status.MEMBER)
        self._seat_bot(chat, bot)
        return chat

    def add_channel(
        self, title: str, discussion: Chat | None = None, bot: str = "left", **facts: Any
    ) -> Chat:
        """A channel; its posts are forwarded into `discussion`, where people comment on them."""
        chat_id = facts.pop("chat_id", None) or -1_001_000_000_000 - len(self.chats) - 1
        chat = Chat(chat_id, Kind.CHANNEL, title, **facts)
        self.chats[chat_id] = chat
        self._seat_bot(chat, bot)
        if discussion is not None:
            chat.linked, discussion.linked = discussion.id, chat.id
        return chat

    def _seat_bot(self, chat: Chat, status: str) -> None:
        if status == Status.ADMINISTRATOR:
            rights = ALL_RIGHTS | (frozenset(CHANNEL_RIGHTS) if chat.kind is Kind.CHANNEL else frozenset())
            chat.members[self.bot.id] = Member(Status.ADMINISTRATOR, rights)
        elif status == Status.MEMBER:
            chat.members[self.bot.id] = Member(Status.MEMBER)

    def set_member(self, chat: Chat, user: User, member: Member, by: User | None = None) -> None:
        """Puts somebody (or the bot) into a new status, and tells the bot as Telegram would."""
        old = chat.member(user.id)
        chat.members[user.id] = member
        change = {
            "chat": chat.to_json(),
            "from": (by or user).to_json(),
            "date": self.timestamp,
            "old_chat_member": old.to_json(user, chat.kind is Kind.CHANNEL),
            "new_chat_member": member.to_json(user, chat.kind is Kind.CHANNEL),
        }
        if user.id == self.bot.id:
            self.updates.put("my_chat_member", change)
        elif chat.member(self.bot.id).is_admin:
            self.updates.put("chat_member", change)
        if chat.is_group and old.present != member.present:
            self._announce(chat, user, by or user, member.present)
        self.tell("member", chat_id=chat.id, user_id=user.id)

    def _announce(self, chat: Chat, user: User, by: User, joined: bool) -> None:
        body: Json = {"from": by.to_json()}
        if joined:
            body["new_chat_members"] = [user.to_json()]
        else:
            body["left_chat_member"] = user.to_json()
        self.deliver(self.store(chat, body))

    def join(self, chat: Chat, user: User) -> None:
        self.set_member(chat, user, Member(Status.MEMBER))

    def leave(self, chat: Chat, user: User) -> None:
        self.set_member(chat, user, Member(Status.LEFT))

    def promote(
        self, chat: Chat, user: User, rights: frozenset[str] = ALL_RIGHTS, anonymous: bool = False
    ) -> None:
        self.set_member(chat, user, Member(Status.ADMINISTRATOR, rights, anonymous))

    def kick_bot(self, chat: Chat, by: User) -> None:
        self.set_member(chat, self.bot, Member(Status.KICKED), by)

    def block(self, user: User, blocked: bool = True) -> None:
        """The person blocks the bot (or lets it in again)."""
        if user.blocked == blocked:
            return
        user.blocked = blocked
        before, after = Member(Status.MEMBER), Member(Status.KICKED)
        old, new = (before, after) if blocked else (after, before)
        self.updates.put(
            "my_chat_member",
            {
                "chat": self.chats[user.id].to_json(),
                "from": user.to_json(),
                "date": self.timestamp,
                "old_chat_member": old.to_json(self.bot),
                "new_chat_member": new.to_json(self.bot),
            },
        )
        self.tell("user", user_id=user.id, started=user.started, blocked=user.blocked)

    def migrate(self, chat: Chat) -> Chat:
        """A basic group becomes a supergroup; calls to its old id are refused with the new one."""
        new = self.add_group(chat.title, bot="left")
        new.members = dict(chat.members)
        chat.migrated_to = new.id
        admin = next((self.users[i] for i, m in chat.members.items() if i != self.bot.id), self.bot)
        away = self.store(chat, {"from": admin.to_json(), "migrate_to_chat_id": new.id})
        self.deliver(away)
        self.deliver(self.store(new, {"from": admin.to_json(), "migrate_from_chat_id": chat.id}))
        return new
