"""The audit chain. Triggers in the schema refuse to change or drop a line."""

import asyncio
import hmac
from typing import Any

from bot.domain.journal import GENESIS, Entry, first_break
from bot.store import rows
from bot.store.part import Part

_PAGE = 1000
_READ_AT_ONCE = 20_000
"""Lines, for every report: a tenth of a second."""


class Journal(Part):
    _known = (0, 0, GENESIS)
    """How many lines were found to fit in this process, the last one's number and hash."""

    async def write(self, entry: Entry) -> None:
        await self._sql.write_entry(
            self._conn,
            at=rows.seconds(entry.at),
            actor=entry.actor,
            action=entry.action,
            subject=entry.subject,
            cause=entry.cause,
            canonical=entry.canonical(),
        )

    async def pseudonym(self, account: str) -> str:
        """A name that is always the same for this account here, and tells nothing elsewhere."""
        pepper = await self._sql.get_meta(self._conn, key="pepper")
        return "stranger:" + hmac.new(str(pepper).encode(), account.encode(), "sha256").hexdigest()[:16]

    async def has(self, cause: str, action: str) -> bool:
        """Whether this very command did this already: a repeated update changes nothing twice."""
        return await self._sql.has_cause(self._conn, cause=cause, action=action) is not None

    async def was_done(self, cause: str, actor: str) -> bool:
        """Whether this person's very command did something already."""
        return await self._sql.was_done(self._conn, cause=cause, actor=actor) is not None

    async def about(self, subject: str) -> list[dict[str, Any]]:
        return [rows.fields_of(row) async for row in self._sql.entries_about(self._conn, subject=subject)]

    async def details(self, subject: str, action: str) -> list[Entry]:
        """The lines that say this of it, the oldest first."""
        found = self._sql.entries_of(self._conn, subject=subject, action=action)
        return [
            Entry(rows.at(r["at"]), r["actor"], action, subject, r["cause"], rows.from_json(r["detail"]))
            async for r in found
        ]

    async def length(self) -> int:
        """The number of its last line."""
        return await self._sql.journal_length(self._conn) or 0

    async def since(self, line: int, action: str) -> list[str]:
        """The subjects to which this was done after this line, by whatever process."""
        found = self._sql.subjects_since(self._conn, seq=line, action=action)
        return [row["subject"] async for row in found]

    async def verify(self, *, anew: bool = True) -> tuple[int, int | None]:
        """How many lines were read, and the number of the first that does not fit (None: all do).

        Not `anew`: of a long one, what this process has read before counts as read, as long as its last line
        still stands; the bot reads all of it every hour.
        A whole new chain written over the old one is beyond it: that takes a witness outside.
        """
        promised = await self._sql.journal_length(self._conn) or 0
        read, last, head = (0, 0, GENESIS) if anew or promised <= _READ_AT_ONCE else await self._read_before()
        broken = None
        while page := [row async for row in self._sql.chain_after(self._conn, seq=last, limit_=_PAGE)]:
            if broken is None:
                broken = first_break(map(_told, page), head)
            read, last, head = read + len(page), page[-1]["seq"], page[-1]["hash"]
            await asyncio.sleep(0)  # a report asks while the bot works: whoever waits goes in between
        if broken is None and last < promised:
            broken = last + 1
        self._known = (read, last, head) if broken is None else (0, 0, GENESIS)
        return read, broken

    async def _read_before(self) -> tuple[int, int, str]:
        read, last, head = self._known
        line = [row async for row in self._sql.chain_after(self._conn, seq=last - 1, limit_=1)]
        stands = bool(line) and (line[0]["seq"], line[0]["hash"]) == (last, head)
        return (read, last, head) if stands else (0, 0, GENESIS)


def _told(row: Any) -> tuple[int, str, str]:
    """A line; one whose columns say another thing than its canonical text has none that fits."""
    return row["seq"], row["canonical"] if row["agrees"] else "", row["hash"]
