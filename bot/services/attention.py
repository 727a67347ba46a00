"""What a new case does in the team's group: a card of its own, or a line in the digest until one looks."""

from datetime import datetime, timedelta

from bot.domain.attention import CardBudget
from bot.domain.case import OPEN, Case, CaseId
from bot.domain.errors import NotFound
from bot.domain.journal import Entry
from bot.domain.outgoing import CaseCard
from bot.domain.outgoing_board import BoardCard, DigestCard
from bot.domain.people import Action
from bot.domain.priority import Urgency
from bot.services.people import Team
from bot.services.ports import Parts, Store
from bot.services.tap import Tap

DIGEST_EVERY = timedelta(seconds=15)
URGENT_EVERY = timedelta(seconds=4)
"""Between two edits of the board for emergencies: Telegram takes about twenty edits a minute in a group."""
_AT_ONCE = timedelta(seconds=1)


class Attention:
    """Without a budget every case has its card. `live`: a board stands in the group."""

    def __init__(self, budget: CardBudget | None = None, *, live: bool = False) -> None:
        self._budget = budget
        self._live = live

    async def show(
        self, tx: Parts, case: Case, cause: str, now: datetime, *, new: bool, backlog: bool
    ) -> None:
        """A comment came into this case: its card changes or comes; an emergency is on the board at once."""
        urgent = case.priority.urgency is Urgency.EMERGENCY and case.status in OPEN
        if self._budget is not None:
            await self._place(tx, case, cause, now, new=new)
        card = CaseCard(case.id, urgent, backlog and not urgent, at_risk=urgent and case.sensitive)
        await tx.outbox.put(f"{cause}:card:{case.id}", card, now)
        if urgent and self._live:
            await tx.outbox.put(f"{cause}:board", BoardCard(urgent=True), now, await next_edit(tx, now))

    async def _place(self, tx: Parts, case: Case, cause: str, now: datetime, *, new: bool) -> None:
        """Gives it a card, or leaves it in the digest. A case that has one keeps it."""
        if not new and not await tx.digest.waits(case.id):
            return
        if case.sensitive or await self._has_room(tx, case, now):
            await tx.digest.give_card(case.id, now)
        elif new:
            await tx.digest.put(case.id)
            await tx.outbox.put(f"{cause}:digest", DigestCard(), now, now + DIGEST_EVERY)

    async def _has_room(self, tx: Parts, case: Case, now: datetime) -> bool:
        budget = self._budget
        if budget is None:
            return True
        return budget.has_room(case.priority.urgency, await tx.digest.carded_since(now - budget.window))


async def next_edit(tx: Parts, now: datetime) -> datetime:
    """When the board may change next."""
    drawn = await tx.board.drawn()
    return now if drawn is None else max(now, drawn + URGENT_EVERY)


class Digest:
    """What a person takes out of the digest."""

    def __init__(self, store: Store, team: Team) -> None:
        self._store = store
        self._team = team

    async def open(self, tap: Tap) -> bool:
        """Buka #12: its card, at the end of the chat. False where it has one already. Raises NotFound."""
        await self._team.require(tap.person, Action.SEE)
        async with self._store.transaction() as tx:
            case = await tx.cases.get(CaseId(tap.target))
            if case is None:
                raise NotFound("case", str(tap.target))
            if not await tx.digest.waits(case.id):
                return await tx.journal.has(tap.cause, "show_card")
            await self._show(tx, case, tap)
        return True

    async def open_next(self, tap: Tap) -> CaseId | None:
        """Buka berikutnya: the most urgent of them; None when nothing waits there any more."""
        await self._team.require(tap.person, Action.SEE)
        async with self._store.transaction() as tx:
            waiting = await tx.digest.first(1)
            if not waiting or await tx.journal.has(tap.cause, "show_card"):
                return None
            await self._show(tx, waiting[0], tap)
        return waiting[0].id

    async def _show(self, tx: Parts, case: Case, tap: Tap) -> None:
        await tx.digest.give_card(case.id, tap.at)
        await tx.journal.write(Entry(tap.at, tap.person.id, "show_card", f"case:{case.id}", tap.cause))
        await tx.outbox.put(f"{tap.cause}:card:{case.id}", CaseCard(case.id, asked=True), tap.at)
        await tx.outbox.put(f"{tap.cause}:digest", DigestCard(), tap.at, tap.at + _AT_ONCE)
