"""The mathematics of learning from corrections: the shipped weights, moved as little as the team's words ask.

Training anew from the repository would forget the open rows that the shipped weights have seen and that
cannot be shipped themselves. So every label keeps its weights and learns a change: a logistic loss over the
corrected texts, a pull back to no change, and the authored texts as anchors, whose wanted answer is what the
shipped model says of them now. Without corrections the best change is none at all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifiers.default.weights import Family, Weights, known_rows, quantise
from classifiers.fit import Keys, Vocabulary, keys_of, library, matrix
from classifiers.labels import Label

IMPORTANCE = 10.0
"""What one correction counts for; docs/decisions/corrections.md has the figures."""
ANCHORS_COUNT = 12_000.0
"""What all anchors count for together, however many there are."""
PULL = 0.3
"""Strength of the pull back to the shipped weights."""
LEAST_TEXTS = 2
"""A feature that the shipped model does not know must stand in so many corrected texts."""
_STEPS = 60

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Lesson:
    """Texts with what is wanted of them: scores 0..1, texts x labels, and how much each text counts."""

    texts: Sequence[Keys]
    wanted: NDArray[np.float64]
    counts: NDArray[np.float64]


def adapt(
    shipped: Weights,
    corrected: Sequence[str],
    truth: NDArray[np.bool_],
    anchors: Sequence[str],
    progress: Progress | None = None,
) -> Weights:
    """Weights that answer the corrected texts by `truth` (texts x labels) and the anchors as before.

    The thresholds stay. Raises MissingExtraError without scikit-learn, whose SciPy does the work.
    """
    tell = progress or (lambda _what, _done, _all: None)
    steps = len(Label) + 2
    optimise = library("scipy.optimize")
    tell("Membaca teks", 0, steps)
    texts = [keys_of(text) for text in corrected]
    model = _widened(shipped, texts)
    kept = [keys_of(text) for text in anchors]
    tell("Belajar dari koreksi", 1, steps)
    vocabularies = _vocabularies(model)
    now = _log_odds(model, matrix(kept, vocabularies))
    lesson = Lesson(
        [*texts, *kept],
        np.vstack([truth.astype(np.float64), 1 / (1 + np.exp(-now))]),
        np.repeat([IMPORTANCE, ANCHORS_COUNT / max(1, len(kept))], [len(texts), len(kept)]),
    )
    values = matrix(lesson.texts, vocabularies).astype(np.float64)
    start = _log_odds(model, values)
    # Only what stands in a corrected text may change; the anchors hold it where it stands in theirs too.
    free = np.unique(values[: len(texts)].indices)
    changes = np.zeros((values.shape[1] + 1, len(Label)))
    # The steps are too small to share: several threads only wait for one another, and the bot for them.
    with library("threadpoolctl").threadpool_limits(1):
        for place in range(len(Label)):
            best = _change(optimise, values[:, free], start[:, place], lesson, place)
            changes[free, place], changes[-1, place] = best[:-1], best[-1]
            tell("Belajar dari koreksi", place + 2, steps)
    tell("Selesai", steps, steps)
    return _moved(model, changes)


def _change(
    optimise: Any, values: Any, start: NDArray[np.float64], lesson: Lesson, place: int
) -> NDArray[np.float64]:
    """The best change of one label's weights, its bias last."""
    wanted, counts = lesson.wanted[:, place], lesson.counts
    turned = values.T.tocsr()

    def loss(change: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        log_odds = start + values @ change[:-1] + change[-1]
        told = np.logaddexp(0, log_odds) - wanted * log_odds
        slope = counts * (1 / (1 + np.exp(-log_odds)) - wanted)
        total = counts @ told + PULL / 2 * (change @ change)
        return float(total), np.append(turned @ slope, slope.sum()) + PULL * change

    found = optimise.minimize(
        loss, np.zeros(values.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}
    )
    best: NDArray[np.float64] = found.x
    return best


def _widened(shipped: Weights, texts: Sequence[Keys]) -> Weights:
    """The same weights with room for the words that the agency's citizens use: weight nought so far."""
    words, letters = (
        _with_room(family, [text[number] for text in texts]) for number, family in enumerate(shipped.families)
    )
    return replace(shipped, families=(words, letters))


def _with_room(family: Family, texts: Sequence[NDArray[np.uint32]]) -> Family:
    if not texts:
        return family
    keys, times = np.unique(np.concatenate(texts), return_counts=True)
    _, known = known_rows(family.keys, keys)
    fresh = ~known & (times >= LEAST_TEXTS)
    every = np.concatenate([family.keys, keys[fresh]])
    order = np.argsort(every)
    # A word that the shipped model never met is as rare as the rarest that it did.
    rarest = family.idf.max(initial=1.0)
    idf = np.concatenate([family.idf, np.full(int(fresh.sum()), rarest, np.float32)])
    weights = np.concatenate([family.weights, np.zeros((int(fresh.sum()), len(Label)), np.int8)])
    scales = np.concatenate([family.scales, np.zeros(int(fresh.sum()), np.float32)])
    return Family(every[order].astype(np.uint32), idf[order], weights[order], scales[order])


def _vocabularies(model: Weights) -> tuple[Vocabulary, Vocabulary]:
    words, letters = (Vocabulary(family.keys, family.idf) for family in model.families)
    return words, letters


def _log_odds(model: Weights, values: Any) -> NDArray[np.float64]:
    """Texts x labels, as the model answers before it has learnt."""
    stacked = np.vstack([family.weights * family.scales[:, None] for family in model.families])
    found: NDArray[np.float64] = values @ stacked.astype(np.float64) + model.bias
    return found


def _moved(model: Weights, changes: NDArray[np.float64]) -> Weights:
    """The model with the changes added, one byte a weight again."""
    families, first = [], 0
    for family in model.families:
        last = first + len(family.keys)
        real = family.weights * family.scales[:, None] + changes[first:last]
        families.append(quantise(family.keys, family.idf, real.astype(np.float32)))
        first = last
    bias = (model.bias + changes[-1]).astype(np.float32)
    return replace(model, families=(families[0], families[1]), bias=bias, digest="")
