"""Which chat a recipient means right now."""

from collections.abc import Mapping

from bot.domain.comment import CommentId, Platform
from bot.domain.outgoing import CRISIS, TRIAGE
from bot.domain.outgoing_board import BOARD
from bot.domain.reply import DraftId
from bot.services.ports import Store

_IN_TELEGRAM = {Platform.TELEGRAM_DISCUSSION, Platform.TELEGRAM_DM}
_NOWHERE = 0


class AddressBook:
    """Recipients are kept by role, because numbers change: groups migrate, people get new accounts."""

    def __init__(self, store: Store, chats: Mapping[str, int]) -> None:
        """`chats`: the numbers of `triage`, `crisis` and `channel:NAME` from the config."""
        self._store = store
        self._chats = {CRISIS: chats[TRIAGE], BOARD: chats[TRIAGE], **chats}
        self._comments: dict[str, int] = {}

    async def chat_of(self, recipient: str) -> int | None:
        chat = await self._before_migration(recipient)
        if chat is None:
            return None
        return (await self._store.read.people.aliases()).get(chat, chat) if chat < 0 else chat

    async def _before_migration(self, recipient: str) -> int | None:
        if recipient in self._chats:
            return self._chats[recipient]
        kind, _, name = recipient.partition(":")
        if kind == "person":
            links = await self._store.read.people.links()
            return next((k.telegram_id for k in links if k.person == name and not k.suspended), None)
        if kind == "chat":
            return int(name)
        if kind == "channel":
            return _NOWHERE  # one that the bot cannot post to
        if recipient not in self._comments:
            if len(self._comments) > 10_000:
                self._comments.clear()
            self._comments[recipient] = await self._under_comment(kind, name)
        return self._comments[recipient]

    async def _under_comment(self, kind: str, name: str) -> int:
        """The chat of a comment; 0 where the platform is not Telegram and a person posts by hand."""
        number, _, one_of_set = name.partition(":")
        comment_id = CommentId(int(one_of_set or number))
        if kind == "draft" and not one_of_set:
            draft = await self._store.read.drafts.get(DraftId(int(number)))
            if draft is None:
                return _NOWHERE
            comment_id = draft.comment_id
        comment = await self._store.read.comments.get(comment_id)
        if comment is None or comment.comment.origin.platform not in _IN_TELEGRAM:
            return _NOWHERE
        return int(comment.comment.origin.thread.partition("/")[0])
