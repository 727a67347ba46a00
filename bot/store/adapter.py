"""How aiosql speaks to aiosqlite here: one hop to the database thread per statement.

The stock adapter needs three (execute, fetch, close); with a dozen statements to a comment
that was two thirds of the CPU of a whole update.
"""

import sqlite3
from collections.abc import AsyncIterator, Mapping
from typing import Any

import aiosqlite

Row = sqlite3.Row
Params = Mapping[str, object]


class OneHopAdapter:
    """aiosql driver adapter. Named parameters (`:name`) are SQLite's own."""

    is_aio_driver = True

    def process_sql(self, _name: str, _kind: object, sql: str) -> str:
        return sql

    async def select(
        self, conn: aiosqlite.Connection, _name: str, sql: str, params: Params, _record: object = None
    ) -> AsyncIterator[Row]:
        for row in await conn.execute_fetchall(sql, dict(params)):
            yield row

    async def select_one(
        self, conn: aiosqlite.Connection, _name: str, sql: str, params: Params, _record: object = None
    ) -> Row | None:
        return next(iter(await conn.execute_fetchall(sql, dict(params))), None)

    async def select_value(self, conn: aiosqlite.Connection, _name: str, sql: str, params: Params) -> Any:
        row = await self.select_one(conn, _name, sql, params)
        return row[0] if row is not None else None

    async def insert_returning(self, conn: aiosqlite.Connection, _name: str, sql: str, params: Params) -> Any:
        return await self.select_value(conn, _name, sql, params)

    async def insert_update_delete(
        self, conn: aiosqlite.Connection, _name: str, sql: str, params: Params
    ) -> None:
        await conn.execute_fetchall(sql, dict(params))

    async def insert_update_delete_many(
        self, conn: aiosqlite.Connection, _name: str, sql: str, params: list[Params]
    ) -> None:
        cursor = await conn.executemany(sql, [dict(p) for p in params])
        await cursor.close()
