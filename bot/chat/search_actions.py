"""Buttons below what a search found. `search` is a number that the store remembers for a day."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TurnSearch:
    """To another page."""

    search: int
    page: int


SearchAction = TurnSearch
