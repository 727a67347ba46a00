"""How aiosql speaks to a `Line`."""

from collections.abc import Awaitable, Callable, Iterator
from functools import cache
from importlib import resources
from typing import Any, Self

import aiosql
from aiosql.queries import Queries

from bot.store.line import Line, Params, Row

_READS_MUCH = frozenset(
    {
        "board_groups",
        "count_cluster",
        "queue_page",
        "word_hits",
        "case_hits",
        "case_hits_in",
        "count_cases",
        "corrections",
        "deeds_of",
        "old_cases",
        "old_outgoing",
        "old_names",
        "corrected_comments",
        "disagreements",
        "chain_after",
        "entries_about",
    }
)
"""Queries without a limit that an index would keep."""


_Ask = Callable[[str, Params], Awaitable[list[Row]]]


class Rows:
    """The answer to one question, which is asked when its first row is wanted."""

    __slots__ = ("_ask", "_params", "_rows", "_sql")

    def __init__(self, ask: _Ask, sql: str, params: Params) -> None:
        self._ask = ask
        self._sql = sql
        self._params = params
        self._rows: Iterator[Row] | None = None

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Row:
        if self._rows is None:
            self._rows = iter(await self._ask(self._sql, self._params))
        for row in self._rows:
            return row
        raise StopAsyncIteration


class LineAdapter:
    """aiosql driver adapter. Named parameters (`:name`) are SQLite's own.

    `!` queries answer nothing; ask with RETURNING where the result matters.

    To aiosql it is none of its asynchronous ones, so that it hands on what is returned here as it is, to be
    awaited: else it puts a coroutine around each call, and around each list of rows a generator in a
    generator, of which the loop keeps count.
    """

    is_aio_driver = False

    def process_sql(self, _name: str, _kind: object, sql: str) -> str:
        return sql

    def select(self, line: Line, name: str, sql: str, params: Params, _record: object = None) -> Rows:
        return Rows(line.ask_aside if name in _READS_MUCH else line.ask, sql, params)

    async def select_one(
        self, line: Line, name: str, sql: str, params: Params, _record: object = None
    ) -> Row | None:
        found = await (line.ask_aside if name in _READS_MUCH else line.ask)(sql, params)
        return found[0] if found else None

    async def select_value(self, line: Line, name: str, sql: str, params: Params) -> Any:
        row = await self.select_one(line, name, sql, params)
        return row[0] if row is not None else None

    def insert_returning(self, line: Line, name: str, sql: str, params: Params) -> Awaitable[Any]:
        return self.select_value(line, name, sql, params)

    def insert_update_delete(self, line: Line, _name: str, sql: str, params: Params) -> Awaitable[object]:
        return line.ask(sql, params)


@cache
def named_queries() -> Queries:
    """What is written in the *.sql files. It keeps nothing of a connection: a process reads it once."""
    files = resources.files("bot.store") / "queries"
    queries: Queries = aiosql.from_path(str(files), LineAdapter)  # type: ignore[arg-type]  # typed too narrowly there
    return queries
