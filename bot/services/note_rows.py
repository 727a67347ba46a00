"""What the services need of the store for notes."""

from dataclasses import dataclass
from typing import Protocol

from bot.domain.case import CaseId
from bot.domain.note import Note


class NoteRows(Protocol):
    async def add(self, note: Note) -> int: ...
    async def last(self, case: CaseId, limit: int) -> list[Note]: ...
    async def count(self, case: CaseId) -> int: ...


@dataclass(frozen=True, slots=True)
class Notes:
    """`last` in the order of their time, of so many `in_all`."""

    last: tuple[Note, ...] = ()
    in_all: int = 0


NO_NOTES = Notes()
_SHOWN = 3


async def notes_of(read: "Noted", case: CaseId) -> Notes:
    """What the card shows."""
    last = tuple(await read.notes.last(case, _SHOWN))
    return Notes(last, len(last) if len(last) < _SHOWN else await read.notes.count(case))


class Noted(Protocol):
    @property
    def notes(self) -> NoteRows: ...
