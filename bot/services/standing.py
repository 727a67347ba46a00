"""Timers that nobody sets by hand: each sees at the start that its next one stands, and fires it."""

from typing import Protocol

from bot.domain.timer import Timer
from bot.services.ports import Parts


class Standing(Protocol):
    """A promise of the bot itself. The first word of its timers' subject leads to it."""

    async def plan(self) -> None:
        """At the start: what should stand, stands."""

    async def fire(self, timer: Timer, tx: Parts) -> None:
        """It is due; sets the next one under another name."""
