"""Scores that are frequencies: one stretch and one shift per label, learnt on texts held out."""

import numpy as np
from numpy.typing import NDArray

from classifiers.labels import Label

_ROUNDS = 50
_NEAR = 1e-6
_LEAST_TRUE = 5  # with fewer true (or false) ones a stretch would be guessed, not learnt


def calibration(
    log_odds: NDArray[np.float32], truth: NDArray[np.bool_]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Stretch and shift per label, for `log_odds` and `truth` of held-out texts x labels."""
    slopes, shifts = np.ones(len(Label), np.float32), np.zeros(len(Label), np.float32)
    for place in range(len(Label)):
        true = truth[:, place]
        if min(int(true.sum()), int((~true).sum())) < _LEAST_TRUE:
            continue
        slope, shift = _logistic(log_odds[:, place].astype(np.float64), true.astype(np.float64))
        if slope > 0:  # a label worse than chance keeps its own scale rather than being turned round
            slopes[place], shifts[place] = slope, shift
    return slopes, shifts


def _logistic(x: NDArray[np.float64], true: NDArray[np.float64]) -> tuple[float, float]:
    """Logistic regression on one number by Newton's method; a slight pull towards slope 1, shift 0."""
    inputs = np.stack([x, np.ones_like(x)], axis=1)
    rest = np.array([1.0, 0.0])

    def loss(at: NDArray[np.float64]) -> float:
        odds = inputs @ at
        return float((np.logaddexp(0, odds) - true * odds).sum() + ((at - rest) ** 2).sum() / 2)

    found = np.zeros(2)
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(inputs @ found, -30, 30)))
        gradient = inputs.T @ (chance - true) + (found - rest)
        curve = (inputs * (chance * (1 - chance))[:, None]).T @ inputs + np.eye(2)
        step = np.linalg.solve(curve, gradient)
        while loss(found - step) > loss(found) and np.abs(step).max() > _NEAR:
            step /= 2  # far steps overshoot where the sigmoid is flat
        found = found - step
        if np.abs(step).max() <= _NEAR:
            break
    return float(found[0]), float(found[1])
