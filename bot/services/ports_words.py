"""What the life of templates needs from the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.people import PersonId
from bot.domain.template import Template


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one template since a moment: plain counts, of nobody in particular.

    `edited`: how often a person's own words were in it. `again`: how often the citizen wrote again soon.
    """

    used: int = 0
    edited: int = 0
    again: int = 0
    last: datetime | None = None


class OwnTemplates(Protocol):
    async def add(self, template: Template, person: PersonId, now: datetime) -> None: ...
    async def decline(self, template: Template, person: PersonId) -> None: ...
    async def every(self) -> Sequence[Template]: ...
    async def version(self, template: str) -> int: ...
    async def figures(self, template: str, since: datetime, within: timedelta) -> Figures: ...
    async def approved_since(self, template: str) -> datetime | None: ...
    async def last_used(self, template: str) -> datetime | None: ...


class Worded(Protocol):
    @property
    def own_templates(self) -> OwnTemplates: ...
