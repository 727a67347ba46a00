"""Buttons below the board and the digest, as types; actions.py joins them to the others."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShowCase:
    """Posts the card of a case that waits in the digest."""

    case: int


@dataclass(frozen=True, slots=True)
class ShowNext:
    """The same for the most urgent of them."""


@dataclass(frozen=True, slots=True)
class SetCrisisMode:
    """`drawn`: when the button was drawn, in seconds since 1970."""

    drawn: int


@dataclass(frozen=True, slots=True)
class LiftCrisisMode:
    """`since`: which one it lifts, in seconds since 1970."""

    since: int


@dataclass(frozen=True, slots=True)
class TurnQueue:
    """To another page of /antrean, or to another part of it: each a number, see `queue_filter`."""

    page: int
    flags: int
    label: int
    platform: int


BoardAction = ShowCase | ShowNext | SetCrisisMode | LiftCrisisMode | TurnQueue
