"""The matcher on its truth set, the moving window, and one comment against 100,000 claims beside its peers.

    python -m benchmarks.matching [--kept] [--claims 100000] [--questions 300]

The peers are SQLite FTS5 (in the standard library), and datasketch and rensa where they are installed
(`pip install datasketch rensa`; they are no dependency). All run in this process, on the same texts, one
question at a time; quote the ratios, the milliseconds are those of the machine. `--kept` measures the half on
which nothing was tuned.
"""

import argparse
import ctypes
import gc
import random
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.matching_peers import PEERS, Peer
from benchmarks.matching_run import group
from benchmarks.matching_truth import agreement, is_kept, matters, stream
from benchmarks.matters_noise import copy_of
from classifiers.dataset import authored
from classifiers.lookup import Lookup
from classifiers.similarity import Window


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kept", action="store_true")
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--window", type=int, default=0, help="fill the window with so many texts")
    given = parser.parse_args()
    judge(kept=given.kept)
    if given.window:
        fill(given.window)
    if given.claims:
        race(given.claims, given.questions, kept=given.kept)


def judge(*, kept: bool) -> None:
    said = stream(kept=kept)
    begun = time.process_time()
    grouped = group(said)
    each = (time.process_time() - begun) / len(said) * 1000
    found = agreement(said, grouped.clusters, grouped.offered)
    print(f"truth set, {'kept' if kept else 'tuned'} half: {len(said)} comments, {each:.2f} ms CPU each")
    print(f"  pairs: precision {found.precision:.4f}, recall on copies {found.recall:.4f}")
    print(
        f"  joins: {found.rightly} of {found.joined} right ({found.join_precision:.4f}); wrong {found.wrong}"
    )
    print(f"  wrong joins below eight words: {found.short_wrong}")


def fill(many: int) -> None:
    """What the window costs: twice as many texts as it holds, all different, are put in."""
    before = resident_mb()
    window: Window[int] = Window(many)
    costs = []
    for number, text in enumerate(_texts(2 * many, random.Random(3))):
        begun = time.perf_counter()
        window.near(text)
        window.add(number, text)
        costs.append(time.perf_counter() - begun)
    print(f"window of {len(window)} texts after {2 * many}: {resident_mb() - before:.0f} MB more")
    print(f"  a new text: {_spread(costs[-many // 2 :])}")


def race(many: int, questions: int, *, kept: bool) -> None:
    chance = random.Random(11)
    known = [row for row in matters() if is_kept(row["id"]) == kept]
    texts = [row["text"] for row in known]
    texts += _texts(many - len(texts), chance)
    picked = [chance.randrange(len(known)) for _ in range(questions)]
    copies = [copy_of(known[one]["text"], chance) for one in picked]
    others = [row["paraphrase"] for row in known]
    lookup: Lookup[int] = Lookup()
    before, begun = resident_mb(), time.perf_counter()
    lookup.add_all(enumerate(texts))
    built = time.perf_counter() - begun
    print(f"{len(texts)} claims; ours: built in {built:.1f} s, {resident_mb() - before:.0f} MB more")
    ours = _ask(lambda text: [one.key for one in lookup.search(text)], copies, picked)
    _ask(lambda text: [one.key for one in lookup.search(text)], others, range(len(others)), "paraphrases")
    for name, peer in PEERS.items():
        _beside(name, peer, texts, copies, picked, ours)


def _beside(
    name: str, peer: Peer, texts: Sequence[str], copies: Sequence[str], picked: Sequence[int], ours: float
) -> None:
    before, begun = resident_mb(), time.perf_counter()
    try:
        search = peer(texts)
    except ImportError:
        print(f"{name}: not installed, left out")
        return
    built = time.perf_counter() - begun
    print(f"{name}: built in {built:.1f} s, {resident_mb() - before:.0f} MB more")
    theirs = _ask(search, copies, picked)
    print(f"  its p99 is {theirs / ours:.1f} times ours")


def _ask(
    search: Callable[[str], list[int]], asked: Sequence[str], right: Sequence[int], what: str = "copies"
) -> float:
    """Asks each once, prints what came of it, and returns the p99 of the processor's time in seconds."""
    costs, cpu, first, among = [], [], 0, 0
    for text, wanted in zip(asked, right, strict=True):
        begun, worked = time.perf_counter(), time.thread_time()
        found = search(text)
        costs.append(time.perf_counter() - begun)
        cpu.append(time.thread_time() - worked)
        first += found[:1] == [wanted]
        among += wanted in found[:5]
    share = len(asked)
    print(f"  {what}: {_spread(costs)}; of CPU {_spread(cpu)}")
    print(f"    the right one first {first / share:.3f}, in the top five {among / share:.3f}")
    return float(np.percentile(cpu, 99))


def _spread(costs: Sequence[float]) -> str:
    middle, late = np.percentile(costs, [50, 99]) * 1000
    return f"p50 {middle:.2f} ms, p99 {late:.2f} ms"


def _texts(many: int, chance: random.Random) -> Iterator[str]:
    """Comments of the training data, and when those are used up, halves of two of them put together."""
    rows = [row.text for row in authored() if len(row.text.split()) >= 10]
    chance.shuffle(rows)
    yield from rows[:many]
    for _ in range(many - len(rows)):
        one, other = chance.choice(rows).split(), chance.choice(rows).split()
        yield " ".join(one[: len(one) // 2] + other[len(other) // 2 :])


def resident_mb() -> float:
    """What this process has in memory now, once what is free was given back: the most that it ever had would
    hide whatever is built after something larger.
    """
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


if __name__ == "__main__":
    main()
