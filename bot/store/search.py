"""Comments by their words, and the index of those words."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.domain.case import CaseId, CaseStatus
from bot.domain.people import PersonId
from bot.domain.search import Search, Term
from bot.services.search_rows import Beside, Hit, IndexState, KeptSearch, Unwritten
from bot.store import rows
from bot.store.part import Part

_EVER, _NEVER = 0, 2**53


class SearchRows(Part):
    """`below`: a number of a comment (or, where no words are looked for, of a case) to go down from."""

    async def by_words(self, wanted: Search, below: int, limit: int) -> list[Hit]:
        """Comments with these words, newest first; `limit` of them whether they fit the filters or not."""
        above = await self._first(wanted.since) if wanted.since is not None else 0
        if wanted.until is not None:
            below = min(below, await self._first(wanted.until))
        found = self._sql.word_hits(
            self._conn,
            match=match_of(wanted),
            below=below,
            above=above,
            limit_=limit,
            statuses=rows.to_json(wanted.statuses),
            like_=await self._lead(wanted),
            **_filters(wanted),
        )
        return [_hit(row) async for row in found]

    async def _first(self, since: datetime) -> int:
        """The first comment from then on."""
        return int(await self._sql.first_since(self._conn, since=rows.seconds(since)) or _NEVER)

    async def newest(self, wanted: Search, case: CaseId) -> int:
        """The number of the newest comment of this case with these words in that time; 0 for none."""
        until = _filters(wanted)["until"]
        found = await self._sql.newest_hit(self._conn, match=match_of(wanted), case_id=case, until=until)
        return int(found or 0)

    async def by_filters(self, wanted: Search, below: int, limit: int) -> list[Hit]:
        """Cases, newest first, where no words are looked for: their numbers, too, go up with time."""
        labels, above = rows.to_json(wanted.labels), 0
        if wanted.since is not None:
            above = await self._first_opened(wanted.since)
        if wanted.until is not None:
            below = min(below, await self._first_opened(wanted.until))
        span = {"below": below, "above": above, "limit_": limit, "labels": labels}
        if wanted.like is not None:
            like, statuses = await self._lead(wanted), rows.to_json(wanted.statuses)
            found = self._sql.case_hits_like(self._conn, like_=like, statuses=statuses, **span)
            return [_hit(row) async for row in found]
        if not wanted.statuses:
            return [_hit(row) async for row in self._sql.case_hits(self._conn, **span)]
        hits: list[Hit] = []
        for status in wanted.statuses:
            found = self._sql.case_hits_in(self._conn, status=status, **span)
            hits += [_hit(row) async for row in found]
        return sorted(hits, key=lambda hit: -hit.id)[:limit]

    async def _lead(self, wanted: Search) -> int:
        """The case that the others of a cluster stand behind; 0 where none is asked for."""
        if wanted.like is None:
            return 0
        return int(await self._sql.lead_of(self._conn, case_id=wanted.like) or wanted.like)

    async def _first_opened(self, since: datetime) -> int:
        return int(await self._sql.first_opened(self._conn, since=rows.seconds(since)) or _NEVER)

    async def claims(self, wanted: Search, limit: int) -> list[Beside]:
        """Claims whose statement has these words."""
        found = self._sql.claims_with(self._conn, match=match_of(wanted), limit_=limit)
        return [Beside(row["statement"], row["id"]) async for row in found]

    async def keep(self, person: PersonId, wanted: Search, now: datetime) -> int:
        """The number that the buttons of its pages carry."""
        number = await self._sql.keep_search(
            self._conn, person=person, wanted=_packed(wanted), pages="[]", at=rows.seconds(now)
        )
        return int(number)

    async def kept(self, number: int) -> KeptSearch | None:
        row = await self._sql.get_search(self._conn, id=number)
        if row is None:
            return None
        pages = tuple(rows.from_json(row["pages"]))
        return KeptSearch(number, PersonId(row["person"]), _unpacked(row["wanted"]), pages)

    async def keep_pages(self, number: int, pages: Sequence[int]) -> None:
        await self._sql.page_search(self._conn, id=number, pages=rows.to_json(list(pages)))

    async def forget(self, before: datetime) -> None:
        """Searches that nobody turns any more."""
        await self._sql.forget_searches(self._conn, before=rows.seconds(before))


class WordRows(Part):
    """The index itself."""

    async def state(self) -> IndexState:
        row = await self._sql.index_state(self._conn)
        return IndexState(
            row["made_by"],
            row["filled"],
            row["newest"],
            dirty=row["dropped"] > row["swept"],
            sweeping=row["sweeping"] is not None,
            swept_at=rows.at(row["swept_at"]),
            claims=bool(row["claims"]),
        )

    async def unwritten(self, limit: int) -> list[Unwritten]:
        """The next comments; one of a life at risk has no words here."""
        found = self._sql.unwritten(self._conn, limit_=limit)
        return [Unwritten(row["id"], row["text"], row["name"]) async for row in found]

    async def write(self, written: Iterable[Unwritten], filled: int) -> None:
        """Words in plain spelling; the index reaches up to the comment `filled` then."""
        for one in written:
            await self._sql.write_words(self._conn, id=one.id, words=one.text, name=one.name)
        await self._sql.words_filled(self._conn, filled=filled)

    async def anew(self, made_by: str) -> None:
        """From the first comment again, in another spelling; meanwhile the old one serves."""
        await self._sql.words_anew(self._conn, made_by=made_by)
        await self._sql.claims_anew(self._conn)

    async def unwritten_claims(self, limit: int) -> list[Unwritten]:
        """Claims that are new, or worded anew."""
        found = self._sql.unwritten_claims(self._conn, limit_=limit)
        return [Unwritten(row["id"], row["text"]) async for row in found]

    async def write_claims(self, written: Iterable[Unwritten]) -> None:
        for one in written:
            await self._sql.write_claim_words(self._conn, id=one.id, words=one.text)
            await self._sql.claim_written(self._conn, id=one.id)

    async def sweep(self, pages: int, now: datetime) -> bool:
        """Writes some old pages anew without what left them; False when the last was written."""
        begun = (await self.state()).sweeping
        if not begun:
            await self._sql.begin_sweep(self._conn)
        before = await self._sql.changes_so_far(self._conn)
        await self._sql.merge_words(self._conn, pages=pages if begun else -pages)
        more = await self._sql.changes_so_far(self._conn) - before > 1
        if not more and begun:
            await self._sql.end_sweep(self._conn, at=rows.seconds(now))
            return False
        return True


def match_of(wanted: Search) -> str:
    """In the language of FTS5; every word stands between quotation marks, where none has a meaning."""
    terms = [_term(term) for term in wanted.terms]
    if wanted.author:
        terms.append(f"name : {_term(Term(wanted.author))}")
    asked = " AND ".join(terms)
    return " NOT ".join([f"({asked})", *(_term(term) for term in wanted.without)])


def _term(term: Term) -> str:
    quoted = '"' + rows.storable(term.text).replace("\0", " ").replace('"', '""') + '"'
    return f"{quoted} *" if term.begins else quoted


def _filters(wanted: Search) -> dict[str, Any]:
    return {
        "labels": rows.to_json(wanted.labels),
        "since": rows.seconds(wanted.since) if wanted.since is not None else _EVER,
        "until": rows.seconds(wanted.until) if wanted.until is not None else _NEVER,
    }


def _hit(row: Any) -> Hit:
    return Hit(row["id"], CaseId(row["case_id"]), bool(row["fits"]))


def _packed(wanted: Search) -> str:
    times = {"since": rows.seconds(wanted.since), "until": rows.seconds(wanted.until)}
    return rows.to_json(asdict(wanted) | times)


def _unpacked(text: str) -> Search:
    fields: dict[str, Any] = rows.from_json(text)
    return Search(
        terms=tuple(Term(**one) for one in fields["terms"]),
        without=tuple(Term(**one) for one in fields["without"]),
        author=fields["author"],
        labels=tuple(fields["labels"]),
        statuses=tuple(CaseStatus(one) for one in fields["statuses"]),
        since=rows.moment(fields["since"]),
        until=rows.moment(fields["until"]),
        case=fields["case"],
        like=fields.get("like"),
    )
