"""The clock of a claim stops with the first correct words in public, whoever posts them."""

from datetime import datetime

from bot.domain import claim as rules
from bot.domain.claim import Claim, ClaimId, Stance
from bot.domain.claim_words import names_a_source
from bot.domain.comment import CommentId
from bot.domain.incident import RunId
from bot.domain.journal import Entry
from bot.domain.reply import Draft
from bot.domain.run_events import PostSettled
from bot.domain.run_types import RunState
from bot.domain.step_run import PostState
from bot.domain.steps import Publish
from bot.domain.trigger import claim_of_group
from bot.services.claims import redraw
from bot.services.ports import Parts


async def answered(tx: Parts, draft: Draft, comment: CommentId, cause: str, now: datetime) -> None:
    """A reply stands under a comment that tells a claim, and sets it right. What only says who is in charge
    does not, nor what is said to somebody who denies the rumour.
    """
    linked = await tx.claim_links.of(comment)
    if linked is None or linked.stance is not Stance.TELLS or draft.hands_over:
        return
    claim, kept = await tx.claims.get(linked.claim), await tx.comments.get(comment)
    if claim is not None and kept is not None and _sets_right(claim, draft):
        await _stop(tx, claim, kept.comment.link, cause, now)


def _sets_right(claim: Claim, draft: Draft) -> bool:
    """The words that were chosen to clarify it, wherever they stand in the reply. Where none were chosen:
    words that name a source of the finding; of any others a person has to say so.
    """
    if claim.template:
        return claim.template in {draft.template_id, *(name for name, _ in draft.snippets)}
    return names_a_source(draft.text, claim.sources)


async def published(tx: Parts, state: RunState, event: PostSettled, cause: str, now: datetime) -> None:
    """A post of an incident stands on a channel: the bot put it there or a person says so. Which words
    are the correct ones its playbook knows; a reply under one comment is no post.
    """
    step = state.playbook.step(event.step)
    posted = step is not None and isinstance(step.uses, Publish) and event.state is PostState.SENT
    if not posted or state.informed_at is None or state.incident.drill:
        return
    number = claim_of_group(state.incident.group_key) or await _told_by(tx, state.incident.id)
    claim = await tx.claims.get(ClaimId(number)) if number is not None else None
    if claim is not None:
        await _stop(tx, claim, event.link, cause, now)


async def _told_by(tx: Parts, run: RunId) -> int | None:
    """The claim of an incident that is named by its case or topic: the only one that its comments tell."""
    told = await tx.claim_links.told_by(run)
    return told[0] if len(told) == 1 else None


async def _stop(tx: Parts, claim: Claim, link: str, cause: str, now: datetime) -> None:
    """Words about what nobody has confirmed are not known to be correct."""
    if not claim.verified or claim.corrected_at is not None:
        return
    await tx.claims.save(rules.corrected(claim, link, now))
    await tx.journal.write(
        Entry(now, "bot", "claim_correct", f"claim:{claim.id}", cause, {"link": bool(link)})
    )
    await redraw(tx, claim.id, cause, now)
