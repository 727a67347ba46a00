"""One answer for all who say the same: at first, for those who ask later, and when it has to be corrected."""

from dataclasses import replace

from bot.domain import case as rules
from bot.domain import reply_set
from bot.domain.case import Case, CaseId, CaseStatus
from bot.domain.errors import BadInput, Outdated, WrongState
from bot.domain.journal import Entry
from bot.domain.people import Action
from bot.domain.reply import Draft, DraftId, DraftState, Target
from bot.services import together
from bot.services.approvals import Approvals
from bot.services.case_deeds import found
from bot.services.people import Team
from bot.services.ports import Parts, Store
from bot.services.replies import Replies
from bot.services.tap import Tap
from bot.services.widening import Widening, why_not

MOST_AT_ONCE = 200
"""Replies of one approval. Whoever waits beyond that is answered by the next."""


class Answering:
    """What is approved is one text and one list of comments, with its count; nothing goes out beside it."""

    def __init__(
        self, store: Store, team: Team, widening: Widening, replies: Replies, approvals: Approvals
    ) -> None:
        self._store = store
        self._team = team
        self._widening = widening
        self._replies = replies
        self._approvals = approvals

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
            waiting = await tx.clusters.unanswered(draft.case_id, MOST_AT_ONCE)
            more = await self._taken(tx, [one for one in waiting if draft.of_case(one) is None], tap)
            draft = reply_set.widen(await self._widening.nameless(tx, draft), tuple(more), tap.person.id)
            await tx.drafts.save(draft)
            await self._note(tx, tap, "answer_all", draft)
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
            if (
                draft is None
                or draft.state is not DraftState.POSTED
                or lead.status not in {CaseStatus.ANSWERED, CaseStatus.HANDED_OVER}
            ):
                raise WrongState(lead.status)
            more = await self._taken(tx, await tx.clusters.unanswered(lead.id, MOST_AT_ONCE), tap)
            draft = await self._once_more(tx, draft, more, tap)
            await self._note(tx, tap, "answer_rest", draft)
        return await self._approvals.submit(
            Tap(tap.person, draft.id, draft.version, f"{tap.cause}:submit", tap.at)
        )

    async def correct_all(self, tap: Tap) -> Case:
        """✏️ Koreksi untuk semua: whoever has the answer waits for better words, and they are asked for."""
        await self._team.require(tap.person, Action.DRAFT)
        async with self._store.transaction() as tx:
            lead = await found(tx, tap)
            if not await tx.journal.has(tap.cause, "correct_all"):
                lead = _reopened(lead, tap.seen, tap)
                await tx.cases.save(lead)
                answered = await tx.clusters.answered(lead.id, MOST_AT_ONCE)
                for number in answered:
                    case = await tx.cases.get(number)
                    if case is not None:
                        await tx.cases.save(_reopened(case, case.version, tap))
                detail: dict[str, object] = {"cases": [int(one) for one in (lead.id, *answered)]}
                entry = Entry(tap.at, tap.person.id, "correct_all", f"case:{lead.id}", tap.cause, detail)
                await tx.journal.write(entry)
        return await self._replies.ask_words(
            Tap(tap.person, lead.id, lead.version, f"{tap.cause}:words", tap.at)
        )

    async def _taken(self, tx: Parts, numbers: list[CaseId], tap: Tap) -> list[Target]:
        """The comments of those cases that can share the words; the writer takes them. Refuses none."""
        targets = []
        for number in numbers:
            case = await tx.cases.get(number)
            if case is None or why_not(case, tap.person.id) or await tx.drafts.live(number) is not None:
                continue
            await tx.cases.save(rules.take(case, tap.person.id, case.version, tap.at))
            comment = (await tx.comments.of_case(number))[-1]
            targets.append(Target(number, comment.id, comment.comment.revision))
        if not targets:
            raise BadInput("nobody_waits")
        return targets

    async def _once_more(self, tx: Parts, given: Draft, targets: list[Target], tap: Tap) -> Draft:
        """The words that stand, as a new draft. Refuses words that name the first citizen."""
        given = await self._widening.nameless(tx, given)
        first = targets[0]
        draft = Draft(
            id=DraftId(0),
            case_id=first.case_id,
            comment_id=first.comment_id,
            revision=first.revision,
            version=1,
            state=DraftState.WRITING,
            text=given.text,
            authors=tuple(dict.fromkeys((*given.authors, tap.person.id))),
            created_at=tap.at,
            template_id=given.template_id,
            template_version=given.template_version,
            template_text=given.template_text,
            slots=given.slots,
            snippets=given.snippets,
            hands_over=given.hands_over,
        )
        draft = replace(draft, id=await tx.drafts.add(draft))
        if len(targets) > 1:
            draft = reply_set.widen(draft, tuple(targets[1:]), tap.person.id)
            await tx.drafts.save(draft)
        return draft

    async def _note(self, tx: Parts, tap: Tap, verb: str, draft: Draft) -> None:
        detail: dict[str, object] = {"cases": [int(one.case_id) for one in draft.targets]}
        await tx.journal.write(Entry(tap.at, tap.person.id, verb, f"draft:{draft.id}", tap.cause, detail))


def _reopened(case: Case, seen: int, tap: Tap) -> Case:
    """Open again, in the hands of whoever corrects it."""
    case = rules.reopen(case, seen, tap.at)
    return replace(case, status=CaseStatus.ASSIGNED, assignee=tap.person.id)
