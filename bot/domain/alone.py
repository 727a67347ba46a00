"""Where one person carries everything: said plainly, because a ladder of one is no ladder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.people import PersonId
from bot.domain.rota import Rotation

People = frozenset[PersonId]


@dataclass(frozen=True, slots=True)
class Repeats:
    """What a ladder promises more than it holds. `only`: one person stands behind all of it.

    `levels`: numbers (from 1) of those that call nobody but people who were called before, with their names.
    """

    only: PersonId | None
    levels: Mapping[int, People]


def repeats(levels: Sequence[People], exhausted: People = frozenset()) -> Repeats:
    """Look at the people behind each level, in order, and behind the last resort."""
    called: set[PersonId] = set()
    nobody_new = {}
    for number, people in enumerate(levels, 1):
        if people and people <= called:
            nobody_new[number] = people
        called |= people
    everybody = called | exhausted
    only = next(iter(everybody)) if len(everybody) == 1 else None
    return Repeats(only, nobody_new)


def lonely(rotations: Mapping[str, Rotation]) -> dict[str, PersonId]:
    """Rotas that have only ever one person."""
    return {name: one.people[0] for name, one in rotations.items() if len(one.people) == 1}
