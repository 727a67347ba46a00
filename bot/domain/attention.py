"""Which new cases get a card of their own, and which wait in the digest until somebody looks.

A group reads a few cards in ten minutes, whatever Telegram would carry. So the cards of any window are
counted, and the last of them are kept for what must not wait behind questions about opening hours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.priority import Urgency

_SHARE: Mapping[Urgency, float] = {
    Urgency.EMERGENCY: 0.95,
    Urgency.HIGH: 0.75,
    Urgency.NORMAL: 0.5,
    Urgency.LOW: 0.5,
}


@dataclass(frozen=True, slots=True)
class CardBudget:
    """At most `cards` new cards in any `window`; routine takes no more than half of them, and the last are
    for people at risk, who have a card whatever was given before.
    """

    cards: int
    window: timedelta = timedelta(minutes=10)

    def has_room(self, urgency: Urgency, given: int) -> bool:
        """Whether one more card of this urgency may come after `given` cards within the window."""
        return given < self.places(urgency)

    def places(self, urgency: Urgency) -> int:
        """How many of the window's cards there may be when one of this urgency comes; one at least."""
        return max(1, int(self.cards * _SHARE[urgency]))
