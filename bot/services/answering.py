"""One answer for all who say the same: at first, and for those who ask later."""

from bot.domain import case as rules
from bot.domain import reply_set
from bot.domain.cluster import MOST_AT_ONCE
from bot.domain.errors import Outdated
from bot.domain.people import Action
from bot.domain.reply import Draft, DraftId
from bot.services import recalling, together
from bot.services.approvals import Approvals
from bot.services.case_deeds import found
from bot.services.correcting import Correcting
from bot.services.gathering import Gathering
from bot.services.people import Team
from bot.services.ports import Store
from bot.services.promises import Promises
from bot.services.repeating import Repeating
from bot.services.replies import Replies
from bot.services.tap import Tap
from bot.services.widening import Widening


class Answering:
    """What is approved is one text and one list of comments, with its count; nothing goes out beside it."""

    def __init__(  # noqa: PLR0913 - the composition root names each once
        self,
        store: Store,
        team: Team,
        widening: Widening,
        replies: Replies,
        approvals: Approvals,
        promises: Promises,
        *,
        most: int = MOST_AT_ONCE,
        again: Repeating | None = None,
    ) -> None:
        """`most`: of those behind a card, so many share the words of one approval. `again`: what gives
        answers by itself.
        """
        self._store = store
        self._team = team
        self._widening = widening
        self._gathering = Gathering(widening, approvals, most)
        self.correcting = Correcting(store, team, self._gathering, replies, promises, again=again)

    async def answer_all(self, tap: Tap) -> Draft:
        """👥 Jawab semua: the draft answers everybody who waits behind its case's card."""
        await self._team.require(tap.person, Action.DRAFT)
        async with self._store.transaction() as tx:
            draft = await tx.drafts.get(DraftId(tap.target))
            if draft is not None and await tx.journal.has(tap.cause, "answer_all"):
                return draft
            draft = await self._widening.ready(tx, tap)
            if draft.version != tap.seen:
                raise Outdated(draft.state)
            room = self._gathering.most - len(draft.also)
            more = await self._gathering.waiting(tx, draft.case_id, tap, room)
            draft = reply_set.widen(await self._widening.nameless(tx, draft), tuple(more), tap.person.id)
            await tx.drafts.save(draft)
            await self._gathering.note(tx, tap, "answer_all", draft)
            await together.redraw(tx, draft, tap.cause, tap.at)
        return draft

    async def answer_rest(self, tap: Tap) -> Draft:
        """👥 Jawab yang baru: the answer that stands, for those who asked after it, once approved."""
        await self._team.require(tap.person, Action.DRAFT)
        async with self._store.transaction() as tx:
            lead = await found(tx, tap)
            draft = await tx.drafts.last(lead.id)
            if await tx.journal.has(tap.cause, "answer_rest"):
                waiting = await tx.clusters.newest(lead.id, 1)
                again = await tx.drafts.last(waiting[0].case) if waiting else draft
                if again is not None:
                    return again
            rules.same_version(lead, tap.seen)
            draft = recalling.standing(lead, draft)
            more = await self._gathering.waiting(tx, lead.id, tap, self._gathering.most)
            draft = await self._gathering.once_more(tx, draft, more, tap)
            await self._gathering.note(tx, tap, "answer_rest", draft)
            return await self._gathering.submit(tx, draft, tap)
