"""What the services need of the store to learn from the team, and to compare a second model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.comment import CommentId, Verdict
from bot.domain.correction import Correction

Differing = Mapping[CommentId, Sequence[str]]
"""Labels of the second model where it does not agree with the first."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A comment that the second model has not read yet, with the first one's verdict."""

    comment: CommentId
    text: str
    verdict: Verdict


class Learning(Protocol):
    async def corrections(self, since: datetime | None = None, until: datetime = ...) -> list[Correction]: ...
    async def begin_shadow(self, model: str, now: datetime) -> CommentId: ...
    async def unread(self, after: CommentId, limit: int) -> list[Unread]: ...
    async def note_shadow(
        self, model: str, last: CommentId, compared: int, differing: Differing, now: datetime
    ) -> None: ...
    async def forget_shadow(self, before: datetime, most: int) -> None: ...
