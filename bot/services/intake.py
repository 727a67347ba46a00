"""A citizen's comment comes in: kept, read, put into a case, shown, all in one transaction."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain import care
from bot.domain.case import Case, CaseId, CaseStatus, came_back, joined
from bot.domain.cluster import Near, Place
from bot.domain.comment import Comment, KeptComment, Platform, Post, Verdict, carried, may_join
from bot.domain.journal import Entry
from bot.domain.outgoing import TRIAGE, Notice, Receipt, to_person
from bot.domain.priority import Urgency, assess, reach_of, spread
from bot.domain.reach import Loud
from bot.domain.reply import DraftState
from bot.services import companions, spikes, spreading, stopping
from bot.services.attention import Attention
from bot.services.claim_links import ClaimLinks
from bot.services.clusters import Clusters
from bot.services.ports import Clock, Crisis, Parts, Reads, Store
from bot.services.promises import Promises
from bot.services.weighing import weighed

log = logging.getLogger(__name__)
HOST = "host"
"""Whoever works at the machine itself, with the commands."""
_OVER = frozenset({CaseStatus.CLOSED, CaseStatus.HANDED_OVER})


class How(StrEnum):
    """What became of it."""

    OPENED = "opened"
    JOINED = "joined"
    REVISED = "revised"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Received:
    case: CaseId
    how: How


class Intake:
    """Idempotent on origin and text: the same comment twice changes nothing, an edit is a new revision."""

    def __init__(  # noqa: PLR0913 - the composition root names each once
        self,
        store: Store,
        reads: Reads,
        crisis: Crisis,
        clock: Clock,
        *,
        join_within: timedelta,
        sensitive_topics: Mapping[str, timedelta],
        promises: Promises,
        claims: ClaimLinks,
        clusters: Clusters,
        attention: Attention | None = None,
        loud: Loud | None = None,
    ) -> None:
        """`sensitive_topics`: each with the time for which it stays the same matter after its end."""
        self._store = store
        self._reads = reads
        self._crisis = crisis
        self._clock = clock
        self._join_within = join_within
        self._sensitive_topics = dict(sensitive_topics)
        self._promises = promises
        self._claims = claims
        self._attention = attention or Attention()
        self._clusters = clusters
        self._loud = loud or Loud()

    async def receive(self, comment: Comment, cause: str, by: str = "bot") -> Received:
        """`by`: the person who brought it in by /lapor; "bot" for what came by itself; HOST for an import.

        All but an import is in the inbox until this is done, so a power cut only makes it happen again, and
        nothing has to wait for the disk here.
        """
        comment = carried(comment)
        verdict = await self._read(comment)
        like = self._claims.index.like(comment.text)
        near = self._clusters.near(comment)
        async with self._store.transaction(durable=by == HOST) as tx:
            known = await tx.comments.latest(comment.origin)
            if known is not None and await self._is_old_news(tx, known, comment, cause):
                await spreading.told_again(tx, known, comment, self._loud, cause, self._clock.now())
                return Received(CaseId(known.case_id), How.KNOWN)
            if known is not None:
                how, case, kept = await self._revise(tx, known, comment, verdict, cause)
            else:
                how, case, kept = await self._place(tx, comment, verdict, near, cause)
            # Not the origin: in a private chat it is the citizen's account, and what the chain holds stays.
            detail = {"how": how, "comment": kept.id, "revision": kept.comment.revision}
            if known is None and by != HOST and not case.sensitive:
                await spikes.count(tx, verdict, self._clock.now())
            await tx.journal.write(Entry(self._clock.now(), by, "receive", f"case:{case.id}", cause, detail))
            if known is not None:
                await self._claims.moved(tx, known.id)
            await self._claims.consider(tx, kept, case, like, cause)
            await self._crisis.consider(tx, kept, case, cause)
            await weighed(tx, case, kept, self._clock.now())
            await spreading.answered(tx, kept, self._loud, cause, self._clock.now())
        await self._clusters.learn(case.id, comment)
        return Received(case.id, how)

    async def _is_old_news(self, tx: Parts, known: KeptComment, comment: Comment, cause: str) -> bool:
        """The text that stands there, or an update that comes again after a crash: perhaps what stood there
        before an edit, which would otherwise look like another edit, back to the old words.
        """
        return known.comment.text == comment.text or await tx.journal.has(cause, "receive")

    async def learn_post(self, post: Post) -> None:
        """A channel post arrived in its discussion group: comments under it belong to it."""
        async with self._store.transaction() as tx:
            await tx.comments.map_post(post)

    async def post_of(self, chat_id: int, thread: int) -> Post | None:
        return await self._store.read.comments.post_of(chat_id, thread)

    async def _read(self, comment: Comment) -> Verdict:
        if not comment.text.strip():
            return Verdict(model="none")
        try:
            return await self._reads.read(comment.text)
        except Exception as error:
            log.exception("the classifier failed")
            return Verdict(error=type(error).__name__)

    async def _place(
        self, tx: Parts, comment: Comment, verdict: Verdict, near: Sequence[Near], cause: str
    ) -> tuple[How, Case, KeptComment]:
        earlier = await tx.comments.latest_by(comment)
        if earlier is not None and may_join(earlier.comment, comment, self._join_within):
            case = await tx.cases.get(CaseId(earlier.case_id))
            if case is not None:
                return How.JOINED, *await self._grow(tx, case, comment, verdict, cause)
        at_risk = await self._at_risk(tx, comment, cause)
        if at_risk is not None:
            return How.JOINED, *await self._grow(tx, at_risk, comment, verdict, cause)
        return How.OPENED, *await self._open(tx, comment, verdict, near, cause)

    async def _at_risk(self, tx: Parts, comment: Comment, cause: str) -> Case | None:
        """Whatever somebody at risk writes next in the same place, also after the case was closed, is for the
        named people: as a case of its own it would show the group who they are.
        """
        now = self._clock.now()
        since = now - max(self._sensitive_topics.values(), default=timedelta(0))
        case = await tx.cases.at_risk_of(comment, since)
        if case is None or case.status not in _OVER:
            return case
        await tx.outbox.put(f"{cause}:back", Notice(TRIAGE, "care_back", {"case": case.id}), now)
        return came_back(case, now)

    async def _open(
        self, tx: Parts, comment: Comment, verdict: Verdict, near: Sequence[Near], cause: str
    ) -> tuple[Case, KeptComment]:
        now = self._clock.now()
        sensitive = self._is_sensitive(verdict)
        case = Case(
            id=CaseId(0),
            version=1,
            status=CaseStatus.NEW,
            verdict=verdict,
            priority=spread(assess(verdict, sensitive=sensitive), comment.reach, self._loud),
            opened_at=now,
            updated_at=now,
            sensitive=sensitive,
        )
        fresh = comment.origin.platform is not Platform.CSV  # what an import brings was written long ago
        if fresh:
            case = self._promises.given(case)
        case = replace(case, id=await tx.cases.add(case))
        kept = await _keep(tx, comment, case.id, verdict)
        place = await self._clusters.place(tx, case, kept, near, cause)
        if place is Place.BEHIND and case.due_at is not None:  # the answer to the first of them keeps it
            case = replace(case, due_at=None)
            await tx.cases.save(case)
        if fresh and place is not Place.BEHIND:
            await self._promises.keep(tx, case)
        await self._show(tx, case, comment, cause, new=place is Place.OWN)
        alarming = case.priority.urgency is Urgency.EMERGENCY
        if comment.origin.platform is Platform.TELEGRAM_DM and not alarming:
            await tx.outbox.put(f"{cause}:receipt", Receipt(case.id, kept.id), now)
        return case, kept

    async def _grow(
        self, tx: Parts, case: Case, comment: Comment, verdict: Verdict, cause: str
    ) -> tuple[Case, KeptComment]:
        now, was_sensitive = self._clock.now(), case.sensitive
        was_answered = case.status is CaseStatus.ANSWERED
        sensitive = was_sensitive or self._is_sensitive(verdict)
        priority = assess(
            verdict, sensitive=sensitive, comments=case.comments + 1, waiting=now - case.opened_at
        )
        soonest = min(case.priority, priority, key=lambda p: p.urgency)
        soonest = spread(soonest, comment.reach.with_more(reach_of(case.priority)), self._loud)
        case = replace(joined(case, verdict, soonest, now), sensitive=sensitive)
        if comment.origin.platform is not Platform.CSV:
            again = self._promises.again(tx, case, now) if was_answered else self._promises.anew(tx, case)
            case = await again
        kept = await _keep(tx, comment, case.id, verdict)
        await tx.cases.save(case)
        await self._clusters.came_apart(tx, case.id)
        if sensitive and not was_sensitive:
            case = await stopping.at_risk(tx, case, cause, now)
        elif sensitive:
            case = await self._read_again(tx, case, kept, cause)
        elif kept.comment.revision == 0:
            case = await stopping.wrote_more(tx, case, cause, now)
        await self._show(tx, case, comment, cause, new=False)
        if was_answered:
            await _say_again(tx, case, cause, now)
        return case, kept

    async def _read_again(self, tx: Parts, case: Case, kept: KeptComment, cause: str) -> Case:
        """Somebody at risk wrote more: what is written goes on under it, what was decided is read anew."""
        draft = await tx.drafts.live(case.id)
        if draft is None or not draft.private:
            return case
        if draft.state is not DraftState.WRITING:
            return await stopping.stop_draft(tx, case, cause, self._clock.now())
        draft = care.follow(draft, kept)
        await tx.drafts.save(draft)
        await companions.redraw(tx, draft, cause, self._clock.now())
        return case

    async def _revise(
        self, tx: Parts, known: KeptComment, comment: Comment, verdict: Verdict, cause: str
    ) -> tuple[How, Case, KeptComment]:
        """The citizen edited: the old words stay as evidence, a draft for them no longer answers."""
        case = await tx.cases.get(CaseId(known.case_id))
        if case is None:
            raise LookupError(f"comment {known.id} has no case")
        before = known.comment
        newer = replace(
            comment,
            revision=before.revision + 1,
            context=comment.context or before.context,
            network=comment.network or before.network,
            answers=before.answers,
            reach=comment.reach.with_more(before.reach),
        )
        if newer.origin != before.origin:
            # An edit that does not say its thread: it stands where it stood.
            newer = replace(newer, origin=before.origin, link=before.link)
        case, kept = await self._grow(tx, replace(case, comments=case.comments - 1), newer, verdict, cause)
        draft = await tx.drafts.live(case.id)
        if draft is not None and any(one.comment_id == known.id for one in draft.targets):
            case = await stopping.stop_draft(tx, case, cause, self._clock.now())
        if case.status in _OVER:
            await _say_edited(tx, case, cause, self._clock.now())
        return How.REVISED, case, kept

    async def _show(self, tx: Parts, case: Case, comment: Comment, cause: str, *, new: bool) -> None:
        backlog = comment.origin.platform is Platform.CSV
        await self._attention.show(tx, case, cause, self._clock.now(), new=new, backlog=backlog)

    def _is_sensitive(self, verdict: Verdict) -> bool:
        return any(topic in self._sensitive_topics for topic in verdict.topics)


async def _keep(tx: Parts, comment: Comment, case: CaseId, verdict: Verdict) -> KeptComment:
    return KeptComment(await tx.comments.add(comment, case, verdict), case, comment, verdict)


async def _say_edited(tx: Parts, case: Case, cause: str, now: datetime) -> None:
    """A closed card changes unseen: whoever had the case hears it, or, where they cannot, the group."""
    had = case.closed_by or case.assignee
    reached = any(k.person == had and k.reachable and not k.suspended for k in await tx.people.links())
    edited = Notice(to_person(had) if had and reached else TRIAGE, "edited_closed", {"case": case.id})
    if edited.to == TRIAGE and (card := await tx.outbox.card(f"case:{case.id}")) is not None:
        edited = replace(edited, reply_to=card.message_id)
    await tx.outbox.put(f"{cause}:edited", edited, now)


async def _say_again(tx: Parts, case: Case, cause: str, now: datetime) -> None:
    """A citizen writes after the answer: the card changes far up in the chat, where nobody looks any more."""
    card = await tx.outbox.card(f"case:{case.id}")
    again = Notice(TRIAGE, "wrote_again", {"case": case.id}, card.message_id if card is not None else 0)
    await tx.outbox.put(f"{cause}:again", again, now)
