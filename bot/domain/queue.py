"""Which part of the queue somebody wants to see."""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """`BARE`: without a card of its own. `UNIT`: for a unit of whoever asks."""

    MINE = "mine"
    FREE = "free"
    LATE = "late"
    BARE = "bare"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """All that is said must hold; nothing said is the whole queue."""

    parts: frozenset[Part] = frozenset()
    label: str = ""
    platform: str = ""
