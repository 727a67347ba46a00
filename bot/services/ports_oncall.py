"""What the on-call services need from the store."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.leave import Leave
from bot.domain.people import PersonId
from bot.domain.rota import Override
from bot.domain.swap import Swap, SwapId


@dataclass(frozen=True, slots=True)
class Link:
    """A person's bound account. `reachable` is false after a 403: the bot may not write to them."""

    person: PersonId
    telegram_id: int
    reachable: bool
    suspended: bool


@dataclass(frozen=True, slots=True)
class KeptOverride:
    """An override with its number; `swap`: the exchange that it came from."""

    id: int
    what: Override
    by: str
    swap: int | None = None


@dataclass(frozen=True, slots=True)
class KeptLeave:
    """A leave with its number."""

    id: int
    what: Leave
    by: str


class Shifts(Protocol):
    async def overrides(self, at: datetime) -> list[KeptOverride]: ...
    async def put_in(self, what: Override, by: str, now: datetime, swap: SwapId | None = None) -> int: ...
    async def cancel_override(self, number: int, now: datetime) -> bool: ...
    async def leaves(self, at: datetime) -> list[KeptLeave]: ...
    async def send_on_leave(self, what: Leave, by: str, now: datetime) -> int: ...
    async def cancel_leave(self, number: int, now: datetime) -> bool: ...
    async def add_swap(self, swap: Swap) -> SwapId: ...
    async def swap(self, number: SwapId) -> Swap | None: ...
    async def save_swap(self, swap: Swap) -> None: ...
    async def asked(self, at: datetime) -> list[Swap]: ...


class Reached(Protocol):
    async def ask(self, round_: int, person: PersonId, now: datetime) -> None: ...
    async def answer(self, round_: int, person: PersonId, now: datetime) -> bool: ...
    async def answers(self, round_: int) -> dict[PersonId, bool]: ...
    async def write(
        self, rota: str, change: datetime, person: PersonId, text: str, now: datetime
    ) -> None: ...
    async def notes(self, rota: str, change: datetime) -> list[tuple[PersonId, str]]: ...
