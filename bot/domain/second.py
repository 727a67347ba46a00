"""The second channel: which other way a page takes when Telegram does not bring it, and how often.

Pure. A chain is what one page of one person sets off: attempt after attempt, way after way, until one
gateway takes it, nobody needs it any more, or every way has failed in every round.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.domain.people import PersonId
from bot.domain.playbook import Via

ROUNDS = 3
_PAUSES = (timedelta(0), timedelta(seconds=20), timedelta(seconds=60))
"""Before each round. Within a round the next way is tried at once: seconds count."""


class Because(StrEnum):
    """Why a page leaves by another way."""

    REFUSED = "refused"
    """Telegram said no: blocked, never enrolled."""
    STUCK = "stuck"
    """Telegram takes nothing at all."""
    FIRST = "first"
    """The playbook wants it so: that way stands before Telegram."""


@dataclass(frozen=True, slots=True)
class SecondPage:
    """A call by another way than Telegram. `repeat`: which call of this run; `attempt`: from 0."""

    run: int
    person: PersonId
    epoch: int
    repeat: int
    via: str
    because: str
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Attempt:
    """The number of an attempt says it all: which way, in which round, after which pause."""

    number: int
    via: Via
    pause: timedelta


def ways_of(wanted: Iterable[Via], contacts: Iterable[Via]) -> tuple[Via, ...]:
    """The ways of a page besides Telegram, in order. `wanted`: the playbook's; none: that of the agency.

    `contacts`: how this person can be reached, in the agency's order.
    """
    own = tuple(contacts)
    order = tuple(dict.fromkeys(wanted)) or own
    return tuple(via for via in order if via in own and via is not Via.TELEGRAM)


def can_page(wanted: Iterable[Via], contacts: Iterable[Via]) -> bool:
    """Whether a page can reach somebody whom Telegram cannot."""
    return bool(ways_of(wanted, contacts))


def at_once(wanted: tuple[Via, ...]) -> bool:
    """Whether the other ways do not wait for Telegram to fail."""
    return bool(wanted) and wanted[0] is not Via.TELEGRAM


def attempt(ways: tuple[Via, ...], number: int) -> Attempt | None:
    """The attempt of this number, from 0; None when all have been made."""
    if not ways or number >= ROUNDS * len(ways):
        return None
    turn, place = divmod(number, len(ways))
    return Attempt(number, ways[place], _PAUSES[turn] if place == 0 else timedelta(0))
