"""`classify` over a million lines: how fast, and how much memory from beginning to end.

python -m benchmarks.stream [--lines N]
"""

import argparse
import json
import resource
import time
from collections.abc import Iterator

from classifiers.choose import load
from classifiers.commands import classify_stream

_WORDS = [
    "jalan",
    "air",
    "listrik",
    "antre",
    "petugas",
    "kapan",
    "rusak",
    "mati",
    "terima",
    "kasih",
    "banjir",
    "pasar",
    "sekolah",
    "obat",
    "lama",
]


def lines(count: int) -> Iterator[str]:
    """Like comments: a few known words, and some that never come again."""
    for n in range(count):
        known = " ".join(_WORDS[(n * step + step) % len(_WORDS)] for step in (1, 3, 5, 7, 11))
        yield json.dumps({"n": n, "text": f"{known} {n * 7919 % 9999991:x}an {n:x}"})


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--lines", type=int, default=1_000_000)
    count = parser.parse_args().lines
    begun, cpu, early = time.perf_counter(), time.process_time(), 0.0
    for done, _ in enumerate(classify_stream(lines(count), load()), start=1):
        if done == count // 50:
            early = megabytes()
    wall, spent = time.perf_counter() - begun, time.process_time() - cpu
    print(
        f"{count} lines in {wall:.0f} s ({spent:.0f} s of CPU, {count / spent:.0f} lines per second of CPU)"
    )
    print(f"largest memory after {count // 50} lines {early:.1f} MB, at the end {megabytes():.1f} MB")


if __name__ == "__main__":
    main()
