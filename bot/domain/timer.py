"""A moment that was promised: a row, not a sleep, so that a restart forgets none."""

from dataclasses import dataclass
from datetime import datetime


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
