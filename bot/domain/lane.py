"""Who goes first when a chat has no room for all, and which loop sends it."""

from enum import IntEnum


class Lane(IntEnum):
    """The smaller the more urgent."""

    CRISIS = 0
    APPROVAL = 1
    PUBLIC = 2
    BOARD = 3
    BACKLOG = 4
    """Cards of an import: they fill the gaps, and never hold up what citizens write now."""
    SECOND = 5
    """Pages by another way than Telegram."""


ALARM = -1
"""No lane of the queue: what the pacer is told of the board's edit about an emergency, and of the card of
somebody at risk. All others leave room for them."""
Lanes = tuple[Lane, Lane]
"""The first and the last of those that one loop sends."""
TELEGRAM_LANES: Lanes = (Lane.CRISIS, Lane.BACKLOG)
SECOND_LANES: Lanes = (Lane.SECOND, Lane.SECOND)
