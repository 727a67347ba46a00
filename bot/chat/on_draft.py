"""What every button of a draft carries."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OnDraft:
    draft: int
    version: int
