"""Which claims a text is like: an index in memory that follows the register."""

import asyncio
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.claim import Claim, ClaimId, How
from bot.services.ports import Clock, Store

log = logging.getLogger(__name__)
MOST_LIKE = 5
_TEXTS = 20
"""Of one claim: the ways in which it was told first."""
_BITE = 50
"""Claims that are learnt before others have their turn."""
_LOOK_EVERY_S = 60.0
SAID_ANEW = "claim_anew"
"""A list that was brought in again says another thing of a claim."""


@dataclass(frozen=True, slots=True)
class Like:
    """`copy`: exact or near, where the likeness is certain; such a comment joins by itself."""

    claim: ClaimId
    score: float
    copy: How | None = None


class Likeness(Protocol):
    """An index over the ways in which claims are told."""

    def put(self, claim: ClaimId, texts: Sequence[str]) -> None:
        """These texts tell this claim; what was known of it before is forgotten."""

    def fill(self, told: Iterable[tuple[ClaimId, Sequence[str]]]) -> None:
        """All claims there are, with the texts that tell them; called in a thread."""

    def search(self, text: str, k: int) -> Sequence[Like]:
        """The claims that are most like it, best first; each once."""


class ClaimIndex:
    """Filled at the start, told of every change after its commit, and looking for what came in beside it."""

    def __init__(self, store: Store, index: Likeness) -> None:
        self._store = store
        self._index = index
        self._last: ClaimId | None = None
        """How far the register has been read; nothing is caught up with before it was read at the start."""
        self._line = 0
        """How far the journal has been read for what a list said anew: it is written with the claims, so no
        clock has to be trusted.
        """
        self._touched: set[ClaimId] = set()
        """Learnt while all were being read."""

    async def run(self, clock: Clock) -> None:
        """All claims at the start, then what comes in beside us. Ends only when cancelled: without the index
        comments are kept all the same, so trouble is logged and tried again.
        """
        while True:
            try:
                await (self.load() if self._last is None else self.catch_up())
            except Exception:
                log.exception("the register of claims could not be read")
            await clock.sleep(_LOOK_EVERY_S)

    async def load(self) -> None:
        """All claims, read a bite at a time and weighed in a thread, so that the bot works meanwhile."""
        last = ClaimId(0)
        told: list[tuple[ClaimId, Sequence[str]]] = []
        self._touched.clear()
        self._line = await self._store.read.journal.length()
        while bite := await self._store.read.claims.every(last, _BITE):
            told += [(claim.id, await self._told(claim)) for claim in bite]
            last = bite[-1].id
        await asyncio.to_thread(self._index.fill, told)
        for number in tuple(self._touched):
            await self.learn(number)
        self._last = last

    async def catch_up(self) -> None:
        """What a command beside the running bot has brought in or said anew since."""
        if self._last is None:
            return
        journal = self._store.read.journal
        line = await journal.length()
        for subject in await journal.since(self._line, SAID_ANEW):
            await self.learn(ClaimId(int(subject.removeprefix("claim:"))))
        self._line = line
        while bite := await self._store.read.claims.every(self._last, _BITE):
            for claim in bite:
                await self._learn(claim)
            self._last = bite[-1].id

    async def learn(self, number: ClaimId) -> None:
        """A claim is new, or is told in other words."""
        claim = await self._store.read.claims.get(number)
        if claim is not None:
            await self._learn(claim)

    async def _learn(self, claim: Claim) -> None:
        self._touched.add(claim.id)
        self._index.put(claim.id, await self._told(claim))

    async def _told(self, claim: Claim) -> Sequence[str]:
        texts = await self._store.read.claim_links.texts(claim.id, _TEXTS)
        return list(dict.fromkeys([claim.statement, *texts]))

    def like(self, text: str) -> Sequence[Like]:
        """The five claims that a text is most like."""
        return self._index.search(text, MOST_LIKE) if text.strip() else ()

    async def search(self, words: str) -> list[Claim]:
        """/klaim and some words."""
        read = self._store.read.claims
        claims = [await read.get(one.claim) for one in self._index.search(words, 2 * MOST_LIKE)]
        return [claim for claim in claims if claim is not None]
