"""Fine-tune a checkpoint for the eight labels and make of it a folder that runs without torch.

`tanggap train --base`: learn, write as ONNX, take smaller weights if they decide alike, measure, install.
"""

import importlib
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from classifiers.checkpoint.building import Built, Precision, build, vouch
from classifiers.checkpoint.folder import keep, may_become
from classifiers.checkpoint.judging import Held, deal, draw, judge, odds_of, own_rows
from classifiers.checkpoint.learning import Course, Progress, learn
from classifiers.checkpoint.libraries import training
from classifiers.checkpoint.local import checkpoint
from classifiers.checkpoint.model import CheckpointClassifier, load
from classifiers.checkpoint.network import runner
from classifiers.checkpoint.preparing import NEEDED, Body, opened, prepared
from classifiers.dataset import Row
from classifiers.evaluate import Evaluation
from classifiers.places import writable


@dataclass(frozen=True, slots=True)
class Finetuned:
    """A finished model and what came of the learning.

    `before` and `built.after` are on rows that neither learning nor the lines have seen; `own` of them did
    not come with Tanggap. `losses` are on the rows to check by: before learning, then after each pass; the
    best pass is the one kept. `folder` is where it lies: beside the asked place if it was refused.
    """

    classifier: CheckpointClassifier
    built: Built
    before: Evaluation
    losses: list[float]
    own: int
    folder: Path


Fit = Callable[[Path], bool]
"""Whether the model in a finished folder may take its place."""


def ready(base: str, out: Path) -> None:
    """Says at once what would be missed only after minutes. Raises MissingExtraError and ModelError."""
    for name in NEEDED:
        training(name)
    checkpoint(base)
    may_become(out)
    writable(out)


def finetune(  # noqa: PLR0913 - what to learn, from where, to where, and four ways to differ from the usual
    rows: Sequence[Row],
    base: str,
    out: Path,
    course: Course | None = None,
    precision: Precision = Precision.AUTO,
    progress: Progress | None = None,
    *,
    fit: Fit | None = None,
) -> Finetuned:
    """Learn from all rows but the held-out ones, starting from the checkpoint `base` (folder or cached id).

    `progress` gets what is being done (Indonesian), steps done, steps in all. A model that stood at `out`
    is kept beside it; a new one that is not `fit` goes beside it instead. Raises MissingExtraError,
    ModelError and DataError; then `out` is as it was.
    """
    tell, course = progress or (lambda _what, _done, _all: None), course or Course()
    ready(base, out)
    dealt = deal(rows)
    tell("Membuka checkpoint", 0, 2)
    body = opened(base, course.seed)
    tell("Membuka checkpoint", 1, 2)
    lessons, to_check, to_judge = prepared(body, dealt)
    before = _as_it_came(body, to_check, to_judge)
    tell("Membuka checkpoint", 2, 2)
    losses = learn(body.network, lessons, course, body.device, tell)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".tanggap-") as work:
        made = Path(work) / "model"
        made.mkdir()
        built = build(body, (to_check, to_judge), precision, made, tell)
        about = _about(rows, body, course) | {
            "held_out": [len(dealt.check), len(dealt.judge)],
            "held_out_own": [own_rows(dealt.check), own_rows(dealt.judge)],
            "losses": [round(loss, 5) for loss in losses],
            "f1_before": {name: round(found.f1, 4) for name, found in before.labels.items()},
            "f1_after": {name: round(found.f1, 4) for name, found in built.after.labels.items()},
        }
        vouch(made, body, built, about)
        place = keep(made, out, fit=fit is None or fit(made))
    return Finetuned(load(place), built, before, losses, own_rows(dealt.judge), place)


def _as_it_came(body: Body, to_check: Held, to_judge: Held) -> Evaluation:
    """The checkpoint with its fresh head, lines drawn in the same way: what learning has to beat."""
    run = runner(body.network, body.device)
    lines = draw(odds_of(run, to_check, body.pad), to_check.truth)
    return judge(lines, odds_of(run, to_judge, body.pad), to_judge.truth, "sebelum dilatih")


def _about(rows: Sequence[Row], body: Body, course: Course) -> dict[str, object]:
    """What the folder says of its making. No path: it may hold a person's name."""
    sources = Counter((row.source, row.licence) for row in rows)
    return {
        "base": body.name,
        "kind": body.kind,
        "seed": course.seed,
        "rows": len(rows),
        "sources": [[source, licence, count] for (source, licence), count in sorted(sources.items())],
        "made_with": {name: _version(name) for name in NEEDED},
    }


def _version(name: str) -> str:
    return str(getattr(importlib.import_module(name.partition(".")[0]), "__version__", ""))
