"""Leave (cuti): somebody is out for a while, and perhaps somebody else has their shifts meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.people import PersonId


@dataclass(frozen=True, slots=True)
class Leave:
    """`person` is out during [start, end). Without a `stand_in` their shifts are a gap, which is said."""

    person: PersonId
    start: datetime
    end: datetime
    stand_in: PersonId | None = None

    def covers(self, person: PersonId, at: datetime) -> bool:
        """Whether this person is out at this moment because of it."""
        return self.person == person and self.start <= at < self.end


NO_LEAVE: tuple[Leave, ...] = ()


def on_leave(person: PersonId, leaves: Sequence[Leave], at: datetime) -> bool:
    """Whether somebody is out at this moment."""
    return any(leave.covers(person, at) for leave in leaves)


def without_leave(people: Sequence[PersonId], leaves: Sequence[Leave], at: datetime) -> tuple[PersonId, ...]:
    """The same list with stand-ins in the places of those who are out; who has none is left out."""
    if not leaves:
        return tuple(people)
    present = (_present(person, leaves, at) for person in people)
    return tuple(dict.fromkeys(person for person in present if person is not None))


def _present(person: PersonId, leaves: Sequence[Leave], at: datetime) -> PersonId | None:
    """Who is there for this person: themselves, a stand-in, the stand-in's stand-in, or nobody.

    Of two leaves for one time the later one written decides. A circle of stand-ins who are all out is nobody.
    """
    asked: set[PersonId] = set()
    there: PersonId | None = person
    while there is not None and there not in asked:
        asked.add(there)
        leave = next((one for one in reversed(leaves) if one.covers(there, at)), None)
        if leave is None:
            return there
        there = leave.stand_in
    return None
