"""Words to many that have not left: taken back from the queue, one transaction for all of them."""

from collections.abc import Collection, Iterable

from bot.domain import case as case_rules
from bot.domain import reply_set
from bot.domain.case import Case, CaseId, CaseStatus
from bot.domain.errors import WrongState
from bot.domain.journal import Entry
from bot.domain.outgoing import CaseCard, DraftCard, SendState, UncertainCard
from bot.domain.people import PersonId
from bot.domain.reply import Draft, DraftState, drop
from bot.services import together
from bot.services.ports import Parts
from bot.services.tap import Tap

_HERE = frozenset({SendState.QUEUED, SendState.FAILED})
_GIVEN = frozenset({CaseStatus.ANSWERED, CaseStatus.HANDED_OVER})


def standing(lead: Case, draft: Draft | None) -> Draft:
    """The words of a card that stand in public, also while they still leave for others. Raises WrongState."""
    if draft is None or lead.status not in _GIVEN:
        raise WrongState(lead.status)
    if reply_set.seen_from(draft, lead.id).state is not DraftState.POSTED:
        raise WrongState(lead.status)
    return draft


async def recall(tx: Parts, lead: Case, tap: Tap, states: Collection[DraftState]) -> list[CaseId]:
    """Of the words for a card and those behind it: whatever waits for a decision or in the queue goes no
    further. Whom it was for waits again, in nobody's hands; returns them.
    """
    drafts = await tx.answers.on_their_way(lead.id)
    return await hold(tx, (one for one in drafts if one.state in states), lead, tap)


async def hold(tx: Parts, drafts: Iterable[Draft], lead: Case, tap: Tap) -> list[CaseId]:
    """These of them."""
    found: list[CaseId] = []
    for draft in drafts:
        held, cases = await _held(tx, draft, tap)
        if not cases:
            continue
        await tx.drafts.save(held)
        await tx.timers.cancel_all(f"draft:{draft.id}")
        for number in cases:
            await _waits_again(tx, number, lead, tap)
        detail: dict[str, object] = {"cases": [int(one) for one in cases]}
        await tx.journal.write(Entry(tap.at, tap.person.id, "recall", f"draft:{draft.id}", tap.cause, detail))
        await _redraw(tx, held, tap)
        found += cases
    return found


async def _held(tx: Parts, draft: Draft, tap: Tap) -> tuple[Draft, list[CaseId]]:
    """The draft without those whom it has not reached. What is just being sent cannot be held."""
    if draft.state is DraftState.WAITING:
        return drop(draft), [one.case_id for one in draft.targets]
    cases = []
    for target in reply_set.unsettled(draft):
        row = await tx.outbox.reply_of(together.reply_to(draft, target))
        if row is None or row.state not in _HERE:
            continue
        await tx.outbox.settle(row, SendState.DROPPED, tap.at)
        if row.state is SendState.FAILED:  # it was asked about
            await tx.outbox.put(f"{tap.cause}:recall:{row.id}", UncertainCard(row.id), tap.at)
        alone = not draft.also
        draft = drop(draft, undeliverable=True) if alone else reply_set.leave_out(draft, target.comment_id)
        cases.append(target.case_id)
    return draft, cases


async def _waits_again(tx: Parts, number: CaseId, lead: Case, tap: Tap) -> None:
    """Whoever stands behind the card is nobody's, so that anybody may answer the card."""
    case = await tx.cases.get(number)
    if case is None or case.status is not CaseStatus.DRAFTED:
        return
    own = number == lead.id
    freed = case_rules.undrafted(case, tap.at) if own else case_rules.release(case, case.version, tap.at)
    await tx.cases.save(freed)
    if not own and await tx.outbox.card(f"case:{number}") is not None:  # it was split off meanwhile
        await tx.outbox.put(f"{tap.cause}:card:{number}", CaseCard(number), tap.at)


async def _redraw(tx: Parts, draft: Draft, tap: Tap) -> None:
    await together.redraw(tx, draft, f"{tap.cause}:recall:{draft.id}", tap.at)
    for subject in await tx.outbox.cards_of(f"draft:{draft.id}:"):
        person = PersonId(subject.rsplit(":", 1)[1])
        await tx.outbox.put(f"{tap.cause}:recall:{draft.id}:{person}", DraftCard(draft.id, person), tap.at)
