"""Posts the approved words: under the citizen's comment, or into their private chat."""

from collections.abc import Callable
from typing import Protocol

from telegram import Bot, LinkPreviewOptions, ReplyParameters
from telegram.error import TelegramError

from bot.domain.comment import CommentId, KeptComment
from bot.domain.outgoing import PublicReply, Queued
from bot.domain.reply import Draft, DraftId
from bot.services.delivery import NothingToSay, Outcome, Sent, Unsure
from bot.services.desk import MANUAL


class DraftShelf(Protocol):
    async def get(self, draft: DraftId, /) -> Draft | None: ...


class CommentShelf(Protocol):
    async def get(self, comment: CommentId, /) -> KeptComment | None: ...


class TelegramPoster:
    """Plain text, so that no word of it can turn into markup. Never loose: without the comment it fails."""

    def __init__(
        self,
        bot: Bot,
        drafts: DraftShelf,
        comments: CommentShelf,
        outcome_of: Callable[[TelegramError], Outcome],
    ) -> None:
        self._bot = bot
        self._drafts = drafts
        self._comments = comments
        self._outcome_of = outcome_of

    async def deliver(self, queued: Queued, chat_id: int) -> Outcome:
        """`chat_id` 0: the comment came from a place where the bot cannot post; a person copies the text."""
        if chat_id == 0:
            return Unsure(MANUAL)
        reply = queued.what
        if not isinstance(reply, PublicReply):
            return NothingToSay("not a reply")
        draft = await self._drafts.get(reply.draft)
        comment = await self._comments.get(reply.comment or draft.comment_id) if draft is not None else None
        if draft is None or comment is None:
            return NothingToSay("the draft is gone")
        reply_to = ReplyParameters(int(comment.comment.origin.message), allow_sending_without_reply=False)
        try:
            message = await self._bot.send_message(
                chat_id,
                draft.text,
                reply_parameters=reply_to,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        except TelegramError as error:
            return self._outcome_of(error)
        return Sent(message.chat.id, message.message_id)
