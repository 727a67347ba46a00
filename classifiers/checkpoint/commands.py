"""What `tanggap train --base` does, apart from arguments and progress bars."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from classifiers.checkpoint.finetune import Finetuned, finetune, ready
from classifiers.checkpoint.judging import figures
from classifiers.checkpoint.learning import Course, Progress
from classifiers.dataset import Row, authored, read_rows, regression_set, to_learn_from
from classifiers.default.model import load_shipped
from classifiers.evaluate import Evaluation


@dataclass(frozen=True, slots=True)
class Compared:
    """A finished model, and it beside the shipped one on the regression set: neither has learnt from it."""

    model: Finetuned
    shipped: Evaluation
    ours: Evaluation


def train_checkpoint(
    base: str,
    out: Path,
    rows: Iterable[Row],
    course: Course | None = None,
    progress: Progress | None = None,
) -> Compared:
    """Fine-tune `base` on `rows` without the regression set, and compare. Raises what `finetune` raises."""
    ready(base, out)
    model = finetune(to_learn_from(rows), base, out, course, progress=progress)
    judges = regression_set()
    if progress:
        progress("Membandingkan dengan model bawaan", 0, 1)
    compared = Compared(model, figures(load_shipped(), judges), figures(model.classifier, judges))
    if progress:
        progress("Membandingkan dengan model bawaan", 1, 1)
    return compared


def rows_of(
    files: Iterable[Path], exclude_licences: Collection[str] = (), corrections: Iterable[Row] = ()
) -> list[Row]:
    """The authored comments, those of the files, and corrected ones. Raises DataError naming the line."""
    rows = authored()
    for path in files:
        rows += read_rows(path, exclude_licences)
    return [*rows, *corrections]
