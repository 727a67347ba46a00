"""What the commands `classify`, `evaluate` and `train` do, apart from arguments and progress bars."""

import json
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from classifiers.base import Classifier, Prediction
from classifiers.dataset import Row, authored, json_lines, read_rows, to_learn_from
from classifiers.errors import DataError
from classifiers.evaluate import Evaluation, Progress, evaluate
from classifiers.readings import read_lines
from classifiers.train import Progress as TrainProgress
from classifiers.train import Trained, train


def classify_stream(lines: Iterable[str | bytes], classifier: Classifier) -> Iterator[str]:
    """JSONL in, JSONL out: each object with `labels`, `unsure`, `scores`, `reasons`, `model`.

    Line by line, or as many lines together as the classifier likes. Other keys are kept, in order. Blank
    lines are skipped. Lines come without line ends. Raises DataError naming the number of a bad line, after
    all lines before it have been given.
    """
    for items in _together(lines, classifier.at_once):
        for item, prediction in zip(items, classifier.classify([one["text"] for one in items]), strict=True):
            # ASCII output carries any text, half characters included, through any terminal or pipe.
            yield json.dumps({**item, **as_dict(prediction)})


def _together(lines: Iterable[str | bytes], most: int) -> Iterator[list[dict[str, Any]]]:
    """The objects of the lines, `most` at a time; those before a bad line come before its DataError."""
    items: list[dict[str, Any]] = []
    try:
        for _, item in json_lines(lines):
            items.append(item)
            if len(items) == most:
                yield items
                items = []
    except DataError:
        yield items
        raise
    yield items


def as_dict(prediction: Prediction) -> dict[str, object]:
    """A prediction in plain JSON types; scores to four digits."""
    return {
        "labels": [label.value for label in prediction.labels],
        "unsure": [label.value for label in prediction.unsure],
        "scores": {label.value: round(score, 4) for label, score in prediction.scores.items()},
        "reasons": [
            {
                "label": reason.label.value,
                "text": reason.text,
                "weight": round(reason.weight, 3),
                "start": reason.start,
                "end": reason.end,
            }
            for reason in prediction.reasons
        ],
        "model": prediction.model,
    }


def evaluate_file(
    path: Path, classifier: Classifier, seed: int = 0, progress: Progress | None = None
) -> Evaluation:
    """Figures of a classifier on a labelled JSONL file. Raises DataError."""
    return evaluate(read_rows(path), classifier, seed, progress)


def train_from(
    extra: Iterable[Path] = (),
    exclude_licences: Collection[str] = (),
    corrections: Iterable[Row] = (),
    seed: int = 0,
    progress: TrainProgress | None = None,
) -> Trained:
    """Train on the authored comments, the given files and corrected rows; `train.save` writes the result.

    The regression set stays out, so that it can judge what comes of it. Raises DataError for a bad file and
    MissingExtraError without scikit-learn.
    """
    rows = [*rows_of(extra, exclude_licences), *corrections]
    return train(to_learn_from(rows), seed, progress)


def rows_of(files: Iterable[Path], exclude_licences: Collection[str] = ()) -> list[Row]:
    """The authored comments and those of the files: labelled JSONL, or plain lines (.txt) that were read.

    Raises DataError naming the line.
    """
    rows = [*authored()]
    for path in files:
        rows += read_lines(path) if path.suffix == ".txt" else read_rows(path, exclude_licences)
    return rows
