"""Many comments about one thing at once: counted as they come, said once in the team's group.

Labels and topics are counted with each comment. Copies of one text need no count of their own: when each
of them joined its cluster stands there already.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.domain.case import CaseId
from bot.domain.comment import Verdict
from bot.domain.outgoing import TRIAGE, Notice
from bot.domain.spike import (
    BUCKET,
    CLUSTER,
    DAYS,
    HOUR,
    LABEL,
    TOPIC,
    Leap,
    SpikeRule,
    judge,
    may_be_told,
    most_first,
)
from bot.services.ports import Clock, Parts, Store

_A_DAY = timedelta(days=1) // BUCKET
_LOOK_EVERY = timedelta(minutes=1)
_ANY = "any"
"""Under this name stands when people last heard of any spike."""


async def count(tx: Parts, verdict: Verdict, now: datetime) -> None:
    """One comment more of its certain labels and of its topics."""
    keys = [f"{LABEL}:{code}" for code in verdict.labels] + [f"{TOPIC}:{name}" for name in verdict.topics]
    await tx.tally.count(keys, bucket_of(now))


class Spikes:
    """`look` after comments came; at most once a minute. A spike is told once per pause and key, and what
    leaps together is one message.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        rule: SpikeRule,
        topics: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        """`topics`: how they are called, by key; it may read a file."""
        self._store = store
        self._clock = clock
        self._rule = rule
        self._topics = topics
        self._looked: datetime | None = None

    async def look(self) -> int:
        """Says what is new; how many were."""
        now = self._clock.now()
        if self._looked is not None and now - self._looked < _LOOK_EVERY:
            return 0
        self._looked = now
        read, last = self._store.read.tally, bucket_of(now)
        began = await read.first()
        leaps = []
        for key in await self._counted(last):
            told = await read.told(key)
            if told is not None and now - told < self._rule.pause:
                continue
            hour, past = await self._hours(key, last, began)
            spike = judge(self._rule, hour, past)
            if spike is not None:
                leaps.append(Leap(key, spike, tuple(hour)))
        told = await read.told(_ANY)
        if not may_be_told(leaps, now - told if told is not None else None):
            return 0
        await self._tell(most_first(leaps), last, now)
        return len(leaps)

    async def _counted(self, last: int) -> list[str]:
        """What people write about right now, and the clusters that grew enough within the hour."""
        read = self._store.read.tally
        grown = await read.grown(last - HOUR + 1, (self._rule.floor + 1) // 2)
        return [*await read.keys(last - 1), *(f"{CLUSTER}:{lead}" for lead in grown)]

    async def _hours(self, key: str, last: int, began: int | None) -> tuple[list[int], list[list[int]]]:
        """The last hour, and the same hour of each day on which the bot counted already."""
        read = self._store.read.tally
        days = (last - _A_DAY * back for back in range(1, DAYS + 1))
        ends = [end for end in days if began is not None and end - HOUR >= began]
        kind, _, name = key.partition(":")
        if kind != CLUSTER:
            hours = [await read.of(key, end - HOUR + 1, end) for end in (last, *ends)]
            return hours[0], hours[1:]
        first = min((last, *ends)) - HOUR + 1
        every = await read.of_cluster(CaseId(int(name)), first, last)
        hours = [every[end - HOUR + 1 - first : end + 1 - first] for end in (last, *ends)]
        return hours[0], hours[1:]

    async def _tell(self, leaps: list[Leap], last: int, now: datetime) -> None:
        names = await asyncio.to_thread(self._topics)
        params = {
            "until": (last + 1) * int(BUCKET.total_seconds()),
            "of": [
                {
                    "key": one.key,
                    "name": names.get(one.key.removeprefix(f"{TOPIC}:"), ""),
                    "count": one.spike.count,
                    "minutes": one.spike.minutes,
                    "usual": round(one.spike.usual),
                    "hour": list(one.hour),
                }
                for one in leaps
            ],
        }
        async with self._store.transaction() as tx:
            for key in (_ANY, *(one.key for one in leaps)):
                await tx.tally.tell(key, now)
            await tx.tally.forget(last - (DAYS + 7) * _A_DAY)
            await tx.outbox.put(f"spike:{leaps[0].key}:{last}", Notice(TRIAGE, "spike", params), now)


def bucket_of(now: datetime) -> int:
    return int(now.timestamp()) // int(BUCKET.total_seconds())
