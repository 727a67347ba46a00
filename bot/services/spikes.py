"""Many comments about one thing at once: counted as they come, said once in the team's group."""

from datetime import datetime, timedelta

from bot.domain.comment import Verdict
from bot.domain.outgoing import TRIAGE, Notice
from bot.domain.spike import BUCKET, DAYS, HOUR, SpikeRule, judge, sparkline
from bot.services.ports import Clock, Parts, Store

_A_DAY = timedelta(days=1) // BUCKET
_LOOK_EVERY = timedelta(minutes=1)


async def count(tx: Parts, verdict: Verdict, now: datetime) -> None:
    """One comment more of its certain labels and of its topics."""
    keys = [f"label:{code}" for code in verdict.labels] + [f"topic:{name}" for name in verdict.topics]
    await tx.tally.count(keys, bucket_of(now))


class Spikes:
    """`look` after comments came; at most once a minute. A spike is told once per pause and key."""

    def __init__(self, store: Store, clock: Clock, rule: SpikeRule) -> None:
        self._store = store
        self._clock = clock
        self._rule = rule
        self._looked: datetime | None = None

    async def look(self) -> int:
        """Says what is new; how many were."""
        now = self._clock.now()
        if self._looked is not None and now - self._looked < _LOOK_EVERY:
            return 0
        self._looked = now
        last = bucket_of(now)
        found = 0
        for key in await self._store.read.tally.keys(last - 1):
            found += await self._look_at(key, last, now)
        return found

    async def _look_at(self, key: str, last: int, now: datetime) -> bool:
        read = self._store.read.tally
        told = await read.told(key)
        if told is not None and now - told < self._rule.pause:
            return False
        recent = await read.of(key, last - HOUR + 1, last)
        spike = judge(self._rule, recent, await self._past(key, last))
        if spike is None:
            return False
        params = {
            "key": key,
            "count": spike.count,
            "minutes": spike.minutes,
            "usual": round(spike.usual),
            "line": sparkline(recent),
        }
        async with self._store.transaction() as tx:
            await tx.tally.tell(key, now)
            await tx.tally.forget(last - (DAYS + 7) * _A_DAY)
            await tx.outbox.put(f"spike:{key}:{last}", Notice(TRIAGE, "spike", params), now)
        return True

    async def _past(self, key: str, last: int) -> list[list[int]]:
        """The same hour of each day on which the bot counted already."""
        read = self._store.read.tally
        began = await read.first()
        days = [last - _A_DAY * back for back in range(1, DAYS + 1)]
        return [
            await read.of(key, end - HOUR + 1, end)
            for end in days
            if began is not None and end - HOUR >= began
        ]


def bucket_of(now: datetime) -> int:
    return int(now.timestamp()) // int(BUCKET.total_seconds())
