"""A million comments kept: what the team asks for answers at once, and a new comment costs what it did.

    nice -n 19 python -m benchmarks.million [--sizes 10000,100000,1000000] [--each]

Builds a database for every size (a minute or two and 2 GB for a million), then asks the product's own
services in one process, with the shipped settings. Intake is measured in turns on an empty database and on
the full one.
Exits with 1 where a bar is missed.
"""

import argparse
import asyncio
import os
import resource
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from benchmarks.million_town import History, fill, words
from bot.assembly import Services, assemble
from bot.chat.wanted_search import wanted
from bot.clock import FakeClock
from bot.domain.comment import Author, Comment, Origin, Platform, Verdict
from bot.domain.incident import RunId
from bot.domain.people import Person, PersonId, Role, Zone
from bot.files.config import load_settings
from bot.files.settings import Settings
from bot.services.searching import Searching
from bot.services.tap import Tap
from bot.services.triggers import Fired
from bot.services.word_index import Spelling, WordIndex
from bot.store.database import Database, open_database
from bot.tidying import retention_of

_EXAMPLE = Path(__file__).resolve().parent.parent / "config.example.yaml"
_NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
_P99_MS, _INTAKE_SHARE, _MEMORY_MB = 300.0, 0.8, 500.0
_ROUNDS, _INTAKE = 25, 400
_FIRST = "the journal, once a start"
"""Read whole in the background after every start; the first report would wait for it."""
_SEARCHES = (
    "jalan", "air pdam", '"lampu jalan mati"', "banjir melati", "kenanga -banjir", "beras label:hoaks",
    "sampah status:baru", "dari:rina", "jalan dari:agus sejak:3h", "label:hoaks", "status:ditunda",
    "ban*", "taktertulis", "jalan air banjir", "sejak:kemarin", "blok 7a",
    "mohon segera label:spam status:ditunda", '"tolong dicek jangan"',
)  # fmt: skip


class _Reads:
    """The classifier has a benchmark of its own."""

    async def read(self, _text: str) -> Verdict:
        return Verdict(("complaint",), (), (("complaint", 0.9),), (), (), "built")


@dataclass(slots=True)
class Place:
    """An agency at work over one database."""

    database: Database
    services: Services
    settings: Settings
    clock: FakeClock
    person: Person
    causes: int = 0
    searching: Searching = field(init=False)

    def __post_init__(self) -> None:
        # The words are built in plain spelling; what the real one costs is told by itself.
        index = WordIndex(self.database, Spelling(str.lower, "built"), self.clock)
        self.searching = Searching(self.database, self.services.team, index)

    def tap(self) -> Tap:
        self.causes += 1
        return Tap(self.person, 0, 0, f"asked:{self.causes}", self.clock.now())


@asynccontextmanager
async def place(folder: Path) -> AsyncIterator[Place]:
    settings = load_settings(_EXAMPLE, {**os.environ, "TANGGAP_BOT_TOKEN": "1:x"})
    clock = FakeClock(_NOW)
    database = await open_database(folder / "tanggap.db")
    try:
        services = assemble(settings, database, _Reads(), clock)
        person = next(one for one in settings.persons.values() if Role.KOORDINATOR in one.roles)
        yield Place(database, services, settings, clock, person)
    finally:
        await database.close()


@dataclass(slots=True)
class Figures:
    """Milliseconds by what was asked; comments per second of processor time; megabytes."""

    size: int
    took_ms: dict[str, list[float]] = field(default_factory=dict)
    cpu_ms: dict[str, list[float]] = field(default_factory=dict)
    index_s: float = 0.0
    intake: float = 0.0
    intake_empty: float = 0.0
    intake_share: float = 0.0
    """The middle of the turns, each beside the empty one just before it: the machine's mood takes both."""
    memory_mb: float = 0.0
    file_mb: float = 0.0

    def p99(self, what: str) -> float:
        return _p99(self.took_ms[what])


def _p99(took: Sequence[float]) -> float:
    ranked = sorted(took)
    return ranked[min(len(ranked) - 1, int(len(ranked) * 0.99))]


async def _asked(figures: Figures, what: str, times: int, ask: Callable[[], Awaitable[object]]) -> None:
    for _ in range(times):
        begun, cpu = time.perf_counter(), time.process_time()
        await ask()
        figures.took_ms.setdefault(what, []).append((time.perf_counter() - begun) * 1000)
        figures.cpu_ms.setdefault(what, []).append((time.process_time() - cpu) * 1000)


async def ask(at: Place, figures: Figures, rounds: int) -> None:
    """All that somebody may ask for in a chat, in turns."""
    services = at.services
    day, month, year = timedelta(days=1), timedelta(days=30), timedelta(days=365)
    me = PersonId(at.person.id)
    for text in _SEARCHES:
        search = wanted(text, at.clock.now(), Zone.WIB)
        await _asked(figures, "/cari", rounds, lambda search=search: at.searching.find(at.tap(), search))  # type: ignore[misc]  # the loop's own value
        if "--each" in sys.argv:
            slow = max(figures.cpu_ms["/cari"][-rounds:])
            sys.stdout.write(f"    {text:45}{slow:9.1f} ms of CPU\n")
    page = await at.searching.find(at.tap(), wanted("jalan", at.clock.now(), Zone.WIB))
    await _asked(figures, "a page of /cari", rounds, lambda: at.searching.turn(at.tap(), page.search, 1))
    await _asked(figures, "/antrean", rounds, lambda: services.triage.queue(at.tap()))
    await _asked(figures, "the live board", rounds, services.board.live)
    await _asked(figures, "/status", rounds, lambda: services.board.status(at.tap()))
    now = at.clock.now()
    reports, record = services.after.reports, services.after.contributions
    await _asked(figures, "/laporan 30 hari", rounds, lambda: reports.read_period(at.tap(), now - month, now))
    await _asked(figures, "one person's day", rounds, lambda: record.read(at.tap(), me, now - day, now))
    await _asked(figures, "one person's year", rounds, lambda: record.read(at.tap(), me, now - year, now))
    run = await _incident(at)
    await _asked(figures, _FIRST, 1, lambda: at.database.read.journal.verify(anew=False))
    await _asked(figures, "/laporan K-1", rounds, lambda: reports.read_run(at.tap(), run))
    retention = retention_of(at.settings, at.database, at.clock)
    await _asked(figures, "an hour's purge, idle", 5, retention.step)


async def purge(at: Place, figures: Figures) -> None:
    """A year later: bites of what is due, and the index written anew after them."""
    retention = retention_of(at.settings, at.database, FakeClock(_NOW + timedelta(days=365)))
    await _asked(figures, "a bite of the purge", 20, retention.step)
    index = at.searching.index
    while (await at.database.read.words.state()).dirty:
        await _asked(figures, "a bite of sweeping", 1, index.sweep)


async def _incident(at: Place) -> RunId:
    """One that two thousand comments belong to."""
    book = at.services.incidents.book
    playbook = next(one for one in book.playbooks if one.id == "hoaks-viral")
    fired = Fired("hoaks-viral/measured", "manual case=-", True, ())
    async with at.database.transaction() as tx:
        run = await book.open(tx, playbook, fired, None, "measured", drill=False)
        for kept in await tx.comments.since(at.clock.now() - timedelta(days=30), 2000):
            await tx.runs.add_evidence(RunId(run), kept.id, "ab" * 32, at.clock.now())
    return RunId(run)


def _comment(number: int, now: datetime) -> Comment:
    return Comment(
        Origin(Platform.TELEGRAM_DISCUSSION, f"-1001/{number % 500}", f"n{number}"),
        Author(f"tg:n{number}", "Warga Baru"),
        words(number),
        now,
        now,
        link=f"https://t.me/c/1001/{number}",
    )


async def intake(at: Place, first: int) -> float:
    """Comments per second of processor time, the index kept beside."""
    begun = time.process_time()
    for number in range(first, first + _INTAKE):
        at.clock.advance(1)
        await at.services.intake.receive(_comment(number, at.clock.now()), f"new:{number}")
        if number % 100 == 0:
            await at.searching.index.step()
    return _INTAKE / (time.process_time() - begun)


async def measure(size: int, folder: Path, rounds: int = _ROUNDS, turns: int = 9) -> Figures:
    """Builds, asks, and takes new comments in turns with an empty town."""
    figures = Figures(size)
    full, empty = folder / "full", folder / "empty"
    async with place(full):
        pass
    fill(full / "tanggap.db", History(size, _NOW))
    async with place(full) as at, place(empty) as other:
        begun = time.process_time()
        while await at.searching.index.step():
            pass
        figures.index_s = time.process_time() - begun
        await at.services.clusters.load()
        # Before anything is asked: that opens an incident here, and in one each comment has more to look at.
        firsts = [10_000_000 + turn * _INTAKE for turn in range(turns)]
        speeds = [(await intake(other, first), await intake(at, first)) for first in firsts]
        figures.intake_empty, figures.intake = (median(one) for one in zip(*speeds, strict=True))
        figures.intake_share = median(there / empty for empty, there in speeds)
        await ask(at, figures, rounds)
        await purge(at, figures)
    figures.file_mb = (full / "tanggap.db").stat().st_size / 1e6
    figures.memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return figures


def missed(figures: Figures) -> list[str]:
    """The bars that were not reached, in words."""
    asked = (what for what in figures.took_ms if what != _FIRST)
    found = [f"{what}: {figures.p99(what):.0f} ms" for what in asked if figures.p99(what) > _P99_MS]
    if figures.intake_share < _INTAKE_SHARE:
        found.append(f"intake: {figures.intake_share:.2f} of its speed on an empty database")
    if figures.memory_mb > _MEMORY_MB:
        found.append(f"memory: {figures.memory_mb:.0f} MB")
    return found


def report(figures: Figures) -> None:
    """Medians beside the slow end."""
    sys.stdout.write(f"\n{figures.size:,} comments, {figures.file_mb:,.0f} MB\n")
    for what, took in figures.took_ms.items():
        middle = sorted(took)[len(took) // 2]
        cpu = _p99(figures.cpu_ms[what])
        sys.stdout.write(f"  {what:24}{middle:9.1f} ms{figures.p99(what):9.1f} p99{cpu:9.1f} p99 of CPU\n")
    sys.stdout.write(f"  index built in {figures.index_s:.0f} s of CPU\n")
    sys.stdout.write(
        f"  intake {figures.intake:.0f}/s of CPU, empty {figures.intake_empty:.0f}/s,"
        f" turn by turn {figures.intake_share:.2f} of it\n"
    )
    sys.stdout.write(f"  memory {figures.memory_mb:.0f} MB at most\n")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--each", action="store_true", help="the slowest answer to every search")
    chosen = parser.parse_args(arguments)
    faults: list[str] = []
    for size in (int(one) for one in chosen.sizes.split(",")):
        with tempfile.TemporaryDirectory(prefix="tanggap-million-") as folder:
            figures = asyncio.run(measure(size, Path(folder)))
        report(figures)
        faults += [f"{size:,}: {fault}" for fault in missed(figures)]
    sys.stdout.write("\n".join(["", "Missed:", *faults] if faults else ["", "All bars reached."]) + "\n")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
