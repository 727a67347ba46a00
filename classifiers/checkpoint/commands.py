"""What `tanggap train --base` does, apart from arguments and progress bars."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from classifiers.base import Classifier, Thresholds
from classifiers.checkpoint.finetune import Finetuned, finetune, ready
from classifiers.checkpoint.judging import figures
from classifiers.checkpoint.learning import Course, Progress
from classifiers.choose import load
from classifiers.corrections import Judged, apart, judged
from classifiers.dataset import Row, fingerprint, regression_set, to_learn_from
from classifiers.default.model import load_shipped
from classifiers.evaluate import Evaluation
from classifiers.labels import Label


@dataclass(frozen=True, slots=True)
class Compared:
    """A finished model, and it beside the shipped one on the regression set: neither has learnt from it."""

    model: Finetuned
    shipped: Evaluation
    ours: Evaluation


class Team:
    """What an agency's team corrected, the model it uses now, and its judgement on a new one."""

    def __init__(
        self,
        corrections: Sequence[Row],
        in_use: Classifier,
        thresholds: Mapping[Label, Thresholds],
        *,
        force: bool = False,
    ) -> None:
        """`force`: install it even where it is worse."""
        self._corrections = corrections
        self._in_use = in_use
        self._thresholds = thresholds
        self._force = force
        self.judged: Judged | None = None
        self.refused = False

    def lessons(self, rows: Iterable[Row]) -> list[Row]:
        """The rows and the corrections, without those that judge and without copies of them."""
        held_out, lesson = apart(self._corrections)
        judges = {fingerprint(row.text) for row in held_out}
        return [*(row for row in rows if fingerprint(row.text) not in judges), *to_learn_from(lesson)]

    def fit(self, made: Path) -> bool:
        """Whether the model at `made` may take its place: beside the one in use, with the agency's lines."""
        self.judged = judged(self._corrections, self._in_use, load(str(made), self._thresholds))
        self.refused = self.judged.worse and not self._force
        return not self.refused


def train_checkpoint(
    base: str,
    out: Path,
    rows: Iterable[Row],
    course: Course | None = None,
    progress: Progress | None = None,
    team: Team | None = None,
) -> Compared:
    """Fine-tune `base` on `rows` without the regression set, and compare. Raises what `finetune` raises.

    With a `team`, also on what it corrected, but for the part that judges; it says whether the model may
    take its place at `out`.
    """
    ready(base, out)
    lessons = to_learn_from(rows)
    if team is None:
        model = finetune(lessons, base, out, course, progress=progress)
    else:
        model = finetune(team.lessons(lessons), base, out, course, progress=progress, fit=team.fit)
    judges = regression_set()
    if progress:
        progress("Membandingkan dengan model bawaan", 0, 1)
    compared = Compared(model, figures(load_shipped(), judges), figures(model.classifier, judges))
    if progress:
        progress("Membandingkan dengan model bawaan", 1, 1)
    return compared
