"""What is not needed any more leaves: closed incidents, closed cases with all their words, citizens' names.

What an incident holds as evidence stays as long as the incident; what still waits for somebody stays anyway.
The journal keeps who did what: it holds ids and pseudonyms, no words and no names.
"""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from bot.domain.journal import Entry
from bot.services.ports import Clock, Journal

_BITE = 200
"""Of each kind in one transaction: a large DELETE would hold up everybody."""


class Forgets(Protocol):
    async def old(self, what: str, before: datetime, limit: int) -> list[int]: ...
    async def take(self, what: str, ids: Sequence[int]) -> None: ...


class Parts(Protocol):
    """What a purge needs of the store, and nobody else does."""

    @property
    def journal(self) -> Journal: ...
    @property
    def retention(self) -> Forgets: ...


class Store(Protocol):
    @property
    def read(self) -> Parts: ...
    def transaction(self, *, durable: bool = True) -> AbstractAsyncContextManager[Parts]: ...


@dataclass(frozen=True, slots=True)
class Keep:
    """How long, from the settings. `comments` counts from the last change of a case that is done."""

    comments: timedelta
    personal: timedelta
    incidents: timedelta


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many; `names`: comments whose author is not told any more; `outgoing`: messages that were sent."""

    incidents: int = 0
    cases: int = 0
    outgoing: int = 0
    names: int = 0

    def __bool__(self) -> bool:
        return bool(self.incidents or self.cases or self.outgoing or self.names)

    def __add__(self, other: "Forgotten") -> "Forgotten":
        return Forgotten(
            self.incidents + other.incidents,
            self.cases + other.cases,
            self.outgoing + other.outgoing,
            self.names + other.names,
        )


class Retention:
    """`step` takes one bite of everything; `due` counts and changes nothing."""

    def __init__(self, store: Store, keep: Keep, clock: Clock) -> None:
        self._store = store
        self._keep = keep
        self._clock = clock

    async def due(self) -> Forgotten:
        """What a purge would take now. Cases that wait for an incident's end are not counted."""
        return Forgotten(*[len(found) for found in await self._old(self._store.read, self._clock.now(), -1)])

    async def step(self, by: str = "bot") -> Forgotten:
        """Incidents first: what they held as evidence may be due itself."""
        now = self._clock.now()
        async with self._store.transaction() as tx:
            runs, cases, outgoing, names = await self._old(tx, now, _BITE)
            for what, ids in (("runs", runs), ("cases", cases), ("outgoing", outgoing), ("names", names)):
                await tx.retention.take(what, ids)
            timers = await tx.retention.old("timers", now - self._keep.incidents, _BITE)
            await tx.retention.take("timers", timers)
            gone = Forgotten(len(runs), len(cases), len(outgoing), len(names))
            if gone:
                detail: dict[str, object] = {"incidents": runs, "cases": cases, "names": len(names)}
                await tx.journal.write(Entry(now, by, "purge", "retention", detail=detail))
        return gone

    async def all(self, by: str) -> Forgotten:
        """Until nothing is due."""
        total = Forgotten()
        while gone := await self.step(by):
            total += gone
        return total

    async def _old(self, parts: Parts, now: datetime, limit: int) -> list[list[int]]:
        old, keep = partial(parts.retention.old, limit=limit), self._keep
        return [
            await old("runs", now - keep.incidents),
            await old("cases", now - keep.comments),
            await old("outgoing", now - keep.comments),
            await old("names", now - keep.personal),
        ]
