"""What one text for several cases means for each of them, inside a unit of work."""

from datetime import datetime

from bot.domain import case as case_rules
from bot.domain import reply_set
from bot.domain.case import Case, CaseId, CaseStatus
from bot.domain.errors import Outdated, WrongState
from bot.domain.journal import Entry
from bot.domain.outgoing import TRIAGE, CaseCard, DraftCard, Notice, PublicReply
from bot.domain.people import PersonId
from bot.domain.priority import Urgency
from bot.domain.reply import Draft, DraftState, Target
from bot.services.ports import Parts

_GONE = -1
"""No comment has this revision: the case does not take part any more."""


async def not_in_another(tx: Parts, case: Case) -> None:
    """Refuses a second draft for a case that is answered together with another."""
    draft = await tx.drafts.live(case.id)
    if draft is not None and draft.case_id != case.id:
        raise WrongState("in_set")


def replies_to(draft: Draft) -> list[PublicReply]:
    """One public message per comment; each has its own fate."""
    return [PublicReply(draft.id), *(PublicReply(draft.id, one.comment_id) for one in draft.also)]


def reply_to(draft: Draft, target: Target) -> PublicReply:
    """The public message of this draft to one of its comments."""
    own = target.comment_id == draft.comment_id
    return PublicReply(draft.id) if own else PublicReply(draft.id, target.comment_id)


def target_of(draft: Draft, what: PublicReply) -> Target:
    return draft.target(what.comment or draft.comment_id)


async def revision_now(tx: Parts, target: Target) -> int:
    """The revision that the comment of a draft has now."""
    comment = await tx.comments.get(target.comment_id)
    latest = await tx.comments.latest(comment.comment.origin) if comment is not None else None
    return latest.comment.revision if latest is not None else _GONE


async def also_now(tx: Parts, draft: Draft) -> tuple[int, ...]:
    """The revisions of a set's other comments; _GONE for one whose case cannot share the words now."""
    wanted = CaseStatus.ASSIGNED if draft.state is DraftState.WRITING else CaseStatus.DRAFTED
    found = []
    for one in draft.also:
        case = await tx.cases.get(one.case_id)
        fits = (
            case is not None
            and case.status is wanted
            and not case.sensitive
            and case.priority.urgency is not Urgency.EMERGENCY
        )
        found.append(await revision_now(tx, one) if fits else _GONE)
    return tuple(found)


async def submitted(tx: Parts, draft: Draft, author: PersonId, cause: str, now: datetime) -> None:
    """The other cases of the set wait with the draft."""
    for one in draft.also:
        case = await tx.cases.get(one.case_id)
        if case is not None:
            await tx.cases.save(case_rules.drafted(case, author, now))
    await redraw(tx, draft, cause, now)


async def must_be_unchanged(tx: Parts, draft: Draft) -> None:
    """Refuses a set one of whose comments moved on while the words were written."""
    if await also_now(tx, draft) != tuple(one.revision for one in draft.also):
        raise Outdated(DraftState.STALE)


async def put_back(tx: Parts, draft: Draft, cause: str, now: datetime, but: CaseId) -> None:
    """The draft is over: its other cases need somebody again. `but` is the case that the caller sees to."""
    for one in draft.targets:
        case = await tx.cases.get(one.case_id) if one.case_id != but else None
        if case is not None and case.status is CaseStatus.DRAFTED:
            await tx.cases.save(case_rules.undrafted(case, now))
    await redraw(tx, draft, cause, now)


async def redraw(tx: Parts, draft: Draft, cause: str, now: datetime) -> None:
    """The cards of all the cases of a set; of a draft for one case its caller draws it."""
    for one in draft.targets if draft.also else ():
        await tx.outbox.put(f"{cause}:card:{one.case_id}", CaseCard(one.case_id), now)


async def left_out(tx: Parts, draft: Draft, target: Target, cause: str, now: datetime) -> Case | None:
    """Of an approved set one comment moved on: only there nothing is sent, its case is open again and
    the team is told. Returns that case as it is now.
    """
    await tx.drafts.save(reply_set.leave_out(draft, target.comment_id))
    detail = {"comment": target.comment_id, "revision": target.revision}
    await tx.journal.write(Entry(now, "bot", "left_out", f"draft:{draft.id}", cause, detail))
    case = await tx.cases.get(target.case_id)
    if case is not None and case.status is CaseStatus.DRAFTED:
        case = case_rules.undrafted(case, now)
        await tx.cases.save(case)
    await redraw(tx, draft, cause, now)
    care = case is not None and case.sensitive
    told = Notice(TRIAGE, "left_out_to_care" if care else "left_out", {"case": target.case_id})
    await tx.outbox.put(f"{cause}:left_out:{target.comment_id}", told, now)
    for subject in await tx.outbox.cards_of(f"draft:{draft.id}:"):
        person = PersonId(subject.rsplit(":", 1)[1])
        await tx.outbox.put(f"{cause}:left_out:{person}", DraftCard(draft.id, person), now)
    return case
