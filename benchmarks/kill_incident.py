"""kill -9 at every statement of a long incident: no page lost, the same story, nothing said twice in public.

    python -m benchmarks.kill_incident [--every 1] [--first 1] [--last 0]

Every life is a process of its own that kills itself just before the Nth statement that writes (BEGIN and
COMMIT among them), or just before or after the Nth message stands in Telegram; the next life starts on the
same file. Exits with 1 if anything was lost, doubled, or told differently.
"""

import argparse
import asyncio
import os
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.long_incident import RUN, World, born, live, prepare, warm
from bot.domain.run_types import What

_DOUBT = {What.POST_UNCERTAIN, What.ASKED, What.PUBLISHED, What.REPLIED}
"""Lines that a look at an unsure message adds, or tells with the name of whoever looked."""
_ENOUGH = 20
"""Problems after which there is no need to look for more."""


@dataclass
class Told:
    """What is left of an incident when it is over."""

    pages: set[tuple[str, int, int]]
    public: Counter[tuple[str, str]]
    story: list[tuple[int, str]]
    end: dict[str, Any]
    whole: bool = True
    points: int = 0
    problems: list[str] = field(default_factory=list)


async def _read(world: World) -> Told:
    life = await born(world)
    state = await life.state()
    _, broken = await life.database.read.journal.verify()
    lines = await life.database.read.runs.timeline(RUN, 10_000)
    await life.database.close()
    pages = {
        (line["fields"]["person"], line["fields"]["epoch"], line["fields"]["repeat"])
        for line in world.shown()
        if line["kind"] == "PageCard"
    }
    public: Counter[tuple[str, str]] = Counter()
    for line in world.shown():
        if line["public"]:
            fields = line["fields"]
            public[line["kind"], str(fields.get("channel") or fields.get("comment"))] += 1
    story = [(int(line.at.timestamp()) // 60, line.what) for line in lines if What(line.what) not in _DOUBT]
    steps = {
        run.step: (
            run.state,
            run.attempt,
            run.answers,
            tuple((vote.person, vote.verdict, vote.versions) for vote in run.votes),
            tuple(sorted((post.channel, post.state) for post in run.posts)),
        )
        for run in state.steps
    }
    end = {
        "phase": state.phase,
        "paging": state.paging,
        "outcome": state.outcome,
        "epoch": state.epoch,
        "owner": state.owner,
        "holding": state.holding,
        **steps,
    }
    return Told(pages, public, story, end, broken is None)


def _life(world: World) -> int:
    """Runs one life in a child; 0 when it came to its end, the signal's number when it was killed."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            asyncio.run(live(world))
            (world.folder / "points").write_text(str(world.points), "utf-8")
            code = 0
        except Exception:  # noqa: BLE001 - whatever it was, the parent reads it on the screen
            traceback.print_exc()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _in_a_child(world: World, what: Any) -> None:
    """The parent opens no database: a fork with a thread in it would not be a clean start."""
    child = os.fork()
    if child == 0:
        asyncio.run(what(world))
        os._exit(0)
    os.waitpid(child, 0)


def _told(world: World) -> Told:
    """Read in a child as well."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        import pickle  # noqa: PLC0415 - between a process and its own child

        with os.fdopen(writing, "wb") as out:
            pickle.dump(asyncio.run(_read(world)), out)
        os._exit(0)
    os.close(writing)
    import pickle  # noqa: PLC0415 - between a process and its own child

    with os.fdopen(reading, "rb") as answer:
        found: Told = pickle.load(answer)  # noqa: S301 - written by our own child
    os.waitpid(child, 0)
    return found


def _round(template: Path, point: int) -> tuple[World, bool]:
    """One incident with one death, in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="tanggap-killed-"))
    shutil.copy(template / "tanggap.db", folder / "tanggap.db")
    world = World(folder, dies_at=point)
    first = _life(world)
    if first == 0:
        return world, False
    if first != -signal.SIGKILL:
        raise AssertionError(f"point {point}: the life ended by itself with {first}")
    world.dies_at = 0
    if (again := _life(world)) != 0:
        raise AssertionError(f"point {point}: the next life ended with {again}")
    return world, True


def _compare(point: int, told: Told, plain: Told) -> list[str]:
    found = []
    if lost := plain.pages - told.pages:
        found.append(f"point {point}: lost pages {sorted(lost)}")
    if doubled := {key: number for key, number in told.public.items() if number > 1}:
        found.append(f"point {point}: said twice {doubled}")
    if missing := plain.public.keys() - told.public.keys():
        found.append(f"point {point}: never said {missing}")
    if told.story != plain.story:
        odd = [pair for pair in zip(told.story, plain.story, strict=False) if pair[0] != pair[1]][:2]
        found.append(f"point {point}: another story, {len(told.story)} lines for {len(plain.story)}: {odd}")
    if told.end != plain.end:
        odd = {key: (told.end[key], value) for key, value in plain.end.items() if told.end[key] != value}
        found.append(f"point {point}: another end {odd}")
    if not told.whole:
        found.append(f"point {point}: the journal is broken")
    return found


def measure(every: int, first: int, last: int) -> int:
    """How many problems there were."""
    warm()
    folder = Path(tempfile.mkdtemp(prefix="tanggap-incident-"))
    _in_a_child(World(folder), prepare)
    world, died = _round(folder, 0)
    points = int((world.folder / "points").read_text("utf-8"))
    plain = _told(world)
    again = _told(_round(folder, 0)[0])
    if died or _compare(0, again, plain):
        raise AssertionError(f"the script is not the same twice: {_compare(0, again, plain)}")
    say(f"{points} points; {len(plain.pages)} pages, {sum(plain.public.values())} public messages,"
        f" {len(plain.story)} lines of story; ends {plain.end['outcome']}")  # fmt: skip
    problems: list[str] = []
    kills, shown, began = 0, 0, time.perf_counter()
    for point in range(first, (last or points) + 1, every):
        world, killed = _round(folder, point)
        kills += killed
        problems += _compare(point, _told(world), plain)
        shutil.rmtree(world.folder)
        for line in problems[shown:]:
            say(line)
        shown = len(problems)
        if shown > _ENOUGH:
            break
        if kills % 100 == 0:
            say(f"  {kills} kills, {time.perf_counter() - began:.0f} s")
    say(f"{kills} kills: {len(problems)} problems, {time.perf_counter() - began:.0f} s")
    shutil.rmtree(folder)
    return len(problems)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--last", type=int, default=0)
    chosen = parser.parse_args()
    sys.exit(1 if measure(chosen.every, chosen.first, chosen.last) else 0)


if __name__ == "__main__":
    main()
