"""A short form of `python -m benchmarks.million`: the same town, so small that it proves no speed."""

from pathlib import Path

from benchmarks.million import measure, place
from benchmarks.million_town import History, fill
from bot.domain.case import CaseStatus
from bot.domain.search import Search, Term
from bot.store.database import open_database


async def test_the_towns_history_is_one_that_the_product_could_have_written(tmp_path: Path) -> None:
    """Every comment is found, the journal's chain holds, and what waits is the newest."""
    async with place(tmp_path) as at:
        now = at.clock.now()
    fill(tmp_path / "tanggap.db", History(600, now, open_share=0.05))
    async with place(tmp_path) as at:
        assert await at.database.read.journal.verify() == (1170, None)
        found = await at.searching.every(at.person, Search((Term("rt"),)), 1000)
        assert found == []
        while await at.searching.index.step():
            pass
        assert await at.searching.every(at.person, Search((Term("rt"),)), 1000) == list(range(600, 0, -1))
        counts = await at.database.read.cases.counts()
        assert counts[CaseStatus.CLOSED] > counts[CaseStatus.NEW] > 0
        assert min(case.id for case in await at.database.read.cases.queue(100)) > 570
    database = await open_database(tmp_path / "tanggap.db")
    await database.close()


async def test_all_that_is_measured_can_be_asked(tmp_path: Path) -> None:
    figures = await measure(300, tmp_path, rounds=1, turns=1)
    asked = {"/cari", "/antrean", "/status", "/laporan K-1", "one person's year", "a bite of the purge"}
    assert asked <= set(figures.took_ms)
    assert figures.intake > 0
    assert figures.memory_mb > 0
