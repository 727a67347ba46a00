"""What the sandbox needs to know about time: it never asks the machine itself."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """`now()` gives an aware datetime. One that also has `advance(seconds)` may be moved from the page."""

    def now(self) -> datetime: ...
