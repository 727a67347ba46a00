"""How good are the predictions: precision, recall, F1, average precision, calibration, with intervals."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifiers.base import Classifier
from classifiers.dataset import Row
from classifiers.labels import Label
from classifiers.mistakes import Confusion, Mistake, OfSource, by_register, by_source, confusion, worst

RESAMPLES = 1000
BINS = 10

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Figures:
    """One label. All 0..1; `low` and `high` enclose F1 in 95 % of bootstrap resamples.

    `caught` is the recall when the unsure ones, which a person looks at, count as found.
    """

    support: int
    precision: float
    recall: float
    f1: float
    low: float
    high: float
    average_precision: float
    calibration_error: float
    caught: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All labels together. `exact` is the share of texts whose certain labels are exactly the true ones.

    `reliability` holds, per score bin over all labels: mean score, share that was true, count. The micro
    figures take all decisions together. `by_source`, `by_register`, `worst` and `new_sources` need texts:
    `evaluate` fills them. The last are the same figures without the rows whose source the model has learnt
    from, where there are such rows.
    """

    model: str
    rows: int
    labels: dict[str, Figures]
    macro_f1: float
    macro_low: float
    macro_high: float
    macro_average_precision: float
    calibration_error: float
    exact: float
    unsure_share: float
    reliability: tuple[tuple[float, float, int], ...]
    micro_precision: float
    micro_recall: float
    micro_f1: float
    confusion: Confusion
    by_source: tuple[OfSource, ...] = ()
    by_register: tuple[OfSource, ...] = ()
    worst: tuple[Mistake, ...] = ()
    new_sources: "Evaluation | None" = None

    def to_json(self) -> str:
        """Everything as one JSON object, rounded to four digits."""
        return json.dumps(_rounded(asdict(self)), ensure_ascii=False, indent=2)


def evaluate(
    rows: Sequence[Row], classifier: Classifier, seed: int = 0, progress: Progress | None = None
) -> Evaluation:
    """Classify every row and compare. `progress` is called with rows done and rows in all."""
    scores, certain, seen = [], [], []
    for start in range(0, len(rows), classifier.at_once):
        some = rows[start : start + classifier.at_once]
        for prediction in classifier.classify([row.text for row in some]):
            scores.append([prediction.scores[label] for label in Label])
            certain.append([label in prediction.labels for label in Label])
            seen.append([label in prediction.labels or label in prediction.unsure for label in Label])
        if progress:
            progress(start + len(some), len(rows))
    shape = (len(rows), len(Label))
    truth, said = truth_of(rows), np.array(certain, dtype=np.bool_).reshape(shape)
    height = np.array(scores, dtype=np.float64).reshape(shape)
    looked_at = np.array(seen, dtype=np.bool_).reshape(shape)
    found = compare(truth, height, said, looked_at, model=classifier.name, seed=seed)
    new, learnt = None, learnt_sources(classifier)
    strange = np.array([row.source not in learnt for row in rows], dtype=np.bool_)
    if strange.any() and not strange.all():
        own = (truth[strange], height[strange], said[strange], looked_at[strange])
        new = compare(*own, model=classifier.name, seed=seed)
    return replace(
        found,
        by_source=by_source(rows, truth, said),
        by_register=by_register(rows, truth, said),
        worst=worst(rows, height, said),
        new_sources=new,
    )


def learnt_sources(classifier: Classifier) -> frozenset[str]:
    """The sources that a model says it has learnt from; none where it keeps no account of them."""
    about: Mapping[str, Any] = getattr(classifier, "about", {})
    return frozenset(str(source) for source, *_ in about.get("sources", ()))


def truth_of(rows: Collection[Row]) -> NDArray[np.bool_]:
    """True labels, rows x labels."""
    return np.array([[label in row.labels for label in Label] for row in rows], dtype=np.bool_).reshape(
        len(rows), len(Label)
    )


def compare(
    truth: NDArray[np.bool_],
    scores: NDArray[np.float64],
    certain: NDArray[np.bool_],
    seen: NDArray[np.bool_],
    *,
    model: str,
    seed: int = 0,
) -> Evaluation:
    """Figures from arrays of rows x labels: truth, scores, certain labels, certain or unsure labels."""
    low, high, macro_low, macro_high = _intervals(truth, certain, seed)
    labels = {
        label.value: _figures(
            truth[:, place], scores[:, place], certain[:, place], seen[:, place], (low[place], high[place])
        )
        for place, label in enumerate(Label)
    }
    error, reliability = _calibration(truth.ravel(), scores.ravel())
    count = len(labels)
    hits, found, true = (int(x.sum()) for x in (truth & certain, certain, truth))
    return Evaluation(
        model=model,
        rows=len(truth),
        labels=labels,
        macro_f1=sum(figures.f1 for figures in labels.values()) / count,
        macro_low=macro_low,
        macro_high=macro_high,
        macro_average_precision=sum(figures.average_precision for figures in labels.values()) / count,
        calibration_error=error,
        exact=_share(int((truth == certain).all(axis=1).sum()), len(truth)),
        unsure_share=_share(int((seen & ~certain).any(axis=1).sum()), len(truth)),
        reliability=reliability,
        micro_precision=_share(hits, found),
        micro_recall=_share(hits, true),
        micro_f1=_share(2 * hits, found + true),
        confusion=confusion(truth, certain),
    )


def _figures(
    true: NDArray[np.bool_],
    scores: NDArray[np.float64],
    certain: NDArray[np.bool_],
    seen: NDArray[np.bool_],
    bounds: tuple[float, float],
) -> Figures:
    """One label's figures; `bounds` are those of its F1."""
    support, found, hits = int(true.sum()), int(certain.sum()), int((true & certain).sum())
    return Figures(
        support=support,
        precision=_share(hits, found),
        recall=_share(hits, support),
        f1=_share(2 * hits, support + found),
        low=float(bounds[0]),
        high=float(bounds[1]),
        average_precision=average_precision(true, scores),
        calibration_error=_calibration(true, scores)[0],
        caught=_share(int((true & seen).sum()), support),
    )


def average_precision(true: NDArray[np.bool_], scores: NDArray[np.float64]) -> float:
    """Area under precision over recall, equal scores taken together; 0 where nothing is true."""
    if not true.any():
        return 0.0
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(true[order])
    last_of_tie = np.append(np.diff(scores[order]) != 0, True)
    hits, seen = hits[last_of_tie], np.arange(1, len(true) + 1)[last_of_tie]
    gained = np.diff(hits, prepend=0)
    return float((gained * hits / seen).sum() / true.sum())


def _intervals(
    truth: NDArray[np.bool_], certain: NDArray[np.bool_], seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], float, float]:
    """95 % percentile intervals of F1 per label and of macro-F1, by resampling rows."""
    if not len(truth):
        zeros = np.zeros(truth.shape[1])
        return zeros, zeros, 0.0, 0.0
    chance = np.random.default_rng(seed)
    times = chance.multinomial(len(truth), np.full(len(truth), 1 / len(truth)), size=RESAMPLES)
    hits = times @ (truth & certain).astype(np.float64)
    either = times @ (truth.astype(np.float64) + certain.astype(np.float64))
    f1 = np.divide(2 * hits, either, out=np.zeros_like(hits), where=either > 0)
    low, high = np.percentile(f1, [2.5, 97.5], axis=0)
    macro_low, macro_high = np.percentile(f1.mean(axis=1), [2.5, 97.5])
    return low, high, float(macro_low), float(macro_high)


def _calibration(
    true: NDArray[np.bool_], scores: NDArray[np.float64]
) -> tuple[float, tuple[tuple[float, float, int], ...]]:
    """Expected calibration error over equal bins of the score, and the bins that hold anything."""
    place = np.minimum((scores * BINS).astype(int), BINS - 1)
    error, bins = 0.0, []
    for number in range(BINS):
        inside = place == number
        count = int(inside.sum())
        if count:
            mean, share = float(scores[inside].mean()), float(true[inside].mean())
            error += abs(mean - share) * count / len(true)
            bins.append((mean, share, count))
    return error, tuple(bins)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(inner) for inner in value]
    return value
