"""What the wire needs from the rest of the program, as small as it can be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class RawUpdate:
    """One update as Telegram sent it.

    `update_id`: 0 to 2^63-1. `raw`: JSON text, possibly one that cannot be read; the pump finds out.
    """

    update_id: int
    raw: str


class Clock(Protocol):
    def now(self) -> datetime:
        """The present, aware, UTC."""

    def monotonic(self) -> float:
        """Seconds for measuring intervals; never goes back."""

    async def sleep(self, seconds: float) -> None: ...


class UpdateSink(Protocol):
    """Where intake puts what it received."""

    async def put(self, updates: Sequence[RawUpdate]) -> int:
        """Stores those not seen before, by `update_id`; committed on return. Returns how many were new."""


class Inbox(UpdateSink, Protocol):
    """Committed updates that wait to be handled."""

    async def claim(self, limit: int) -> Sequence[RawUpdate]:
        """The oldest waiting updates, in the order they were stored, at most `limit`.

        Updates that a dead process had claimed must come again after a start. Returning one that this
        process has claimed already is harmless: the pump skips what it holds.
        """

    async def done(self, ids: Sequence[int]) -> None:
        """These are handled; one commit for all."""

    async def retry_later(self, update_id: int, error: str, /) -> None:
        """Notes that one attempt failed. The pump goes on holding the update, so it is not claimed again."""

    async def dead(self, update_id: int, error: str, /) -> None:
        """Puts it aside for a person to look at; it will not be claimed again."""
