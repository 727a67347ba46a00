"""Comments of a span with what became of them, for a file that leaves the house.

What somebody wrote whose life was at risk never does. Names and numbers of citizens stay out unless somebody
asks for the whole, and the journal says who took what.
"""

import re
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from bot.domain.case import CaseStatus
from bot.domain.comment import Author, KeptComment, Platform
from bot.domain.guard import find_personal_data, mask
from bot.domain.journal import Entry
from bot.domain.priority import Urgency
from bot.domain.template import presentable_name
from bot.services.ports import Clock, Journal


@dataclass(frozen=True, slots=True)
class Exported:
    """One comment, its case and the latest answer to it. `hidden`: only named people may read it."""

    kept: KeptComment
    labels: tuple[str, ...]
    topics: tuple[str, ...]
    status: CaseStatus
    urgency: Urgency
    assignee: str
    due_at: datetime | None
    hidden: bool
    answer: str
    posted_at: datetime | None
    approved_by: str


class Exports(Protocol):
    def between(self, since: datetime, until: datetime) -> AsyncIterator[Exported]: ...


class Parts(Protocol):
    """What an export needs of the store, and nobody else does."""

    @property
    def journal(self) -> Journal: ...
    @property
    def exports(self) -> Exports: ...


class Store(Protocol):
    @property
    def read(self) -> Parts: ...
    def transaction(self, *, durable: bool = True) -> AbstractAsyncContextManager[Parts]: ...


@dataclass(frozen=True, slots=True)
class Span:
    """From `since` and before `until`. `whole`: with names, and with numbers that belong to people."""

    since: datetime
    until: datetime
    whole: bool


class Exporting:
    """`allowed`: numbers that the agency publishes itself and that are not masked."""

    def __init__(self, store: Store, clock: Clock, allowed: frozenset[str]) -> None:
        self._store = store
        self._clock = clock
        self._allowed = allowed

    async def rows(self, span: Span) -> AsyncIterator[Exported]:
        """Oldest first."""
        async for one in self._store.read.exports.between(span.since, span.until):
            yield self._hidden(one) if one.hidden else one if span.whole else self._masked(one)

    async def taken(self, span: Span, count: int, by: str) -> None:
        """Written down once it is in the file."""
        now = self._clock.now()
        days = {"since": span.since.isoformat(), "until": span.until.isoformat()}
        detail: dict[str, object] = {"comments": count, "whole": span.whole, **days}
        async with self._store.transaction() as tx:
            await tx.journal.write(Entry(now, by, "export", "comments", detail=detail))

    def _masked(self, one: Exported) -> Exported:
        text, comment = self._without_numbers(one.kept.comment.text), one.kept.comment
        # A link elsewhere holds the account's name; one into the agency's own discussion does not.
        link = comment.link if comment.origin.platform is Platform.TELEGRAM_DISCUSSION else ""
        anonymous = replace(comment, author=Author("", ""), text=text, link=link)
        answer = without(comment.author.name, self._without_numbers(one.answer))
        return replace(one, kept=replace(one.kept, comment=anonymous), answer=answer)

    @staticmethod
    def _hidden(one: Exported) -> Exported:
        nothing = replace(one.kept.comment, author=Author("", ""), text="", link="", context="")
        return replace(one, kept=replace(one.kept, comment=nothing), answer="")

    def _without_numbers(self, text: str) -> str:
        return mask(text, find_personal_data(text, self._allowed))


def without(name: str, answer: str) -> str:
    """An answer greets by name."""
    shown = presentable_name(name)
    return re.sub(rf"(?<!\w){re.escape(shown)}(?!\w)", "…", answer, flags=re.IGNORECASE) if shown else answer
