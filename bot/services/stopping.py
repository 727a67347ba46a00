"""What was written for a citizen does not answer them any more: they wrote anew, or a life is at risk."""

from datetime import datetime

from bot.domain import case as case_rules
from bot.domain.case import Case, CaseId, CaseStatus, given_up, undrafted
from bot.domain.journal import Entry
from bot.domain.outgoing import TRIAGE, CaseCard, DraftCard, Notice, SendState, UncertainCard, to_person
from bot.domain.people import PersonId
from bot.domain.reply import Draft, DraftState, Target, gone_stale
from bot.domain.reply_set import follow
from bot.services import companions, together
from bot.services.ports import Parts

_MOST_CARDS = 50
"""At once; the queue lists the others."""


async def found_out(tx: Parts, case_id: CaseId, by: str, cause: str, now: datetime) -> None:
    """A person saw what no reading of the text did: from now on the group sees neither name nor words."""
    case = await tx.cases.get(case_id)
    if case is None or case.sensitive:
        return
    case = case_rules.at_risk(case, now)
    await tx.cases.save(case)
    await at_risk(tx, case, cause, now)
    await tx.journal.write(Entry(now, by, "at_risk", f"case:{case_id}", cause))
    await tx.outbox.put(f"{cause}:at_risk:{case_id}", CaseCard(case_id, urgent=True), now)


async def at_risk(tx: Parts, case: Case, cause: str, now: datetime) -> Case:
    """The case has just become sensitive: words for an everyday matter must not go to somebody in danger, nor
    to more readers.
    """
    case = given_up(await stop_draft(tx, case, cause, now), now)
    await tx.cases.save(case)
    await _let_go(tx, case, cause, now)
    return case


async def _let_go(tx: Parts, case: Case, cause: str, now: datetime) -> None:
    """Nobody waits behind a card that shows no words."""
    behind = await tx.clusters.unanswered(case.id, _MOST_CARDS)
    await tx.clusters.show_all(case.id)
    for number in behind:
        await tx.outbox.put(f"{cause}:own:{number}", CaseCard(number), now)


async def wrote_more(tx: Parts, case: Case, cause: str, now: datetime) -> Case:
    """The citizen wrote again before the answer: decided words wait for another look; a writer is told, and
    what is written cannot leave before the new words have been seen.
    """
    draft = await tx.drafts.live(case.id)
    if draft is None or draft.private:
        return case
    if draft.also and draft.state is DraftState.WAITING:
        return case  # of many who share the words they alone are left out when these leave: see posting.py
    if draft.state is not DraftState.WRITING:
        return await stop_draft(tx, case, cause, now, again=True)
    newest = (await tx.comments.of_case(case.id))[-1]
    await tx.drafts.save(follow(draft, case.id, newest.id, newest.comment.revision))
    await together.redraw(tx, draft, cause, now)
    card = await tx.outbox.card(f"case:{case.id}")
    about = {"case": case.id, "person": draft.authors[-1]}
    said = Notice(TRIAGE, "wrote_while", about, card.message_id if card is not None else 0)
    await tx.outbox.put(f"{cause}:wrote", said, now)
    return case


async def stop_draft(tx: Parts, case: Case, cause: str, now: datetime, *, again: bool = False) -> Case:
    """What is written, waits or is about to leave does not answer the citizen any more.

    `again`: not because they changed what they wrote, but because they wrote more.
    """
    draft = await tx.drafts.live(case.id)
    if draft is None:
        return case
    target = draft.of_case(case.id)
    about: dict[str, object] = {"case": case.id, **({"again": True} if again else {})}
    if await _in_doubt(tx, draft, target, cause, now):
        about["unsure"] = True
    if draft.also and target is not None and draft.state is DraftState.APPROVED:
        return await together.left_out(tx, draft, target, cause, now) or case
    stale = gone_stale(draft)
    await tx.drafts.save(stale)
    await together.put_back(tx, draft, cause, now, but=case.id)
    await tx.timers.cancel_all(f"draft:{draft.id}")
    await tx.journal.write(Entry(now, "bot", "stale", f"draft:{draft.id}", cause))
    if case.status is CaseStatus.DRAFTED:
        case = undrafted(case, now)
        await tx.cases.save(case)
    if draft.state is not DraftState.WRITING:
        for subject in await tx.outbox.cards_of(f"draft:{draft.id}:"):
            person = PersonId(subject.rsplit(":", 1)[1])
            await tx.outbox.put(f"{cause}:stale:{person}", DraftCard(draft.id, person), now)
    await companions.redraw(tx, stale, cause, now)
    if draft.private:
        await companions.tell(tx, case, Notice(TRIAGE, "care_stale", about), cause, now)
    else:
        why = "draft_to_care" if case.sensitive else "draft_stale"
        said = Notice(to_person(draft.authors[-1]), why, about)
        await tx.outbox.put(f"{cause}:stale", said, now)
    return case


async def _in_doubt(tx: Parts, draft: Draft, target: Target | None, cause: str, now: datetime) -> bool:
    """Whether it may stand there all the same. A card that asks so is drawn anew: what it offers has changed,
    and of somebody at risk it must not cite the words before the group.
    """
    queued = await tx.outbox.reply_of(together.reply_to(draft, target)) if target is not None else None
    if queued is not None and queued.state in {SendState.UNCERTAIN, SendState.FAILED}:
        await tx.outbox.put(f"{cause}:stopped:{queued.id}", UncertainCard(queued.id), now)
    return queued is not None and queued.state in {SendState.UNCERTAIN, SendState.SENDING}
