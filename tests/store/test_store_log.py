"""The write-ahead log begins anew while others write on, and so never takes the disk."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from fakes import MORNING

from bot.store.database import Database

MB = 2**20
RAW = "x" * 40_000


def log_of(path: Path) -> float:
    return path.with_name(f"{path.name}-wal").stat().st_size / MB


async def raid(database: Database, first: int, count: int, *, durable: bool = False) -> None:
    """So many units of work one after the other, without a breath between them."""
    for number in range(first, first + count):
        async with database.transaction(durable=durable) as tx:
            await tx.inbox.keep(number, RAW, MORNING)
        await asyncio.sleep(0)


async def test_a_raid_of_a_hundred_megabytes_leaves_a_short_log(
    database: Database, database_path: Path
) -> None:
    longest = 0.0
    for first in range(0, 2_500, 250):
        await raid(database, first, 250, durable=first % 500 == 0)
        longest = max(longest, log_of(database_path))
    assert longest < 64
    assert (await database.read.inbox.health()).pending == 2_500


async def test_what_a_long_look_held_up_is_made_good_when_it_is_over(
    database: Database, database_path: Path
) -> None:
    with closing(sqlite3.connect(database_path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM inbox").fetchall()
        await raid(database, 0, 1_000)
        assert log_of(database_path) > 30, "what is being read cannot be written over"
        other.execute("COMMIT")
    # A slow disk may need more work than this machine's: the log is given back while it goes on.
    for first in range(1_000, 6_000, 500):
        await raid(database, first, 500)
        if log_of(database_path) <= 17:
            return
    raise AssertionError(f"the file keeps its place: {log_of(database_path):.0f} MB")


async def test_closing_in_the_midst_of_it_waits_for_nobody(database: Database) -> None:
    units = [asyncio.create_task(raid(database, number * 300, 300)) for number in range(3)]
    await asyncio.sleep(0.2)
    await asyncio.wait_for(database.close(), timeout=20)
    ended = await asyncio.gather(*units, return_exceptions=True)
    assert all(isinstance(one, RuntimeError) or one is None for one in ended)
