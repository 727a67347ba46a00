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
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.assembly import Services, assemble
from bot.clock import FakeClock
from bot.domain.comment import Verdict
from bot.domain.incident import RunId
from bot.domain.people import Person, PersonId, Role
from bot.domain.steps import Checklist
from bot.files.config import load_settings
from bot.services.tap import Tap
from bot.services.triggers import Fired
from bot.store.database import Database, open_database

_EXAMPLE = Path(__file__).resolve().parent.parent / "config.example.yaml"
_START = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
_PLAYBOOK = "hoaks-viral"
_BURST_S, _IDLE_S, _YEAR_S = 5.0, 0.005, 60.0


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


async def burst(agency: _Agency, timers: int, profile: cProfile.Profile | None) -> tuple[int, float]:
    """So many runs were opened in the same second and nobody has answered: every ladder climbs at once."""
    for number in range(timers):
        await agency.open_run(number)
    agency.clock.advance(5 * 60 + 1)
    if profile is not None:
        profile.enable()
    began = time.perf_counter()
    fired = await agency.services.timers.tick()
    took = time.perf_counter() - began
    if profile is not None:
        profile.disable()
    left = sqlite3.connect(agency.path).execute(
        "SELECT count(*) FROM timer WHERE kind = 'escalate' AND done = 'fired'"
    )
    (done,) = left.fetchone()
    if done != timers:
        raise AssertionError(f"{timers} ladders should have climbed, {done} did")
    return fired, took


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


async def year(agency: _Agency, days: int) -> tuple[int, float]:
    """A crisis every day: called, taken after half an hour, worked on, closed; a tick every quarter hour."""
    began = time.perf_counter()
    fired = 0
    for day in range(days):
        run = await agency.open_run(day)
        for minute in range(0, 24 * 60, 15):
            agency.clock.advance(15 * 60)
            fired += await agency.services.timers.tick()
            await _work(agency, run, minute)
    return fired, time.perf_counter() - began


async def _work(agency: _Agency, run: int, minute: int) -> None:
    """One person takes it after half an hour and ticks everything by the evening; another closes it."""
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
    elif minute == 600:
        await incidents.resolve(agency.tap(closer, run, state.epoch), "reda")


def _line(what: str, figure: float, bar: float, unit: str = "s") -> bool:
    good = figure < bar
    sys.stdout.write(f"{what:<58} {figure:8.4f} {unit}   bar {bar} {unit}   {'ok' if good else 'MISSED'}\n")
    return good


async def measure(timers: int, days: int, profile: cProfile.Profile | None) -> bool:
    """Everything, one after the other."""
    good = True
    with tempfile.TemporaryDirectory(prefix="tanggap-timers-") as folder:
        async with _agency(Path(folder)) as agency:
            fired, took = await burst(agency, timers, profile)
            good &= _line(f"{fired:,} timers of as many runs, due in one second", took, _BURST_S)
            middle, slowest = await idle(agency)
            good &= _line("a tick with nothing due, beside their timers: p50", middle, _IDLE_S)
            good &= _line("  p99", slowest, _IDLE_S)
    with tempfile.TemporaryDirectory(prefix="tanggap-timers-") as folder:
        async with _agency(Path(folder)) as agency:
            fired, took = await year(agency, days)
            good &= _line(f"{days} days with a crisis each, {fired:,} timers", took, _YEAR_S)
    return good


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
