"""What the authored comments cover: labels by field, register, hard case and length.

python -m classifiers.coverage

A cell that is nearly empty is a kind of comment that the model has hardly seen: write there next.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Any

from classifiers.dataset import json_lines
from classifiers.labels import Label

Item = dict[str, Any]
NONE = "(none)"
_LENGTHS = ((2, "1-2 words"), (5, "3-5"), (10, "6-10"), (20, "11-20"), (40, "21-40"), (10_000, "over 40"))


def length(item: Item) -> str:
    """The bracket that the number of words falls into."""
    words = len(item["text"].split())
    return next(name for most, name in _LENGTHS if words <= most)


SIDES: dict[str, Callable[[Item], str]] = {
    "field": lambda item: str(item["topic"]),
    "register": lambda item: str(item["register"]),
    "hard case": lambda item: str(item["hard"]),
    "length": length,
}


def table(items: list[Item], side: str) -> Iterator[str]:
    """Lines of a Markdown table: one row per value of `side`, one column per label, none, and all."""
    counts: Counter[tuple[str, str]] = Counter()
    for item in items:
        row = SIDES[side](item)
        counts.update((row, label) for label in item["labels"] or [NONE])
        counts[row, "all"] += 1
    columns = [*(label.value for label in Label), NONE, "all"]
    yield f"| {side} | " + " | ".join(columns) + " |"
    yield "|---" * (len(columns) + 1) + "|"
    for row in sorted({row for row, _ in counts}, key=lambda row: -counts[row, "all"]):
        yield f"| {row} | " + " | ".join(str(counts[row, column]) for column in columns) + " |"


def main() -> None:
    path = files("classifiers").joinpath("data", "authored.jsonl")
    with path.open(encoding="utf-8") as lines:
        items = [item for _, item in json_lines(lines)]
    for side in SIDES:
        sys.stdout.write("\n".join(table(items, side)) + "\n\n")


if __name__ == "__main__":
    main()
