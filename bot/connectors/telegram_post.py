"""Posts the approved words: under the citizen's comment, into their private chat, or on the channel."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from telegram import Bot, LinkPreviewOptions, ReplyParameters
from telegram.error import TelegramError

from bot.domain.comment import CommentId, KeptComment
from bot.domain.incident import RunId
from bot.domain.outgoing import PublicReply, Queued
from bot.domain.outgoing_steps import PublicPost, RunReply, ToThePublic
from bot.domain.reply import Draft, DraftId
from bot.services.delivery import NothingToSay, Outcome, Sent, Unsure
from bot.services.desk import MANUAL

log = logging.getLogger(__name__)


class DraftShelf(Protocol):
    async def get(self, draft: DraftId, /) -> Draft | None: ...


class CommentShelf(Protocol):
    async def get(self, comment: CommentId, /) -> KeptComment | None: ...


class Letters(Protocol):
    async def letter(self, run: RunId, step: str, attempt: int, /) -> str | None: ...


@dataclass(frozen=True, slots=True)
class _Words:
    """The text, and under which message it stands: 0 for a post of its own."""

    text: str
    under: int


class TelegramPoster:
    """Plain text, so that no word of it can turn into markup. Never loose: without the comment it fails.

    A drill's words have no way through here: their kind is not one of those that it posts.
    """

    def __init__(
        self,
        bot: Bot,
        drafts: DraftShelf,
        comments: CommentShelf,
        letters: Letters,
        outcome_of: Callable[[TelegramError], Outcome],
    ) -> None:
        self._bot = bot
        self._drafts = drafts
        self._comments = comments
        self._letters = letters
        self._outcome_of = outcome_of

    async def deliver(self, queued: Queued, chat_id: int) -> Outcome:
        """`chat_id` 0: it belongs to a place where the bot cannot post; a person copies the text."""
        if chat_id == 0:
            return Unsure(MANUAL)
        what = queued.what
        if not isinstance(what, PublicReply | ToThePublic):
            return NothingToSay("not for the public")
        words = await (self._of_draft(what) if isinstance(what, PublicReply) else self._of_run(what))
        if words is None:
            return NothingToSay("the words, or the comment, are gone")
        try:
            message = await self._bot.send_message(
                chat_id,
                words.text,
                reply_parameters=_under(words),
                link_preview_options=LinkPreviewOptions(is_disabled=bool(words.under)),
            )
        except TelegramError as error:
            return self._outcome_of(error)
        if isinstance(what, PublicPost) and what.pin:
            await self._pin(message.chat.id, message.message_id)
        return Sent(message.chat.id, message.message_id)

    async def _of_draft(self, reply: PublicReply) -> _Words | None:
        draft = await self._drafts.get(reply.draft)
        if draft is None:
            return None
        under = await self._number(reply.comment or draft.comment_id)
        return None if under is None else _Words(draft.text, under)

    async def _of_run(self, what: ToThePublic) -> _Words | None:
        text = await self._letters.letter(RunId(what.run), what.step, what.attempt)
        under = await self._number(what.comment) if isinstance(what, RunReply) else 0
        return None if text is None or under is None else _Words(text, under)

    async def _number(self, comment: CommentId) -> int | None:
        kept = await self._comments.get(comment)
        return None if kept is None else int(kept.comment.origin.message)

    async def _pin(self, chat_id: int, message_id: int) -> None:
        """The words stand there already: without the right to pin they stay, and somebody pins by hand."""
        try:
            await self._bot.pin_chat_message(chat_id, message_id)
        except TelegramError as error:
            log.warning("the post could not be pinned: %s", type(error).__name__)


def _under(words: _Words) -> ReplyParameters | None:
    return ReplyParameters(words.under, allow_sending_without_reply=False) if words.under else None
