"""What the experiments with the recipe share: the rows, the judge, and how figures over seeds are written."""

import argparse
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifiers.dataset import Row, authored, read_rows, to_learn_from
from classifiers.evaluate import average_precision, truth_of
from classifiers.fit import Keys, Model, keys_of
from classifiers.readings import lines_of, read_lines

_STUDENT = {2: 12.71, 3: 4.30, 4: 3.18, 5: 2.78}
"""97.5 % points of Student's distribution by the number of runs."""


def add_files(arguments: argparse.ArgumentParser) -> None:
    arguments.add_argument("judge", type=Path)
    arguments.add_argument("--data", type=Path, action="append", default=[])
    arguments.add_argument("--exclude-licence", action="append", default=[])
    arguments.add_argument("--seeds", type=int, default=3)


def add_draws(arguments: argparse.ArgumentParser) -> None:
    """The options of an experiment that draws rows, and lines that nobody labelled, anew per seed."""
    add_files(arguments)
    arguments.add_argument("--share", type=float, default=0.125)
    arguments.add_argument("--unread", type=Path, required=True)
    arguments.add_argument("--most-unread", type=int, default=4000)


def rows_of(wanted: argparse.Namespace) -> list[Row]:
    """The rows that `tanggap train` would learn from."""
    rows = [*authored()]
    for path in wanted.data:
        rows += read_lines(path) if path.suffix == ".txt" else read_rows(path, wanted.exclude_licence)
    return to_learn_from(rows)


class Judge:
    """A labelled file that nothing is learnt from."""

    def __init__(self, path: Path) -> None:
        rows = read_rows(path)
        self.texts = [row.text for row in rows]
        self.truth = truth_of(rows)
        self._keys = [keys_of(text) for text in self.texts]

    def of(self, model: Model, keys: Sequence[Keys] | None = None) -> tuple[float, float]:
        """Mean average precision over the labels, and mean F1 were each line drawn here (an upper bound)."""
        scores = model.log_odds(self._keys if keys is None else keys).astype(np.float64)
        columns = range(self.truth.shape[1])
        precision = [average_precision(self.truth[:, place], scores[:, place]) for place in columns]
        heights = [best_f1(self.truth[:, place], scores[:, place]) for place in columns]
        return float(np.mean(precision)), float(np.mean(heights))


def to_draw_from(wanted: argparse.Namespace) -> tuple[Judge, list[Row], list[str]]:
    """The judge, the rows, and the unread lines that are neither."""
    judge, rows = Judge(wanted.judge), rows_of(wanted)
    known = {*judge.texts, *(row.text for row in rows)}
    return judge, rows, [line for _, line in lines_of(wanted.unread) if line not in known]


def best_f1(true: NDArray[np.bool_], scores: NDArray[np.float64]) -> float:
    """F1 where the line is best."""
    hits = np.cumsum(true[np.argsort(-scores, kind="stable")])
    found = 2 * hits / (np.arange(1, len(true) + 1) + max(int(true.sum()), 1))
    return float(found.max())


def spread(values: Sequence[float]) -> str:
    """`.712 ± .004`: the mean and the half of its 95 % interval over the runs; of one run the value alone."""
    mean = sum(values) / len(values)
    if len(values) < 2:
        return f"{mean:.3f}"
    deviation = math.sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1))
    half = _STUDENT.get(len(values), 2.0) * deviation / math.sqrt(len(values))
    return f"{mean:.3f} ± {half:.3f}"
