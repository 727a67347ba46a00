"""One topic per incident where the crisis chat is a forum: two crises at once stay readable.

In the team's group the cards of a label stand in the topic that the agency names for it.
"""

import logging
from collections.abc import Mapping

from telegram import Bot
from telegram.error import TelegramError

from bot.chat.cleaning import one_line
from bot.chat.words import crisis as say
from bot.domain.incident import RunId
from bot.domain.outgoing import CaseCard, IncidentCard, Outgoing, Timeline
from bot.domain.outgoing_steps import DrillPost, DrillScene
from bot.services.ports import Store
from bot.services.views_crisis import CrisisDesk

log = logging.getLogger(__name__)
OF_AN_INCIDENT = IncidentCard | Timeline | DrillPost | DrillScene
NO_TOPICS: Mapping[str, int] = {}
_LONGEST_NAME = 120
"""Characters; Telegram takes 128."""


class Topics:
    """Opens a topic with an incident's first message and remembers it. Without forum or right there is none,
    and the messages stand in the chat as they always did.
    """

    def __init__(
        self, bot: Bot, store: Store, crisis: CrisisDesk, by_label: Mapping[str, int] = NO_TOPICS
    ) -> None:
        """`by_label`: the topics of the team's group, the most important label first."""
        self._bot = bot
        self._store = store
        self._crisis = crisis
        self._by_label = dict(by_label)
        self._plain: set[int] = set()
        """Chats without topics, until the next start: a group becomes a forum once in its life."""

    async def of(self, what: Outgoing, chat_id: int) -> int | None:
        """Where this message belongs; None for the chat itself, as for everything but cards and incidents."""
        if isinstance(what, CaseCard):
            return await self._of_case(what)
        if chat_id > 0 or not isinstance(what, OF_AN_INCIDENT):
            return None
        state = await self._crisis.state(RunId(what.run))
        if state is None:
            return None
        drill = state.incident.drill
        return await self.thread(RunId(what.run), chat_id, state.playbook.name, drill=drill) or None

    async def _of_case(self, card: CaseCard) -> int | None:
        """By its certain labels. Of somebody at risk no topic tells what it is about."""
        case = await self._store.read.cases.get(card.case) if self._by_label else None
        if case is None or case.sensitive:
            return None
        return next((at for label, at in self._by_label.items() if label in case.verdict.labels), None)

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

    async def lost(self, what: Outgoing, chat_id: int) -> None:
        """Somebody deleted it, or the group has none: what belonged there stands in the chat itself."""
        if isinstance(what, OF_AN_INCIDENT):
            async with self._store.transaction() as tx:
                await tx.runs.keep_topic(RunId(what.run), chat_id, 0)
            return
        gone = await self.of(what, chat_id)
        log.warning("topic %s of chats.topics is not there; its cards stand in the group itself", gone)
        self._by_label = {label: at for label, at in self._by_label.items() if at != gone}
