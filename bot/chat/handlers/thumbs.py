"""How fast one person may press or ask: a stuck thumb, or a script, must not keep the others waiting."""

from collections import OrderedDict
from dataclasses import dataclass

from bot.chat.actions import EscalateTo, OnRun, OpenRun
from bot.chat.step_actions import OpenAnother

NEVER_SLOWED = (OnRun, OpenRun, OpenAnother, EscalateTo)
"""Whoever of the team answers a page or opens an incident is not asked to wait."""
_MOST_PEOPLE = 1000


@dataclass(frozen=True, slots=True)
class PressRate:
    """`count` presses at once, and as many again in every `seconds`."""

    count: int = 20
    seconds: float = 10.0


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float
    told: bool = False


class Thumbs:
    """A bucket per account that refills evenly. In memory: after a restart everybody starts anew."""

    def __init__(self, rate: PressRate) -> None:
        self._rate = rate
        self._buckets: OrderedDict[int, _Bucket] = OrderedDict()

    def allow(self, account: int, now: float) -> bool:
        """Counts the press."""
        bucket = self._bucket(account, now)
        if bucket.left < 1:
            return False
        bucket.left -= 1
        return True

    def first_refusal(self, account: int) -> bool:
        """Whether this one is to be written down and said; the rest of the flood, until it ebbs, is not."""
        bucket = self._buckets[account]
        told, bucket.told = bucket.told, True
        return not told

    def _bucket(self, account: int, now: float) -> _Bucket:
        most = float(self._rate.count)
        bucket = self._buckets.setdefault(account, _Bucket(most, now))
        self._buckets.move_to_end(account)
        if len(self._buckets) > _MOST_PEOPLE:
            self._buckets.popitem(last=False)
        bucket.left = min(most, bucket.left + (now - bucket.at) * most / self._rate.seconds)
        bucket.told = bucket.told and bucket.left < most
        bucket.at = now
        return bucket
