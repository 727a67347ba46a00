"""The embedded classifier beside scikit-learn and a transformers `pipeline()`, in one run on one machine.

    OMP_NUM_THREADS=1 python -m benchmarks.classifier [--rows 3000] [--texts 1000] [--rounds 3]

Every contender is asked the same authored comments, one text at a time, in turns, so that a busy machine
slows all of them, by processor time on one thread. scikit-learn twice: its own classes with the very weights
that are shipped (its vectorisers ask our function for the features, so the decisions are the same), and the
pipeline that most people would write first. The lines about torch and transformers need the extra `finetune`,
and are said to be skipped without it. Quote the ratios, not the milliseconds.
"""

import argparse
import importlib.util
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import Pipeline, make_pipeline, make_union

from benchmarks.checkpoint import EMBEDDED, IMPORTED, NOTHING, PIPELINE, SCORES, checkpoint, measured
from classifiers.choose import load
from classifiers.dataset import Row, authored
from classifiers.default.model import SHIPPED, LinearClassifier
from classifiers.default.weights import Weights, read
from classifiers.evaluate import truth_of
from classifiers.fit import keys_of
from classifiers.labels import Label
from classifiers.train import train

BLOCK = 25


def same_weights(weights: Weights) -> Pipeline:
    """scikit-learn's classes around the shipped weights, undone from one byte; nothing is fitted anew."""
    unions = []
    for family, known in enumerate(weights.families):
        places = {int(key): place for place, key in enumerate(known.keys)}
        vectoriser = TfidfVectorizer(
            analyzer=lambda text, family=family: keys_of(text)[family].tolist(),
            vocabulary=places,
            binary=True,
            dtype=np.float32,
        )
        vectoriser.idf_ = known.idf
        unions.append(vectoriser)
    real = np.vstack([known.real(np.arange(len(known.keys))) for known in weights.families])
    answers = np.array([[True] * len(Label), [False] * len(Label)]).astype(int)
    judge = OneVsRestClassifier(LogisticRegression()).fit(csr_matrix((2, len(real))), answers)
    for place, one in enumerate(judge.estimators_):
        one.coef_, one.intercept_ = real[:, [place]].T.astype(np.float64), weights.bias[[place]].astype(float)
    return make_pipeline(make_union(*unions), judge)


def plain_pipeline(rows: Sequence[Row]) -> object:
    """What most people would write first: TF-IDF of words and letters, logistic regression."""
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=4, sublinear_tf=True)
    regression = LogisticRegression(C=10, solver="liblinear")
    pipeline = make_pipeline(make_union(words, letters), OneVsRestClassifier(regression))
    return pipeline.fit([row.text for row in rows], truth_of(rows).astype(int))


def in_turns(texts: Sequence[str], *ask: Callable[[str], object]) -> list[np.ndarray]:
    """Milliseconds of processor time per text for each of `ask`: what waits for its turn does not count.

    They take turns by blocks of texts, in an order drawn anew for each block: each works beside its own like,
    as in use, and no one is always the second to meet a text.
    """
    chance = np.random.default_rng(0)
    for text in texts[:50]:
        for one in ask:
            one(text)
    spent = [[] for _ in ask]
    for start in range(0, len(texts), BLOCK):
        for place in chance.permutation(len(ask)):
            for text in texts[start : start + BLOCK]:
                begun = time.process_time()
                ask[place](text)
                spent[place].append((time.process_time() - begun) * 1000)
    return [np.array(times) for times in spent]


def beside_transformers(texts: Sequence[str], rounds: int) -> None:
    """Throughput, memory and start beside a network of the size of BERT-base with random weights."""
    if any(importlib.util.find_spec(name) is None for name in ("torch", "transformers", "onnx")):
        print("beside transformers: skipped, the extra finetune is not installed")
        return
    with tempfile.TemporaryDirectory() as home:
        base, asked = Path(home) / "base", Path(home) / "texts.json"
        asked.write_text(json.dumps(list(texts)))
        checkpoint(base, 12)
        contenders = {
            "pipeline": PIPELINE.format(base=str(base)),
            "reasons": EMBEDDED,
            "scores": SCORES,
            "imported": IMPORTED,
            "nothing": NOTHING,
        }
        runs = [{name: measured(start, asked) for name, start in contenders.items()} for _ in range(rounds)]
    best = {name: [min(run[name][i] for run in runs) for i in range(5)] for name in contenders}
    for name in ("reasons", "scores"):
        print(f"throughput, {name:8} {best['pipeline'][3] / best[name][3]:6.0f}x the pipeline() (bar 200)")
    print(f"memory: {best['imported'][1] / best['reasons'][1]:.1f}x less than torch + transformers (bar 8)")
    print(f"cold start: {best['imported'][0] / best['reasons'][0]:.1f}x sooner than their import (bar 15)")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=3000)
    arguments.add_argument("--texts", type=int, default=1000)
    arguments.add_argument("--rounds", type=int, default=3)
    wanted = arguments.parse_args()
    rows = authored()
    chance = np.random.default_rng(0).permutation(len(rows))
    taught = [rows[place] for place in chance[: wanted.rows]]
    asked = [rows[place].text for place in chance[wanted.rows : wanted.rows + wanted.texts]]
    latency(taught, asked)
    agreement(taught, asked)
    beside_transformers(asked[:96], wanted.rounds)
    print(f"shipped file: {SHIPPED.stat().st_size / 1e6:.2f} MB")


def latency(taught: Sequence[Row], asked: Sequence[str]) -> None:
    """One text at a time."""
    ours, theirs, plain = load(), same_weights(read(SHIPPED)), plain_pipeline(taught)
    apart = np.abs(theirs.predict_proba(asked[:200]) - ours.scores(asked[:200])).max()
    print(f"scikit-learn with the shipped weights: its scores are ours to {apart:.0e}")
    contenders = {
        "embedded, with reasons": lambda text: ours.classify([text]),
        "embedded, scores only": lambda text: ours.scores([text]),
        "scikit-learn, the same weights, scores": lambda text: theirs.predict_proba([text]),
        "scikit-learn, a plain pipeline, scores": lambda text: plain.predict_proba([text]),
    }
    spent = dict(zip(contenders, in_turns(asked, *contenders.values()), strict=True))
    print(f"{'one text, ms':40}{'p50':>8}{'p99':>8}")
    for name, times in spent.items():
        print(f"{name:40}{np.percentile(times, 50):8.3f}{np.percentile(times, 99):8.3f}")
    reasons, scores, same, other = spent.values()
    for name, times in (("with reasons", reasons), ("scores only", scores)):
        for against, others in (("the same weights (bar 12)", same), ("a plain pipeline", other)):
            ratios = [np.percentile(others, share) / np.percentile(times, share) for share in (50, 99)]
            print(f"latency, {name}, against {against}: {ratios[0]:.1f}x at p50, {ratios[1]:.1f}x at p99")


def agreement(taught: Sequence[Row], asked: Sequence[str]) -> None:
    """One-byte weights beside the real-valued ones of the same training."""
    trained = train(taught)
    ours = LinearClassifier(trained.weights)
    exact = 1 / (1 + np.exp(-trained.exact.log_odds([keys_of(text) for text in asked])))
    lines = np.array([ours.thresholds[label].certain for label in Label])
    same = (exact >= lines) == (ours.scores(asked) >= lines)
    print(f"one-byte weights decide as the real-valued ones: {same.mean():.3%} of {same.size} (bar 99.9 %)")
    if counted := load().about.get("as_real_weights"):  # kept in the file, since what it was made of is not
        share, size = counted["same"] / counted["decisions"], counted["decisions"]
        print(f"the shipped file itself, on what it learnt: {share:.4%} of {size} (bar 99.9 %)")


if __name__ == "__main__":
    main()
