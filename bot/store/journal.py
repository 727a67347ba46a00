"""The audit chain. Triggers in the schema refuse to change or drop a line."""

from typing import Any

from bot.domain.journal import Entry, first_break
from bot.store import rows
from bot.store.part import Part

_PAGE = 1000


class Journal(Part):
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

    async def has(self, cause: str, action: str) -> bool:
        """Whether this very command did this already: a repeated update changes nothing twice."""
        return await self._sql.has_cause(self._conn, cause=cause, action=action) is not None

    async def about(self, subject: str) -> list[dict[str, Any]]:
        return [rows.fields_of(row) async for row in self._sql.entries_about(self._conn, subject=subject)]

    async def verify(self) -> tuple[int, int | None]:
        """How many lines were read, and the number of the first that does not fit (None: all do)."""
        chain: list[tuple[int, str, str]] = []
        last = 0
        while True:
            page = [tuple(row) async for row in self._sql.chain_after(self._conn, seq=last, limit_=_PAGE)]
            if not page:
                return len(chain), first_break(chain)
            chain.extend((int(seq), str(canonical), str(stored)) for seq, canonical, stored in page)
            last = chain[-1][0]
