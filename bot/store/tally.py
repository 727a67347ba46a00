"""Comments counted in buckets of five minutes, per label, topic and cluster."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.case import CaseId
from bot.domain.spike import BUCKET
from bot.store import rows
from bot.store.part import Part

_SECONDS = int(BUCKET.total_seconds())


class Tally(Part):
    async def count(self, keys: Iterable[str], bucket: int) -> None:
        """One comment more under each key."""
        for key in keys:
            await self._sql.count_comment(self._conn, key=key, bucket=bucket)

    async def keys(self, since: int) -> list[str]:
        """What was written about since this bucket."""
        return [row["key"] async for row in self._sql.tally_keys(self._conn, since=since)]

    async def of(self, key: str, first: int, last: int) -> list[int]:
        """A count per bucket, both ends included; none is 0."""
        found = self._sql.tally_of(self._conn, key=key, first=first, last=last)
        counts = {row["bucket"]: int(row["n"]) async for row in found}
        return [counts.get(bucket, 0) for bucket in range(first, last + 1)]

    async def grown(self, since: int, least: int) -> list[CaseId]:
        """The clusters that at least so many joined since this bucket, but for what an import brought."""
        oldest = await self._sql.oldest_case_since(self._conn, since=since * _SECONDS)
        if oldest is None:
            return []
        found = self._sql.grown_clusters(self._conn, oldest=oldest, since=since * _SECONDS, least=least)
        return [CaseId(row["lead"]) async for row in found]

    async def of_cluster(self, lead: CaseId, first: int, last: int) -> list[int]:
        """Who joined this cluster, by bucket, both ends included."""
        found = self._sql.cluster_growth(
            self._conn, lead=lead, width=_SECONDS, since=first * _SECONDS, until=(last + 1) * _SECONDS
        )
        counts = {row["bucket"]: int(row["n"]) async for row in found}
        return [counts.get(bucket, 0) for bucket in range(first, last + 1)]

    async def first(self) -> int | None:
        """The oldest bucket that is kept."""
        found: int | None = await self._sql.first_bucket(self._conn)
        return found

    async def forget(self, before: int) -> None:
        await self._sql.forget_tally(self._conn, before=before)
        await self._sql.forget_spikes(self._conn, before=before * _SECONDS)

    async def told(self, key: str) -> datetime | None:
        """When people last heard of a spike of this."""
        return rows.moment(await self._sql.spike_at(self._conn, key=key))

    async def tell(self, key: str, now: datetime) -> None:
        await self._sql.note_spike(self._conn, key=key, at=rows.seconds(now))
