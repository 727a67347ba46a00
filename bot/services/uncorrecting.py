"""↩️ Batal buka: for fifteen seconds, what a correction took up is answered again as it was."""

from datetime import timedelta

from bot.domain import case as rules
from bot.domain.amending import Begun, put_back
from bot.domain.bulk import UNDO
from bot.domain.case import Case, CaseId
from bot.domain.errors import BadInput
from bot.domain.journal import Entry
from bot.domain.outgoing import CaseCard
from bot.domain.people import Action
from bot.domain.timer import Timer
from bot.services.case_deeds import found
from bot.services.people import Team
from bot.services.ports import Clock, Parts, Store
from bot.services.tap import Tap

REDRAW = "redraw"


class CardAgain:
    """Draws a card once more when something on it is over."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def plan(self) -> None:
        """Nothing stands but what a press has set."""

    async def fire(self, timer: Timer, tx: Parts) -> None:
        number = CaseId(int(timer.subject.partition(":")[2]))
        await tx.outbox.put(f"timer:{timer.id}:card", CaseCard(number), self._clock.now())


async def watch(tx: Parts, lead: CaseId, tap: Tap) -> None:
    """The button goes when it means nothing any more."""
    over = tap.at + UNDO + timedelta(seconds=1)
    await tx.timers.set(Timer(f"{REDRAW}:{lead}", REDRAW, over, epoch=int(over.timestamp())))


async def take_back(store: Store, team: Team, tap: Tap) -> int:
    """How many are answered again. What had not left when it began stays here: its approval was for then."""
    await team.require(tap.person, Action.DRAFT)
    async with store.transaction() as tx:
        lead = await found(tx, tap)
        if await tx.journal.has(tap.cause, "correct_undo"):
            return 0
        rules.same_version(lead, tap.seen)
        begun = await _still(tx, lead, tap)
        put = await _put_back(tx, begun, lead, tap)
        await tx.answers.unamend(lead.id)
        detail: dict[str, object] = {"cases": [int(number) for number in put]}
        entry = Entry(tap.at, tap.person.id, "correct_undo", f"case:{lead.id}", tap.cause, detail)
        await tx.journal.write(entry)
        await tx.outbox.put(f"{tap.cause}:card:{lead.id}", CaseCard(lead.id, asked=True), tap.at)
    return len(put)


async def _still(tx: Parts, lead: Case, tap: Tap) -> Begun:
    """Raises BadInput once it is too late, or its words are written."""
    begun = await tx.answers.begun(lead.id)
    if begun is None or not begun.may_end(tap.at) or lead.assignee != tap.person.id:
        raise BadInput("undo_over")
    if lead.updated_at > begun.at or await tx.drafts.live(lead.id) is not None:
        raise BadInput("undo_over")
    return begun


async def _put_back(tx: Parts, begun: Begun, lead: Case, tap: Tap) -> list[CaseId]:
    put = []
    for one in begun.cases:
        case = await tx.cases.get(one.case)
        if case is None or (case.id != lead.id and not one.untouched(case, begun.at)):
            continue
        await tx.cases.save(put_back(case, one, tap.at))
        put.append(case.id)
    return put
