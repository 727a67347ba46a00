"""Which claim a comment tells: copies join by themselves, what is only like one is for a person to say."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.case import Case, CaseId
from bot.domain.claim import ClaimId, ClaimStatus, How, Stance
from bot.domain.comment import CommentId, KeptComment
from bot.domain.errors import NotFound
from bot.domain.journal import Entry
from bot.domain.outgoing import TRIAGE, CaseCard, Notice
from bot.domain.people import Action
from bot.domain.stance import stance_of
from bot.services.claim_index import ClaimIndex, Like
from bot.services.claim_matter import as_evidence
from bot.services.claim_rows import NOTHING_SAID, Glance, Linked
from bot.services.claims import found, link, redraw, told_in
from bot.services.people import Team
from bot.services.ports import Parts, Store
from bot.services.tap import Tap

_BEFORE, _MOST_BEFORE = timedelta(days=1), 500
"""How far back copies of a claim are looked for when it is noted."""
_WORTH_SAYING = 0.35
"""Below this nobody would see why it is proposed."""


class ClaimLinks:
    """What people say of a comment is kept, then the index is told."""

    def __init__(self, store: Store, team: Team, index: ClaimIndex) -> None:
        self._store = store
        self._team = team
        self.index = index

    async def gather(self, number: ClaimId, cause: str, now: datetime) -> None:
        """A claim was noted: copies of the last day came before anybody knew."""
        await self.index.learn(number)
        recent = await self._store.read.comments.since(now - _BEFORE, _MOST_BEFORE)
        copies = [(kept, like) for kept in recent if (like := self._copy(kept, number)) is not None]
        async with self._store.transaction() as tx:
            for kept, like in reversed(copies):
                case = await tx.cases.get(CaseId(kept.case_id))
                newest = await tx.comments.latest(kept.comment.origin)
                stands = newest is not None and newest.id == kept.id
                free = stands and await tx.claim_links.of(kept.id) is None
                if case is not None and free:
                    await self.consider(tx, kept, case, [like], f"{cause}:{kept.id}")

    def _copy(self, kept: KeptComment, number: ClaimId) -> Like | None:
        found = (
            one for one in self.index.like(kept.comment.text) if one.claim == number and one.copy is not None
        )
        return next(found, None)

    async def consider(
        self, tx: Parts, kept: KeptComment, case: Case, like: Sequence[Like], cause: str
    ) -> None:
        """A new comment, in the transaction that keeps it. `like`: what was found for its text before."""
        copy = next((one for one in like if one.copy is not None), None)
        claim = await tx.claims.get(copy.claim) if copy is not None else None
        if copy is None or copy.copy is None or claim is None or case.sensitive:
            return
        now = kept.comment.received_at
        stance = stance_of(kept.comment.text)
        await tx.claim_links.put(Linked(claim.id, kept.id, copy.score, copy.copy, stance, "bot"), now)
        detail: dict[str, object] = {"comment": kept.id, "score": round(copy.score, 2), "how": copy.copy}
        await tx.journal.write(Entry(now, "bot", "claim_join", f"claim:{claim.id}", cause, detail))
        await redraw(tx, claim.id, cause, now)
        if claim.status is ClaimStatus.CLOSED and stance is Stance.TELLS:
            # Said once: the key is the same until somebody does something about it.
            back = Notice(TRIAGE, "claim_back", {"claim": claim.id})
            await tx.outbox.put(f"claim:{claim.id}:{claim.version}:back", back, now)

    async def moved(self, tx: Parts, before: CommentId) -> None:
        """The citizen wrote other words. What a person said of the old stands; likeness is judged anew."""
        linked = await tx.claim_links.of(before)
        if linked is not None and linked.how is not How.PERSON:
            await tx.claim_links.take(before)

    async def glance(self, case: Case, kept: KeptComment, linked: Linked | None) -> Glance:
        """For the card of a case: the claim of its comment, or what may be one."""
        read = self._store.read
        if linked is not None:
            return Glance(await read.claims.get(linked.claim), linked)
        told = {*case.verdict.labels, *case.verdict.unsure}
        if case.sensitive or "hoax" not in told:
            return NOTHING_SAID
        near = [one for one in self.index.like(kept.comment.text) if one.score >= _WORTH_SAYING]
        claims = [(await read.claims.get(one.claim), one.score) for one in near]
        return Glance(like=tuple((claim, score) for claim, score in claims if claim is not None))

    async def join(self, tap: Tap, number: CaseId) -> None:
        """A person says that the newest comment of this case tells this claim."""
        await self._team.require(tap.person, Action.EDIT_CLAIM)
        async with self._store.transaction() as tx:
            claim = await found(tx, tap)
            kept = await told_in(tx, number)
            if await tx.journal.has(tap.cause, "claim_join"):
                return
            score = next(
                (one.score for one in self.index.like(kept.comment.text) if one.claim == claim.id), 0.0
            )
            await link(tx, claim.id, kept, tap, score)
            await as_evidence(tx, claim.id, [kept], tap.at)
        await self.index.learn(claim.id)

    async def leave(self, tap: Tap, comment: int) -> None:
        """🚪 A comment that does not tell this claim."""
        linked = await self._change(tap, comment, "claim_leave", lambda _: None)
        await self.index.learn(linked.claim)

    async def turn(self, tap: Tap, comment: int) -> None:
        """🔄 It denies what it was thought to tell, or the other way."""
        await self._change(tap, comment, "claim_stance", _turned)

    async def _change(self, tap: Tap, comment: int, verb: str, change: "Change") -> Linked:
        await self._team.require(tap.person, Action.EDIT_CLAIM)
        async with self._store.transaction() as tx:
            claim = await found(tx, tap)
            linked = await tx.claim_links.of(CommentId(comment))
            if linked is None or linked.claim != claim.id:
                raise NotFound("comment", str(comment))
            if await tx.journal.has(tap.cause, verb):
                return linked
            new = change(linked)
            if new is None:
                await tx.claim_links.take(linked.comment)
            else:
                await tx.claim_links.put(new, tap.at)
            detail: dict[str, object] = {"comment": comment, "stance": new.stance if new is not None else ""}
            await tx.journal.write(Entry(tap.at, tap.person.id, verb, f"claim:{claim.id}", tap.cause, detail))
            await _redraw_both(tx, linked, tap.cause, tap.at)
        return linked


class Change(Protocol):
    def __call__(self, linked: Linked, /) -> Linked | None: ...


def _turned(linked: Linked) -> Linked:
    other = Stance.DENIES if linked.stance is Stance.TELLS else Stance.TELLS
    return Linked(linked.claim, linked.comment, linked.score, linked.how, other, linked.by)


async def _redraw_both(tx: Parts, linked: Linked, cause: str, now: datetime) -> None:
    kept = await tx.comments.get(linked.comment)
    if kept is not None:
        await tx.outbox.put(f"{cause}:card:{kept.case_id}", CaseCard(CaseId(kept.case_id)), now)
    await redraw(tx, linked.claim, cause, now)
