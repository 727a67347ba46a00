"""What more comments bring: the shipped recipe on growing shares of the authored comments, over seeds.

    OMP_NUM_THREADS=1 python -m benchmarks.learning_curve DEV.jsonl --data FILE --exclude-licence NAME

Every share is learnt together with all rows of the `--data` files and judged on DEV, which is never learnt.
A seed draws another share of the authored comments; of the whole there is only one draw. The interval is
Student's, over seeds: it says how much the draw matters, not how much DEV does. The recipe is the shipped one
up to the weights: calibration and lines do not move average precision. Needs the extra `train`.
"""

import argparse
from collections.abc import Iterator

import numpy as np

from benchmarks.trials import Judge, add_files, rows_of, spread
from classifiers.dataset import AUTHORED_SOURCE
from classifiers.evaluate import truth_of
from classifiers.fit import fit, keys_of, lightened

SHARES = (1 / 16, 1 / 8, 1 / 4, 1 / 2, 1.0)


def draws(authored: int, seeds: int) -> Iterator[tuple[float, int, np.ndarray]]:
    """Share, seed, and which authored comments are learnt; the shares of one seed lie within each other."""
    for share in SHARES:
        for seed in range(seeds if share < 1 else 1):
            yield share, seed, np.random.default_rng(seed).permutation(authored)[: round(share * authored)]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    add_files(arguments)
    wanted = arguments.parse_args()
    judge, rows = Judge(wanted.judge), rows_of(wanted)
    texts, truth = [keys_of(row.text) for row in rows], truth_of(rows)
    own = np.array([row.source.startswith(AUTHORED_SOURCE) for row in rows])
    authored, others = np.flatnonzero(own), np.flatnonzero(~own)
    found: dict[float, list[tuple[int, float, float]]] = {}
    for share, seed, drawn in draws(len(authored), wanted.seeds):
        places = np.sort(np.concatenate([others, authored[drawn]]))
        learnt = [texts[place] for place in places]
        model = lightened(fit(learnt, truth[places], seed), learnt)
        precision, best_f1 = judge.of(model)
        found.setdefault(share, []).append((len(places), precision, best_f1))
        print(
            f"share {share:.4f} seed {seed}: {len(places)} rows, AP {precision:.4f}, F1* {best_f1:.4f}",
            flush=True,
        )
    print(
        "\n| authored comments | rows learnt | seeds | mean AP (95 %) | F1* (95 %) |\n|---|---|---|---|---|"
    )
    for share, runs in found.items():
        size, precisions, heights = zip(*runs, strict=True)
        drawn_count = round(share * len(authored))
        figures = f"{len(runs)} | {spread(precisions)} | {spread(heights)}"
        print(f"| {drawn_count:,} | {size[0]:,} | {figures} |")


if __name__ == "__main__":
    main()
