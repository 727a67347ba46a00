"""Pictures of an evaluation. matplotlib belongs to the `plot` extra and is looked up when it is needed."""

import importlib
from pathlib import Path
from typing import Any

from classifiers.errors import MissingExtraError, ModelError
from classifiers.evaluate import Evaluation


def plot(evaluation: Evaluation, path: Path) -> None:
    """F1 per label with its interval, and calibration, as one picture; the kind follows the file's ending.

    Raises MissingExtraError without matplotlib, ModelError when the file cannot be written.
    """
    try:
        figure = importlib.import_module("matplotlib.figure").Figure(figsize=(10, 4.2), layout="constrained")
    except ImportError as error:
        raise MissingExtraError("Membuat grafik", "plot") from error
    bars, curve = figure.subplots(1, 2)
    _bars(bars, evaluation)
    _curve(curve, evaluation)
    try:
        figure.savefig(path, dpi=150)
    except (OSError, ValueError) as error:
        raise ModelError(f"Grafik tidak dapat disimpan ke {path} ({error}).") from error


def _bars(axes: Any, evaluation: Evaluation) -> None:
    names = list(evaluation.labels)
    figures = list(evaluation.labels.values())
    axes.barh(names, [one.f1 for one in figures], color="#4c78a8")
    below = [max(0.0, one.f1 - one.low) for one in figures]
    above = [max(0.0, one.high - one.f1) for one in figures]
    axes.errorbar(
        [one.f1 for one in figures], names, xerr=[below, above], fmt="none", ecolor="#333333", capsize=3
    )
    axes.invert_yaxis()
    axes.set(xlim=(0, 1), xlabel="F1", title=f"F1 per label, makro {evaluation.macro_f1:.2f}")


def _curve(axes: Any, evaluation: Evaluation) -> None:
    axes.plot([0, 1], [0, 1], color="#999999", linestyle="--", linewidth=1)
    axes.plot(
        [mean for mean, _, _ in evaluation.reliability],
        [share for _, share, _ in evaluation.reliability],
        marker="o",
        color="#e45756",
    )
    axes.set(
        xlim=(0, 1),
        ylim=(0, 1),
        xlabel="skor model",
        ylabel="bagian yang benar",
        title=f"Kalibrasi, galat {evaluation.calibration_error:.3f}",
    )
