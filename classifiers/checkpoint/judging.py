"""Before and after: the same rows, the same way of drawing lines."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifiers.base import Classifier, Thresholds
from classifiers.checkpoint.calibrating import calibration
from classifiers.checkpoint.reading import Reader, Window
from classifiers.checkpoint.scoring import Run, log_odds
from classifiers.dataset import AUTHORED_SOURCE, Row, fingerprint, share_of
from classifiers.errors import DataError
from classifiers.evaluate import Evaluation, compare, truth_of
from classifiers.fit import draw_lines
from classifiers.labels import Label

HELD_OUT = 0.1
"""Share of the rows to stop by and to draw the lines on, and once more to judge by."""

MOST_HELD_OUT = 1500
LEAST_ROWS = 60
_LEAST_EACH = 4


@dataclass(frozen=True, slots=True)
class Dealt:
    """Rows to learn from, to check by while learning, and to judge by. Copies of a text stay together."""

    learn: list[Row]
    check: list[Row]
    judge: list[Row]


@dataclass(frozen=True, slots=True)
class Held:
    """Texts that the network does not learn from, as it reads them, with their truth (texts x labels)."""

    windows: list[Window]
    truth: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Lines:
    """Calibration (one number per label each) and thresholds, drawn on the rows to check by."""

    slopes: NDArray[np.float32]
    shifts: NDArray[np.float32]
    thresholds: dict[Label, Thresholds]

    def scores(self, found: NDArray[np.float32]) -> NDArray[np.float64]:
        """Calibrated scores, 0..1."""
        stretched = np.clip(found * self.slopes + self.shifts, -30, 30).astype(np.float64)
        return np.asarray(1 / (1 + np.exp(-stretched)), dtype=np.float64)

    def certain(self, found: NDArray[np.float32]) -> NDArray[np.bool_]:
        """Which labels are certain at these log-odds."""
        lines = np.array([self.thresholds[label].certain for label in Label])
        return np.asarray(self.scores(found) >= lines)


def deal(rows: Sequence[Row], most: int = MOST_HELD_OUT) -> Dealt:
    """Parts by the hash of the words, held out before all others those that did not come with Tanggap.

    Without that the authored comments, which are many, would fill both parts, and an agency's lines would be
    drawn and judged on what others wrote. `most` rows fill a part. Raises DataError when there is too little.
    """
    copies: dict[str, list[Row]] = {}
    for row in rows:
        copies.setdefault(fingerprint(row.text), []).append(row)
    dealt = Dealt([], [], [])
    for texts in sorted(copies.values(), key=_turn):
        share = share_of(texts[0].text, "checkpoint")
        part = dealt.check if share < HELD_OUT else dealt.judge if share < 2 * HELD_OUT else dealt.learn
        # A tenth of a large file is more than the figures need, and every held-out text costs time.
        part = part if len(part) < most else dealt.learn
        part += texts
    if len(rows) < LEAST_ROWS or min(len(dealt.check), len(dealt.judge)) < _LEAST_EACH:
        raise DataError(
            f"Data latih hanya {len(rows)} baris; untuk melatih dari checkpoint perlu paling sedikit "
            f"{LEAST_ROWS} komentar yang berbeda."
        )
    return dealt


def own_rows(rows: Sequence[Row]) -> int:
    """How many of the rows did not come with Tanggap: files of the agency, corrections of its team."""
    return sum(not row.source.startswith(AUTHORED_SOURCE) for row in rows)


def _turn(texts: Sequence[Row]) -> tuple[bool, float]:
    """Own rows first, each group by its hash."""
    return not own_rows(texts), share_of(texts[0].text, "checkpoint")


def held(reader: Reader, rows: Sequence[Row]) -> Held:
    """Rows as the network reads them."""
    return Held(reader.read([row.text for row in rows]), truth_of(rows))


def first_windows(windows: Sequence[Window]) -> list[Window]:
    """The first window of every text."""
    found: dict[int, Window] = {}
    for window in windows:
        found.setdefault(window.text, window)
    return list(found.values())


def odds_of(run: Run, texts: Held, pad: int) -> NDArray[np.float32]:
    """Texts x labels, not calibrated."""
    return log_odds(run, texts.windows, len(texts.truth), pad)


def draw(found: NDArray[np.float32], truth: NDArray[np.bool_]) -> Lines:
    """Calibration and thresholds from log-odds of the rows to check by."""
    slopes, shifts = calibration(found, truth)
    plain = Lines(slopes, shifts, {})
    scores = plain.scores(found)
    lines = draw_lines(truth, scores)
    return Lines(
        slopes,
        shifts,
        {
            label: Thresholds(*(_amid(scores[:, place], line) for line in (one.certain, one.unsure)))
            for place, (label, one) in enumerate(lines.items())
        },
    )


def _amid(scores: NDArray[np.float64], line: float) -> float:
    """The middle of the gap in which a line lies: no text sits on it, to be tipped over by rounding."""
    above, below = scores[scores >= line], scores[scores < line]
    if not len(above) or not len(below):
        return line
    return round(float(above.min() + below.max()) / 2, 6)


def judge(lines: Lines, found: NDArray[np.float32], truth: NDArray[np.bool_], model: str) -> Evaluation:
    """Figures of these log-odds at these lines."""
    scores = lines.scores(found)
    seen = scores >= [lines.thresholds[label].unsure for label in Label]
    return compare(truth, scores, lines.certain(found), np.asarray(seen), model=model)


def figures(classifier: Classifier, rows: Sequence[Row]) -> Evaluation:
    """Figures of any finished classifier, all texts handed over together so that it may sort them."""
    found = classifier.classify([row.text for row in rows])
    shape = (len(rows), len(Label))
    scores = np.array([[p.scores[label] for label in Label] for p in found], np.float64).reshape(shape)
    certain = np.array([[label in p.labels for label in Label] for p in found], np.bool_).reshape(shape)
    unsure = np.array([[label in p.unsure for label in Label] for p in found], np.bool_).reshape(shape)
    return compare(truth_of(rows), scores, certain, certain | unsure, model=classifier.name)
