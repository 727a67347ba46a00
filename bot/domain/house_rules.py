"""What the agency decided about moderation: whether it is done, since when for real, by which rules."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.moderation import Ground, Rule
from bot.domain.people import Zone


class Mode(StrEnum):
    OFF = "off"
    DRY = "dry"
    """Everything is proposed, confirmed and written down, and nothing reaches Telegram."""
    ON = "on"


@dataclass(frozen=True, slots=True)
class HouseRules:
    """`chats`: the agency's own channels and groups. `dry_until`: the last day of the dry weeks, if set.

    `lasts`: how long a proposal waits for its second person. `sample`: decisions read again every month.
    """

    rules: tuple[Rule, ...] = ()
    mode: Mode = Mode.DRY
    dry_until: date | None = None
    lasts: timedelta = timedelta(hours=24)
    sample: int = 10
    chats: frozenset[int] = frozenset()
    allow: frozenset[str] = frozenset()
    """Numbers and addresses that the agency publishes itself."""
    zone: Zone = Zone.WIB

    def mode_at(self, now: datetime) -> Mode:
        """Dry weeks end by themselves on the day that was set for it."""
        if self.mode is not Mode.DRY or self.dry_until is None:
            return self.mode
        today = now.astimezone(self.zone.tz).date()
        return Mode.DRY if today <= self.dry_until else Mode.ON

    def about(self, ground: Ground) -> Rule | None:
        """The first rule on this ground."""
        return next((rule for rule in self.rules if rule.ground is ground), None)
