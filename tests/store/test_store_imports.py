"""Which files of comments are not wholly in: told until they are, or until nobody means to go on."""

from datetime import UTC, datetime, timedelta

from bot.services.ports_outside import UnderWay
from bot.store.database import Database

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)


async def moved(database: Database, sha256: str, file: str, far: int, at: datetime = NOON) -> None:
    async with database.transaction() as tx:
        await tx.imports.moved(sha256, UnderWay(file, 160, far, at))


async def files(database: Database) -> list[tuple[str, int]]:
    return [(one.file, one.far) for one in await database.read.imports.under_way()]


async def test_the_corrected_file_settles_what_was_cut_off_under_the_same_name(database: Database) -> None:
    await moved(database, "wrong", "komentar.csv", 50)
    await moved(database, "other", "lain\ud800.csv", 10, NOON - timedelta(hours=1))
    await moved(database, "right", "komentar.csv", 50)
    await moved(database, "right", "komentar.csv", 100)
    assert await files(database) == [("lain\ufffd.csv", 10), ("komentar.csv", 50), ("komentar.csv", 100)]
    async with database.transaction() as tx:
        await tx.imports.over("right", "komentar.csv")
    assert await files(database) == [("lain\ufffd.csv", 10)]


async def test_what_nobody_goes_on_with_is_forgotten(database: Database) -> None:
    await moved(database, "old", "lama.csv", 50, NOON - timedelta(days=15))
    await moved(database, "new", "baru.csv", 50)
    async with database.transaction() as tx:
        await tx.imports.forget(NOON - timedelta(days=14))
    assert await files(database) == [("baru.csv", 50)]


def test_an_import_is_called_cut_off_only_when_it_says_nothing_for_a_minute() -> None:
    under_way = UnderWay("a.csv", 160, 50, NOON)
    assert [under_way.stands(NOON + timedelta(seconds=s)) for s in (15, 59, 60)] == [False, False, True]
