"""The clock of a claim stops with the first correct words in public, whoever posts them."""

from datetime import datetime

from bot.domain import claim as rules
from bot.domain.claim import Claim, ClaimId
from bot.domain.comment import CommentId
from bot.domain.journal import Entry
from bot.domain.reply import Draft
from bot.domain.trigger import claim_of_group
from bot.services.claims import redraw
from bot.services.ports import Parts


async def answered(tx: Parts, draft: Draft, comment: CommentId, cause: str, now: datetime) -> None:
    """A reply stands under a comment that tells a claim. Where a template was chosen to clarify it, only that
    one sets it right.
    """
    linked = await tx.claim_links.of(comment)
    claim = await tx.claims.get(linked.claim) if linked is not None else None
    kept = await tx.comments.get(comment)
    if claim is None or kept is None or claim.template not in {"", draft.template_id}:
        return
    await _stop(tx, claim, kept.comment.link, cause, now)


async def published(tx: Parts, group_key: str, link: str, cause: str, now: datetime) -> None:
    """A post of an incident about a claim stands on a channel."""
    number = claim_of_group(group_key)
    claim = await tx.claims.get(ClaimId(number)) if number is not None else None
    if claim is not None:
        await _stop(tx, claim, link, cause, now)


async def _stop(tx: Parts, claim: Claim, link: str, cause: str, now: datetime) -> None:
    """Words about what nobody has confirmed are not known to be correct."""
    if not claim.verified or claim.corrected_at is not None:
        return
    await tx.claims.save(rules.corrected(claim, link, now))
    await tx.journal.write(
        Entry(now, "bot", "claim_correct", f"claim:{claim.id}", cause, {"link": bool(link)})
    )
    await redraw(tx, claim.id, cause, now)
