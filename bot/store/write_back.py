"""Brings the write-ahead log into the database file, now and then, so that it never grows without end."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from bot.store.line import Line

log = logging.getLogger(__name__)
_EVERY = 100
"""COMMITs. A comment changes some forty pages, so these are about sixteen megabytes of log."""
_LONG = 2_000
"""Pages. A log as long as this is begun anew."""
_CHECKPOINT = "PRAGMA wal_checkpoint(PASSIVE)"


class WriteBack:
    """Beside the work and not within a COMMIT.

    While others write on, the end of the log is never reached, and only a log that was brought back to its
    end begins anew. So what came meanwhile is brought back in a moment in which nobody writes.
    """

    def __init__(self, reader: Line, alone: Callable[[], AbstractAsyncContextManager[Line | None]]) -> None:
        """`alone`: while inside, nobody else writes. Gives the line to write on; None once all is closed."""
        self._reader = reader
        self._alone = alone
        self._commits = 0
        self._task: asyncio.Future[None] | None = None

    def committed(self) -> None:
        """There was another COMMIT."""
        self._commits += 1
        if self._commits % _EVERY == 0 and (self._task is None or self._task.done()):
            self._task = asyncio.ensure_future(self._bring_back())

    async def finish(self) -> None:
        """Waits for what is under way. Not within `alone`."""
        if self._task is not None:
            await asyncio.wait({self._task})

    async def _bring_back(self) -> None:
        try:
            found = await self._reader.ask_aside(_CHECKPOINT)
            if found[0]["log"] < _LONG:
                return
            async with self._alone() as writer:
                if writer is not None:
                    await writer.ask_aside(_CHECKPOINT)
        except sqlite3.Error:
            # A full disk, say: the log keeps everything, and the next time brings it back.
            log.exception("the log cannot be brought back now")
