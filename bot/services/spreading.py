"""A comment goes further than it had: others answer it, or a newer file tells of more who saw it."""

from dataclasses import replace
from datetime import datetime

from bot.domain.case import OPEN, Case, CaseId
from bot.domain.comment import Comment, KeptComment
from bot.domain.outgoing import CaseCard
from bot.domain.priority import reach_of, spread
from bot.domain.reach import Loud, Reach
from bot.services.ports import Parts

_MANY = 100
"""Once so many answered a comment, nobody goes on counting."""


async def answered(tx: Parts, kept: KeptComment, loud: Loud, cause: str, now: datetime) -> None:
    """What this comment replies to may have become loud. Told again only when twice as many did."""
    comment = kept.comment
    if not comment.answers:
        return
    before = await tx.comments.latest(replace(comment.origin, message=comment.answers))
    if before is None or before.comment.author.key == comment.author.key:
        return
    case = await _shown(tx, before)
    if case is None:
        return
    known = reach_of(case.priority).replied
    wanted = 2 * known or loud.replied
    if known < _MANY and await tx.reach.replied(before.comment, wanted) >= wanted:
        await _louder(tx, case, Reach(replied=wanted), loud, cause, now)


async def told_again(
    tx: Parts, known: KeptComment, comment: Comment, loud: Loud, cause: str, now: datetime
) -> None:
    """The same words come once more, with figures that have grown since."""
    most = known.comment.reach.with_more(comment.reach)
    if most == known.comment.reach:
        return
    await tx.reach.save(known.id, most)
    case = await _shown(tx, known)
    if case is not None:
        await _louder(tx, case, most, loud, cause, now)


async def _shown(tx: Parts, kept: KeptComment) -> Case | None:
    """The case on whose card it stands, while that waits for somebody."""
    member = await tx.clusters.of(CaseId(kept.case_id))
    behind = member is not None and not member.shown
    case = await tx.cases.get(member.lead if behind and member is not None else CaseId(kept.case_id))
    return case if case is not None and case.status in OPEN and not case.sensitive else None


async def _louder(tx: Parts, case: Case, reach: Reach, loud: Loud, cause: str, now: datetime) -> None:
    """Its place in the queue says so; what the buttons mean stays."""
    priority = spread(case.priority, reach, loud)
    if priority != case.priority:
        await tx.cases.save(replace(case, priority=priority))
        # A newer file brings the same row under the same cause.
        key = f"{cause}:louder:{case.id}:{reach.seen}:{reach.reacted}:{reach.replied}"
        await tx.outbox.put(key, CaseCard(case.id), now)
