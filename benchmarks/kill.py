"""kill -9 in a burst and at random points under load: what is lost, what is said twice, what happens twice.

    python -m benchmarks.kill [--rounds 100] [--burst 2000] [--seed 7] [--quick]

The sandbox (Telegram's servers and the people) lives in this process and survives; the bot is a process of
its own that is killed and started again on the same database. Exits with 1 if anything was lost or doubled.
"""

import argparse
import asyncio
import random
import sqlite3
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, fields
from pathlib import Path

from benchmarks.crew import Crew, mark
from benchmarks.everyday import comments as ordinary
from benchmarks.ledger import Counts, Reckoning, counts, reckon
from benchmarks.processes import Program, start
from benchmarks.town import Town, build, staff, welcomed
from bot.clock import SystemClock
from bot.sandbox import Break, Fault, Sandbox

_LOOK_S = 0.005


@dataclass(slots=True)
class Scene:
    """One town, one bot that dies and comes back, and what was seen at the moment of each death."""

    town: Town
    dice: random.Random
    texts: tuple[str, ...] = field(default_factory=ordinary)
    program: Program | None = None
    written: list[int] = field(default_factory=list)
    kills: int = 0
    at_death: dict[str, int] = field(default_factory=dict)

    async def start(self, module: str) -> Program:
        """The bot as a process: `bot` is the product's own command, `benchmarks.roomy` has no pauses."""
        arguments = ["-m", module, *(["run"] if module == "bot" else []), "--config", str(self.town.config)]
        self.program = await start(arguments, self.town.folder / "bot.log", self.town.environment)
        return self.program

    async def listening(self, seconds: float = 30.0) -> None:
        """The bot has asked for updates."""
        await self.until(lambda: bool(self.town.sandbox.world.updates.allowed), seconds)

    async def until(self, condition: Callable[[], object], seconds: float) -> None:
        """TimeoutError, or Died if the bot ends by itself."""
        async with asyncio.timeout(seconds):
            while not condition():
                if self.program is not None:
                    self.program.must_live()
                await asyncio.sleep(_LOOK_S)

    async def kill(self) -> None:
        """kill -9, and a look at what was under way."""
        if self.program is not None:
            await self.program.kill()
        self.town.sandbox.world.updates.allow([])
        self.kills += 1
        for what, count in _under_way(self.town.database).items():
            self.at_death[what] = self.at_death.get(what, 0) + (count > 0)

    def write(self, number: int) -> None:
        """The next citizen comments under one of the posts."""
        world, town = self.town.sandbox.world, self.town
        text = f"{self.texts[number % len(self.texts)]} {mark(number)}"
        comment = world.comment(
            self.dice.choice(town.posts), town.citizens[number % len(town.citizens)], text
        )
        self.written.append(comment.message_id)

    def counts(self) -> Counts:
        return counts(self.town.database)

    async def settled(self, seconds: float, busy: Callable[[], bool] = lambda: False) -> None:
        """Nothing waits anywhere, twice in a row with a breath between."""

        def quiet() -> bool:
            now = self.counts()
            left = now.inbox_waiting + now.unsent + now.uncertain + len(self.town.sandbox.world.updates)
            return not left and not busy()

        try:
            async with asyncio.timeout(seconds):
                while True:
                    await self.until(quiet, seconds)
                    await asyncio.sleep(0.3)
                    if quiet():
                        return
        except TimeoutError:
            raise AssertionError(f"not settled in {seconds:.0f} s: {self.counts()}, busy: {busy()}") from None


def _under_way(database: Path) -> dict[str, int]:
    """What a kill interrupted."""
    if not database.exists():
        return {}
    db = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    (row,) = db.execute(
        "SELECT (SELECT count(*) FROM inbox WHERE state = 'new'),"
        " (SELECT count(*) FROM outbox WHERE state = 'sending' AND NOT public),"
        " (SELECT count(*) FROM outbox WHERE state = 'sending' AND public)"
    ).fetchall()
    db.close()
    return dict(
        zip(("an update in hand", "a team message under way", "a public reply under way"), row, strict=True)
    )


@asynccontextmanager
async def scene(seed: int, citizens: int) -> AsyncIterator[Scene]:
    """A staffed town whose bot has run once: everybody is enrolled, the posts stand."""
    with tempfile.TemporaryDirectory(prefix="tanggap-kill-") as folder:
        sandbox = Sandbox(SystemClock())
        async with sandbox.serve() as url:
            town = build(sandbox, url, Path(folder), citizens)
            await staff(town)
            made = Scene(town, random.Random(seed))
            try:
                await made.start("bot")
                await made.listening()
                await welcomed(town)
                town.publish()
                await made.settled(20)
                yield made
            finally:
                if made.program is not None:
                    await made.program.kill()


async def burst(comments: int, kills: int, seed: int) -> tuple[Scene, Reckoning]:
    """All comments at once, and kills while they are taken in; the last life also shows every card."""
    async with scene(seed, citizens=max(1, comments // 2)) as made:
        for number in range(comments):
            made.write(number)
        for threshold in sorted(made.dice.sample(range(1, comments), kills)):
            await made.until(lambda: made.counts().comments >= threshold, 60)  # noqa: B023  # awaited here
            await made.kill()
            await made.start("bot")
            await made.listening()
        await made.until(lambda: made.counts().comments >= comments, 120)
        await made.kill()
        await made.start("benchmarks.roomy")
        await made.settled(60 + comments * 0.1)
        return made, await _close(made, all_answered=False)


async def whole_way(rounds: int, seed: int, per_second: float) -> tuple[Scene, Crew, Reckoning]:
    """Comments come steadily and are answered by the crew, while the bot dies at random moments."""
    async with scene(seed, citizens=5_000) as made:
        crew = Crew(made.town)
        await made.kill()
        made.kills = 0
        spoil_answers(made)
        working = asyncio.create_task(crew.run())
        writing = asyncio.create_task(_write_steadily(made, per_second))
        try:
            for _ in range(rounds):
                await _one_life(made)
            writing.cancel()
            made.town.sandbox.faults.clear()
            await made.start("benchmarks.roomy")
            try:
                await made.settled(240 + len(made.written) * 0.5, lambda: crew.busy)
            except AssertionError as error:
                raise AssertionError(f"{error}; {crew.left()}") from None
        finally:
            for task in (working, writing):
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
        return made, crew, await _close(made, all_answered=True)


def spoil_answers(made: Scene) -> None:
    """Half of the public replies are answered late, some never: kills fall between sending and COMMIT."""
    book, chat = made.town.sandbox.faults, made.town.discussion.id
    book.dice.seed(made.dice.random())
    for kind, probability in ((Break.SLOW, 0.5), (Break.RESET_AFTER, 0.1), (Break.RESET_BEFORE, 0.1)):
        fault = Fault(kind, method="sendMessage", chat_id=chat, probability=probability, seconds_slow=0.4)
        book.add(fault)


async def _one_life(made: Scene) -> None:
    """From the start to a kill: sometimes while it still starts, mostly while it works."""
    await made.start("benchmarks.roomy")
    if made.dice.random() < 0.15:
        await asyncio.sleep(made.dice.uniform(0.0, 1.0))
    else:
        await made.listening()
        await asyncio.sleep(made.dice.uniform(0.0, 2.5))
    await made.kill()


async def _write_steadily(made: Scene, per_second: float) -> None:
    number = 0
    while True:
        made.write(number)
        number += 1
        await asyncio.sleep(made.dice.expovariate(per_second))


async def _close(made: Scene, *, all_answered: bool) -> Reckoning:
    """Stops the bot, has the journal verified by the product's own command, and counts."""
    if made.program is not None:
        await made.program.stop()
    verify = ["-m", "bot", "audit", "verify", "--config", str(made.town.config)]
    checked = await start(verify, made.town.folder / "verify.log", made.town.environment)
    if await checked.process.wait() != 0:
        raise AssertionError(checked.log.read_text())
    sys.stdout.write(f"  {checked.log.read_text().strip()}\n")
    return reckon(made.town, made.written, all_answered=all_answered)


def table(title: str, made: Scene, found: Reckoning, crew: Crew | None = None) -> str:
    """What is worth telling, one figure per line."""
    lines = [title, f"  {'kills':34} {made.kills}"]
    lines += [f"  {'killed with ' + what:34} {count}" for what, count in made.at_death.items()]
    lines += [f"  {f.name.replace('_', ' '):34} {getattr(found, f.name)}" for f in fields(found)]
    if crew is not None:
        lines.append(f"  {'people asked whether it arrived':34} {len(crew.asked)}")
        lines.append(f"  {'old copies that people pressed':34} {len(crew.given_up)}")
        lines += [f"  {'it was ' + what:34} {count}" for what, count in sorted(crew.answers.items())]
    return "\n".join(lines)


async def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=100, help="kills under steady load")
    parser.add_argument("--burst", type=int, default=2_000, help="comments at once")
    parser.add_argument("--burst-kills", type=int, default=8)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--quick", action="store_true", help="a tenth of everything")
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.rounds, chosen.burst, chosen.burst_kills = 10, 200, 3
    made, found = await burst(chosen.burst, chosen.burst_kills, chosen.seed)
    sys.stdout.write(table(f"Burst of {chosen.burst} comments", made, found) + "\n")
    faults = found.faults
    made, crew, found = await whole_way(chosen.rounds, chosen.seed, per_second=3.0)
    sys.stdout.write(table(f"{chosen.rounds} kills under load", made, found, crew) + "\n")
    faults |= found.faults
    sys.stdout.write(f"Faults: {faults or 'none'}\n")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    asyncio.run(main())
