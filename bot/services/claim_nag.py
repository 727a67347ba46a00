"""Claims that nobody has verified are not forgotten: the team is reminded, then the coordinators."""

from datetime import datetime, timedelta

from bot.domain.calendar import WorkingHours
from bot.domain.claim import UNVERIFIED, Claim
from bot.domain.claim_nag import SPREADING, reminders
from bot.domain.outgoing import TRIAGE, Notice
from bot.domain.timer import Timer
from bot.services.ports import Clock, Duty, Parts, Store
from bot.services.views_claims import FRESH

SUBJECT, KIND = "claims:nag", "claims_unverified"
_LOOK = timedelta(minutes=5)
_MOST = 200
_NAMED = 5
_COORDINATORS_FROM = 2
"""The first reminder is the team's own affair."""


class ClaimNag:
    """A look every five minutes; what is due in one look is one message."""

    def __init__(
        self,
        store: Store,
        duty: Duty,
        hours: WorkingHours,
        clock: Clock,
        *,
        after: timedelta,
    ) -> None:
        self._store = store
        self._duty = duty
        self._hours = hours
        self._clock = clock
        self._after = after

    async def plan(self) -> None:
        """At the start: the next look stands."""
        async with self._store.transaction() as tx:
            if not await tx.timers.open(SUBJECT):
                await self._set_next(tx)

    async def fire(self, timer: Timer, tx: Parts) -> None:
        """What has become due since the look before; also what was due while the bot was away."""
        now = self._clock.now()
        due = [
            (claim, count)
            for claim in await tx.claims.listed(UNVERIFIED, None, _MOST)
            if (count := await self._count(tx, claim, now)) > 0
            and count > await self._count(tx, claim, timer.due_at - _LOOK)
        ]
        if due:
            await self._tell(tx, sorted(due, key=lambda one: one[0].opened_at), timer, now)
        await self._set_next(tx)

    async def _count(self, tx: Parts, claim: Claim, at: datetime) -> int:
        tally = await tx.claim_links.tally(claim.id, self._clock.now() - FRESH)
        spreading = tally.fresh >= SPREADING
        return reminders(claim.opened_at, at, self._after, self._hours, spreading=spreading)

    async def _tell(self, tx: Parts, due: list[tuple[Claim, int]], timer: Timer, now: datetime) -> None:
        asks = any(count >= _COORDINATORS_FROM for _, count in due)
        people = await self._duty.find("role:koordinator", now) if asks else ()
        named = [
            {
                "claim": claim.id,
                "waits": int((now - claim.opened_at).total_seconds()),
                "proposed": claim.finding is not None,
            }
            for claim, _ in due[:_NAMED]
        ]
        params = {"claims": named, "more": len(due) - len(named), "people": list(people)}
        await tx.outbox.put(f"timer:{timer.id}", Notice(TRIAGE, KIND, params), now)

    async def _set_next(self, tx: Parts) -> None:
        at = self._clock.now() + _LOOK
        await tx.timers.set(Timer(SUBJECT, KIND, at, epoch=int(at.timestamp())))
