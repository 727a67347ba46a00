"""Learning from the team's corrections, and the judgement whether what was learnt may be installed.

The rule: a model is refused when it became worse on the held-out corrections or on the regression set. On
the corrections, which are few, it became worse as soon as the macro-F1 fell at all: chance could explain
nearly any fall there. On either set it became worse when the macro-F1, or the F1 of a label, fell by more
than chance explains: 1,000 paired resamples of the rows, and the whole interval of the change lies below
zero (95 % for the macro-F1; for the labels 95 % shared among all of them, so that eight looks raise no more
false alarms than one).
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from classifiers.base import Classifier, Thresholds
from classifiers.corrections_fit import Progress, adapt
from classifiers.dataset import Row, authored, fingerprint, regression_set, share_of, to_learn_from
from classifiers.default.model import LinearClassifier
from classifiers.default.weights import Weights
from classifiers.errors import DataError
from classifiers.evaluate import truth_of
from classifiers.labels import Label

HELD_OUT = 0.25
"""Of the corrections, so much is never learnt from, by the hash of the words: the same ones every time."""
LEAST = 20
"""Corrections below this teach less than they confuse."""
MOST_ANCHORS = 4_000
"""More would only take longer: what they count for together stays the same."""
RESAMPLES = 1000
_SLACK = 1e-9

Decisions = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Change:
    """F1 before and after, and the interval of the difference over paired resamples."""

    before: float
    after: float
    low: float
    high: float

    @property
    def worse(self) -> bool:
        """Whether chance does not explain the fall."""
        return self.high < -_SLACK

    @property
    def fell(self) -> bool:
        """Whether it fell at all, were it by chance."""
        return self.after < self.before - _SLACK


@dataclass(frozen=True, slots=True)
class Compared:
    """Two models on the same rows. `labels` holds those that occur in the rows or were said of them."""

    rows: int
    macro: Change
    labels: Mapping[Label, Change]
    right_before: int
    right_after: int
    """Rows whose certain labels were exactly the true ones."""

    @property
    def worse(self) -> tuple[str, ...]:
        """What fell: names of labels, "makro" first."""
        fallen = [label.value for label, change in self.labels.items() if change.worse]
        return (*(("makro",) if self.macro.worse else ()), *fallen)


@dataclass(frozen=True, slots=True)
class Judged:
    """The model in use and one that learnt from `learnt_from` corrections, on the two sets that judge."""

    learnt_from: int
    corrections: Compared
    regression: Compared

    @property
    def worse(self) -> bool:
        """Whether the new one may be installed only by somebody who insists."""
        return self.surely_worse or self.corrections.macro.fell

    @property
    def surely_worse(self) -> bool:
        """Whether chance does not explain it."""
        return bool(self.corrections.worse or self.regression.worse)


@dataclass(frozen=True, slots=True)
class Learnt(Judged):
    """A new model that waits for installation, with what judges it."""

    weights: Weights


def judged(rows: Sequence[Row], in_use: Classifier, changed: Classifier) -> Judged:
    """Two finished models on the corrections among `rows` that were held out, and on the regression set."""
    held_out, lesson = apart(rows)
    return Judged(
        learnt_from=len(lesson),
        corrections=compare_two(held_out, in_use, changed),
        regression=compare_two(regression_set(), in_use, changed),
    )


def apart(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The corrections that judge and are never learnt from, and the others."""
    held_out = [row for row in rows if share_of(row.text, "koreksi") < HELD_OUT]
    return held_out, [row for row in rows if share_of(row.text, "koreksi") >= HELD_OUT]


def settled(rows: Sequence[Row]) -> list[Row]:
    """One row per text, the latest word on it; without empty texts and without the regression set's own."""
    judges = {fingerprint(row.text) for row in regression_set()}
    latest = {_key(row.text): row for row in rows}
    return [row for key, row in latest.items() if key and key not in judges]


def _key(text: str) -> str:
    """What makes two corrected texts the same one; signs alone ("👎👎") have no `fingerprint`."""
    plain = unicodedata.normalize("NFKC", text)
    return fingerprint(text) or "".join(sign for sign, _ in groupby("".join(plain.split())))


def learn(
    shipped: Weights,
    in_use: Classifier,
    rows: Sequence[Row],
    thresholds: Mapping[Label, Thresholds] | None = None,
    progress: Progress | None = None,
    most_anchors: int = MOST_ANCHORS,
) -> Learnt:
    """The shipped weights with what the `settled` rows teach, judged beside the model `in_use`.

    Always from the shipped weights, with all corrections: learning twice does not drift. `thresholds` are
    the agency's own. Raises DataError for fewer than LEAST rows, MissingExtraError without scikit-learn.
    """
    if len(rows) < LEAST:
        raise DataError(f"Koreksi yang dapat dipelajari baru {len(rows)}; paling sedikit {LEAST}.")
    _, lesson = apart(rows)
    dealt = sorted(to_learn_from(authored()), key=lambda row: share_of(row.text, "jangkar"))
    anchors = [row.text for row in dealt[:most_anchors]]
    weights = adapt(shipped, [row.text for row in lesson], truth_of(lesson), anchors, progress)
    about = {**shipped.about, "corrections": len(lesson), "shipped": shipped.digest}
    weights = replace(weights, about=about)
    found = judged(rows, in_use, LinearClassifier(weights, thresholds))
    return Learnt(found.learnt_from, found.corrections, found.regression, weights)


def compare_two(rows: Sequence[Row], before: Classifier, after: Classifier, seed: int = 0) -> Compared:
    """Both models on the same rows."""
    truth, first, second = truth_of(rows), _decisions(rows, before), _decisions(rows, after)
    changes, macro = _changes(truth, first, second, seed)
    occurs = np.asarray((truth | first | second).any(axis=0))
    return Compared(
        rows=len(rows),
        macro=macro,
        labels={label: changes[place] for place, label in enumerate(Label) if occurs[place]},
        right_before=int((truth == first).all(axis=1).sum()),
        right_after=int((truth == second).all(axis=1).sum()),
    )


def _decisions(rows: Sequence[Row], classifier: Classifier) -> Decisions:
    found = classifier.classify([row.text for row in rows])
    said = [[label in prediction.labels for label in Label] for prediction in found]
    return np.array(said, dtype=np.bool_).reshape(len(rows), len(Label))


def _changes(truth: Decisions, before: Decisions, after: Decisions, seed: int) -> tuple[list[Change], Change]:
    """Per label, and the macro-F1 over the labels that are true somewhere."""
    count = len(truth)
    once = np.ones((1, count))
    if count:
        chance = np.random.default_rng(seed)
        times = chance.multinomial(count, np.full(count, 1 / count), size=RESAMPLES).astype(np.float64)
    else:
        times = once
    first, second = _f1(once, truth, before)[0], _f1(once, truth, after)[0]
    moved = _f1(times, truth, after) - _f1(times, truth, before)
    share = 2.5 / len(Label)
    low, high = np.percentile(moved, [share, 100 - share], axis=0)
    labels = [Change(*(float(x[place]) for x in (first, second, low, high))) for place in range(len(Label))]
    present = np.flatnonzero(truth.any(axis=0)) if truth.any() else np.arange(len(Label))
    low, high = np.percentile(moved[:, present].mean(axis=1), [2.5, 97.5])
    macro = Change(float(first[present].mean()), float(second[present].mean()), float(low), float(high))
    return labels, macro


def _f1(times: NDArray[np.float64], truth: Decisions, said: Decisions) -> NDArray[np.float64]:
    """Resamples x labels; 0 where a label is neither true nor said."""
    hits = times @ (truth & said).astype(np.float64)
    either = times @ (truth.astype(np.float64) + said.astype(np.float64))
    found: NDArray[np.float64] = np.divide(2 * hits, either, out=np.zeros_like(hits), where=either > 0)
    return found
