"""A pretended team corrects what the shipped model gets wrong on labelled comments from elsewhere.

    python -m benchmarks.corrections FILE.jsonl [--source NAME]

Half of the rows of each source come in; the team corrects the first N on which the model errs. What that
brings is measured on the other half, which nobody corrected, and on the regression set. A source that the
shipped weights have learnt from shows too little: its errors are already few.
"""

import argparse
import random
from pathlib import Path

from classifiers.corrections import Compared, compare_two, settled
from classifiers.corrections_fit import adapt
from classifiers.dataset import Row, authored, read_rows, regression_set, share_of, to_learn_from
from classifiers.default.model import SHIPPED, LinearClassifier
from classifiers.default.weights import read
from classifiers.evaluate import truth_of

SIZES = (25, 60, 400)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--source", default="")
    parser.add_argument("--model", type=Path, default=SHIPPED)
    given = parser.parse_args()
    rows = read_rows(given.file)
    shipped = read(given.model)
    dealt = sorted(to_learn_from(authored()), key=lambda row: share_of(row.text, "jangkar"))
    anchors = [row.text for row in dealt[:4000]]
    for source in sorted({row.source for row in rows if given.source in row.source}):
        mine = [row for row in rows if row.source == source]
        random.Random(1).shuffle(mine)
        comes_in, unseen = mine[: len(mine) // 2], mine[len(mine) // 2 :]
        before = LinearClassifier(shipped)
        found = before.classify([row.text for row in comes_in])
        wrong = [row for row, one in zip(comes_in, found, strict=True) if set(one.labels) != row.labels]
        for size in (size for size in SIZES if size <= len(wrong)):
            lesson = settled(wrong[:size])
            after = LinearClassifier(adapt(shipped, [r.text for r in lesson], truth_of(lesson), anchors))
            tell(source, size, compare_two(unseen, before, after), compare_two(regression(), before, after))


def regression() -> list[Row]:
    return list(regression_set())


def tell(source: str, size: int, unseen: Compared, kept: Compared) -> None:
    both = " · ".join(
        f"{name} {one.macro.before:.3f} → {one.macro.after:.3f} "
        f"({one.macro.low:+.3f} … {one.macro.high:+.3f}), "
        f"exact {one.right_before / one.rows:.3f} → {one.right_after / one.rows:.3f}"
        for name, one in (("unseen", unseen), ("regression", kept))
    )
    print(f"{source}, {size} corrections: {both}", flush=True)


if __name__ == "__main__":
    main()
