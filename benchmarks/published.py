"""For comparison with published work: the shipped recipe on the native labels of Ibrohim & Budi's set (2019).

    OMP_NUM_THREADS=1 python -m benchmarks.published FILE.jsonl [--folds 3]

FILE holds `text` and `labels` (HS, Abusive and the ten finer ones, 0 or 1). A fifth of the texts, by a hash
of the normalised text, is held out; what is chosen is chosen by folds inside the rest: which learners are
added up, and whether the finer labels help as further questions about the same text. Nothing of this
is shipped: the set is CC BY-NC-SA 4.0. Needs the extra `train`.
"""

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from classifiers.fit import LEAST_TEXTS, LETTERS, Keys, keys_of, leaning, matrix, vocabulary
from classifiers.text import normalise

JUDGED = ("HS", "Abusive")
RESAMPLES = 1000
Scores = NDArray[np.float64]
Truth = NDArray[np.bool_]
LEARNERS = ("lr", "nb-lr", "svm")
SUMS = (("lr",), ("lr", "nb-lr"), ("lr", "nb-lr", "svm"))


def is_held_out(text: str) -> bool:
    """A fifth, by the normalised text alone, so that copies stay together."""
    return (
        int.from_bytes(hashlib.sha256(normalise(text).encode("utf-8", "replace")).digest()[:8], "big") % 5
        == 0
    )


def macro_f1(true: Truth, said: Truth) -> float:
    """The mean of F1 of the label and F1 of its absence."""
    return float(
        np.mean(
            [2 * (t & s).sum() / max(int(t.sum() + s.sum()), 1) for t, s in ((true, said), (~true, ~said))]
        )
    )


def interval(true: Truth, said: Truth) -> tuple[float, float]:
    """95 % of bootstrap resamples."""
    chance = np.random.default_rng(0)
    picks = chance.integers(0, len(true), (RESAMPLES, len(true)))
    low, high = np.percentile([macro_f1(true[pick], said[pick]) for pick in picks], [2.5, 97.5])
    return float(low), float(high)


def log_odds(taught: Sequence[Keys], true: Truth, asked: Sequence[Keys]) -> dict[str, Scores]:
    """Per learner its scores for the asked texts, texts x labels; the first two are the shipped recipe's."""
    known = (
        vocabulary([t[0] for t in taught], LEAST_TEXTS[0]),
        vocabulary([t[1] for t in taught], LEAST_TEXTS[1]),
    )
    stretch = np.concatenate([np.ones(len(known[0].keys)), np.full(len(known[1].keys), LETTERS)])
    learnt, judged = (matrix(texts, known).multiply(stretch[None, :]).tocsr() for texts in (taught, asked))
    times = learnt.astype(np.bool_).astype(np.float64)
    found = {name: np.zeros((len(asked), true.shape[1])) for name in LEARNERS}
    for place, label in enumerate(true.T):
        lean = leaning(times, label)
        made = {
            "lr": (LogisticRegression(C=10.0, solver="liblinear", random_state=0), learnt, judged),
            "nb-lr": (
                LogisticRegression(C=3.0, solver="liblinear", random_state=0),
                learnt.multiply(lean[None, :]).tocsr(),
                judged.multiply(lean[None, :]).tocsr(),
            ),
            "svm": (LinearSVC(C=0.3, random_state=0), learnt, judged),
        }
        for name, (learner, own, other) in made.items():
            found[name][:, place] = learner.fit(own, label).decision_function(other)
    return found


def summed(found: dict[str, Scores], names: Sequence[str]) -> Scores:
    return np.sum([found[name] for name in names], axis=0)


def stacked(found: dict[str, Scores]) -> Scores:
    """All learners' answers to all labels, side by side."""
    return np.hstack([found[name] for name in LEARNERS])


def stack(inner: Scores, true: Truth) -> LogisticRegression:
    """Learns from answers that were given out of fold what they say together about one label."""
    return LogisticRegression(C=0.05, max_iter=2000).fit(inner, true)


def out_of_fold(texts: Sequence[Keys], true: Truth, folds: int) -> dict[str, Scores]:
    """What the learners say of each text when they have not seen it."""
    home = np.random.default_rng(0).permutation(len(texts)) % folds
    found = {name: np.zeros(true.shape) for name in LEARNERS}
    for fold in range(folds):
        inside, outside = np.flatnonzero(home != fold), np.flatnonzero(home == fold)
        said = log_odds([texts[i] for i in inside], true[inside], [texts[i] for i in outside])
        for name in LEARNERS:
            found[name][outside] = said[name]
    return found


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--folds", type=int, default=3)
    wanted = arguments.parse_args()
    rows = [json.loads(line) for line in wanted.file.read_text(encoding="utf-8").splitlines()]
    names = list(rows[0]["labels"])
    texts = [keys_of(row["text"]) for row in rows]
    true = np.array([[row["labels"][name] == 1 for name in names] for row in rows])
    out = np.array([is_held_out(row["text"]) for row in rows])
    learn, judge = np.flatnonzero(~out), np.flatnonzero(out)
    print(f"{len(rows)} texts, {len(judge)} held out")
    inner = out_of_fold([texts[i] for i in learn], true[learn], wanted.folds)
    final = log_odds([texts[i] for i in learn], true[learn], [texts[i] for i in judge])
    for name in JUDGED:
        place, own, other = names.index(name), true[learn, names.index(name)], true[judge, names.index(name)]
        answers = {
            "+".join(some): (summed(inner, some)[:, place], summed(final, some)[:, place]) for some in SUMS
        }
        half = np.arange(len(learn)) % 2 == 0  # the stack is judged on the half that it has not seen
        again = np.zeros(len(learn))
        for part in (half, ~half):
            again[~part] = stack(stacked(inner)[part], own[part]).decision_function(stacked(inner)[~part])
        whole = stack(stacked(inner), own).decision_function(stacked(final))
        answers["with the finer labels"] = again, whole
        for which, (inside, held) in answers.items():
            low, high = interval(other, held >= 0)
            print(
                f"{name:8} {which:22} inside {macro_f1(own, inside >= 0):.4f}"
                f"   held out {macro_f1(other, held >= 0):.4f} ({low:.3f}-{high:.3f})"
            )


if __name__ == "__main__":
    main()
