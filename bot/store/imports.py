"""Files of comments that are coming in, or were cut off on their way."""

from datetime import datetime

from bot.services.ports_outside import UnderWay
from bot.store import rows
from bot.store.part import Part


class Imports(Part):
    async def moved(self, sha256: str, under_way: UnderWay) -> None:
        """So far it is now."""
        await self._sql.import_moved(
            self._conn,
            sha256=sha256,
            file=rows.storable(under_way.file),
            comments=under_way.comments,
            far=under_way.far,
            moved_at=rows.seconds(under_way.moved_at),
        )

    async def over(self, sha256: str, file: str) -> None:
        """All of it is in, and with it what came under the same name."""
        await self._sql.import_over(self._conn, sha256=sha256, file=rows.storable(file))

    async def under_way(self) -> list[UnderWay]:
        """Every file that is not wholly in, the one that has stood still for longest first."""
        found = self._sql.imports_under_way(self._conn)
        return [
            UnderWay(row["file"], row["comments"], row["far"], rows.at(row["moved_at"]))
            async for row in found
        ]

    async def forget(self, before: datetime) -> None:
        """Nobody has gone on with these since then."""
        await self._sql.forget_imports(self._conn, before=rows.seconds(before))
