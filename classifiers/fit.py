"""The mathematics of training: matrices, one logistic regression per label, calibration, thresholds.

scikit-learn and SciPy belong to the `train` extra and are looked up when training starts, so that importing
this module costs nothing where they are absent.
"""

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifiers.base import Thresholds
from classifiers.default.weights import known_rows
from classifiers.errors import MissingExtraError
from classifiers.features import extract
from classifiers.labels import Label
from classifiers.text import tokens

STRENGTH = 10.0  # inverse regularisation; 3 to 30 are equal within noise across sources
LEAST_TEXTS = (2, 4)  # a word or letter feature must stand in so many training texts
LETTERS = 1.5  # letters weigh a little more than words: they carry over to spellings never seen
# How much more a missed one costs than a needless look, when the unsure line is drawn.
UNSURE_BETA = dict.fromkeys(Label, 2.0) | {Label.EMERGENCY: 4.0}

Keys = tuple[NDArray[np.uint32], NDArray[np.uint32]]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Known features of one family, in ascending order, with their inverse document frequency."""

    keys: NDArray[np.uint32]
    idf: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Model:
    """Real-valued weights: per family features x labels; `log_odds = values @ weights + bias`."""

    vocabularies: tuple[Vocabulary, Vocabulary]
    weights: tuple[NDArray[np.float32], NDArray[np.float32]]
    bias: NDArray[np.float32]

    def log_odds(self, texts: Sequence[Keys]) -> NDArray[np.float32]:
        """Texts x labels."""
        stacked = np.vstack(self.weights)
        total: NDArray[np.float32] = matrix(texts, self.vocabularies) @ stacked + self.bias
        return total


def library(name: str) -> Any:
    """A module of the `train` extra. Raises MissingExtraError."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise MissingExtraError("Melatih model", "train") from error


def keys_of(text: str) -> Keys:
    """Distinct features of one text, ascending, per family."""
    features = extract(text, tokens(text))
    letters = {key for group in features.char_keys for key in group}
    return np.array(sorted(set(features.word_keys)), np.uint32), np.array(sorted(letters), np.uint32)


def vocabulary(texts: Sequence[NDArray[np.uint32]], least: int) -> Vocabulary:
    """Features that stand in at least `least` of the texts."""
    if not texts:
        return Vocabulary(np.zeros(0, np.uint32), np.zeros(0, np.float32))
    keys, counts = np.unique(np.concatenate(texts), return_counts=True)
    kept = counts >= least
    idf = np.log((1 + len(texts)) / (1 + counts[kept])) + 1
    return Vocabulary(keys[kept], idf.astype(np.float16).astype(np.float32))


def matrix(texts: Sequence[Keys], vocabularies: tuple[Vocabulary, Vocabulary]) -> Any:
    """Sparse texts x features; each family of each text has length 1 (or 0 when nothing is known)."""
    sparse = library("scipy.sparse")
    blocks = []
    for family, known in enumerate(vocabularies):
        lengths = [len(text[family]) for text in texts]
        flat = np.concatenate([text[family] for text in texts]) if texts else np.zeros(0, np.uint32)
        places, is_known = known_rows(known.keys, flat)
        lines = np.repeat(np.arange(len(texts)), lengths)[is_known]
        columns = places[is_known]
        values = known.idf[columns]
        norms = np.sqrt(np.bincount(lines, values.astype(np.float64) ** 2, minlength=len(texts)))
        values = (values / np.maximum(norms, 1e-9)[lines]).astype(np.float32)
        blocks.append(sparse.csr_matrix((values, (lines, columns)), shape=(len(texts), len(known.keys))))
    return sparse.hstack(blocks).tocsr()


def fit(texts: Sequence[Keys], truth: NDArray[np.bool_], seed: int) -> Model:
    """One logistic regression per label over all features."""
    regression = library("sklearn.linear_model").LogisticRegression
    words, letters = (vocabulary([text[family] for text in texts], LEAST_TEXTS[family]) for family in (0, 1))
    stretch = np.concatenate([np.ones(len(words.keys)), np.full(len(letters.keys), LETTERS)])
    stretched = matrix(texts, (words, letters)).multiply(stretch[None, :].astype(np.float32)).tocsr()
    weights = np.zeros((len(stretch), len(Label)), dtype=np.float32)
    bias = np.zeros(len(Label), dtype=np.float32)
    for place in range(len(Label)):
        true = truth[:, place]
        if true.all() or not true.any():  # nothing to tell apart: always the one answer seen
            bias[place] = 6.0 if true.any() else -6.0
            continue
        found = regression(C=STRENGTH, solver="liblinear", random_state=seed).fit(stretched, true)
        weights[:, place] = found.coef_[0] * stretch
        bias[place] = found.intercept_[0]
    return Model((words, letters), (weights[: len(words.keys)], weights[len(words.keys) :]), bias)


def calibrate(model: Model, log_odds: NDArray[np.float32], truth: NDArray[np.bool_]) -> tuple[Model, Any]:
    """Stretch and shift each label so that scores are frequencies on texts of sources not trained on.

    Returns the model so changed, and the out-of-source `log_odds` changed in the same way.
    """
    regression = library("sklearn.linear_model").LogisticRegression
    slopes, shifts = np.ones(len(Label), np.float32), np.zeros(len(Label), np.float32)
    for place in range(len(Label)):
        true = truth[:, place]
        if true.all() or not true.any():
            continue
        found = regression(C=1e6).fit(log_odds[:, [place]].astype(np.float64), true)
        if (
            found.coef_[0, 0] > 0
        ):  # a label worse than chance keeps its own scale rather than being turned round
            slopes[place], shifts[place] = found.coef_[0, 0], found.intercept_[0]
    changed = Model(
        model.vocabularies,
        (model.weights[0] * slopes, model.weights[1] * slopes),
        model.bias * slopes + shifts,
    )
    return changed, log_odds * slopes + shifts


def draw_lines(truth: NDArray[np.bool_], scores: NDArray[np.float64]) -> dict[Label, Thresholds]:
    """Certain where F1 is best, unsure where a missed one costs more than a needless look."""
    lines = {}
    for place, label in enumerate(Label):
        certain = best_line(truth[:, place], scores[:, place], 1.0)
        unsure = best_line(truth[:, place], scores[:, place], UNSURE_BETA[label])
        lines[label] = Thresholds(certain, min(unsure, certain))
    return lines


def best_line(true: NDArray[np.bool_], scores: NDArray[np.float64], beta: float) -> float:
    """The score from which on F-beta is best, to four digits; 0.5 when nothing is true."""
    if not true.any():
        return 0.5
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(true[order])
    found = np.arange(1, len(true) + 1)
    quality = (1 + beta**2) * hits / (found + beta**2 * true.sum())
    quality[:-1][np.diff(scores[order]) == 0] = -1  # a line cannot part equal scores
    return float(np.floor(scores[order][int(quality.argmax())] * 1e4) / 1e4)
