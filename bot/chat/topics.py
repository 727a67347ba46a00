"""One topic per incident where the crisis chat is a forum: two crises at once stay readable."""

import logging

from telegram import Bot
from telegram.error import TelegramError

from bot.chat.cleaning import one_line
from bot.chat.words import crisis as say
from bot.domain.incident import RunId
from bot.services.ports import Store

log = logging.getLogger(__name__)
_LONGEST_NAME = 120
"""Characters; Telegram takes 128."""


class Topics:
    """Opens a topic with an incident's first message and remembers it. Without forum or right there is none,
    and the messages stand in the chat as they always did.
    """

    def __init__(self, bot: Bot, store: Store) -> None:
        self._bot = bot
        self._store = store
        self._plain: set[int] = set()
        """Chats without topics, until the next start: a group becomes a forum once in its life."""

    async def thread(self, run: RunId, chat_id: int, name: str, *, drill: bool) -> int | None:
        """The topic of this incident, opened now if need be. A crash in between leaves an empty one."""
        kept = await self._store.read.runs.topic(run, chat_id)
        if kept is not None or chat_id in self._plain:
            return kept
        try:
            if not (await self._bot.get_chat(chat_id)).is_forum:
                self._plain.add(chat_id)
                return None
            title = f"{say.run_number(run)} {name}"
            opened = await self._bot.create_forum_topic(
                chat_id, one_line(f"{say.DRILL} {title}" if drill else title, _LONGEST_NAME)
            )
        except TelegramError as error:
            log.warning("no topic could be opened: %s", type(error).__name__)
            self._plain.add(chat_id)
            return None
        async with self._store.transaction() as tx:
            await tx.runs.keep_topic(run, chat_id, opened.message_thread_id)
        return opened.message_thread_id

    async def lost(self, run: RunId, chat_id: int) -> None:
        """Somebody deleted it: the incident goes on in the chat itself."""
        async with self._store.transaction() as tx:
            await tx.runs.keep_topic(run, chat_id, 0)
