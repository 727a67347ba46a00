"""An inbox in SQLite as small as it can be, which can be told to fail. The product's own is in bot/store."""

import asyncio
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from bot.wire.ports import RawUpdate


class SqliteInbox:
    def __init__(self, path: Path) -> None:
        self.db = sqlite3.connect(path)
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = NORMAL")
        self.db.execute(
            "CREATE TABLE IF NOT EXISTS inbox (seq INTEGER PRIMARY KEY, id INTEGER UNIQUE, raw TEXT,"
            " state TEXT DEFAULT 'new', error TEXT DEFAULT '')"
        )
        self.db.execute("UPDATE inbox SET state = 'new' WHERE state = 'taken'")
        self.db.commit()
        self.fails = 0
        """How many calls from now on raise, as a full disk does."""
        self.fails_to_bury = 0
        self.commits = 0
        self.claims = 0
        self.commit_s = 0.001
        """How long marking as done takes; others run meanwhile."""
        self.noted: list[tuple[int, str]] = []

    async def put(self, updates: Sequence[RawUpdate]) -> int:
        self._may_fail()
        return await self.put_anyway(updates)

    async def put_anyway(self, updates: Sequence[RawUpdate]) -> int:
        before = self.db.total_changes
        with self.db:
            self.db.executemany(
                "INSERT INTO inbox (id, raw) VALUES (?, ?) ON CONFLICT (id) DO NOTHING",
                [(u.update_id, u.raw) for u in updates],
            )
        self.commits += 1
        return self.db.total_changes - before

    async def claim(self, limit: int) -> list[RawUpdate]:
        self.claims += 1
        self._may_fail()
        with self.db:
            rows = self.db.execute(
                "SELECT id, raw FROM inbox WHERE state = 'new' ORDER BY seq LIMIT ?", (limit,)
            ).fetchall()
            self._set("taken", [row[0] for row in rows])
        return [RawUpdate(*row) for row in rows]

    async def done(self, ids: Sequence[int]) -> None:
        await asyncio.sleep(self.commit_s)
        self._may_fail()
        with self.db:
            self._set("done", ids)
        self.commits += 1

    async def retry_later(self, update_id: int, error: str, /) -> None:
        self.noted.append((update_id, error))

    async def dead(self, update_id: int, error: str, /) -> None:
        if self.fails_to_bury > 0:
            self.fails_to_bury -= 1
            raise sqlite3.OperationalError("database or disk is full")
        with self.db:
            self._set("dead", [update_id], error)

    def states(self) -> dict[int, str]:
        return dict(self.db.execute("SELECT id, state FROM inbox ORDER BY seq").fetchall())

    def ids(self, state: str) -> list[int]:
        return [i for i, s in self.states().items() if s == state]

    def text(self, update_id: int, column: str) -> str:
        """The `raw` or the `error` of a row."""
        return str(self.db.execute(f"SELECT {column} FROM inbox WHERE id = ?", (update_id,)).fetchone()[0])  # noqa: S608  # a name from the test's own text

    def _set(self, state: str, ids: Sequence[int], error: str = "") -> None:
        self.db.executemany(
            "UPDATE inbox SET state = ?, error = ? WHERE id = ?", [(state, error, i) for i in ids]
        )

    def _may_fail(self) -> None:
        if self.fails > 0:
            self.fails -= 1
            raise sqlite3.OperationalError("database or disk is full")
