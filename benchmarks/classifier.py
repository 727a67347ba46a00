"""The embedded classifier beside a plain scikit-learn pipeline, in one run on one machine.

    OMP_NUM_THREADS=1 python -m benchmarks.classifier [--rows 3000] [--texts 1000]

Both are trained on the same authored comments and asked the same other ones, one text at a time, in turns, so
that a busy machine slows both, by processor time. Quote the ratios, not the milliseconds.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline, make_union

from classifiers.dataset import Row, authored
from classifiers.default.model import SHIPPED, LinearClassifier
from classifiers.evaluate import truth_of
from classifiers.fit import keys_of
from classifiers.labels import Label
from classifiers.train import train


def plain_pipeline(rows: Sequence[Row]) -> object:
    """What most people would write first: TF-IDF of words and letters, logistic regression."""
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=4, sublinear_tf=True)
    regression = LogisticRegression(C=10, solver="liblinear")
    pipeline = make_pipeline(make_union(words, letters), OneVsRestClassifier(regression))
    return pipeline.fit([row.text for row in rows], truth_of(rows).astype(int))


def in_turns(texts: Sequence[str], *ask: Callable[[str], object]) -> list[np.ndarray]:
    """Milliseconds of processor time per text for each of `ask`: what waits for its turn does not count."""
    for text in texts[:50]:
        for one in ask:
            one(text)
    spent = [[] for _ in ask]
    for text in texts:
        for one, times in zip(ask, spent, strict=True):
            start = time.process_time()
            one(text)
            times.append((time.process_time() - start) * 1000)
    return [np.array(times) for times in spent]


def start_of(code: str) -> tuple[float, float]:
    """CPU seconds and peak MB of a fresh interpreter that runs `code` (peak from /proc: Linux only)."""
    code += (
        "; import resource, pathlib; used = resource.getrusage(resource.RUSAGE_SELF)"
        "; print(used.ru_utime + used.ru_stime, pathlib.Path('/proc/self/status').read_text()"
        ".partition('VmHWM:')[2].split()[0])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603  (our own code)
    seconds, kilobytes = done.stdout.split()
    return float(seconds), int(kilobytes) / 1024


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=3000)
    arguments.add_argument("--texts", type=int, default=1000)
    wanted = arguments.parse_args()
    rows = authored()
    chance = np.random.default_rng(0).permutation(len(rows))
    taught = [rows[place] for place in chance[: wanted.rows]]
    asked = [rows[place].text for place in chance[wanted.rows : wanted.rows + wanted.texts]]

    trained = train(taught)
    ours, theirs = LinearClassifier(trained.weights), plain_pipeline(taught)
    own, scores_only, plain = in_turns(
        asked,
        lambda text: ours.classify([text]),
        lambda text: ours.scores([text]),
        lambda text: theirs.predict_proba([text]),
    )
    print(f"{'one text, ms':34}{'p50':>8}{'p99':>8}")
    for name, times in (
        ("embedded, with reasons", own),
        ("embedded, scores only", scores_only),
        ("scikit-learn pipeline, scores only", plain),
    ):
        print(f"{name:34}{np.percentile(times, 50):8.3f}{np.percentile(times, 99):8.3f}")
    for name, times in (("with reasons", own), ("scores only", scores_only)):
        ratios = (np.percentile(plain, share) / np.percentile(times, share) for share in (50, 99))
        print("ratio, {}: {:.1f}x faster at p50, {:.1f}x at p99".format(name, *ratios))

    exact = 1 / (1 + np.exp(-trained.exact.log_odds([keys_of(text) for text in asked])))
    lines = np.array([ours.thresholds[label].certain for label in Label])
    same = (exact >= lines) == (ours.scores(asked) >= lines)
    print(f"one-byte weights decide as scikit-learn's: {same.mean():.3%} of {same.size} decisions")

    cpu, peak = start_of("from classifiers.choose import load; load().classify(['halo'])")
    base_cpu, base_peak = start_of("pass")
    library_cpu, library_peak = start_of("import sklearn.linear_model, sklearn.feature_extraction.text")
    print(f"start and first answer: {cpu - base_cpu:.2f} s CPU, +{peak - base_peak:.0f} MB")
    print(
        f"scikit-learn's import alone: {library_cpu - base_cpu:.2f} s CPU, +{library_peak - base_peak:.0f} MB"
    )
    print(f"shipped file: {SHIPPED.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
