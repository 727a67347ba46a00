"""A viral day, or a raid, over the sandbox with Telegram's limits on, in real time.

    python -m benchmarks.viral [--comments 10000] [--minutes 10]
    python -m benchmarks.viral --raid 100000

The bot is a process of its own, started as the product starts it, at its real pace. The viral day brings
copies of twelve matters, all sorts, emergencies and one person in despair, evenly over the minutes; nobody in
the team presses anything meanwhile, which is the hardest case for the group. The raid brings junk at once,
with emergencies in its midst; there an emergency's clock starts when Telegram hands it out, a hundred updates
a call, since before that nobody can see it. Exits with 1 when a bar is missed.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.processes import Program, start
from benchmarks.throughput import percentile
from benchmarks.town import Town, build, staff, welcomed
from benchmarks.viral_crowd import Kind, Said, raid, viral_day
from benchmarks.viral_peer import hours_of_one_card_each
from benchmarks.viral_watch import Kept, Watch, kept, taken_in
from bot.clock import SystemClock
from bot.sandbox import Limits, Sandbox

BOARD_S, PAGE_S, A_MINUTE, CARDS, MEMORY_MB = 5.0, 2.0, 18, 40, 500.0
_WELCOME_MINUTE_S = 62.0
"""What the start itself said is out of the group's minute before anything is counted."""
_AFTERWARDS_S = 20.0
_LOOK_S = 0.02
_HANDED_OUT = 100
_PATIENCE_S = 1_800.0
_YIELD_EVERY = 50


@dataclass(slots=True)
class Figures:
    comments: int = 0
    lost: int = 0
    dead: int = 0
    took_s: float = 0.0
    board_s: list[float] = field(default_factory=list)
    page_s: float = float("inf")
    never_linked: int = 0
    a_minute: int = 0
    cards: int = 0
    in_digest: int = 0
    silence_s: float = 0.0
    refused: int = 0
    memory_mb: tuple[float, float] = (0.0, 0.0)
    cpu_s: float = 0.0
    reading: str = ""
    went_out: dict[str, int] = field(default_factory=dict)

    @property
    def missed(self) -> list[str]:
        """The bars that were not reached, in words."""
        slow = percentile(self.board_s, 0.99) if self.board_s else float("inf")
        bars = {
            f"{self.lost} comments lost, {self.dead} put aside": self.lost + self.dead > 0,
            f"{self.never_linked} emergencies were never linked": self.never_linked > 0,
            f"board p99 {slow:.2f} s, the bar is {BOARD_S:g}": slow > BOARD_S,
            f"page {self.page_s:.2f} s, the bar is {PAGE_S:g}": self.page_s > PAGE_S,
            f"{self.a_minute} messages in a minute, the bar is {A_MINUTE}": self.a_minute > A_MINUTE,
            f"{self.cards} cards, the bar is {CARDS}": self.cards > CARDS,
            f"{self.memory_mb[1]:.0f} MB, the bar is {MEMORY_MB:g}": self.memory_mb[1] > MEMORY_MB,
            f"{self.refused} calls came too soon": self.refused > 0,
        }
        return [words for words, is_missed in bars.items() if is_missed]


@dataclass(slots=True)
class Scene:
    """The town, the bot and what is seen of both."""

    town: Town
    program: Program
    watch: Watch
    order: list[int] = field(default_factory=list)
    """The comments as they were written."""
    _before: int = 0

    async def play(self, said: Sequence[Said], seconds: float) -> None:
        """Writes them evenly over so many seconds; 0: all at once."""
        self._before = self.town.sandbox.world.updates.confirmed
        begun = time.perf_counter()
        for number, one in enumerate(said):
            ahead = begun + number * seconds / len(said) - time.perf_counter()
            if ahead > 0 or number % _YIELD_EVERY == 0:
                self.program.must_live()
                await asyncio.sleep(max(0.0, ahead))
            self.order.append(self.watch.write(one))

    async def note_handed_out(self) -> None:
        """Until cancelled: when the bot was given each comment, a little early rather than late."""
        while True:
            reached = self.town.sandbox.world.updates.confirmed - self._before + _HANDED_OUT
            for message in self.order[len(self.watch.heard) : reached]:
                self.watch.heard[message] = time.perf_counter()
            await asyncio.sleep(_LOOK_S)

    async def all_taken_in(self, count: int) -> None:
        async with asyncio.timeout(_PATIENCE_S):
            while True:
                comments, waiting = taken_in(self.town)
                if comments >= count and not waiting:
                    return
                self.program.must_live()
                await asyncio.sleep(0.5)


async def measure(said: Sequence[Said], seconds: float) -> Figures:
    """One day."""
    with tempfile.TemporaryDirectory(prefix="tanggap-viral-") as folder:
        sandbox = Sandbox(SystemClock(), limits=Limits())
        async with sandbox.serve() as url:
            town = build(sandbox, url, Path(folder), len(said) + 10)
            _as_shipped(town)
            await staff(town)
            program = await start(
                ["-m", "bot", "run", "--config", str(town.config)], town.folder / "bot.log", town.environment
            )
            try:
                await welcomed(town)
                town.publish()
                await asyncio.sleep(_WELCOME_MINUTE_S)
                return await _day(Scene(town, program, Watch(town)), said, seconds)
            finally:
                await program.stop()


def _as_shipped(town: Town) -> None:
    """The other benchmarks have no board and a card for every case: here both are what is measured."""
    lines = town.config.read_text(encoding="utf-8").splitlines(keepends=True)
    town.config.write_text("".join(x for x in lines if not x.startswith("board:")), encoding="utf-8")


async def _day(scene: Scene, said: Sequence[Said], seconds: float) -> Figures:
    world, program = scene.town.sandbox.world, scene.program
    world.listen(scene.watch.notice)
    noting = asyncio.create_task(scene.note_handed_out())
    begun, cpu_s = time.perf_counter(), program.cpu_s()
    try:
        await scene.play(said, seconds)
        await scene.all_taken_in(len(said))
        took_s = time.perf_counter() - begun
        await asyncio.sleep(_AFTERWARDS_S)
    finally:
        noting.cancel()
    figures = reckon(scene, kept(scene.town))
    figures.took_s, figures.cpu_s = took_s, program.cpu_s() - cpu_s
    figures.memory_mb = program.memory_mb()
    figures.refused = scene.town.sandbox.pace.refused
    return figures


def reckon(scene: Scene, found: Kept) -> Figures:
    watch = scene.watch
    figures = Figures(comments=len(watch.written), dead=found.dead)
    figures.lost = len(watch.written.keys() - found.comments.keys())
    for message in found.emergencies:
        shown = watch.linked.get(f"#{found.comments[message]}")
        if shown is None:
            figures.never_linked += 1
        else:
            figures.board_s.append(shown - watch.heard.get(message, watch.written[message]))
    crisis = next(message for message, kind in watch.kinds.items() if kind is Kind.CRISIS)
    figures.page_s = watch.first_page_after(watch.written[crisis]) - watch.heard[crisis]
    figures.a_minute, figures.cards = watch.busiest_minute(), len(watch.cards)
    figures.in_digest, figures.reading = found.in_digest, watch.most_reading
    figures.went_out = found.went_out
    figures.silence_s = watch.longest_silence()
    return figures


def table(figures: Figures, peer_hours: float) -> str:
    shown = figures.board_s or [float("inf")]
    rows = {
        "comments written, lost, put aside": f"{figures.comments}, {figures.lost}, {figures.dead}",
        "until all were read, s": f"{figures.took_s:.1f} ({figures.comments / figures.took_s:.0f} per s)",
        "emergencies on the board": f"{len(figures.board_s)}, never {figures.never_linked}",
        "  seconds until linked, p50, p99, slowest": ", ".join(
            f"{value:.2f}" for value in (percentile(shown, 0.5), percentile(shown, 0.99), max(shown))
        ),
        "page about the one in despair, s": f"{figures.page_s:.2f}",
        "messages to the group, busiest minute": str(figures.a_minute),
        "cards that the team saw": str(figures.cards),
        "cases that wait in the digest": str(figures.in_digest),
        "longest time without a change in the group, s": f"{figures.silence_s:.1f}",
        "calls that came too soon": str(figures.refused),
        "memory at the end, at its highest, MB": "{:.0f}, {:.0f}".format(*figures.memory_mb),
        "CPU, s": f"{figures.cpu_s:.1f} ({figures.cpu_s / figures.comments * 1000:.1f} ms per comment)",
        "the board about what is still read": figures.reading or "nothing",
        "what went out": ", ".join(f"{count} {kind}" for kind, count in figures.went_out.items()),
        "a bot with one card per comment, hours": f"{peer_hours:.1f}",
    }
    return "\n".join(f"{name:46}{value}" for name, value in rows.items())


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--comments", type=int, default=10_000)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--raid", type=int, default=0, help="so much junk at once, instead of a viral day")
    chosen = parser.parse_args()
    said = raid(chosen.raid) if chosen.raid else viral_day(chosen.comments)
    figures = asyncio.run(measure(said, 0.0 if chosen.raid else chosen.minutes * 60))
    sys.stdout.write(table(figures, hours_of_one_card_each(len(said))) + "\n")
    missed = figures.missed
    sys.stdout.write("\n".join(["All bars reached." if not missed else "Missed:", *missed]) + "\n")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
