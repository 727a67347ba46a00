"""Which Telegram messages are the public's, and to which connector each goes."""

from collections.abc import Sequence
from typing import Protocol

from telegram import Message, Update
from telegram.ext import BaseHandler, ContextTypes, MessageHandler, filters

from bot.connectors.forwarded import ForwardedConnector
from bot.connectors.telegram_discussion import DiscussionConnector
from bot.connectors.telegram_dm import DirectConnector
from bot.domain.errors import NotEnrolled
from bot.domain.people import Person
from bot.services.ports import Clock

_OURS = {"/start", "/mulai"}
_Handler = BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]


class KnowsPeople(Protocol):
    async def person_of(self, telegram_id: int, /) -> Person: ...


class PublicUpdates:
    """Discussion groups and private chats. What the team writes there is no citizen's comment."""

    def __init__(
        self,
        discussion: DiscussionConnector,
        direct: DirectConnector,
        forwarded: ForwardedConnector,
        people: KnowsPeople,
        clock: Clock,
    ) -> None:
        self._discussion = discussion
        self._direct = direct
        self._forwarded = forwarded
        self._people = people
        self._clock = clock

    def handlers(self) -> Sequence[_Handler]:
        """New and edited messages. A command in a private chat is the chat side's, but not a citizen's words
        behind one: many write "/lapor" before what they report. Nor is a command that the team forwards.
        """
        fresh = filters.UpdateType.MESSAGE | filters.UpdateType.EDITED_MESSAGE
        said = filters.TEXT | ~filters.StatusUpdate.ALL  # to rule out twenty kinds of notice is the dear part
        groups = filters.Chat(list(self._discussion.groups)) & fresh & said
        private = filters.ChatType.PRIVATE & fresh & said
        return (MessageHandler(groups, self._in_discussion), MessageHandler(private, self._in_private))

    async def _in_discussion(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.effective_message
        if message is not None:
            from_team = await self._sender(message) is not None
            await self._discussion.on_message(
                message, cause_of(update), self._clock.now(), from_team=from_team
            )

    async def _in_private(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.effective_message
        if message is None:
            return
        person = await self._sender(message)
        if person is not None:
            if message.forward_origin is not None:
                await self._forwarded.bring(message, person.id, cause_of(update), self._clock.now())
        elif not _is_bare_command(message):
            await self._direct.on_message(message, cause_of(update), self._clock.now())

    async def _sender(self, message: Message) -> Person | None:
        """The team member behind a message; None for a citizen, and for whoever hides behind a chat."""
        if message.sender_chat is not None or message.from_user is None:
            return None
        try:
            return await self._people.person_of(message.from_user.id)
        except NotEnrolled:
            return None


def _is_bare_command(message: Message) -> bool:
    """A command without words, or one whose words are an invitation. Forwarded it is what somebody said;
    an invitation is kept nowhere.
    """
    if not filters.Command().filter(message):
        return False
    command, *words = (message.text or "").split(maxsplit=1)
    bare = not words and message.forward_origin is None
    return bare or command.partition("@")[0].lower() in _OURS


def cause_of(update: Update) -> str:
    """The name of the command that an update is: what it leads to happens once."""
    return f"u:{update.update_id}"
