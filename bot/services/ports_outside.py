"""What events, schedules and signs of life need from the store."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

STANDS_AFTER = timedelta(minutes=1)
"""An import that runs says several times a minute how far it is."""


@dataclass(frozen=True, slots=True)
class Life:
    """A connector that was heard. Silence counts from `since`; `silent`: a playbook has opened for it."""

    connector: str
    heard_at: datetime
    since: datetime
    silent: bool


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A file of comments that is not wholly in: `far` of its `comments` are, at the least."""

    file: str
    comments: int
    far: int
    moved_at: datetime

    def stands(self, now: datetime) -> bool:
        """Whether nothing brings it any further: its import was cut off."""
        return now - self.moved_at >= STANDS_AFTER


class Imports(Protocol):
    async def moved(self, sha256: str, under_way: UnderWay) -> None: ...
    async def over(self, sha256: str, file: str) -> None: ...
    async def under_way(self) -> list[UnderWay]: ...
    async def forget(self, before: datetime) -> None: ...


class Outside(Protocol):
    async def event(self, source: str, event: str) -> str | None: ...
    async def keep_event(self, source: str, event: str, sha256: str, now: datetime) -> None: ...
    async def forget(self, before: datetime) -> int: ...
    async def lives(self) -> list[Life]: ...
    async def life(self, connector: str) -> Life | None: ...
    async def heard(self, connector: str, at: datetime) -> None: ...
    async def fell_silent(self, connector: str) -> None: ...
    async def excuse(self, away: timedelta) -> None: ...
