"""What every classifier answers, whichever model stands behind it. Imports nothing heavy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from classifiers.labels import Label


class Verdict(StrEnum):
    """How far a score reaches: a person is asked about everything that is unsure."""

    CERTAIN = "certain"
    UNSURE = "unsure"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Two lines on the 0..1 score of one label: at or above `certain`, and at or above `unsure`."""

    certain: float
    unsure: float

    def __post_init__(self) -> None:
        if not 0.0 <= self.unsure <= self.certain <= 1.0:
            raise ValueError(
                f"ambang harus 0 <= unsure <= certain <= 1, bukan {self.unsure} dan {self.certain}"
            )

    def verdict(self, score: float) -> Verdict:
        """Place one score between the two lines."""
        if score >= self.certain:
            return Verdict.CERTAIN
        return Verdict.UNSURE if score >= self.unsure else Verdict.NO


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of text, or one rule, that spoke for a label.

    `weight` is its share of the label's score before the squeeze to 0..1 (log-odds). `start` and `end` are
    character offsets into the original text; both are -1 for a rule that fired (the text holds a link, a word
    that asks), whose `text` then names it.
    """

    label: Label
    text: str
    weight: float
    start: int = -1
    end: int = -1

    @property
    def is_rule(self) -> bool:
        """Whether it is a rule that fired and not a place in the text."""
        return self.start < 0


@dataclass(frozen=True, slots=True)
class Prediction:
    """What one model says about one text.

    `scores` holds every label, 0..1. `labels` are the certain ones and `unsure` those for a person to decide,
    both in the order of `Label`. `reasons` cover `labels` and `unsure`, heaviest first within each label.
    """

    scores: Mapping[Label, float]
    labels: tuple[Label, ...]
    unsure: tuple[Label, ...]
    reasons: tuple[Reason, ...]
    model: str


class Classifier(Protocol):
    """Anything that labels texts. Pure and safe to call from several threads at once."""

    @property
    def at_once(self) -> int:
        """How many texts it likes to be given together; 1 where company gains nothing."""
        ...

    @property
    def name(self) -> str:
        """Name and version of the model, as it is stored beside every prediction."""
        ...

    def classify(self, texts: Sequence[str]) -> list[Prediction]:
        """One prediction per text, in the same order. Any `str` is accepted, an empty one too."""
        ...

    def explain(self, text: str) -> Prediction:
        """The same for one text, with the best reasons the model can give, whatever they cost."""
        ...
