"""One connection, one hop to its thread per answer that somebody waits for.

A hop costs more CPU than the statement that it carries. So writes whose result nobody reads wait, and travel
with the next read of the same unit of work, or with its end.
"""

import asyncio
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import aiosqlite

Params = Mapping[str, object]
Row = sqlite3.Row


class CommitFailed(Exception):
    """The statements went well, but the COMMIT did not (a full disk, say): nothing of the group is kept."""


@dataclass(frozen=True, slots=True)
class _Batch:
    """Statements to run before the one that is asked for; handed through aiosqlite as its parameters."""

    before: Sequence[tuple[str, Params]]
    params: Params


class _Batching(sqlite3.Connection):
    def execute(self, sql: str, parameters: object = (), /) -> sqlite3.Cursor:
        if not isinstance(parameters, _Batch):
            return super().execute(sql, parameters)  # type: ignore[arg-type]  # what sqlite3 itself takes
        for statement, params in parameters.before:
            super().execute(statement, params)
        if sql != "COMMIT":
            return super().execute(sql, parameters.params)
        try:
            return super().execute(sql)
        except sqlite3.Error as error:
            raise CommitFailed(str(error)) from error


class Line:
    """A connection as the parts of the store use it."""

    def __init__(self, conn: aiosqlite.Connection) -> None:
        self._conn = conn
        self._waiting: list[tuple[str, Params]] = []

    def later(self, sql: str, params: Params | None = None) -> None:
        """Runs it before whatever is asked next. Its failure fails that."""
        self._waiting.append((sql, params or {}))

    def forget(self, opening: str) -> bool:
        """Drops what waits, since the unit of work is undone. False if its `opening` had not even run."""
        begun = all(sql != opening for sql, _ in self._waiting)
        self._waiting.clear()
        return begun

    @property
    def in_transaction(self) -> bool:
        return self._conn.in_transaction

    async def ask(self, sql: str, params: Params | None = None) -> list[Row]:
        """Runs what waits and then this; its rows. Cancelled, it leaves only when the thread is done."""
        before, self._waiting = self._waiting, []
        try:
            return list(await self._conn.execute_fetchall(sql, _Batch(before, params or {})))
        except asyncio.CancelledError:
            await self._thread_done()
            raise

    async def _thread_done(self) -> None:
        """A statement cannot be called back: undoing before it has run would undo nothing and leave it."""
        passed = asyncio.ensure_future(self._conn.execute_fetchall("SELECT 1"))
        while not passed.done():
            try:
                await asyncio.shield(passed)
            except asyncio.CancelledError:
                continue  # the caller raises the first one as soon as this is known

    async def flush(self) -> None:
        """Runs what waits."""
        if self._waiting:
            sql, params = self._waiting.pop()
            await self.ask(sql, params)

    async def close(self) -> None:
        await self._conn.close()


async def connect(path: Path, *pragmas: str) -> aiosqlite.Connection:
    """Opens the file; transactions are begun and ended by hand."""
    conn = await aiosqlite.connect(path, isolation_level=None, factory=_Batching)
    try:
        conn.row_factory = sqlite3.Row
        for pragma in pragmas:
            await conn.execute_fetchall(f"PRAGMA {pragma}")
    except BaseException:
        await conn.close()  # its thread would keep the process from ending
        raise
    return conn
