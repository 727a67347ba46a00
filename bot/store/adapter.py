"""How aiosql speaks to a `Line`."""

from collections.abc import AsyncIterator
from typing import Any

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


class LineAdapter:
    """aiosql driver adapter. Named parameters (`:name`) are SQLite's own.

    `!` queries answer nothing; ask with RETURNING where the result matters.
    """

    is_aio_driver = True

    def process_sql(self, _name: str, _kind: object, sql: str) -> str:
        return sql

    async def select(
        self, line: Line, name: str, sql: str, params: Params, _record: object = None
    ) -> AsyncIterator[Row]:
        ask = line.ask_aside if name in _READS_MUCH else line.ask
        for row in await ask(sql, params):
            yield row

    async def select_one(
        self, line: Line, name: str, sql: str, params: Params, _record: object = None
    ) -> Row | None:
        ask = line.ask_aside if name in _READS_MUCH else line.ask
        return next(iter(await ask(sql, params)), None)

    async def select_value(self, line: Line, name: str, sql: str, params: Params) -> Any:
        row = await self.select_one(line, name, sql, params)
        return row[0] if row is not None else None

    async def insert_returning(self, line: Line, name: str, sql: str, params: Params) -> Any:
        return await self.select_value(line, name, sql, params)

    async def insert_update_delete(self, line: Line, _name: str, sql: str, params: Params) -> None:
        await line.ask(sql, params)
