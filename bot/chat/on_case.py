"""What every button on a case's card carries: which case, and what its card showed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OnCase:
    case: int
    version: int
