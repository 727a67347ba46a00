"""Near-identical comments: which case a new one stands behind, and what people say about that."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.case import OPEN, Case, CaseId, CaseStatus, same_version
from bot.domain.cluster import (
    MOST_OFFERS,
    OFFERED_FROM,
    Apart,
    How,
    Member,
    Near,
    Place,
    has_own_card,
    may_lead,
)
from bot.domain.comment import Comment, KeptComment
from bot.domain.errors import CannotJoin, NotFound
from bot.domain.journal import Entry
from bot.domain.outgoing import CaseCard
from bot.domain.people import Action
from bot.services import asked_again
from bot.services.case_deeds import found
from bot.services.kinship import Kinship
from bot.services.people import Team
from bot.services.ports import Clock, Parts, Store
from bot.services.promises import Promises
from bot.services.repeating import Repeating
from bot.services.tap import Tap
from bot.services.weighing import grown

_BITE = 200


class Copies(Protocol):
    """The texts of the last days. `place`: under which post a text stands."""

    def near(self, text: str, place: str) -> Sequence[Near]: ...
    def put(self, lead: CaseId, text: str, place: str) -> None: ...
    def in_other_words(self, text: str) -> Sequence[Near]: ...


class Clusters:
    """Copies join by themselves; what is only alike is offered; people join and split, and each undoes it."""

    def __init__(  # noqa: PLR0913 - the composition root names each once
        self,
        store: Store,
        team: Team,
        copies: Copies,
        promises: Promises,
        clock: Clock,
        *,
        repeating: Repeating,
        within: timedelta,
    ) -> None:
        """`within`: how long after a case was opened others may still join it; none where it is nought."""
        self._store = store
        self._team = team
        self._copies = copies
        self._promises = promises
        self._clock = clock
        self._within = within
        self.repeating = repeating
        self.kinship = Kinship(store, team, copies.in_other_words, within)

    async def load(self) -> None:
        """After a start: what came in lately is known again. In small bites, beside all other work."""
        read = self._store.read.alike
        after = await read.first_since(self._clock.now() - self._within)
        while bite := await read.told(after, _BITE):
            for told in bite:
                self._copies.put(told.lead, told.text, told.place)
                await asyncio.sleep(0)
            after = bite[-1].comment

    def near(self, comment: Comment) -> Sequence[Near]:
        """What the index knows of its text; asked before the unit of work begins."""
        return self._copies.near(comment.text, _place(comment)) if self._within else ()

    async def place(
        self, tx: Parts, case: Case, kept: KeptComment, near: Sequence[Near], cause: str
    ) -> Place:
        """A new case, in the transaction that opens it."""
        if case.sensitive:
            return Place.OWN
        for one in near:
            if one.how is None and one.share < OFFERED_FROM:
                continue
            lead = await self._lead(tx, one.lead, kept.comment.received_at)
            if lead is None or lead.id == case.id:
                continue
            if one.how is not None:
                return await self._join(tx, case, lead, one, cause)
            await tx.alike.offer(case.id, replace(one, lead=lead.id))
            if one.why is Apart.DENIAL:  # the one thing that its card tells of what stands apart
                await tx.outbox.put(f"{cause}:like:{lead.id}", CaseCard(lead.id), self._clock.now())
        return Place.OWN

    async def _lead(self, tx: Parts, number: CaseId, now: datetime) -> Case | None:
        """The case whose card shows this one, if it may still grow."""
        member = await tx.clusters.of(number)
        case = await tx.cases.get(member.lead if member is not None else number)
        return case if case is not None and may_lead(case, now, self._within) else None

    async def _join(self, tx: Parts, case: Case, lead: Case, near: Near, cause: str) -> Place:
        now = self._clock.now()
        how = near.how or How.NEAR
        member = Member(case.id, lead.id, how, near.share, shown=has_own_card(case, how))
        await tx.clusters.put(member, now)
        detail: dict[str, object] = {"lead": lead.id, "how": how, "share": round(near.share, 2)}
        await tx.journal.write(Entry(now, "bot", "cluster_join", f"case:{case.id}", cause, detail))
        await tx.outbox.put(f"{cause}:lead:{lead.id}", CaseCard(lead.id), now)
        await grown(tx, lead, now)
        if member.shown:
            return Place.OWN
        if lead.status is not CaseStatus.ANSWERED:
            return Place.BEHIND
        if not await self.repeating.wait(tx, case.id, now):
            await asked_again.tell(tx, lead, cause, now)
        return Place.AFTER

    async def learn(self, case: CaseId, comment: Comment) -> None:
        """After the commit: the text is known from now on."""
        if not self._within:
            return
        member = await self._store.read.clusters.of(case)
        kept = await self._store.read.cases.get(case)
        if kept is not None and not kept.sensitive:
            self._copies.put(member.lead if member is not None else case, comment.text, _place(comment))

    async def came_apart(self, tx: Parts, case: CaseId) -> None:
        """The citizen wrote more, or other words: that is for their own card."""
        member = await tx.clusters.of(case)
        if member is not None and not member.shown:
            await tx.clusters.show(case)

    async def join(self, tap: Tap, lead: CaseId) -> Case:
        """🔗 A person says that this case, and all behind it, is the same matter as another."""
        await self._team.require(tap.person, Action.LABEL)
        async with self._store.transaction() as tx:
            case = await found(tx, tap)
            if await tx.journal.has(tap.cause, "cluster_join"):
                return case
            same_version(case, tap.seen)
            into = await self._open_lead(tx, lead, case)
            share = next(
                (one.share for one in await tx.alike.offers(case.id, MOST_OFFERS) if one.lead == lead), 0.0
            )
            await tx.clusters.move(case.id, into.id)
            await tx.clusters.put(Member(case.id, into.id, How.PERSON, share, person=tap.person.id), tap.at)
            await self._note(tx, tap, "cluster_join", case.id, into.id)
        return case

    async def _open_lead(self, tx: Parts, number: CaseId, case: Case) -> Case:
        """The case that the other is to stand behind. Raises CannotJoin."""
        member = await tx.clusters.of(number)
        into = await tx.cases.get(member.lead if member is not None else number)
        if into is None:
            raise NotFound("case", str(number))
        for one in (case, into):
            if one.sensitive:
                raise CannotJoin(one.id, "sensitive")
        if into.id == case.id or into.status not in {
            CaseStatus.ANSWERED,
            CaseStatus.NEW,
            CaseStatus.ASSIGNED,
            CaseStatus.SNOOZED,
        }:
            raise CannotJoin(into.id, "drafted" if into.status is CaseStatus.DRAFTED else "closed")
        if case.status is CaseStatus.DRAFTED or await tx.drafts.live(case.id) is not None:
            raise CannotJoin(case.id, "drafted")
        return into

    async def split(self, tap: Tap, number: CaseId) -> Case:
        """✂️ A person says that this one is a matter of its own; what came with it goes with it."""
        await self._team.require(tap.person, Action.LABEL)
        async with self._store.transaction() as tx:
            lead = await found(tx, tap)
            if await tx.journal.has(tap.cause, "cluster_split"):
                return lead
            same_version(lead, tap.seen)
            member = await tx.clusters.of(number)
            if member is None or member.lead != lead.id:
                raise NotFound("case", str(number))
            await tx.clusters.take(number)
            await tx.clusters.move_back(lead.id, number)
            await tx.alike.offer(number, Near(lead.id, member.share))
            await self._begin_to_wait(tx, number)
            await self._note(tx, tap, "cluster_split", number, lead.id)
        for kept in await self._store.read.comments.of_case(number):
            self._copies.put(number, kept.comment.text, _place(kept.comment))
        return lead

    async def _begin_to_wait(self, tx: Parts, number: CaseId) -> None:
        """What was promised to its writer is no longer kept by the answer to another."""
        case = await tx.cases.get(number)
        if case is not None and case.status in OPEN:
            await tx.cases.save(await self._promises.anew(tx, case))

    async def _note(self, tx: Parts, tap: Tap, verb: str, case: CaseId, lead: CaseId) -> None:
        detail: dict[str, object] = {"lead": lead}
        await tx.journal.write(Entry(tap.at, tap.person.id, verb, f"case:{case}", tap.cause, detail))
        for number in (case, lead):
            await tx.outbox.put(f"{tap.cause}:card:{number}", CaseCard(number), tap.at)


def _place(comment: Comment) -> str:
    return f"{comment.origin.platform}:{comment.origin.thread}"
