"""What the authored comments cover: labels by field, register, hard case and length, and all four at once.

python -m classifiers.coverage

A cell that is nearly empty is a kind of comment that the model has hardly seen: write there next. Of the
cells of label, register, field and length together most are empty, as most such kinds are rare; a gap is one
where the sizes of its sides would let one expect comments.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Any

from classifiers.dataset import json_lines
from classifiers.labels import Label

Item = dict[str, Any]
Cell = tuple[str, str, str, str]
FEW = 5
SHOWN = 25
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


def four_sided(item: Item) -> Iterator[Cell]:
    """The cells that a comment stands in: one per label."""
    for label in item["labels"] or [NONE]:
        yield label, SIDES["register"](item), SIDES["field"](item), length(item)


def expected(items: list[Item]) -> dict[Cell, float]:
    """How many each cell would hold, were field and length dealt out alike to every label and register."""
    cells = [cell for item in items for cell in four_sided(item)]
    heads = Counter(cell[:2] for cell in cells)
    fields, lengths = Counter(cell[2] for cell in cells), Counter(cell[3] for cell in cells)
    return {
        (*head, field, size): heads[head] * fields[field] * lengths[size] / len(cells) ** 2
        for head in heads
        for field in fields
        for size in lengths
    }


def gaps(items: list[Item], most: int = SHOWN) -> Iterator[str]:
    """Lines of a Markdown table: cells with the fewest comments against what was to be expected."""
    held = Counter(cell for item in items for cell in four_sided(item))
    wanted = expected(items)
    filled = sum(held[cell] >= FEW for cell in wanted)
    yield f"{len(wanted):,} cells; {filled:,} hold {FEW} comments or more, {len(wanted) - len(held):,} none."
    missing = [cell for cell in wanted if held[cell] < FEW <= wanted[cell]]
    yield f"{len(missing):,} hold fewer although {FEW} or more were to be expected; the widest:"
    yield from ("", "| label | register | field | length | held | expected |", "|---|---|---|---|---|---|")
    for cell in sorted(missing, key=lambda cell: (held[cell] - wanted[cell], cell))[:most]:
        yield f"| {' | '.join(cell)} | {held[cell]} | {wanted[cell]:.0f} |"


def main() -> None:
    path = files("classifiers").joinpath("data", "authored.jsonl")
    with path.open(encoding="utf-8") as lines:
        items = [item for _, item in json_lines(lines)]
    for side in SIDES:
        sys.stdout.write("\n".join(table(items, side)) + "\n\n")
    sys.stdout.write("\n".join(gaps(items)) + "\n")


if __name__ == "__main__":
    main()
