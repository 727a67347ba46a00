"""Rebuild the embedded model from labelled comments: the command `tanggap train`.

Thresholds and calibration come from texts of sources that the judging model has not seen, because a new
agency's comments are such texts. The same rows and seed give the same file, byte for byte.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifiers.dataset import Row
from classifiers.default.model import LinearClassifier
from classifiers.default.weights import Weights, pack, quantise, read
from classifiers.errors import DataError, ModelError, because
from classifiers.evaluate import Evaluation, compare, truth_of
from classifiers.fit import Keys, Model, calibrate, draw_lines, fit, keys_of, library, lightened
from classifiers.labels import Label

FOLDS = 8
LEAST_ROWS = 20

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Trained:
    """A finished model and how it did on sources left out of its training."""

    weights: Weights
    exact: Model
    out_of_source: Evaluation


def train(rows: Sequence[Row], seed: int = 0, progress: Progress | None = None) -> Trained:
    """Train on all rows. `progress` gets what is being done (Indonesian), steps done, steps in all.

    Raises MissingExtraError without scikit-learn and DataError when there is too little to learn from.
    """
    tell = progress or (lambda _what, _done, _all: None)
    for name in ("sklearn.linear_model", "scipy.sparse"):
        library(name)
    if len(rows) < LEAST_ROWS:
        raise DataError(f"Data latih hanya {len(rows)} baris; paling sedikit {LEAST_ROWS}.")
    parts = source_folds(rows)
    steps = len(parts) + 2
    tell("Membaca teks", 0, steps)
    texts, truth = [keys_of(row.text) for row in rows], truth_of(rows)
    held_out = np.zeros(truth.shape, dtype=np.float32)
    for done, part in enumerate(parts, start=1):
        tell("Menguji pada sumber yang disisihkan", done, steps)
        held_out[part] = _judge_unseen(texts, truth, part, seed)
    tell("Melatih model akhir", steps - 1, steps)
    model, held_out = calibrate(fit(texts, truth, seed), held_out, truth)
    model = lightened(model, texts)
    trained = finished(rows, model, truth, 1 / (1 + np.exp(-held_out.astype(np.float64))), seed)
    rounding = as_real(trained.weights, model, texts)
    tell("Selesai", steps, steps)
    about = {**trained.weights.about, "as_real_weights": rounding}
    return replace(trained, weights=replace(trained.weights, about=about))


def as_real(weights: Weights, exact: Model, texts: Sequence[Keys]) -> dict[str, int]:
    """How many decisions one-byte weights take, and how many as the real-valued ones they were made of.

    Counted while both are at hand: what the weights were before rounding is not kept.
    """
    words, letters = weights.families
    every = tuple(family.real(np.arange(len(family.keys))) for family in (words, letters))
    rounded = replace(exact, weights=(every[0], every[1]), bias=weights.bias)
    lines = np.clip([weights.thresholds[label].certain for label in Label], 1e-6, 1 - 1e-6)
    height = np.log(lines / (1 - lines))
    same = (exact.log_odds(texts) >= height) == (rounded.log_odds(texts) >= height)
    return {"decisions": same.size, "same": int(same.sum())}


def finished(
    rows: Sequence[Row], model: Model, truth: NDArray[np.bool_], scores: NDArray[np.float64], seed: int
) -> Trained:
    """The calibrated model with its lines, drawn on the `scores` that the rows got while left out."""
    lines = draw_lines(truth, scores, [row.source for row in rows])
    certain = scores >= [lines[label].certain for label in Label]
    seen = scores >= [lines[label].unsure for label in Label]
    judged = compare(truth, scores, certain, seen, model="di luar sumber", seed=seed)
    families = [
        quantise(known.keys, known.idf, weights)
        for known, weights in zip(model.vocabularies, model.weights, strict=True)
    ]
    weights = Weights((families[0], families[1]), model.bias, lines, _about(rows, seed, judged))
    return Trained(weights, model, judged)


def save(trained: Trained, path: Path) -> LinearClassifier:
    """Write the weights whole or not at all, read them back, and return the classifier they make."""
    partial = path.with_name(path.name + ".baru")
    try:
        partial.write_bytes(pack(trained.weights))
        weights = read(partial)
        partial.replace(path)
    except OSError as error:
        raise ModelError(f"Model tidak dapat disimpan ke {path} ({because(error)}).") from error
    return LinearClassifier(weights)


def source_folds(rows: Sequence[Row]) -> list[NDArray[np.intp]]:
    """Row numbers in at most FOLDS parts of like size, every source whole within one part.

    Rows of a single source are dealt out in turn, since there is no other source to judge by.
    """
    sizes = Counter(row.source for row in rows)
    if len(sizes) < 2:
        return [np.arange(start, len(rows), FOLDS) for start in range(FOLDS)]
    count = min(FOLDS, len(sizes))
    loads, home = [0] * count, {}
    for source, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
        home[source] = loads.index(min(loads))
        loads[home[source]] += size
    belongs = np.array([home[row.source] for row in rows])
    return [np.flatnonzero(belongs == part) for part in range(count)]


def _judge_unseen(
    texts: Sequence[Keys], truth: NDArray[np.bool_], part: NDArray[np.intp], seed: int
) -> NDArray[np.float32]:
    """Log-odds for one part from a model trained on all the others."""
    others = np.setdiff1d(np.arange(len(texts)), part)
    model = fit([texts[place] for place in others], truth[others], seed)
    return model.log_odds([texts[place] for place in part])


def _about(rows: Sequence[Row], seed: int, judged: Evaluation) -> dict[str, object]:
    """What the file says of itself. No date and no path: the same rows must give the same file."""
    sources = Counter((row.source, row.licence) for row in rows)
    return {
        "seed": seed,
        "rows": len(rows),
        "sources": [[source, licence, count] for (source, licence), count in sorted(sources.items())],
        "out_of_source_f1": {name: round(figures.f1, 4) for name, figures in judged.labels.items()},
    }
