"""What the services need of the store for the live board and the digest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.case import Case, CaseId, CaseStatus
from bot.domain.people import PersonId


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """Open cases that are alike for the board. `late`: how many are past what was promised."""

    status: CaseStatus
    assignee: PersonId | None
    labels: Sequence[str]
    waits: bool
    """They have no card: they stand in the digest."""
    count: int
    oldest: datetime
    late: int


@dataclass(frozen=True, slots=True)
class Emergency:
    """One open emergency. `link`: where the citizen wrote it; "" where there is none."""

    case: CaseId
    assignee: PersonId | None
    sensitive: bool
    link: str
    card: tuple[int, int] | None
    """Chat and message of its card."""


@dataclass(frozen=True, slots=True)
class InForce:
    """The crisis mode: who set it, and when."""

    person: PersonId
    since: datetime


class BoardRows(Protocol):
    async def groups(self, now: datetime) -> list[OpenGroup]: ...
    async def emergencies(self, limit: int) -> list[Emergency]: ...
    async def emergency_count(self) -> tuple[int, int]: ...
    async def next_due(self, now: datetime, limit: int) -> list[tuple[CaseId, datetime]]: ...
    async def drawn(self) -> datetime | None: ...
    async def newest_message(self, chat_id: int) -> int: ...
    async def pinned(self, chat_id: int) -> int: ...
    async def keep_pin(self, chat_id: int, message_id: int) -> None: ...
    async def crisis_mode(self) -> InForce | None: ...
    async def set_crisis_mode(self, person: PersonId, now: datetime) -> None: ...
    async def lift_crisis_mode(self) -> None: ...


class DigestRows(Protocol):
    """New cases that have no card."""

    async def waits(self, case: CaseId) -> bool: ...
    async def carded_since(self, since: datetime) -> int: ...
    async def give_card(self, case: CaseId, now: datetime) -> None: ...
    async def put(self, case: CaseId) -> None: ...
    async def first(self, limit: int) -> list[Case]: ...
    async def count(self) -> int: ...


class TallyRows(Protocol):
    """Comments per label and topic, in buckets of five minutes."""

    async def count(self, keys: Iterable[str], bucket: int) -> None: ...
    async def keys(self, since: int) -> list[str]: ...
    async def of(self, key: str, first: int, last: int) -> list[int]: ...
    async def first(self) -> int | None: ...
    async def forget(self, before: int) -> None: ...
    async def told(self, key: str) -> datetime | None: ...
    async def tell(self, key: str, now: datetime) -> None: ...
