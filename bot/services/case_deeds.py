"""What every deed on a case has in common: finding it, saving it with its card, taking back its words."""

from bot.domain.case import Case, CaseId
from bot.domain.errors import NotFound
from bot.domain.journal import Entry
from bot.domain.outgoing import CaseCard, DraftCard, SendState, UncertainCard
from bot.domain.people import PersonId
from bot.domain.priority import Urgency
from bot.domain.reply import DraftState, drop
from bot.domain.reply_set import leave_out, narrow
from bot.services import companions, together
from bot.services.ports import Parts
from bot.services.tap import Tap


async def found(tx: Parts, tap: Tap) -> Case:
    """The case of a press. Raises NotFound."""
    case = await tx.cases.get(CaseId(tap.target))
    if case is None:
        raise NotFound("case", str(tap.target))
    return case


async def save(tx: Parts, case: Case, tap: Tap, verb: str, detail: dict[str, object]) -> None:
    """State, journal and card together: whoever pressed sees it before all that the bot draws by itself."""
    await tx.cases.save(case)
    await tx.journal.write(Entry(tap.at, tap.person.id, verb, f"case:{case.id}", tap.cause, detail))
    urgent = case.priority.urgency is Urgency.EMERGENCY
    await tx.outbox.put(f"{tap.cause}:card:{case.id}", CaseCard(case.id, urgent, asked=True), tap.at)
    await companions.redraw_last(tx, case, tap.cause, tap.at)


async def withdraw(tx: Parts, case: Case, tap: Tap) -> None:
    """Gives up the draft of this case, if one is written or waits; approvers see it gone.

    Raises WrongState when approved words are on their way: not so while they wait in the queue (as under
    /kunci), nor when the platform refused them.
    """
    draft = await tx.drafts.live(case.id)
    if draft is None:
        return
    target = draft.of_case(case.id)
    if target is None:
        raise LookupError(f"draft {draft.id} does not answer case {case.id}")
    if draft.state is DraftState.WRITING and draft.case_id != case.id:
        await tx.drafts.save(narrow(draft, case.id))
        await together.redraw(tx, draft, tap.cause, tap.at)
        return
    row = await tx.outbox.reply_of(together.reply_to(draft, target))
    unsent = row is not None and row.state in {SendState.FAILED, SendState.QUEUED}
    if unsent and draft.also:
        await tx.drafts.save(leave_out(draft, target.comment_id))
    else:
        await tx.drafts.save(drop(draft, undeliverable=unsent))
        await together.put_back(tx, draft, tap.cause, tap.at, but=case.id)
    if row is not None and unsent:
        await tx.outbox.settle(row, SendState.DROPPED, tap.at)
        await tx.journal.write(Entry(tap.at, tap.person.id, "give_up", f"outgoing:{row.id}", tap.cause))
        await tx.outbox.put(f"{tap.cause}:give_up", UncertainCard(row.id), tap.at)
    await tx.timers.cancel_all(f"draft:{draft.id}")
    for subject in await tx.outbox.cards_of(f"draft:{draft.id}:"):
        person = PersonId(subject.rsplit(":", 1)[1])
        await tx.outbox.put(f"{tap.cause}:withdraw:{person}", DraftCard(draft.id, person), tap.at)
