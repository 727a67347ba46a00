"""Buttons by which the team shares its work, and the replies to what they ask."""

from collections.abc import Sequence

from bot.chat.handlers.doors import Doors
from bot.chat.queue_actions import QueueAction
from bot.chat.words import referral
from bot.services.tap import Tap

LAPOR = "lapor"
PURPOSES = frozenset({LAPOR})


async def press(doors: Doors, _action: QueueAction, tap: Tap) -> str:
    """Does it and says what was done. Raises a Refused."""
    await doors.services.triage.referring.ask(tap)
    return referral.TOAST_ASKED


async def answered(doors: Doors, _kind: str, _words: Sequence[str], tap: Tap, text: str) -> None:
    """A reply to one of the questions."""
    await doors.services.triage.referring.keep(tap, text)
