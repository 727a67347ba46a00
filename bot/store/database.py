"""Open, migrate, read, write. One connection writes; units of work share its commits.

Coroutines on one connection interleave, and a failing one would roll back its neighbours. So a
unit of work holds the connection's turn, the later ones of a group inside a SAVEPOINT, and
nobody learns of success before the COMMIT of the group.
"""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable
from operator import attrgetter
from pathlib import Path

import aiosqlite

from bot.domain.journal import link
from bot.store.adapter import named_queries
from bot.store.line import CommitFailed, Line, connect, reading, writing
from bot.store.part import Part
from bot.store.parts import Parts
from bot.store.write_back import WriteBack

log = logging.getLogger(__name__)
_GROUP = 100
_GROUP_BEGINS = "BEGIN IMMEDIATE"
_UNIT = "SAVEPOINT unit"
_MIGRATIONS = resources.files("bot.store") / "migrations"


class DatabaseUnusable(Exception):
    """The file cannot be used; the message says what to do (Indonesian)."""


@dataclass(eq=False)
class _Group:
    """Units of work that wait for one COMMIT."""

    durable: bool
    done: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    size: int = 0

    @property
    def has_room(self) -> bool:
        """What waits for the disk takes others along; what does not has nothing to share."""
        return self.durable and self.size < _GROUP


class Database:
    """The embedded store. `read` sees what is committed; `transaction()` is a unit of work."""

    def __init__(self, path: Path, writer: Line, reader: Line) -> None:
        self.path = path
        queries = named_queries()
        self.read = Parts(queries, reader)
        self._parts = Parts(queries, writer)
        self._writer = writer
        self._reader = reader
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._group: _Group | None = None
        self._rescue: asyncio.Future[None] | None = None
        self._committing: asyncio.Future[None] | None = None
        self._write_back = WriteBack(reader, self._alone)
        self._closed = False
        self._owned = False
        self._bells: list[tuple[Part, Callable[[], None]]] = []

    @asynccontextmanager
    async def transaction(self, *, durable: bool = True) -> AsyncIterator[Parts]:
        """All or nothing. Leaves only after the COMMIT; an exception inside undoes this unit alone.

        Not `durable`: it survives the end of this process, however that comes, but perhaps no power cut.
        """
        await self._queue_for_turn()
        try:
            group = self._begin(durable)
            inner = group.size > 0
            try:
                yield self._parts
                await self._end(inner)
            except BaseException:
                await self._undo(inner)
                raise
            group.size += 1
        finally:
            self._hand_on()
        await asyncio.shield(group.done)

    async def _queue_for_turn(self) -> None:
        self._waiting += 1
        try:
            await self._turn.acquire()
        except BaseException:
            # The unit before may have left the COMMIT to this one: somebody has to do it.
            self._rescue = asyncio.ensure_future(self._commit_what_waits())
            raise
        finally:
            self._waiting -= 1

    async def _commit_what_waits(self) -> None:
        await self._turn.acquire()
        self._hand_on()

    def _begin(self, durable: bool) -> _Group:
        if self._closed:
            raise RuntimeError("the database is closed")
        if self._group is None:
            self._writer.promise(durable=durable)
            self._writer.later(_GROUP_BEGINS)
            self._group = _Group(durable)
        else:
            self._writer.later(_UNIT)
        return self._group

    async def _end(self, inner: bool) -> None:
        """Whatever of this unit still waits runs now, so that its failure is its own."""
        if inner:
            await self._writer.ask("RELEASE unit")
        else:
            await self._writer.flush()

    async def _undo(self, inner: bool) -> None:
        if not inner:
            self._group = None
            self._writer.roll_back()
        elif self._writer.forget(_UNIT):
            self._writer.later("ROLLBACK TO unit")
            await self._writer.ask("RELEASE unit")

    def _hand_on(self) -> None:
        """Gives the turn to the next; first the COMMIT, when nobody queues or the group is large enough."""
        group = self._group
        if group is None or (self._waiting and group.has_room):
            self._turn.release()
            return
        if not group.durable:
            self._commit_here(group)
            self._turn.release()
            return
        # A task of its own: the unit that happens to come last may be cancelled, its neighbours' COMMIT not.
        self._committing = asyncio.ensure_future(self._commit(group))
        self._committing.add_done_callback(lambda _: self._turn.release())

    async def _commit(self, group: _Group) -> None:
        self._group = None
        try:
            await self._writer.commit()
        except BaseException as error:
            self._failed(group, error)
            if not isinstance(error, Exception):
                raise
        else:
            self._committed(group)

    def _commit_here(self, group: _Group) -> None:
        self._group = None
        try:
            self._writer.commit_here()
        except CommitFailed as error:
            self._failed(group, error)
        else:
            self._committed(group)

    def _failed(self, group: _Group, error: BaseException) -> None:
        group.done.set_exception(error)
        group.done.exception()  # seen here: who waits for it raises it
        self._writer.roll_back()

    def _committed(self, group: _Group) -> None:
        group.done.set_result(None)
        self._write_back.committed()
        self._ring()

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[Line | None]:
        """Nobody else writes meanwhile; None once closed."""
        async with self._turn:
            if self._group is not None:
                await self._commit(self._group)  # its last unit left it to one that comes after this
            yield None if self._closed else self._writer

    def _ring(self) -> None:
        for part, bell in self._bells:
            if part.touched:
                part.touched = False
                bell()

    def ring_on(self, part: str, bell: Callable[[], None]) -> None:
        """Calls `bell` after a commit that gave `part` (outbox, outbox.second, timers, inbox) work to do."""
        self._bells.append((attrgetter(part)(self._parts), bell))

    async def own(self) -> None:
        """The bot itself runs on it now: looks for damage if the last one did not stop cleanly.

        Commands beside a running bot open the file too; they neither look nor mark. Raises DatabaseUnusable.
        """
        async with self._turn:
            found = await self._writer.ask("SELECT value FROM meta WHERE key = 'clean_stop'")
            if found[0][0] != "yes":
                damage = (await self._writer.ask_aside("PRAGMA quick_check(1)"))[0][0]
                if damage != "ok":
                    raise DatabaseUnusable(
                        f"Basis data {self.path} rusak ({damage}). Pulihkan dari cadangan terakhir."
                    )
            await self._mark("no")
            self._owned = True

    async def _mark(self, clean: str) -> None:
        await self._writer.ask("UPDATE meta SET value = :clean WHERE key = 'clean_stop'", {"clean": clean})

    async def close(self) -> None:
        """Commits what waits. Once closed, closing it again does nothing."""
        async with self._alone() as writer:
            if writer is None:
                return
            self._closed = True
        await self._write_back.finish()
        if self._owned:
            await self._mark("yes")
        await self._writer.close()
        await self._reader.close()

    async def backup(self, target: Path) -> None:
        """A consistent copy beside the running database. Raises if `target` exists."""
        conn = await connect(
            self.path
        )  # the reader may not write, not even elsewhere, and has others to serve
        try:
            await conn.execute_fetchall("VACUUM INTO ?", (str(target),))
        finally:
            await conn.close()


async def open_database(path: Path, migrations: Traversable = _MIGRATIONS) -> Database:
    """Opens (creating and migrating as needed). Raises DatabaseUnusable."""
    path.parent.mkdir(parents=True, exist_ok=True)
    opened: list[aiosqlite.Connection] = []
    try:
        writer = await _connect(path, opened)
        await _migrate(writer, path, migrations)
        reader = await _connect(path, opened)
        await reader.execute_fetchall("PRAGMA query_only = ON")
    except BaseException as error:
        for conn in opened:
            await conn.close()
        if not isinstance(error, sqlite3.DatabaseError):
            raise
        raise DatabaseUnusable(
            f"Basis data {path} tidak dapat dibuka ({error}). Pulihkan dari cadangan terakhir."
        ) from error
    line = writing(writer)
    return Database(path, line, reading(reader, path, line))


async def _connect(path: Path, opened: list[aiosqlite.Connection]) -> aiosqlite.Connection:
    # secure_delete: what a purge drops is not to be read from the file's empty places.
    durable = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON")
    conn = await connect(path, "busy_timeout = 5000", *durable)
    opened.append(conn)
    await conn.create_function("chain", 2, link, deterministic=True)
    return conn


async def _migrate(conn: aiosqlite.Connection, path: Path, migrations: Traversable) -> None:
    have = next(iter(await conn.execute_fetchall("PRAGMA user_version")))[0]
    found = ((int(f.name[:4]), f) for f in migrations.iterdir() if f.name.endswith(".sql"))
    scripts = sorted(found, key=lambda script: script[0])
    newest = scripts[-1][0]
    if have > newest:
        raise DatabaseUnusable(
            f"Basis data {path} dibuat oleh versi Tanggap yang lebih baru. Perbarui Tanggap dahulu."
        )
    if 0 < have < newest:
        await _keep_copy(conn, path.with_name(f"{path.name}.sebelum-{have + 1:04d}"))
    for number, script in (one for one in scripts if one[0] > have):
        log.info("migrating %s to %s", path.name, script.name)
        sql = f"BEGIN IMMEDIATE;\n{script.read_text('utf-8')}\nPRAGMA user_version = {number};\nCOMMIT;"
        try:
            await conn.executescript(sql)
        except sqlite3.DatabaseError:
            await conn.rollback()
            raise


async def _keep_copy(conn: aiosqlite.Connection, copy: Path) -> None:
    """A migration that failed is tried again at the next start: its earlier copy must not stop it."""
    fresh = copy.with_name(f"{copy.name}.baru")
    fresh.unlink(missing_ok=True)
    await conn.execute_fetchall("VACUUM INTO ?", (str(fresh),))
    fresh.replace(copy)
