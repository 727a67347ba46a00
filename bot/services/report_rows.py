"""What reports and reviews read from the store, and keep there."""

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.comment import KeptComment
from bot.domain.incident import RunId
from bot.domain.people import PersonId
from bot.domain.reply import Draft


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One comment that belongs to a run, with the hash that was taken of its text when it became evidence."""

    kept: KeptComment
    sha256: str
    kept_at: datetime
    guarded: bool
    """It belongs to a case that only named people read."""


@dataclass(frozen=True, slots=True)
class RunDeed:
    """What somebody did in a run, by its name in the story, and how often."""

    run: RunId
    what: str
    step: str
    times: int


@dataclass(frozen=True, slots=True)
class Head:
    """The journal's last line."""

    seq: int
    hash: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SaidRow:
    """Words of a step as they stood in public. `answered`: how many comments; 0 for a post on a channel."""

    step: str
    attempt: int
    channel: str
    at: datetime
    text: str
    source: str
    authors: tuple[PersonId, ...]
    approvers: tuple[PersonId, ...]
    approved_at: datetime | None
    link: str
    answered: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody wrote to a question of the review."""

    question: str
    person: PersonId
    text: str
    at: datetime


class Reports(Protocol):
    async def last_run(self) -> RunId | None: ...
    async def opened(self, since: datetime, until: datetime) -> list[RunId]: ...
    async def evidence_moments(self, run: RunId) -> list[datetime]: ...
    def evidence(self, run: RunId) -> AsyncIterator[EvidenceRow]: ...
    async def replies(self, run: RunId, since: datetime) -> list[Draft]: ...
    async def deeds(
        self, person: PersonId, since: datetime, until: datetime, actions: Collection[str]
    ) -> dict[str, int]: ...
    async def run_deeds(self, person: PersonId, since: datetime, until: datetime) -> list[RunDeed]: ...
    async def journal_head(self) -> Head | None: ...
    async def keep_said(self, run: RunId, row: SaidRow) -> None: ...
    async def said(self, run: RunId) -> list[SaidRow]: ...
    async def keep_answer(self, run: RunId, answer: Answer) -> None: ...
    async def answers(self, run: RunId) -> list[Answer]: ...
