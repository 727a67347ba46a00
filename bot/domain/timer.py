"""A moment that was promised: a row, not a sleep, so that a restart forgets none."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Timer:
    """Fires once at `due_at`. One subject, step, attempt, epoch, kind and seq name one timer."""

    subject: str
    """`case:12`, `draft:7`, `run:3`."""
    kind: str
    due_at: datetime
    step: str = ""
    attempt: int = 0
    epoch: int = 0
    seq: int = 0
    id: int = 0
    """0 until stored."""
    failed: int = 0
    """How often it could not be fired."""
    again_at: datetime | None = None
    """When it is tried again; None for one that has not failed."""

    @property
    def next_try(self) -> datetime:
        return self.again_at or self.due_at


_PAUSES = (1, 2, 4, 8)
_LONGEST = 15


def pause(failed: int) -> timedelta:
    """Before the next attempt of one that has failed this often. It is never given up: somebody is called
    by it.
    """
    return timedelta(minutes=_PAUSES[failed - 1] if 0 < failed <= len(_PAUSES) else _LONGEST)
