"""Keeps the index of words: a little behind the comments, and caught up before anybody searches.

Written with every comment it would cost each its own page of the index; behind, a hundred share one.
"""

import logging
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

from bot.domain.search import Plain
from bot.services.ports import Clock
from bot.services.search_rows import Searched

log = logging.getLogger(__name__)
_BITE = 100
"""Comments in one transaction: some twenty milliseconds in which nobody else writes."""
_PAGES = 40
"""Of the index, written anew in one transaction."""
_LOOK_EVERY_S = 2.0
_SWEEP_EVERY = timedelta(days=1)
_SEARCH_LASTS = timedelta(days=1)
_CATCH_UP = 40
"""Bites before a search; what is further behind is told instead."""
_PAUSE_S = 0.02
"""Between bites, for everybody else."""
_TELL_EVERY = 50_000
_AGAIN_S = 30.0


class Store(Protocol):
    """Of the store, only this: commands have no more of it."""

    @property
    def read(self) -> Searched: ...
    def transaction(self, *, durable: bool = True) -> AbstractAsyncContextManager[Searched]: ...


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a text becomes plain words; `name` changes when it does, and then all is written anew."""

    plain: Plain
    name: str


class WordIndex:
    """`run` keeps it in the background; `catch_up` before a search; `sweep_all` after a purge by hand."""

    def __init__(self, store: Store, spelling: Spelling, clock: Clock) -> None:
        self._store = store
        self._spelling = spelling
        self._clock = clock
        self._told = 0

    @property
    def plain(self) -> Plain:
        return self._spelling.plain

    async def run(self) -> None:
        """Until cancelled. A failure is logged and tried again: nobody is called late for an index."""
        while True:
            try:
                more = await self.step() or await self.sweep()
            except Exception:
                log.exception("the index of words cannot be kept now")
                await self._clock.sleep(_AGAIN_S)
            else:
                await self._clock.sleep(_PAUSE_S if more else _LOOK_EVERY_S)

    async def step(self) -> bool:
        """One bite; False when the index is level with the comments."""
        state = await self._store.read.words.state()
        if state.made_by == self._spelling.name and state.filled >= state.newest:
            return state.claims and await self._step_claims()
        # Nothing waits for the disk: what a power cut takes is written once more.
        async with self._store.transaction(durable=False) as tx:
            state = await tx.words.state()
            if state.made_by != self._spelling.name:
                await tx.words.anew(self._spelling.name)
            found = await tx.words.unwritten(_BITE)
            plain = [replace(one, text=self.plain(one.text), name=self.plain(one.name)) for one in found]
            # The gap at the end, where the newest comments have left, is none.
            filled = found[-1].id if found else state.newest
            await tx.words.write(plain, filled)
        self._tell(filled, state.newest)
        return len(found) == _BITE or state.claims

    async def _step_claims(self) -> bool:
        async with self._store.transaction(durable=False) as tx:
            found = await tx.words.unwritten_claims(_BITE)
            await tx.words.write_claims([replace(one, text=self.plain(one.text)) for one in found])
        return len(found) == _BITE

    def _tell(self, filled: int, newest: int) -> None:
        if filled // _TELL_EVERY != self._told // _TELL_EVERY:
            log.info("the index of words reaches comment %d of %d", filled, newest)
        self._told = filled

    async def catch_up(self) -> int:
        """What is still missing afterwards, in per cent of all: nothing, but after an update of Tanggap."""
        for _ in range(_CATCH_UP):
            if not await self.step():
                return 0
        state = await self._store.read.words.state()
        return max(1, 100 - 100 * state.filled // max(1, state.newest)) if state.filled < state.newest else 0

    async def sweep(self) -> bool:
        """At most once a day a bite of writing old pages anew: words that left are nowhere any more then."""
        state, now = await self._store.read.words.state(), self._clock.now()
        if not state.sweeping and not (state.dirty and now - state.swept_at >= _SWEEP_EVERY):
            return False
        return await self._sweep()

    async def sweep_all(self) -> None:
        """Now, and to the end."""
        if (await self._store.read.words.state()).sweeping:
            while await self._sweep():
                pass
        if (await self._store.read.words.state()).dirty:
            while await self._sweep():
                pass

    async def _sweep(self) -> bool:
        async with self._store.transaction(durable=False) as tx:
            return await tx.words.sweep(_PAGES, self._clock.now())

    async def tidy(self) -> None:
        """Searches are kept no longer than somebody may want to turn their pages: they may name citizens."""
        async with self._store.transaction(durable=False) as tx:
            await tx.search.forget(self._clock.now() - _SEARCH_LASTS)
            await tx.bulks.forget(self._clock.now() - _SEARCH_LASTS)
