"""What the services need of the store for measures and their evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.case import CaseId
from bot.domain.comment import CommentId
from bot.domain.measure import Measure, MeasureId


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One revision as it stood there. `text` is masked, `sha256` is of the whole."""

    comment: CommentId
    revision: int
    author: str
    text: str
    media: str
    link: str
    written_at: datetime
    sha256: str
    kept_at: datetime


class MeasureRows(Protocol):
    async def add(self, measure: Measure) -> MeasureId: ...
    async def get(self, measure: MeasureId) -> Measure | None: ...
    async def save(self, measure: Measure) -> None: ...
    async def last(self, case: CaseId) -> Measure | None: ...
    async def decided(self, since: datetime, until: datetime) -> list[Measure]: ...
    async def keep(self, measure: MeasureId, exhibits: Sequence[Exhibit]) -> None: ...
    async def evidence(self, measure: MeasureId) -> list[Exhibit]: ...


class Moderated(Protocol):
    @property
    def measures(self) -> MeasureRows: ...
