"""Buttons below the board and the digest, as types; actions.py joins them to the others."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShowCase:
    """Posts the card of a case that waits in the digest."""

    case: int


@dataclass(frozen=True, slots=True)
class ShowNext:
    """The same for the most urgent of them."""


BoardAction = ShowCase | ShowNext
