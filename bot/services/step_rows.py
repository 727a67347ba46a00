"""What the store keeps for the steps of runs beside their state: holds, and evidence as it was."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.comment import CommentId
from bot.domain.incident import RunId
from bot.domain.outgoing import SendState
from bot.domain.outgoing_steps import PublicPost, RunReply


@dataclass(frozen=True, slots=True)
class Kept:
    """One comment of a snapshot: the hash of its words, and the words with what is private hidden."""

    comment: CommentId
    sha256: str
    text: str
    link: str


class StepRows(Protocol):
    async def hold(self, run: RunId, step: str, scope: str, now: datetime) -> None: ...
    async def release(self, run: RunId, step: str) -> None: ...
    async def looked_at(self, words: PublicPost | RunReply, state: SendState, now: datetime) -> None: ...
    async def holds(self, run: RunId) -> list[tuple[str, str]]: ...
    async def replies_held(self) -> bool: ...
    async def keep(self, run: RunId, step: str, attempt: int, kept: Kept, now: datetime) -> None: ...
    async def snapshot(self, run: RunId) -> list[Kept]: ...
    async def count_evidence(self, run: RunId, since: datetime | None) -> int: ...
    async def copy_evidence(self, run: RunId, to: RunId, now: datetime) -> None: ...
