"""The answer that stands, given once more by the bot itself to whoever says the very same after it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain import case as case_rules
from bot.domain import reply_set
from bot.domain.case import Case, CaseId
from bot.domain.cluster import Member
from bot.domain.comment import KeptComment
from bot.domain.errors import CannotJoin, Refused
from bot.domain.journal import Entry
from bot.domain.outgoing import CaseCard, PublicReply
from bot.domain.people import Action
from bot.domain.repeat import MOST, SURE, approved_again, is_sure, may_answer, may_ask
from bot.domain.reply import Draft, Target
from bot.domain.timer import Timer
from bot.services import asked_again, recalling
from bot.services.case_deeds import found
from bot.services.people import Team
from bot.services.ports import Clock, Parts, Store
from bot.services.replies import ReplyPolicy, personal_data
from bot.services.snippets import check_templates, template_of
from bot.services.tap import Tap
from bot.services.templates import Templates
from bot.services.widening import Widening

KIND = "repeat"
Share = Callable[[str, str], float]
"""How much of two texts is the same; nought where one is not surely the other."""


class Repeating:
    """Off unless the config says otherwise. A timer looks once the comment is kept, so that it is judged as
    the store then has it, and nothing happens twice.
    """

    def __init__(
        self,
        store: Store,
        team: Team,
        templates: Templates,
        policy: ReplyPolicy,
        clock: Clock,
        share: Share,
    ) -> None:
        self._store = store
        self._team = team
        self._templates = templates
        self._policy = policy
        self._clock = clock
        self._share = share
        self._widening = Widening(store, team, templates, policy)
        self._next: datetime | None = None
        """When the next may leave, at the agency's pace."""

    async def plan(self) -> None:
        """Nothing stands by itself: each is set by the comment that it is about."""

    async def wait(self, tx: Parts, case: CaseId, now: datetime) -> bool:
        """A new case stands behind an answered one; whether it is looked at."""
        if self._policy.approval.repeat:
            await tx.timers.set(Timer(f"{KIND}:{case}", KIND, now))
        return self._policy.approval.repeat

    async def fire(self, timer: Timer, tx: Parts) -> None:
        """Answers, or tells the team that somebody asks after the answer."""
        number = CaseId(int(timer.subject.partition(":")[2]))
        case, member = await tx.cases.get(number), await tx.clusters.of(number)
        lead = await tx.cases.get(member.lead) if member is not None else None
        if case is None or member is None or lead is None:
            return
        cause, now = f"timer:{timer.id}", self._clock.now()
        if not await self._repeat(tx, case, lead, member, cause):
            await asked_again.tell(tx, lead, cause, now)

    async def _repeat(self, tx: Parts, case: Case, lead: Case, member: Member, cause: str) -> bool:
        given = await tx.drafts.last(lead.id)
        said = await tx.comments.of_case(case.id)
        kept = said[-1]
        if given is None or _wrote_more(member, said) or await _halted(tx, lead):
            return False
        if not await self._may(tx, case, lead, member, given, kept):
            return False
        try:
            given = await self._widening.nameless(tx, given)
        except CannotJoin:
            return False
        now = self._clock.now()
        target = Target(case.id, kept.id, kept.comment.revision)
        draft = reply_set.once_more(given, target, now)
        draft = approved_again(replace(draft, id=await tx.drafts.add(draft)), given, now)
        await tx.drafts.save(draft)
        await tx.repeated.put(draft.id, lead.id)
        await tx.cases.save(case_rules.drafted(case, draft.authors[-1], now))
        detail: dict[str, object] = {"lead": lead.id, "of": given.id, "sha256": draft.sha}
        await tx.journal.write(Entry(now, "bot", "repeat", f"draft:{draft.id}", cause, detail))
        self._next = max(now, self._next or now)
        await tx.outbox.put(f"{cause}:post", PublicReply(draft.id), now, self._next)
        self._next += self._policy.pace
        await tx.outbox.put(f"{cause}:lead", CaseCard(lead.id), now)
        return True

    async def _may(
        self, tx: Parts, case: Case, lead: Case, member: Member, given: Draft, kept: KeptComment
    ) -> bool:
        template = template_of(self._templates, given)
        fits = is_sure(member) and may_ask(case) and may_answer(lead, given, template)
        if not fits or template is None or personal_data(kept.comment.text, self._policy):
            return False
        if await tx.repeated.count(lead.id) >= MOST or await tx.drafts.live(case.id) is not None:
            return False
        try:
            await check_templates(self._templates, tx, given)
        except Refused:
            return False
        return await self._answers(tx, given, lead, kept)

    async def _answers(self, tx: Parts, given: Draft, lead: Case, kept: KeptComment) -> bool:
        """Whether these words, and none after them, were for what this one says too. Whoever asked first may
        have asked something else since, or was told something more.
        """
        target = given.of_case(lead.id)
        answered = await tx.comments.get(target.comment_id) if target is not None else None
        first = await tx.answers.correction(lead.id, await tx.answers.amended(lead.id))
        if answered is None or first is None or first.id != given.id:
            return False
        return self._share(answered.comment.text, kept.comment.text) >= SURE

    async def stop(self, tap: Tap) -> Case:
        """⏹ At once: what has not left yet stays, and whoever asks from now on waits for a person."""
        await self._team.require(tap.person, Action.DRAFT)
        async with self._store.transaction() as tx:
            lead = await found(tx, tap)
            if await tx.repeated.stopped(lead.id) is not None:
                return lead
            case_rules.same_version(lead, tap.seen)
            await tx.repeated.stop(lead.id, tap.person.id, tap.at)
            held = await recalling.hold(tx, await tx.repeated.under_way(lead.id), lead, tap)
            detail: dict[str, object] = {"held": [int(one) for one in held]}
            entry = Entry(tap.at, tap.person.id, "repeat_stop", f"case:{lead.id}", tap.cause, detail)
            await tx.journal.write(entry)
            await tx.outbox.put(f"{tap.cause}:card", CaseCard(lead.id), tap.at)
        return lead

    async def end(self, tx: Parts, lead: Case, tap: Tap) -> None:
        """No more of these words from now on, where the bot may give them at all."""
        if self._policy.approval.repeat:
            await tx.repeated.stop(lead.id, tap.person.id, tap.at)


def _wrote_more(member: Member, said: Sequence[KeptComment]) -> bool:
    """Between the comment and the timer, which a stopped machine fires late: other words, or one more
    message, are for a person, as the case's own card is that came of them.
    """
    return member.shown or len({one.comment.origin for one in said}) > 1


async def _halted(tx: Parts, lead: Case) -> bool:
    """Under /siaga, /kunci or a freeze nothing is approved that would all leave at its end."""
    if await tx.board.crisis_mode() is not None or await tx.people.public_lock() is not None:
        return True
    return await tx.steps.replies_held() or await tx.repeated.stopped(lead.id) is not None
