"""/cari: comments by their words, cases by their filters, and the approved words beside them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from bot.domain.case import Case, CaseId, same_version
from bot.domain.errors import NotFound
from bot.domain.people import Action, Person
from bot.domain.search import Plain, Search, plainly
from bot.services.people import Team
from bot.services.ports import Store
from bot.services.search_rows import Beside, Hit, KeptSearch
from bot.services.tap import Tap
from bot.services.views import QueueLine
from bot.services.word_index import WordIndex

ON_A_PAGE = 10
_FIRST_CHUNK, _CHUNK = 32, 2000
"""Of comments at a time: few where a page fills soon, more where the filters leave most of them out."""
_LOOKED_AT = 5_000
"""Comments that one page may look at; it says so where there are more."""
_FROM_THE_TOP = 2**53
_BESIDE = 5


class AlsoHas(Protocol):
    """Something else that is searched: templates, claims."""

    async def find(self, wanted: Search, plain: Plain, most: int) -> Sequence[Beside]: ...


class ClaimStatements:
    """What circulates, by its words."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def find(self, wanted: Search, _plain: Plain, most: int) -> list[Beside]:
        return await self._store.read.search.claims(wanted, most)


@dataclass(frozen=True, slots=True)
class Page:
    """`search`: its number, for its buttons. `missing`: per cent that the index does not hold yet.

    `cut_short`: so many comments were looked at that the rest waits for the next page. `beside`: what else
    has these words, by kind; on the first page only.
    """

    search: int
    number: int
    lines: tuple[QueueLine, ...]
    further: bool = False
    cut_short: bool = False
    missing: int = 0
    beside: tuple[tuple[str, tuple[Beside, ...]], ...] = ()


@dataclass(slots=True)
class _Walk:
    """Down from one number, until a page is full. `ended`: nothing is left below."""

    below: int
    chunk: int
    found: list[Hit] = field(default_factory=list)
    known: set[CaseId] = field(default_factory=set)
    looked_at: int = 0
    ended: bool = False

    @property
    def cases(self) -> list[CaseId]:
        return [hit.case for hit in self.found]

    def cut(self, most: int) -> None:
        """One more was looked for, only to know whether there is one."""
        if len(self.found) > most:
            self.found = self.found[:most]
            self.below, self.ended = self.found[-1].id, False


class Searching:
    """Anybody of the team may; what is about somebody's life is not found by anybody."""

    def __init__(
        self, store: Store, team: Team, index: WordIndex, beside: dict[str, AlsoHas] | None = None
    ) -> None:
        self._store = store
        self._team = team
        self.index = index
        self._beside = dict(beside or {})

    async def find(self, tap: Tap, wanted: Search) -> Page:
        """The first page. Raises NotAllowed, BadInput where nothing can be looked for."""
        await self._team.require(tap.person, Action.SEE)
        wanted = plainly(wanted, self.index.plain)
        if wanted.case is not None:
            return Page(0, 0, await self._lines([wanted.case]))
        if wanted.lapor:
            return Page(
                0, 0, await self._lines(await self._store.read.cases.with_lapor(wanted.lapor, ON_A_PAGE))
            )
        missing = await self.index.catch_up()
        walk = await self._walk(wanted, _FROM_THE_TOP, ON_A_PAGE)
        async with self._store.transaction(durable=False) as tx:
            number = await tx.search.keep(tap.person.id, wanted, tap.at)
            if not walk.ended:
                await tx.search.keep_pages(number, [walk.below])
        page = await self._page(number, 0, walk)
        return replace(page, missing=missing, beside=await self._also(wanted))

    async def like(self, tap: Tap, needs: Action) -> Page:
        """All that stand behind a card, for an act on them. Raises NotAllowed, NotFound, Outdated."""
        await self._team.require(tap.person, needs)
        case = await self._store.read.cases.get(CaseId(tap.target))
        if case is None or case.sensitive:
            raise NotFound("case", str(tap.target))
        same_version(case, tap.seen)
        return await self.find(tap, Search(like=case.id))

    async def turn(self, tap: Tap, number: int, page: int) -> Page:
        """Another page of a search. Raises NotFound when nobody remembers it, NotAllowed."""
        await self._team.require(tap.person, Action.SEE)
        kept = await self.kept(number)
        if page > len(kept.pages):
            raise NotFound("search", str(number))
        below = kept.pages[page - 1] if page else _FROM_THE_TOP
        walk = await self._walk(kept.wanted, below, ON_A_PAGE)
        if not walk.ended and page == len(kept.pages):
            async with self._store.transaction(durable=False) as tx:
                await tx.search.keep_pages(number, [*kept.pages, walk.below])
        return await self._page(number, page, walk)

    async def kept(self, number: int) -> KeptSearch:
        """Raises NotFound."""
        kept = await self._store.read.search.kept(number)
        if kept is None:
            raise NotFound("search", str(number))
        return kept

    async def every(self, person: Person, wanted: Search, most: int) -> list[CaseId]:
        """All cases that fit, newest first, `most` at most; for acts on many at once."""
        await self._team.require(person, Action.SEE)
        found: list[CaseId] = []
        below = _FROM_THE_TOP
        while len(found) < most:
            walk = await self._walk(wanted, below, most - len(found))
            found += walk.cases
            below = walk.below
            if walk.ended:
                break
        return found

    async def _page(self, number: int, page: int, walk: _Walk) -> Page:
        full = len(walk.found) == ON_A_PAGE
        lines = await self._lines(walk.cases)
        return Page(number, page, lines, further=not walk.ended, cut_short=not walk.ended and not full)

    async def _walk(self, wanted: Search, below: int, most: int) -> _Walk:
        walk = _Walk(below, _FIRST_CHUNK)
        while len(walk.found) <= most and walk.looked_at < _LOOKED_AT and not walk.ended:
            hits = await self._hits(wanted, walk.below, walk.chunk)
            walk.ended = len(hits) < walk.chunk
            walk.chunk = min(_CHUNK, walk.chunk * 4)
            await self._sift(wanted, hits, walk, most)
        walk.cut(most)
        return walk

    async def _sift(self, wanted: Search, hits: Sequence[Hit], walk: _Walk, most: int) -> None:
        for hit in hits:
            walk.below, walk.looked_at = hit.id, walk.looked_at + 1
            if hit.fits and await self._is_new(wanted, hit, walk.known):
                walk.found.append(hit)
                if len(walk.found) > most:
                    return

    async def _hits(self, wanted: Search, below: int, chunk: int) -> list[Hit]:
        rows = self._store.read.search
        if wanted.by_words:
            return await rows.by_words(wanted, below, chunk)
        return await rows.by_filters(wanted, below, chunk)

    async def _is_new(self, wanted: Search, hit: Hit, known: set[CaseId]) -> bool:
        """A case stands where its newest comment with the words is: once, on whatever page that is."""
        if not wanted.by_words:
            return True
        if hit.case in known:
            return False
        known.add(hit.case)
        return await self._store.read.search.newest(wanted, hit.case) == hit.id

    async def _lines(self, cases: Sequence[CaseId]) -> tuple[QueueLine, ...]:
        lines = []
        for number in cases:
            case = await self._store.read.cases.get(number)
            if case is not None and not case.sensitive:
                lines.append(await self._line(case))
        return tuple(lines)

    async def _line(self, case: Case) -> QueueLine:
        comment = (await self._store.read.comments.of_case(case.id))[-1]
        return QueueLine(case, comment, comment.comment.link)

    async def _also(self, wanted: Search) -> tuple[tuple[str, tuple[Beside, ...]], ...]:
        """Only where nothing but words is asked for: templates have no state and no date of this kind."""
        if not wanted.terms or wanted != Search(terms=wanted.terms, without=wanted.without):
            return ()
        found = [
            (kind, tuple(await one.find(wanted, self.index.plain, _BESIDE)))
            for kind, one in self._beside.items()
        ]
        return tuple((kind, titles) for kind, titles in found if titles)
