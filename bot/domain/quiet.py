"""Quiet hours: a person's own night, in which only what is urgent makes a sound."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True)
class QuietHours:
    """[start, end) on the person's own clock; an end that is not after the start lies on the next day."""

    start: time
    end: time

    def covers(self, clock: time) -> bool:
        """Whether this time of day lies in them."""
        if self.start < self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end
