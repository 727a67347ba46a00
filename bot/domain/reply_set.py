"""One text for a listed set of comments: who joins, who leaves, and how each of them ended."""

from dataclasses import replace
from datetime import datetime

from bot.domain.case import CaseId
from bot.domain.comment import CommentId
from bot.domain.errors import WrongState
from bot.domain.people import PersonId
from bot.domain.reply import Draft, DraftId, DraftState, Target, must_be, next_version, when_all_are_settled


def once_more(given: Draft, target: Target, now: datetime, by: PersonId | None = None) -> Draft:
    """The same words for another comment, not kept yet. Whoever chooses the reader is an author too."""
    return Draft(
        id=DraftId(0),
        case_id=target.case_id,
        comment_id=target.comment_id,
        revision=target.revision,
        version=1,
        state=DraftState.WRITING,
        text=given.text,
        authors=given.authors if by is None or by in given.authors else (*given.authors, by),
        created_at=now,
        template_id=given.template_id,
        template_version=given.template_version,
        template_text=given.template_text,
        slots=given.slots,
        snippets=given.snippets,
        hands_over=given.hands_over,
    )


def widen(draft: Draft, more: tuple[Target, ...], person: PersonId) -> Draft:
    """The same words for more comments. Whoever chooses the readers is an author too."""
    must_be(draft, DraftState.WRITING)
    authors = draft.authors if person in draft.authors else (*draft.authors, person)
    return next_version(draft, also=(*draft.also, *more), authors=authors)


def narrow(draft: Draft, case: CaseId) -> Draft:
    """One of the other cases goes its own way while the words are still written."""
    must_be(draft, DraftState.WRITING)
    return next_version(draft, also=tuple(one for one in draft.also if one.case_id != case))


def leave_out(draft: Draft, comment: CommentId) -> Draft:
    """One of an approved set changed, or cannot be reached: it is not sent there, the others go on."""
    must_be(draft, DraftState.APPROVED)
    target = draft.target(comment).comment_id
    if not draft.also or target in {*draft.posted_to, *draft.left_out}:
        raise WrongState(draft.state, draft.decided_by or "")
    return when_all_are_settled(next_version(draft, left_out=(*draft.left_out, target)))


def unsettled(draft: Draft) -> tuple[Target, ...]:
    """Where approved words do not stand yet."""
    settled = {*draft.posted_to, *draft.left_out}
    return tuple(one for one in draft.targets if one.comment_id not in settled)


def follow(draft: Draft, case: CaseId, comment: CommentId, revision: int) -> Draft:
    """The citizen of one of the cases wrote more while the words are written: they answer that now.

    Buttons of before are void: nobody sends what was written before it has been read.
    """
    must_be(draft, DraftState.WRITING)
    if draft.case_id == case:
        return next_version(draft, comment_id=comment, revision=revision)
    newer = Target(case, comment, revision)
    return next_version(draft, also=tuple(newer if one.case_id == case else one for one in draft.also))


def seen_from(draft: Draft, case: CaseId) -> Draft:
    """The draft as the card of one of its cases tells it: each comment of a set has a fate of its own."""
    target = draft.of_case(case)
    if target is None or not draft.also:
        return draft
    if target.comment_id in draft.posted_to:
        return replace(draft, state=DraftState.POSTED)
    if target.comment_id in draft.left_out:
        return replace(draft, state=DraftState.STALE)
    return draft
