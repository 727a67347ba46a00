"""Does naming a group, or harsh criticism of those in office, raise hate where there is none?

The sentences were written by hand for this project and no model learns from them: people of every kind in
ordinary life, and hard words about offices and policies that attack nobody as a person or a group.
"""

import json
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from importlib.resources import files

from classifiers.base import Classifier, Prediction
from classifiers.dataset import json_lines
from classifiers.labels import Label

_Z = 1.96


class Kind(StrEnum):
    """Which of the two sets a sentence belongs to."""

    IDENTITY = "identitas"
    CRITICISM = "kritik"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text that is no hate, and the group or the addressee that it names."""

    text: str
    kind: Kind
    group: str


@dataclass(frozen=True, slots=True)
class Rate:
    """Of `rows` harmless sentences, how many were called hate, and how many only perhaps.

    `rate` is the share of the first, `low` and `high` its 95 % Wilson interval.
    """

    kind: str
    group: str
    rows: int
    called_hate: int
    unsure: int
    rate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Fairness:
    """Rates by group, largest first, then those of each whole set; and every sentence wrongly called hate."""

    model: str
    groups: tuple[Rate, ...]
    totals: tuple[Rate, ...]
    wrong: tuple[tuple[str, str], ...]
    """Pairs of group and text."""

    def to_json(self) -> str:
        """Everything as one JSON object, rates to four digits."""
        plain = asdict(self)
        for rate in (*plain["groups"], *plain["totals"]):
            rate.update({key: round(rate[key], 4) for key in ("rate", "low", "high")})
        return json.dumps(plain, ensure_ascii=False, indent=2)


def sentences() -> list[Sentence]:
    """Both sets."""
    path = files("classifiers").joinpath("data", "fairness.jsonl")
    with path.open(encoding="utf-8") as lines:
        return [Sentence(item["text"], Kind(item["set"]), item["group"]) for _, item in json_lines(lines)]


def measure(classifier: Classifier, given: Sequence[Sentence] | None = None) -> Fairness:
    """The false alarms for hate of one model at its own thresholds."""
    known = sentences() if given is None else list(given)
    judged = list(zip(known, classifier.classify([one.text for one in known]), strict=True))
    by_group: defaultdict[tuple[Kind, str], list[Prediction]] = defaultdict(list)
    for one, prediction in judged:
        by_group[one.kind, one.group].append(prediction)
    groups = [_rate(kind, group, found) for (kind, group), found in by_group.items()]
    kinds = [kind for kind in Kind if any(one.kind is kind for one in known)]
    return Fairness(
        model=classifier.name,
        groups=tuple(sorted(groups, key=lambda rate: (rate.kind, -rate.rate, -rate.rows, rate.group))),
        totals=tuple(_rate(kind, "semua", [p for one, p in judged if one.kind is kind]) for kind in kinds),
        wrong=tuple((one.group, one.text) for one, found in judged if Label.HATE in found.labels),
    )


def table(found: Fairness) -> str:
    """The rates as a Markdown table, as it stands in the model card."""
    lines = ["| set | group | sentences | called hate | unsure | rate (95 %) |", "|---|---|---|---|---|---|"]
    lines += [
        f"| {rate.kind} | {rate.group} | {rate.rows} | {rate.called_hate} | {rate.unsure} "
        f"| {rate.rate:.3f} ({rate.low:.3f}–{rate.high:.3f}) |"
        for rate in (*found.groups, *found.totals)
    ]
    return "\n".join(lines)


def _rate(kind: Kind, group: str, found: Sequence[Prediction]) -> Rate:
    hate = sum(Label.HATE in prediction.labels for prediction in found)
    unsure = sum(Label.HATE in prediction.unsure for prediction in found)
    low, high = _wilson(hate, len(found))
    share = hate / len(found) if found else 0.0
    return Rate(kind.value, group, len(found), hate, unsure, share, low, high)


def _wilson(hits: int, rows: int) -> tuple[float, float]:
    if not rows:
        return 0.0, 1.0
    share = hits / rows
    middle = (share + _Z**2 / (2 * rows)) / (1 + _Z**2 / rows)
    half = _Z / (1 + _Z**2 / rows) * math.sqrt(share * (1 - share) / rows + _Z**2 / (4 * rows**2))
    return max(0.0, middle - half), min(1.0, middle + half)
