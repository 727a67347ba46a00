"""Which decisions of a month are read again: by lot, and so that anybody can draw the same lots once more."""

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256

from bot.domain.people import Zone


def drawn(numbers: Sequence[int], seed: str, size: int) -> tuple[int, ...]:
    """At most `size` of them, by the hash of the seed and each number; in rising order."""
    by_lot = sorted(numbers, key=lambda number: sha256(f"{seed}:{number}".encode()).hexdigest())
    return tuple(sorted(by_lot[:size]))


def month_of(at: datetime, zone: Zone, ahead: int = 0) -> datetime:
    """The beginning of the month, or of the one so many months `ahead`, on the agency's clock."""
    day = at.astimezone(zone.tz)
    months = day.year * 12 + day.month - 1 + ahead
    first = datetime(months // 12, months % 12 + 1, 1, tzinfo=zone.tz)
    return first.astimezone(UTC)
