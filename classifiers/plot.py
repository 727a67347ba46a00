"""Pictures of an evaluation. matplotlib belongs to the `plot` extra and is looked up when it is needed."""

import importlib
from pathlib import Path
from typing import Any

from classifiers.errors import MissingExtraError, ModelError
from classifiers.evaluate import Evaluation
from classifiers.mistakes import NOTHING


def plot(evaluation: Evaluation, path: Path) -> None:
    """F1 per label, calibration and confusion as one picture; the kind follows the file's ending.

    Raises MissingExtraError without matplotlib, ModelError when the file cannot be written.
    """
    figure = figures().Figure(figsize=(15, 4.4), layout="constrained")
    bars, curve, squares = figure.subplots(1, 3)
    _bars(bars, evaluation)
    _curve(curve, evaluation)
    _squares(squares, evaluation)
    try:
        figure.savefig(path, dpi=150)
    except (OSError, ValueError) as error:
        raise ModelError(f"Grafik tidak dapat disimpan ke {path} ({error}).") from error


def figures() -> Any:
    """What draws, asked for before the measuring too. Raises MissingExtraError without matplotlib."""
    try:
        return importlib.import_module("matplotlib.figure")
    except ImportError as error:
        raise MissingExtraError("Membuat grafik", "plot") from error


def _bars(axes: Any, evaluation: Evaluation) -> None:
    names = list(evaluation.labels)
    figures = list(evaluation.labels.values())
    axes.barh(names, [one.f1 for one in figures], color="#4c78a8")
    below = [max(0.0, one.f1 - one.low) for one in figures]
    above = [max(0.0, one.high - one.f1) for one in figures]
    axes.errorbar(
        [one.f1 for one in figures], names, xerr=[below, above], fmt="none", ecolor="#333333", capsize=3
    )
    for place, one in enumerate(figures):
        axes.text(
            0.02, place, f"{one.f1:.2f}", va="center", color="white" if one.f1 > 0.1 else "black", fontsize=8
        )
    axes.invert_yaxis()
    axes.set(xlim=(0, 1), xlabel="F1 (garis: 95 %)", title=f"F1 per label, makro {evaluation.macro_f1:.2f}")


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


def _squares(axes: Any, evaluation: Evaluation) -> None:
    """The confusion, each row as shares of what was true."""
    names = ["tanpa label" if name == NOTHING else name for name in evaluation.confusion]
    counts = [list(row.values()) for row in evaluation.confusion.values()]
    shares = [[count / max(1, sum(row)) for count in row] for row in counts]
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for y, row in enumerate(counts):
        for x, count in enumerate(row):
            if count:
                colour = "white" if shares[y][x] > 0.5 else "black"
                axes.text(x, y, str(count), ha="center", va="center", fontsize=7, color=colour)
    axes.set_xticks(range(len(names)), names, rotation=60, ha="right")
    axes.set_yticks(range(len(names)), names)
    axes.set(xlabel="kata model", ylabel="yang benar", title="Tertukar dengan apa")
