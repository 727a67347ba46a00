"""A coordinator whom the bot may not write to must not hold a draft up in silence."""

from bot.domain.journal import Entry
from bot.domain.outgoing import DraftCard, Queued
from bot.domain.reply import DraftState
from bot.services.approvals import Approvals
from bot.services.delivery import Impossible, Outcome
from bot.services.ports import Clock, Parts


class Unreached:
    """Follows a draft's card."""

    def __init__(self, approvals: Approvals, clock: Clock) -> None:
        self._approvals = approvals
        self._clock = clock

    async def before(self, _tx: Parts, _queued: Queued) -> bool:
        """A card is drawn when it is sent, so it is never out of date."""
        return True

    async def after(self, tx: Parts, queued: Queued, outcome: Outcome) -> None:
        """Blocked: others are asked now, not when the time of this draft is over."""
        card = queued.what
        if not isinstance(card, DraftCard) or not isinstance(outcome, Impossible) or not outcome.blocked:
            return
        await tx.people.set_reachable(card.person, reachable=False)
        draft = await tx.drafts.get(card.draft)
        if draft is None or draft.state is not DraftState.WAITING:
            return
        # Once for each round of asking: drawing that person's old card anew is refused as well, every time.
        cause = f"draft:{draft.id}:{draft.version}:without:{card.person}"
        if await tx.journal.has(cause, "unreached"):
            return
        now = self._clock.now()
        await tx.journal.write(Entry(now, "bot", "unreached", f"draft:{draft.id}", cause))
        await self._approvals.ask_again(tx, draft, cause, now)
