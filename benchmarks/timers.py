"""The clockwork under load: ten thousand timers in one second, a tick with nothing to do, a year in a minute.

    python -m benchmarks.timers [--timers 10000] [--days 365] [--quick] [--profile ticks.prof]

The product's own services on a database of their own, with the shipped settings and a clock that is moved by
hand. Nothing is sent. Exits with 1 where a bar is missed.
"""

import argparse
import asyncio
import cProfile
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.assembly import Services, assemble
from bot.clock import FakeClock
from bot.domain.comment import Verdict
from bot.domain.incident import RunId
from bot.domain.people import Person, PersonId, Role
from bot.domain.playbook import Playbook, Step
from bot.domain.steps import Checklist, Item
from bot.files.config import load_settings
from bot.services.incidents import Incidents
from bot.services.people import Directory
from bot.services.run_book import RunBook
from bot.services.tap import Tap
from bot.services.timers import Timers
from bot.services.triggers import Fired
from bot.store.database import Database, open_database

_EXAMPLE = Path(__file__).resolve().parent.parent / "config.example.yaml"
_START = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
_PLAYBOOK = "hoaks-viral"
_BURST_S, _IDLE_S, _YEAR_S = 5.0, 0.005, 60.0
_ITEMS = 20


class _NothingToRead:
    """No comment comes in here."""

    async def read(self, text: str) -> Verdict:
        raise LookupError(text)


@dataclass(slots=True)
class _Agency:
    """The services, the clock in their hands, and everybody reachable."""

    database: Database
    services: Services
    clock: FakeClock
    path: Path
    people: Mapping[PersonId, Person]
    presses: int = 0

    async def open_run(self, number: int) -> int:
        """A run of a matter of its own."""
        book = self.services.incidents.book
        playbook = next(one for one in book.playbooks if one.id == _PLAYBOOK)
        fired = Fired(f"{_PLAYBOOK}/measured:{number}", "manual case=-", True, ())
        async with self.database.transaction(durable=False) as tx:
            return await book.open(tx, playbook, fired, None, f"measured:{number}", drill=False)

    def tap(self, person: str, run: int, epoch: int) -> Tap:
        self.presses += 1
        return Tap(self.people[PersonId(person)], run, epoch, f"press:{self.presses}", self.clock.now())


@asynccontextmanager
async def _agency(folder: Path) -> AsyncIterator[_Agency]:
    settings = load_settings(_EXAMPLE, {**os.environ, "TANGGAP_BOT_TOKEN": "1:x"})
    clock = FakeClock(_START)
    database = await open_database(folder / "tanggap.db")
    try:
        services = assemble(settings, database, _NothingToRead(), clock)
        async with database.transaction() as tx:
            for number, person in enumerate(settings.persons):
                await tx.people.link(person, 1000 + number, clock.now())
        yield _Agency(database, services, clock, folder / "tanggap.db", settings.persons)
    finally:
        await database.close()


@dataclass(frozen=True, slots=True)
class _Took:
    """Seconds on the wall, and of this process."""

    fired: int
    wall: float
    cpu: float


async def _timed(tick: Callable[[], Awaitable[int]], profile: cProfile.Profile | None = None) -> _Took:
    if profile is not None:
        profile.enable()
    wall, cpu = time.perf_counter(), time.process_time()
    fired = await tick()
    took = _Took(fired, time.perf_counter() - wall, time.process_time() - cpu)
    if profile is not None:
        profile.disable()
    return took


def _with_items(playbook: Playbook, items: int) -> Playbook:
    """The same, with one list of so many things that are all due after ten minutes."""
    due = tuple(Item(f"i{number}", "Butir", timedelta(minutes=10)) for number in range(items))
    step = Step("daftar", "Daftar", Checklist(due))
    return replace(playbook, steps=(step,), sha256="c" * 64, source_text="measured")


async def items(agency: _Agency, runs: int, each: int, profile: cProfile.Profile | None = None) -> _Took:
    """Things that are due in the same second: so many on the list of every run."""
    services = agency.services
    shipped = next(one for one in services.incidents.book.playbooks if one.id == _PLAYBOOK)
    playbook, words = _with_items(shipped, each), services.incidents.book.words
    book = RunBook(
        agency.database, services.oncall, (playbook,), lambda _: playbook, words, clock=agency.clock
    )
    incidents = Incidents(agency.database, services.team, Directory({}), book, agency.clock)
    clockwork = Timers(agency.database, services.triage, services.approvals, incidents, agency.clock)
    for number in range(runs):
        fired = Fired(f"measured/{number}", "manual case=-", True, ())
        async with agency.database.transaction(durable=False) as tx:
            await book.open(tx, playbook, fired, None, f"measured:{number}", drill=False)
    # The ladders climb before, so that only the items are left for the second that is measured.
    agency.clock.advance(9 * 60 + 59)
    await clockwork.tick()
    agency.clock.advance(1)
    async with agency.database.transaction() as tx:
        for number in range(runs):
            await tx.timers.cancel(f"run:{number + 1}", "escalate")
    took = await _timed(clockwork.tick, profile)
    _must_have_fired(agency, "due", runs * each)
    return took


async def ladders(agency: _Agency, timers: int) -> _Took:
    """So many runs were opened in the same second and nobody has answered: every ladder climbs at once."""
    for number in range(timers):
        await agency.open_run(number)
    agency.clock.advance(5 * 60 + 1)
    took = await _timed(agency.services.timers.tick)
    _must_have_fired(agency, "escalate", timers)
    return took


def _must_have_fired(agency: _Agency, kind: str, timers: int) -> None:
    reader = sqlite3.connect(agency.path)
    found = reader.execute("SELECT count(*) FROM timer WHERE kind = ? AND done = 'fired'", (kind,))
    (done,) = found.fetchone()
    reader.close()
    if done < timers:
        raise AssertionError(f"{timers} timers should have fired, {done} did")


async def idle(agency: _Agency, ticks: int = 300) -> tuple[float, float]:
    """A tick with nothing due, beside whatever timers wait: the middle one and the slowest of a hundred."""
    took = []
    for _ in range(ticks):
        began = time.perf_counter()
        fired = await agency.services.timers.tick()
        took.append(time.perf_counter() - began)
        if fired:
            raise AssertionError("something was due after all")
    return statistics.median(took), statistics.quantiles(took, n=100)[98]


_WEEK = 7 * 24 * 60
_DEEDS = (30, 45, 60, 75, 90, 105, 180, *range(24 * 60, _WEEK + 1, 60))
"""The minutes of a week at which people do something, or a quiet hour ends."""


async def year(agency: _Agency, days: int) -> tuple[int, float]:
    """A crisis every week: called, taken after half an hour, worked on, closed. The clock goes from timer to
    timer, as the product's own loop sleeps, and through the quiet hours one by one.
    """
    began = time.perf_counter()
    fired = 0
    for week in range(days // 7):
        morning = agency.clock.now()
        run = await agency.open_run(week)
        for minute in _DEEDS:
            fired += await _until(agency, morning + timedelta(minutes=minute))
            await _work(agency, run, minute)
    return fired, time.perf_counter() - began


async def _until(agency: _Agency, moment: datetime) -> int:
    """Every timer that is due by then, at its own time."""
    fired = 0
    while (due := await agency.database.read.timers.next_due()) is not None and due <= moment:
        agency.clock.advance(max(0.0, (due - agency.clock.now()).total_seconds()))
        fired += await agency.services.timers.tick()
    agency.clock.advance((moment - agency.clock.now()).total_seconds())
    return fired + await agency.services.timers.tick()


async def _work(agency: _Agency, run: int, minute: int) -> None:
    """One person takes it after half an hour and ticks what there is; another closes it after three hours."""
    incidents = agency.services.incidents
    state = await incidents.state(RunId(run))
    if not state.phase.going_on:
        return
    closer = next(one.id for one in agency.people.values() if Role.KOORDINATOR in one.roles)
    if minute == 30:
        await incidents.acknowledge(agency.tap(state.calling[0], run, state.epoch))
    elif minute in {45, 60, 75, 90, 105}:
        for place, step in enumerate(state.playbook.steps):
            items = step.uses.items if isinstance(step.uses, Checklist) else ()
            kept = state.step_run(step.id)
            for number, item in enumerate(items):
                if kept is not None and kept.state == "waiting" and kept.tick_of(item.id) is None:
                    await incidents.tick(agency.tap(closer, run, state.epoch), place, number)
    elif minute == 180:
        await incidents.resolve(agency.tap(closer, run, state.epoch), "reda")


def _line(what: str, figure: float, bar: float | None, cpu: float | None = None) -> bool:
    good = bar is None or figure < bar
    own = f"  cpu {cpu:7.2f} s" if cpu is not None else ""
    verdict = "" if bar is None else f"  bar {bar} s  {'ok' if good else 'MISSED'}"
    sys.stdout.write(f"{what:<60} {figure:9.4f} s{own}{verdict}\n")
    sys.stdout.flush()
    return good


async def measure(timers: int, days: int, profile: cProfile.Profile | None) -> bool:
    """Everything, one after the other, each on a database of its own."""
    good = True
    async with _fresh() as agency:
        took = await items(agency, timers // _ITEMS, _ITEMS, profile)
        what = f"{took.fired:,} timers of {timers // _ITEMS:,} runs in one second"
        good &= _line(what, took.wall, _BURST_S, took.cpu)
    async with _fresh() as agency:
        took = await items(agency, timers, 1)
        what = f"{took.fired:,} reminders of as many runs in one second"
        good &= _line(what, took.wall, _BURST_S, took.cpu)
    async with _fresh() as agency:
        took = await ladders(agency, timers)
        _line(f"{took.fired:,} ladders of as many runs in one second", took.wall, None, took.cpu)
        middle, slowest = await idle(agency)
        good &= _line("a tick with nothing due, beside their timers: p50", middle, _IDLE_S)
        good &= _line("  p99", slowest, _IDLE_S)
    async with _fresh() as agency:
        cpu = time.process_time()
        fired, wall = await year(agency, days)
        what = f"{days} days with a crisis every week, {fired:,} timers"
        good &= _line(what, wall, _YEAR_S, time.process_time() - cpu)
    return good


@asynccontextmanager
async def _fresh() -> AsyncIterator[_Agency]:
    with tempfile.TemporaryDirectory(prefix="tanggap-timers-") as folder:
        async with _agency(Path(folder)) as agency:
            yield agency


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--timers", type=int, default=10_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--quick", action="store_true", help="A tenth of everything.")
    parser.add_argument("--profile", type=Path)
    chosen = parser.parse_args()
    share = 10 if chosen.quick else 1
    profile = cProfile.Profile(time.thread_time) if chosen.profile else None
    good = asyncio.run(measure(chosen.timers // share, chosen.days // share, profile))
    if profile is not None:
        profile.dump_stats(chosen.profile)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
