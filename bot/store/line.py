"""One connection. Short statements run where they are asked; what waits or reads much hops to a thread.

A hop and back costs ten times the CPU of the statement that it carries, and an update needs dozens of them.
On rows found by an index they take microseconds, so the loop does not notice; a COMMIT does wait for the
disk, and a search may read every comment.
"""

import asyncio
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import aiosqlite

Params = Mapping[str, object]
Row = sqlite3.Row

_PATIENCE_MS = 5000
"""How long to wait for another process (import, invite) to end its own COMMIT."""

_KEPT_LOG = 16 * 2**20
"""Bytes that the log's file may go on taking once it was begun anew."""


ONLY_READS = ("SELECT", "WITH")
"""How a named query begins that changes nothing."""


class CommitFailed(Exception):
    """The statements went well, but the COMMIT did not (a full disk, say): nothing of the group is kept."""


class Line:
    """A connection as the parts of the store use it."""

    def __init__(
        self, conn: aiosqlite.Connection, direct: sqlite3.Connection, writer: "Line | None" = None
    ) -> None:
        """`direct` runs what is short, `conn` the rest in its thread: one or two.

        `writer`: asked in place of `direct` while it rests. It has in hand what it wrote; any other
        connection reads its pages anew after every COMMIT.
        """
        self._conn = conn
        self._direct = direct
        self._writer = writer
        self._hops = 0
        self._waiting: list[tuple[str, Params]] = []
        self._durable = True

    def later(self, sql: str, params: Params | None = None) -> None:
        """Runs it before whatever is asked next. Its failure fails that."""
        self._waiting.append((sql, params or {}))

    def forget(self, opening: str) -> bool:
        """Drops what waits, since the unit of work is undone. False if its `opening` had not even run."""
        begun = all(sql != opening for sql, _ in self._waiting)
        self._waiting.clear()
        return begun

    def promise(self, *, durable: bool) -> None:
        """Whether the next COMMIT waits for the disk, or only outlives this process. Between transactions."""
        if durable != self._durable:
            self._direct.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            self._durable = durable

    async def ask(self, sql: str, params: Params | None = None) -> list[Row]:
        """Runs what waits and then this; its rows."""
        if self._waiting:
            await self.flush()
        lent = self._writer.lent() if self._writer is not None and sql.startswith(ONLY_READS) else None
        try:
            return (lent or self._direct).execute(sql, params or {}).fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
        return await self._patiently(sql, params or {})

    def lent(self) -> sqlite3.Connection | None:
        """For one short question of another line: None while a transaction is open here, whose changes are
        nobody else's yet, or the thread has it.
        """
        return None if self._hops or self._direct.in_transaction else self._direct

    async def commit(self) -> None:
        """Waits for the disk. Raises CommitFailed."""
        await self.flush()
        try:
            await self._hop("COMMIT", {})
        except sqlite3.Error as error:
            raise CommitFailed(str(error)) from error

    def commit_here(self) -> None:
        """Where nothing durable was promised there is no wait, and so no hop. Raises CommitFailed."""
        try:
            self._direct.execute("COMMIT")
        except sqlite3.Error as error:
            raise CommitFailed(str(error)) from error

    def roll_back(self) -> None:
        """Undoes the transaction, if one has begun."""
        self._waiting.clear()
        if self._direct.in_transaction:
            self._direct.execute("ROLLBACK")

    async def ask_aside(self, sql: str, params: Params | None = None) -> list[Row]:
        """The same for what may read much: nothing else waits for it."""
        await self.flush()
        return await self._hop(sql, params or {})

    async def flush(self) -> None:
        """Runs what waits."""
        waiting, self._waiting = self._waiting, []
        for sql, params in waiting:
            await self.ask(sql, params)

    async def _patiently(self, sql: str, params: Params) -> list[Row]:
        """Another process is writing: waits for it where nobody waits with us."""
        await self._hop(f"PRAGMA busy_timeout = {_PATIENCE_MS}", {})
        try:
            return await self._hop(sql, params)
        finally:
            await self._hop("PRAGMA busy_timeout = 0", {})

    async def _hop(self, sql: str, params: Params) -> list[Row]:
        """In the thread. Cancelled, it leaves only when the thread is done."""
        self._hops += 1
        try:
            return list(await self._conn.execute_fetchall(sql, params))
        except asyncio.CancelledError:
            await self._thread_done()
            raise
        finally:
            self._hops -= 1

    async def _thread_done(self) -> None:
        """A statement cannot be called back: undoing before it has run would undo nothing and leave it."""
        passed = asyncio.ensure_future(self._conn.execute_fetchall("SELECT 1"))
        while not passed.done():
            try:
                await asyncio.shield(passed)
            except asyncio.CancelledError:
                continue  # the caller raises the first one as soon as this is known

    async def close(self) -> None:
        await self._conn.close()
        self._direct.close()


async def connect(path: Path, *pragmas: str) -> aiosqlite.Connection:
    """Opens the file; transactions are begun and ended by hand, by whichever thread has the turn."""
    conn = await aiosqlite.connect(path, isolation_level=None, check_same_thread=False)
    try:
        conn.row_factory = sqlite3.Row
        for pragma in pragmas:
            await conn.execute_fetchall(f"PRAGMA {pragma}")
    except BaseException:
        await conn.close()  # its thread would keep the process from ending
        raise
    return conn


def writing(conn: aiosqlite.Connection) -> Line:
    """A line whose long and short statements are of one transaction."""
    direct = conn._conn  # noqa: SLF001 - aiosqlite has no public name for it; its version is pinned
    direct.execute("PRAGMA busy_timeout = 0")
    direct.execute("PRAGMA wal_autocheckpoint = 0")  # not in the midst of a COMMIT
    direct.execute(f"PRAGMA journal_size_limit = {_KEPT_LOG}")
    return Line(conn, direct)


def reading(conn: aiosqlite.Connection, path: Path, writer: Line) -> Line:
    """A line that only reads what is committed; a long search on `conn` keeps no short question waiting."""
    direct = sqlite3.connect(path, isolation_level=None, timeout=0)
    direct.row_factory = sqlite3.Row
    direct.execute("PRAGMA query_only = ON")
    return Line(conn, direct, writer)
