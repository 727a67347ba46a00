"""Comments under a channel's posts: messages in the linked discussion group."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from telegram import Message, MessageOriginChannel

from bot.connectors.telegram_message import (
    ANONYMOUS_ADMIN,
    TELEGRAM,
    author_of,
    link_to,
    media_of,
    moment_of,
    shortened,
    text_of,
)
from bot.domain.comment import Comment, Origin, Platform, Post


class Receives(Protocol):
    async def receive(self, comment: Comment, cause: str, /) -> object: ...
    async def learn_post(self, post: Post, /) -> None: ...
    async def post_of(self, chat_id: int, thread: int, /) -> Post | None: ...


class DiscussionConnector:
    """Reads one discussion group or several. Staff, the linked channel and bots are not citizens."""

    def __init__(self, channels: Mapping[int, int], intake: Receives) -> None:
        """`channels`: the channel of each discussion group."""
        self._channels = dict(channels)
        self._intake = intake

    @property
    def groups(self) -> Collection[int]:
        return self._channels.keys()

    async def on_message(self, message: Message, cause: str, now: datetime, *, from_team: bool) -> None:
        """A new or edited message in a discussion group."""
        if message.is_automatic_forward:
            await self._learn_post(message)
            return
        if from_team or not self._is_citizen(message):
            return
        thread = message.message_thread_id or _answered(message)
        post = await self._intake.post_of(message.chat.id, thread) if thread else None
        if not text_of(message) and not media_of(message):
            return
        await self._intake.receive(_comment(message, thread, post, now), cause)

    async def _learn_post(self, message: Message) -> None:
        origin = message.forward_origin
        if not isinstance(origin, MessageOriginChannel):
            return
        link = link_to(origin.chat.id, origin.message_id, None, origin.chat.username)
        await self._intake.learn_post(
            Post(
                message.chat.id, message.message_id, origin.chat.id, origin.message_id, text_of(message), link
            )
        )

    def _is_citizen(self, message: Message) -> bool:
        """An anonymous admin and the linked channel speak for the agency; bots are left out (loops)."""
        sender = message.from_user
        if message.sender_chat is not None:
            return message.sender_chat.id not in {message.chat.id, *self._channels.values()}
        return sender is not None and not sender.is_bot and sender.id not in {TELEGRAM, ANONYMOUS_ADMIN}


def _answered(message: Message) -> int:
    """What it replies to, where the thread is not told. Of an edit that may be another one than at first."""
    asked = message.reply_to_message
    return asked.message_id if asked is not None and message.edit_date is None else 0


def _whom(message: Message, thread: int) -> str:
    """The message of another that it answers; under the post itself it answers nobody."""
    asked = message.reply_to_message
    if asked is None or message.edit_date is not None or asked.is_automatic_forward:
        return ""
    return str(asked.message_id) if asked.message_id != thread else ""


def _comment(message: Message, thread: int, post: Post | None, now: datetime) -> Comment:
    return Comment(
        origin=Origin(Platform.TELEGRAM_DISCUSSION, f"{message.chat.id}/{thread}", str(message.message_id)),
        author=author_of(message),
        text=text_of(message),
        written_at=moment_of(message),
        received_at=now,
        link=link_to(message.chat.id, message.message_id, thread, message.chat.username),
        context=shortened(post.text) if post is not None else "",
        media=media_of(message),
        answers=_whom(message, thread),
    )
