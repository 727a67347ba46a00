"""In a raid, comments that the classifier takes for an emergency do not wait behind the junk before them."""

import asyncio
import logging
from collections.abc import Callable, Collection, Sequence
from typing import Protocol

from bot.domain.comment import Verdict
from bot.domain.priority import Urgency, assess
from bot.services.ports import Reads
from bot.wire.lanes import chat_of
from bot.wire.ports import RawUpdate, UpdateSink
from bot.wire.raw import Unreadable, read_object

log = logging.getLogger(__name__)
LOOK_FROM = 64
"""With fewer in memory nobody waits longer than a moment, and every comment is read once only."""
_AT_ONCE = 8
"""Read together: a comment whose turn it is waits no longer than these take."""


class Hurries(Protocol):
    """The pump of the inbox, as it is needed here."""

    @property
    def held(self) -> int: ...
    def hurry(self, updates: Sequence[RawUpdate]) -> None: ...


class Foresight:
    """The inbox, with a look at what comes in while much waits. Nothing is left out by it: whatever is not
    hurried keeps its place in the inbox.

    Telegram gets its next question only after the look, so that what cannot be read yet stays with Telegram.
    """

    def __init__(
        self,
        inbox: UpdateSink,
        pump: Hurries,
        reads: Reads,
        sensitive_topics: Collection[str],
        groups: Collection[int],
    ) -> None:
        """`groups`: where citizens write side by side; anywhere else nobody waits for another."""
        self._inbox = inbox
        self._pump = pump
        self._reads = reads
        self._is_urgent = _urgent(frozenset(sensitive_topics))
        self._groups = frozenset(groups)

    async def put(self, updates: Sequence[RawUpdate]) -> int:
        """As the inbox does it."""
        new = await self._inbox.put(updates)
        if self._pump.held >= LOOK_FROM:
            await self._look(updates)
        return new

    async def _look(self, updates: Sequence[RawUpdate]) -> None:
        written = [(update, text) for update in updates if (text := self._comment_in(update.raw))]
        for begin in range(0, len(written), _AT_ONCE):
            some = written[begin : begin + _AT_ONCE]
            try:
                verdicts = await asyncio.gather(*(self._reads.read(text) for _, text in some))
            except Exception:
                log.exception("what waits cannot be looked at; it is read in its order")
                return
            found = [
                row for (row, _), verdict in zip(some, verdicts, strict=True) if self._is_urgent(verdict)
            ]
            self._pump.hurry(found)

    def _comment_in(self, raw: str) -> str:
        """The words of a new comment. An edit overtakes nothing: it must not come before what it changes."""
        try:
            update = read_object(raw)
        except Unreadable:
            return ""
        if "message" not in update or chat_of(update) not in self._groups:
            return ""
        text = update["message"].get("text") or update["message"].get("caption")
        return text if isinstance(text, str) else ""


def _urgent(sensitive: frozenset[str]) -> Callable[[Verdict], bool]:
    def is_urgent(verdict: Verdict) -> bool:
        at_risk = not sensitive.isdisjoint(verdict.topics)
        return assess(verdict, sensitive=at_risk).urgency is Urgency.EMERGENCY

    return is_urgent
