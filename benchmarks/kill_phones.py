"""kill -9 at any point of a long incident, seen from the phones: who is called, what is said, what comes out.

    python -m benchmarks.kill_phones [--points all|edges] [--acts burst,ladder] [--sample 100] [--workers 2]
        [--ahead 1]

`kill_incident` drives the services; here the whole bot runs, over the Bot API, and people press what they
see. There is a ladder, an acknowledgement, a lease that is asked about and one that lapses, a form, a
request for data, an approval by two, a post on the own channel and one by hand, replies at a pace, a
checklist, a cadence, a closing and a release. It is played once undisturbed, each act in a life of its own,
and the points of that life are counted: each statement of the writing connection, the moment after each
COMMIT, both sides of each call to Telegram. Then for each point the act begins again from what stood there,
the bot kills itself with SIGKILL exactly there, starts again, and the incident is played to its end, or for
as many acts as `--ahead` says: then all that outlives the bot is held against the clean run after the same
act, and from there on the two are one. Exits with 1 if one of them differs.
"""

import argparse
import asyncio
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.incident_acts import ACTS
from benchmarks.incident_play import Play, chosen
from benchmarks.incident_town import Town
from benchmarks.processes import ROOT

Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Death:
    """One kill and what came of it."""

    act: str
    number: int
    point: str
    reached: bool
    wrong: list[str]
    asked: int
    answered: int
    again: int
    """Team messages that stand there more often than in the clean run."""


@asynccontextmanager
async def stage() -> AsyncIterator[Play]:
    """A town whose clean run is over: every act can be played again."""
    with tempfile.TemporaryDirectory(prefix="tanggap-kill-") as name:
        town = Town(Path(name))
        async with town.sandbox.serve() as url:
            town.build(url)
            try:
                await town.gather()
                play = Play(town)
                await play.rehearse(town.folder / "stills")
                yield play
            finally:
                await town.close()


async def die(play: Play, place: Place, ahead: int = len(ACTS)) -> Death:
    """One death. What cannot even be played to its end is wrong, too."""
    act, number = place
    point = play.points[act][number - 1]
    try:
        reached, found, wanted = await play.dying(act, number, ahead)
    except (AssertionError, LookupError) as error:
        await play.town.end()
        return Death(act, number, point, True, [f"stuck: {error}"], 0, play.answered, 0)
    wrong = found.differences(wanted) if reached else []
    return Death(act, number, point, reached, wrong, found.asked, play.answered, found.more_than(wanted))


def places(play: Play, acts: Iterable[str], points: str) -> list[Place]:
    return [(act, number) for act in acts for number in chosen(play.points[act], points)]


async def work(acts: list[str], points: str, sample: int, share: tuple[int, int], ahead: int) -> None:
    """One worker's share, a line of JSON for each death."""
    async with stage() as play:
        whole = await play.in_one_life()
        if wrong := whole.differences(play.clean):
            raise AssertionError(f"restarts between the acts alone make a difference: {wrong}")
        todo = places(play, acts, points)
        _say({"points": sum(map(len, play.points.values())), "chosen": len(todo)})
        random.Random(4).shuffle(todo)
        for place in todo[: sample or None][share[0] :: share[1]]:
            _say(asdict(await die(play, place, ahead)))


def _say(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


async def _gather(arguments: list[str], log: Path | None) -> tuple[dict[str, int], list[Death]]:
    """Runs a worker; a line of its own for each death that went wrong, as soon as it is known."""
    command = [sys.executable, "-m", "benchmarks.kill_phones", *arguments]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    deaths: list[Death] = []
    counts: dict[str, int] = {}
    assert process.stdout is not None
    async for line in process.stdout:
        row = json.loads(line)
        if "chosen" in row:
            counts = row
            continue
        deaths.append(Death(**row))
        if log is not None:
            with log.open("ab") as out:
                out.write(line)
        if deaths[-1].wrong:
            sys.stderr.write(f"{row['act']} {row['number']} ({row['point']}): {row['wrong']}\n")
    if await process.wait() != 0:
        raise RuntimeError("a worker broke down")
    return counts, deaths


def table(counts: dict[str, int], deaths: list[Death]) -> str:
    """What is worth telling, one figure per line."""
    reached = [death for death in deaths if death.reached]
    wrong = Counter(" ".join(one.split()[:2]) for death in reached for one in death.wrong)
    kinds = Counter(death.point.split()[0] for death in reached)
    rows = {
        "points that the clean run passes": counts.get("points", 0),
        "chosen": counts.get("chosen", 0),
        "kills": len(reached),
        "points not reached a second time": len(deaths) - len(reached),
        **{f"killed at {kind}": count for kind, count in sorted(kinds.items())},
        "with another history": sum(bool(death.wrong) for death in reached),
        **{f"  {what}": count for what, count in wrong.items()},
        "people asked whether it arrived": sum(death.answered for death in reached),
        "kills that made somebody be asked": sum(death.asked > 0 for death in reached),
        "team messages sent again": sum(death.again for death in reached),
    }
    return "\n".join(f"{name:40} {count}" for name, count in rows.items())


async def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--points", choices=("all", "edges"), default="all")
    parser.add_argument("--acts", default=",".join(ACTS), help="comma-separated; all by default")
    parser.add_argument("--sample", type=int, default=0, help="only so many, drawn evenly; 0: every one")
    parser.add_argument(
        "--ahead", type=int, default=len(ACTS), help="acts to play after the one that was cut"
    )
    parser.add_argument("--workers", type=int, default=2, help="towns side by side")
    parser.add_argument("--log", type=Path, help="a line of JSON for each death")
    parser.add_argument("--share", help="I/N: what a worker does; set by the one that starts it")
    given = parser.parse_args()
    if given.share:
        first, _, step = given.share.partition("/")
        await work(given.acts.split(","), given.points, given.sample, (int(first), int(step)), given.ahead)
        return
    same = ["--points", given.points, "--acts", given.acts, "--sample", str(given.sample)]
    same += ["--ahead", str(given.ahead)]
    shares = [f"{number}/{given.workers}" for number in range(given.workers)]
    done = await asyncio.gather(*(_gather([*same, "--share", share], given.log) for share in shares))
    deaths = [death for _, some in done for death in some]
    sys.stdout.write(table(done[0][0], deaths) + "\n")
    sys.exit(1 if any(death.wrong for death in deaths) else 0)


if __name__ == "__main__":
    asyncio.run(main())
