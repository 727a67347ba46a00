"""One update becomes one card: what it costs and how long it takes, beside a plain python-telegram-bot bot.

    python -m benchmarks.throughput [--rate 50] [--seconds 20] [--rounds 3] [--burst 1000] [--profile F]

The bots run in turns, each as a process of its own, against one sandbox in this process, in one run. Tanggap
keeps every update, reads it with its classifier, opens a case, writes its journal and shows a card; of the
plain ones one echoes, the other sends a card of the same size with the same buttons, which is what the bar on
CPU is about: one update, one card. Quote the ratios, not the milliseconds. Exits with 1 when a bar is missed.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.crew import mark, marked
from benchmarks.everyday import comments
from benchmarks.processes import Died, Program, start
from benchmarks.town import Town, build, staff, welcomed
from bot.clock import SystemClock
from bot.sandbox import Message, Sandbox

CITIZENS = 20_000
_WARM_UP = 60
_UNLOADED = 60
_PATIENCE_S = 120.0

OURS, ECHO, CARD = "Tanggap", "PTB echo", "PTB card"
BARS = {"p99_unloaded_ms": 250.0, "start_s": 2.0, "memory_mb": 150.0}


@dataclass(slots=True)
class Run:
    """One life of one bot."""

    start_s: float
    unloaded_ms: list[float] = field(default_factory=list)
    paced_ms: list[float] = field(default_factory=list)
    paced_cpu_ms: float = 0.0
    burst_per_s: float = 0.0
    burst_cpu_ms: float = 0.0
    memory_mb: float = 0.0


@dataclass(slots=True)
class Watch:
    """Writes comments and notes when the message about each arrives at the sandbox."""

    town: Town
    texts: tuple[str, ...] = field(default_factory=comments)
    written: dict[int, float] = field(default_factory=dict)
    shown: dict[int, float] = field(default_factory=dict)
    _next: int = 0

    def notice(self, change: dict[str, object]) -> None:
        message = change.get("message")
        if not isinstance(message, Message) or message.chat_id != self.town.triage.id:
            return
        number = marked(message.text)
        if number is not None and change["kind"] == "message":
            self.shown.setdefault(number, time.perf_counter())

    def write(self) -> int:
        """A comment by somebody who has not written before."""
        number, self._next = self._next, self._next + 1
        town = self.town
        text = f"{self.texts[number % len(self.texts)]} {mark(number)}"
        self.written[number] = time.perf_counter()
        town.sandbox.world.comment(town.posts[number % len(town.posts)], town.citizens[number], text)
        return number

    async def all_shown(self, numbers: Sequence[int], program: Program) -> None:
        until = time.perf_counter() + _PATIENCE_S
        while missing := [number for number in numbers if number not in self.shown]:
            program.must_live()
            if time.perf_counter() > until:
                example = self.texts[missing[0] % len(self.texts)]
                said = f"{len(missing)} of {len(numbers)} comments have no message"
                raise Died(f"after {_PATIENCE_S:g} s {said}, for example: {example}")
            await asyncio.sleep(0.002)

    def took_ms(self, numbers: Sequence[int]) -> list[float]:
        return [(self.shown[n] - self.written[n]) * 1000 for n in numbers]

    async def at_rate(self, count: int, per_second: float, program: Program) -> list[int]:
        """`count` comments at even distances; returns when all are shown."""
        begun, numbers = time.perf_counter(), []
        for i in range(count):
            await asyncio.sleep(max(0.0, begun + i / per_second - time.perf_counter()))
            numbers.append(self.write())
        await self.all_shown(numbers, program)
        return numbers


async def life(watch: Watch, arguments: Sequence[str], chosen: argparse.Namespace) -> Run:
    """Starts a bot, measures it, stops it."""
    town = watch.town
    updates = town.sandbox.world.updates
    updates.allow([])
    program = await start(arguments, town.folder / "bot.log", town.environment)
    try:
        async with asyncio.timeout(_PATIENCE_S):
            while not updates.allowed:
                program.must_live()
                await asyncio.sleep(0.001)
        run = Run(start_s=time.monotonic() - program.started_at)
        await watch.at_rate(_WARM_UP, 20.0, program)
        run.unloaded_ms = watch.took_ms(await watch.at_rate(_UNLOADED, 8.0, program))
        count = int(chosen.rate * chosen.seconds)
        before = program.cpu_s()
        run.paced_ms = watch.took_ms(await watch.at_rate(count, chosen.rate, program))
        await asyncio.sleep(0.3)  # what follows a card is part of its price
        run.paced_cpu_ms = (program.cpu_s() - before) / count * 1000
        await _burst(watch, program, run, chosen.burst)
        run.memory_mb = program.memory_mb()[1]
        return run
    finally:
        await program.stop()


async def _burst(watch: Watch, program: Program, run: Run, count: int) -> None:
    before, begun = program.cpu_s(), time.perf_counter()
    await watch.all_shown([watch.write() for _ in range(count)], program)
    run.burst_per_s = count / (time.perf_counter() - begun)
    await asyncio.sleep(0.5)
    run.burst_cpu_ms = (program.cpu_s() - before) / count * 1000


async def measure(chosen: argparse.Namespace) -> dict[str, list[Run]]:
    """All in turns: Tanggap, the others, Tanggap, the others."""
    with tempfile.TemporaryDirectory(prefix="tanggap-throughput-") as folder:
        sandbox = Sandbox(SystemClock())
        async with sandbox.serve() as url:
            town = build(sandbox, url, Path(folder), CITIZENS)
            await staff(town)
            watch = Watch(town)
            ours = ["-m", "benchmarks.roomy", "--config", str(town.config)]
            echo = ["-m", "benchmarks.plain_ptb", "--api", url, "--chat", str(town.triage.id)]
            bots = {OURS: ours, ECHO: echo, CARD: [*echo, "--card"]}
            await _first_day(town, ours)
            if chosen.profile:
                bots = {OURS: [*ours, "--profile", str(chosen.profile)]}
            sandbox.world.listen(watch.notice)
            runs: dict[str, list[Run]] = {name: [] for name in bots}
            for number in range(chosen.rounds):
                for name, arguments in bots.items():
                    runs[name].append(await life(watch, arguments, chosen))
                    sys.stdout.write(f"{name} {number + 1}\n")
                    sys.stdout.flush()
                sys.stdout.write(f"round {number + 1} of {chosen.rounds}\n")
            return runs


async def _first_day(town: Town, ours: Sequence[str]) -> None:
    """Everybody is enrolled, the posts stand and are known."""
    program = await start(ours, town.folder / "bot.log", town.environment)
    try:
        await welcomed(town)
        town.publish()
        await town.sandbox.world.until(lambda: not len(town.sandbox.world.updates), 20)
        await asyncio.sleep(0.5)
    finally:
        await program.stop()


def percentile(values: Sequence[float], share: float) -> float:
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(len(ranked) * share))]


def summary(runs: Sequence[Run]) -> dict[str, float]:
    """Over all rounds: latencies pooled, the rest as the median round."""

    def median(name: str) -> float:
        return percentile([float(getattr(run, name)) for run in runs], 0.5)

    unloaded = [ms for run in runs for ms in run.unloaded_ms]
    paced = [ms for run in runs for ms in run.paced_ms]
    return {
        "cpu_ms_per_update": median("paced_cpu_ms"),
        "p50_paced_ms": percentile(paced, 0.5),
        "p99_paced_ms": percentile(paced, 0.99),
        "p50_unloaded_ms": percentile(unloaded, 0.5),
        "p99_unloaded_ms": percentile(unloaded, 0.99),
        "burst_per_s": median("burst_per_s"),
        "burst_cpu_ms_per_update": median("burst_cpu_ms"),
        "start_s": median("start_s"),
        "memory_mb": max(run.memory_mb for run in runs),
    }


def missed(ours: dict[str, float], plain: dict[str, float]) -> list[str]:
    """The bars that were not reached, in words."""
    found = [
        f"{name}: {ours[name]:.1f}, the bar is {bar:g}" for name, bar in BARS.items() if ours[name] > bar
    ]
    if ours["cpu_ms_per_update"] > plain["cpu_ms_per_update"]:
        found.append("CPU per update is above plain PTB's")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rate", type=float, default=50.0, help="comments per second")
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--burst", type=int, default=1_000)
    parser.add_argument(
        "--profile", type=Path, help="Tanggap alone, under cProfile; its figures are then no figures"
    )
    chosen = parser.parse_args()
    runs = asyncio.run(measure(chosen))
    if chosen.profile:
        return
    ours, echo, card = (summary(runs[name]) for name in (OURS, ECHO, CARD))
    sys.stdout.write(f"{'':26}{OURS:>10}{ECHO:>11}{'ratio':>8}{CARD:>11}{'ratio':>8}\n")
    for name, value in ours.items():
        beside = "".join(f"{other[name]:11.2f}{value / other[name]:8.2f}" for other in (echo, card))
        sys.stdout.write(f"{name:26}{value:10.2f}{beside}\n")
    faults = missed(ours, card)
    sys.stdout.write("\n".join(["All bars reached." if not faults else "Missed:", *faults]) + "\n")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
