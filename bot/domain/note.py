"""A note on a case, from the team to the team, and who is called by it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.case import CaseId
from bot.domain.errors import BadInput
from bot.domain.people import PersonId

LONGEST = 500


@dataclass(frozen=True, slots=True)
class Note:
    case: CaseId
    person: PersonId
    text: str
    at: datetime

    @property
    def sha(self) -> str:
        """For the journal, which keeps no words."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


def readable(typed: str) -> str:
    """What may stand as a note. Raises BadInput."""
    text = typed.strip()
    if not text:
        raise BadInput("empty_note")
    if len(text) > LONGEST:
        raise BadInput(f"too_long:{LONGEST}")
    return text


def called(text: str, names: Mapping[PersonId, str]) -> tuple[PersonId, ...]:
    """Whom an @ in the text means: an id or a name of the team. Anything else behind an @ is just text."""
    folded = text.casefold()
    found: list[PersonId] = []
    for at, sign in enumerate(folded):
        if sign == "@" and not (at and folded[at - 1].isalnum()):
            person = _first(folded[at + 1 :], names)
            found += [person] if person is not None else []
    return tuple(dict.fromkeys(found))


def _first(rest: str, names: Mapping[PersonId, str]) -> PersonId | None:
    """The longest that fits; none where two people are called so."""
    fits = [
        (len(one), person)
        for person, name in names.items()
        for one in {person.casefold(), name.casefold()}
        if rest.startswith(one) and not rest[len(one) : len(one) + 1].isalnum()
    ]
    longest = max((length for length, _ in fits), default=0)
    people = {person for length, person in fits if length == longest}
    return people.pop() if len(people) == 1 else None
