"""Comments that come together are read together, before their turn: that costs less, and in a raid what the
classifier takes for an emergency does not wait behind the junk before it.
"""

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
"""With fewer in memory nobody waits longer than a moment."""
AT_ONCE = 8
"""Read together: a comment whose turn it is waits no longer than these take."""
_MOST_KEPT = 4_096
"""Verdicts; as many comments as the pump holds."""


class ReadAhead:
    """The classifier, and what it has read before anybody asked: a verdict is kept for its comment's turn."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self._kept: dict[str, asyncio.Future[Verdict]] = {}

    async def read(self, text: str) -> Verdict:
        """As the classifier does it; what was begun is not begun again."""
        begun = self._kept.pop(text, None)
        return await (asyncio.shield(begun) if begun is not None else self._reads.read(text))

    def begin(self, texts: Sequence[str]) -> list[asyncio.Future[Verdict]]:
        """Has them read, all in one go. Whoever wants none of the verdicts need not wait for them."""
        return [self._kept.get(text) or self._begun(text) for text in texts]

    def _begun(self, text: str) -> asyncio.Future[Verdict]:
        begun = asyncio.ensure_future(self._reads.read(text))
        begun.add_done_callback(_look_away)
        if len(self._kept) < _MOST_KEPT:  # else it is read once more when its turn comes
            self._kept[text] = begun
        return begun

    def forget(self) -> None:
        """Nobody waits any more: what was not asked for, as the words of a colleague, never will be."""
        self._kept.clear()


def _look_away(begun: asyncio.Future[Verdict]) -> None:
    """Whose turn it is meets the failure; where nobody asks, none is to be reported as forgotten."""
    if not begun.cancelled():
        begun.exception()


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
        reads: ReadAhead,
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
        """As the inbox does it. The first of several are read while it waits for the disk."""
        written = [(update, text) for update in updates if (text := self._comment_in(update.raw))]
        many = len(written) > AT_ONCE or self._pump.held >= LOOK_FROM
        first = written[:AT_ONCE] if many or len(written) > 1 else []
        if not self._pump.held:
            self._reads.forget()
        begun = self._reads.begin([text for _, text in first])
        new = await self._inbox.put(updates)
        if many:
            await self._look(written, begun)
        return new

    async def _look(
        self, written: Sequence[tuple[RawUpdate, str]], begun: list[asyncio.Future[Verdict]]
    ) -> None:
        """`begun`: the first of them."""
        for start in range(0, len(written), AT_ONCE):
            some = written[start : start + AT_ONCE]
            if start:
                begun = self._reads.begin([text for _, text in some])
            await asyncio.wait(begun)
            try:
                verdicts = [one.result() for one in begun]
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
        return text if isinstance(text, str) and text.strip() else ""


def _urgent(sensitive: frozenset[str]) -> Callable[[Verdict], bool]:
    def is_urgent(verdict: Verdict) -> bool:
        at_risk = not sensitive.isdisjoint(verdict.topics)
        return assess(verdict, sensitive=at_risk).urgency is Urgency.EMERGENCY

    return is_urgent
