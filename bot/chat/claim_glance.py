"""What the register of claims says on the card of a case."""

from bot.chat import claim_actions as do
from bot.chat.drawn import Button
from bot.chat.render import Piece, i, lines, named
from bot.chat.words import claims as say
from bot.chat.words import data
from bot.chat.words import names as called
from bot.domain.case import OPEN, CaseStatus
from bot.domain.claim import Claim, Stance
from bot.services.views import CaseView

_EXCERPT = 70
_BUTTONS = 2
"""A third would push the buttons of the case off a small screen; the others are named above."""


def said(view: CaseView) -> tuple[Piece, ...]:
    """The claim that the comment tells, or those that it is like, each with how much."""
    glance = view.claims
    if glance.claim is not None:
        against = glance.linked is not None and glance.linked.stance is Stance.DENIES
        words = named(glance.claim.statement, _EXCERPT)
        return (say.belongs(glance.claim.id, words, state(glance.claim), against),)
    if not glance.like or view.case.status not in OPEN:
        return ()
    near = [
        i(f"{say.number(claim.id)} ({called.percent(score)}): {named(claim.statement, _EXCERPT)}")
        for claim, score in glance.like
    ]
    return lines(say.LIKE, *near)


def state(claim: Claim) -> str:
    """What is known of it, in a word or two."""
    if claim.finding is not None and claim.verified:
        return say.FINDINGS[claim.finding].lower()
    return say.STATUS[claim.status].lower()


def ask_data(view: CaseView) -> Button | None:
    """For whoever has the case."""
    if view.case.status is not CaseStatus.ASSIGNED:
        return None
    return Button(data.ASK, do.AskData(0, 0, view.case.id))


def buttons(view: CaseView) -> list[Button]:
    """One for each of the likeliest."""
    if view.claims.claim is not None:
        return []
    return [
        Button(say.like(claim.id, score), do.JoinClaim(claim.id, claim.version, view.case.id))
        for claim, score in view.claims.like[:_BUTTONS]
    ]
