"""Taking up those who say the same: their cases, their comments, and words that were given once already."""

from dataclasses import replace

from bot.domain import reply_set
from bot.domain.case import CaseId
from bot.domain.errors import BadInput, TakenBy
from bot.domain.journal import Entry
from bot.domain.reply import Draft, Target
from bot.services.approvals import Approvals
from bot.services.ports import Parts
from bot.services.tap import Tap
from bot.services.widening import Widening, taken, why_not


class Gathering:
    """Inside a unit of work."""

    def __init__(self, widening: Widening, approvals: Approvals, most: int) -> None:
        self._widening = widening
        self._approvals = approvals
        self.most = most

    async def waiting(self, tx: Parts, lead: CaseId, tap: Tap, room: int) -> list[Target]:
        """Who waits behind a card and is taken by whoever writes. Raises BadInput, TakenBy."""
        numbers = await tx.answers.takeable(lead, tap.person.id, room) if room > 0 else []
        targets = await self.taken(tx, numbers, tap)
        if not targets:
            holder = await tx.answers.holder(lead, tap.person.id)
            raise TakenBy(holder) if holder and room > 0 else BadInput("nobody_waits")
        return targets

    async def taken(self, tx: Parts, numbers: list[CaseId], tap: Tap) -> list[Target]:
        """The comments of those cases that can share the words; the writer takes them."""
        targets = []
        for number in numbers:
            case = await tx.cases.get(number)
            if case is not None and not await why_not(tx, case, tap.person.id):
                targets.append(await taken(tx, case, tap))
        return targets

    async def once_more(self, tx: Parts, given: Draft, targets: list[Target], tap: Tap) -> Draft:
        """The words that stand, as a new draft. Refuses words that name the first citizen."""
        given = await self._widening.nameless(tx, given)
        draft = reply_set.once_more(given, targets[0], tap.at, tap.person.id)
        draft = replace(draft, id=await tx.drafts.add(draft))
        if len(targets) > 1:
            draft = reply_set.widen(draft, tuple(targets[1:]), tap.person.id)
            await tx.drafts.save(draft)
        return draft

    async def submit(self, tx: Parts, draft: Draft, tap: Tap) -> Draft:
        """Asks for the approval. With what took them up, or not at all: nobody is left half taken."""
        wanted = Tap(tap.person, draft.id, draft.version, f"{tap.cause}:submit", tap.at)
        return await self._approvals.submitted(tx, wanted)

    async def note(self, tx: Parts, tap: Tap, verb: str, draft: Draft) -> None:
        detail: dict[str, object] = {"cases": [int(one.case_id) for one in draft.targets]}
        await tx.journal.write(Entry(tap.at, tap.person.id, verb, f"draft:{draft.id}", tap.cause, detail))
