"""A second model reads what has come in, after the first one and beside all work, and notes where it differs.

It starts from what is committed, so it can neither delay nor change anything: not the verdict, not the case,
not the card. What it had not read when the bot stopped, it reads after the next start.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from bot.domain.comment import CommentId
from bot.services.ports import Clock, Store
from bot.services.ports_learning import Differing, Unread

log = logging.getLogger(__name__)
MOST_KEPT = 10_000
"""Disagreements; the oldest beyond these are dropped, however young they are."""
_AT_ONCE = 32
_BETWEEN_S, _IDLE_S, _AGAIN_S = 0.5, 5.0, 60.0
_MOST_TRIES = 3
"""A text that the second model cannot read is passed over after so many: the ones behind it wait for it."""

Labels = Callable[[str], Awaitable[Sequence[str]]]
"""The second model: text to the names of the labels that it is certain of."""


class Shadowing:
    """`run` reads until cancelled; `step` reads one handful."""

    def __init__(
        self, store: Store, name: str, labels: Labels, clock: Clock, *, keep: timedelta, most: int = MOST_KEPT
    ) -> None:
        self._store = store
        self._name = name
        self._labels = labels
        self._clock = clock
        self._keep = keep
        self._most = most
        self._last: CommentId | None = None
        self._failed: dict[CommentId, int] = {}

    async def run(self) -> None:
        while True:
            try:
                seen = await self.step()
            except Exception:
                log.exception("the second model could not be asked")
                await self._clock.sleep(_AGAIN_S)
            else:
                await self._clock.sleep(_BETWEEN_S if seen == _AT_ONCE else _IDLE_S)

    async def step(self) -> int:
        """Reads at most a handful of comments; returns how many."""
        if self._last is None:
            async with self._store.transaction(durable=False) as tx:
                self._last = await tx.learning.begin_shadow(self._name, self._clock.now())
        found = await self._store.read.learning.unread(self._last, _AT_ONCE)
        if not found:
            return 0
        judged = [one for one in found if one.verdict.model and not one.verdict.error and one.text.strip()]
        differing = await self._differing(judged)
        now = self._clock.now()
        async with self._store.transaction(durable=False) as tx:
            await tx.learning.note_shadow(self._name, found[-1].comment, len(judged), differing, now)
            await tx.learning.forget_shadow(now - self._keep, self._most)
        self._last = found[-1].comment
        self._failed.clear()
        return len(found)

    async def _differing(self, judged: Sequence[Unread]) -> Differing:
        differing: dict[CommentId, Sequence[str]] = {}
        for one in judged:
            labels = await self._asked(one)
            if labels is not None and set(labels) != set(one.verdict.labels):
                differing[one.comment] = labels
        return differing

    async def _asked(self, one: Unread) -> Sequence[str] | None:
        """None for a text on which the model failed time after time."""
        tries = self._failed.get(one.comment, 0)
        if tries >= _MOST_TRIES:
            return None
        try:
            return await self._labels(one.text)
        except Exception:
            self._failed[one.comment] = tries + 1
            if tries + 1 < _MOST_TRIES:
                raise
            log.exception("the second model cannot read comment %s; it is passed over", one.comment)
            return None
