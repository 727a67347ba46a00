"""Words for somebody whose life is at risk: two named people write and read them, and nobody else.

The draft is an ordinary one and goes the ordinary way; these are the few rules in which it differs.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from bot.domain.case import CaseId
from bot.domain.comment import KeptComment
from bot.domain.people import PersonId
from bot.domain.reply import ApprovalPolicy, Draft, DraftId, DraftState, must_be, next_version

_CAME_BACK = frozenset(
    {DraftState.RETURNED, DraftState.REJECTED, DraftState.EXPIRED, DraftState.STALE, DraftState.DROPPED}
)


def begin(comment: KeptComment, person: PersonId, last: Draft | None, now: datetime) -> Draft:
    """A draft for what the citizen wrote last. Words that came back, or were overtaken, are not typed twice.

    `last`: the case's draft before. What was written before anybody knew of the danger is not used again,
    nor are the words of the other one: with two authors nobody would be left to read them.
    """
    new = Draft(
        id=DraftId(0),
        case_id=CaseId(comment.case_id),
        comment_id=comment.id,
        revision=comment.comment.revision,
        version=1,
        state=DraftState.WRITING,
        text="",
        authors=(person,),
        created_at=now,
        private=True,
    )
    if last is None or not last.private or last.state not in _CAME_BACK or last.authors != new.authors:
        return new
    return replace(
        new,
        text=last.text,
        template_id=last.template_id,
        template_version=last.template_version,
        template_text=last.template_text,
        slots=last.slots,
    )


def follow(draft: Draft, comment: KeptComment) -> Draft:
    """The citizen wrote more while the words are written: they answer that now, once it has been read."""
    must_be(draft, DraftState.WRITING)
    return next_version(draft, comment_id=comment.id, revision=comment.comment.revision)


def deciders(draft: Draft, named: Iterable[PersonId], policy: ApprovalPolicy) -> tuple[PersonId, ...]:
    """The other named people; the writer only where the agency is one person and nobody else is named."""
    others = tuple(person for person in named if person not in draft.authors)
    return others or (draft.authors if policy.alone else ())


def policy_for(draft: Draft, named: Collection[PersonId], policy: ApprovalPolicy) -> ApprovalPolicy:
    """No further level is ever asked: nobody else may read it. No second pair of eyes is passed over."""
    alone = policy.alone and set(named) <= set(draft.authors)
    return replace(policy, levels=policy.levels[:1], alone=alone)
