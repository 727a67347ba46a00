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
from classifiers.features import Features, extract
from classifiers.labels import Label
from classifiers.text import tokens

STRENGTH = 10.0  # inverse regularisation; 3 to 30 are equal within noise across sources
LEANING_STRENGTH = 3.0  # the same for the second learner
LEAST_TEXTS = (2, 4)  # a word or letter feature must stand in so many training texts
LETTERS = 1.5  # letters weigh a little more than words: they carry over to spellings never seen
# How much more a missed one costs than a needless look, when the unsure line is drawn.
UNSURE_BETA = dict.fromkeys(Label, 2.0) | {Label.EMERGENCY: 4.0}
# How far the certain line moves to the one that is best over all labels and sources. Emergencies alone: an
# alarm wakes people. For the others it gained nothing on other places.
TOWARDS_COMMON = {Label.EMERGENCY: 0.5}
LEFT_OUT = 0.4  # of the word features; 0.2 to 0.6 are equal within noise
LEAST_TRUE = 5  # true texts of one label in one source that say something about a line

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
    return keys_in(extract(text, tokens(text)))


def keys_in(features: Features) -> Keys:
    """The same of features that are there already."""
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
    """Two logistic regressions per label over all features, and the mean of both: still one weight a feature.

    The second sees each feature as strongly as it leans to or from the label, by the logarithm of its
    shares in the texts with and without it (naive Bayes); so rare words that lean hard weigh early.
    """
    regression = library("sklearn.linear_model").LogisticRegression
    words, letters = (vocabulary([text[family] for text in texts], LEAST_TEXTS[family]) for family in (0, 1))
    stretch = np.concatenate([np.ones(len(words.keys)), np.full(len(letters.keys), LETTERS)])
    stretched = matrix(texts, (words, letters)).multiply(stretch[None, :].astype(np.float32)).tocsr()
    times = stretched.astype(np.bool_).astype(np.float64)
    weights = np.zeros((len(stretch), len(Label)), dtype=np.float32)
    bias = np.zeros(len(Label), dtype=np.float32)
    for place in range(len(Label)):
        true = truth[:, place]
        if true.all() or not true.any():  # nothing to tell apart: always the one answer seen
            bias[place] = 6.0 if true.any() else -6.0
            continue
        lean = leaning(times, true)
        first = regression(C=STRENGTH, solver="liblinear", random_state=seed).fit(stretched, true)
        second = regression(C=LEANING_STRENGTH, solver="liblinear", random_state=seed).fit(
            stretched.multiply(lean[None, :]).tocsr(), true
        )
        weights[:, place] = (first.coef_[0] + second.coef_[0] * lean) / 2 * stretch
        bias[place] = (first.intercept_[0] + second.intercept_[0]) / 2
    return Model((words, letters), (weights[: len(words.keys)], weights[len(words.keys) :]), bias)


def leaning(times: Any, true: NDArray[np.bool_]) -> NDArray[np.float32]:
    """How far each feature leans to the texts with the label or to those without, whichever it is."""
    with_label, without = (1 + np.asarray(times[rows].sum(axis=0)).ravel() for rows in (true, ~true))
    found: NDArray[np.float32] = np.abs(
        np.log(with_label / true.sum()) - np.log(without / (~true).sum())
    ).astype(np.float32)
    return found


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


def lightened(model: Model, texts: Sequence[Keys]) -> Model:
    """Without the LEFT_OUT share of word features that move the scores least; nearly all of them are rare.

    A feature that says nothing still takes its part of a text's length, so the others now count for more;
    each label is slackened by as much as the texts show, so that scores and lines keep their meaning.
    """
    words, letters = model.vocabularies
    if not len(words.keys):
        return model
    strength = np.abs(model.weights[0]).max(axis=1) * words.idf
    kept = strength >= np.quantile(strength, LEFT_OUT)
    light = Model(
        (Vocabulary(words.keys[kept], words.idf[kept]), letters),
        (model.weights[0][kept], model.weights[1]),
        model.bias,
    )
    before, after = (one.log_odds(texts) - one.bias for one in (model, light))
    slack = (before * after).sum(axis=0) / np.maximum((after**2).sum(axis=0), 1e-9)
    slack = np.where(slack > 0, slack, 1).astype(np.float32)
    return Model(light.vocabularies, (light.weights[0] * slack, light.weights[1] * slack), light.bias)


def draw_lines(
    truth: NDArray[np.bool_], scores: NDArray[np.float64], sources: Sequence[str] = ()
) -> dict[Label, Thresholds]:
    """Certain where F1 is best, unsure where a missed one costs more than a needless look.

    A label's own best line over all texts is drawn by its large sources. Where the `sources` are told and a
    false alarm costs most, certain lies nearer to the `common_line`, in which every source has the same say.
    """
    common = common_line(truth, scores, sources) if sources else None
    lines = {}
    for place, label in enumerate(Label):
        certain = best_line(truth[:, place], scores[:, place], 1.0)
        unsure = best_line(truth[:, place], scores[:, place], UNSURE_BETA[label])
        if common is not None:
            certain = round(certain + TOWARDS_COMMON.get(label, 0.0) * (common - certain), 4)
        lines[label] = Thresholds(certain, min(unsure, certain))
    return lines


def common_line(
    truth: NDArray[np.bool_], scores: NDArray[np.float64], sources: Sequence[str]
) -> float | None:
    """The one line from which on F1 is best in the mean over all labels and sources, each pair counting once.

    A pair counts that has LEAST_TRUE true texts; None when there is none.
    """
    homes = np.unique(np.array(sources), return_inverse=True)[1]
    steps = np.arange(0.1, 0.9, 0.02)
    curves = []
    for home in range(homes.max() + 1):
        own, height = truth[homes == home], scores[homes == home]
        for place in np.flatnonzero(own.sum(axis=0) >= LEAST_TRUE):
            said = height[:, place, None] >= steps
            hits = (said & own[:, place, None]).sum(axis=0)
            curves.append(2 * hits / (said.sum(axis=0) + own[:, place].sum()))
    return float(steps[np.mean(curves, axis=0).argmax()]) if curves else None


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
