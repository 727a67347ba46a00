"""What a search reads from the store, and keeps there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.bulk import Bulk, Sifted
from bot.domain.case import CaseId
from bot.domain.people import PersonId
from bot.domain.search import Search


@dataclass(frozen=True, slots=True)
class Hit:
    """A comment with the words (or a case, where none were asked for), and whether the filters fit it."""

    id: int
    case: CaseId
    fits: bool


@dataclass(frozen=True, slots=True)
class KeptSearch:
    """`pages`: below which number each page after the first begins, as far as somebody has turned."""

    id: int
    person: PersonId
    wanted: Search
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A comment, or a claim, on its way into the index."""

    id: int
    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """Something else that has the words of a search; `number`: where it is called by one."""

    title: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class IndexState:
    """`filled`: the comment that the index reaches, `newest`: the last there is; both by number.

    `dirty`: words that left are still in its old pages; `sweeping`: those are being written anew. `claims`:
    some of them wait to be written.
    """

    made_by: str
    filled: int
    newest: int
    dirty: bool
    sweeping: bool
    swept_at: datetime
    claims: bool = False


class SearchRows(Protocol):
    async def by_words(self, wanted: Search, below: int, limit: int) -> list[Hit]: ...
    async def newest(self, wanted: Search, case: CaseId) -> int: ...
    async def by_filters(self, wanted: Search, below: int, limit: int) -> list[Hit]: ...
    async def claims(self, wanted: Search, limit: int) -> list[Beside]: ...
    async def keep(self, person: PersonId, wanted: Search, now: datetime) -> int: ...
    async def kept(self, number: int) -> KeptSearch | None: ...
    async def keep_pages(self, number: int, pages: Sequence[int]) -> None: ...
    async def forget(self, before: datetime) -> None: ...


class WordRows(Protocol):
    async def state(self) -> IndexState: ...
    async def unwritten(self, limit: int) -> list[Unwritten]: ...
    async def write(self, written: Iterable[Unwritten], filled: int) -> None: ...
    async def anew(self, made_by: str) -> None: ...
    async def unwritten_claims(self, limit: int) -> list[Unwritten]: ...
    async def write_claims(self, written: Iterable[Unwritten]) -> None: ...
    async def sweep(self, pages: int, now: datetime) -> bool: ...


class Bulks(Protocol):
    """Acts on what was found."""

    async def add(self, bulk: Bulk, sifted: Sifted, cause: str) -> int | None: ...
    async def get(self, number: int) -> Bulk | None: ...
    async def save(self, bulk: Bulk) -> None: ...
    async def cases(self, number: int, limit: int) -> list[CaseId]: ...
    async def waiting(self, number: int, limit: int) -> list[tuple[CaseId, int]]: ...
    async def ended(self, number: int, case: CaseId, behind: int | None) -> None: ...
    async def behind(self, number: int) -> int: ...
    async def took_along(self, number: int) -> int: ...
    async def forget(self, before: datetime) -> None: ...


class Searched(Protocol):
    """What the store has for it."""

    @property
    def bulks(self) -> Bulks: ...

    @property
    def search(self) -> SearchRows: ...
    @property
    def words(self) -> WordRows: ...
