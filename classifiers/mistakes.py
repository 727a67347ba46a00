"""Where a model goes wrong: which label instead of which, the worst single errors, and source by source."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifiers.dataset import Row
from classifiers.explain import masked
from classifiers.labels import Label

MOST_SHOWN = 20
NOTHING = "-"
"""Stands in the confusion for: no label at all."""

Confusion = Mapping[str, Mapping[str, int]]
Decisions = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One label wrongly given or missed. `surprise` is how far the score was from the truth, 0..1.

    `text` is masked: no account, link, number or address stands in it.
    """

    row: int
    text: str
    source: str
    label: str
    missed: bool
    score: float
    surprise: float
    true: tuple[str, ...]
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfSource:
    """One source, or one register. `macro_f1` is over the labels that are true somewhere in it."""

    source: str
    rows: int
    micro_f1: float
    macro_f1: float
    exact: float


def confusion(truth: Decisions, said: Decisions) -> Confusion:
    """Rows of the table: what was true; columns: what was said.

    On the diagonal stand the hits. A missed label is counted under every label that was wrongly said of the
    same text, or under NOTHING; a label wrongly said of a text where nothing was missed stands in the row
    NOTHING.
    """
    names = [label.value for label in Label]
    table: dict[str, Counter[str]] = {name: Counter() for name in (*names, NOTHING)}
    for is_true, is_said in zip(truth, said, strict=True):
        hit, missed, wrong = is_true & is_said, is_true & ~is_said, is_said & ~is_true
        for name in _names(hit):
            table[name][name] += 1
        for true in _names(missed) or ((NOTHING,) if wrong.any() else ()):
            table[true].update(_names(wrong) or (NOTHING,))
    return {true: {name: table[true][name] for name in (*names, NOTHING)} for true in table}


def worst(
    rows: Sequence[Row], scores: NDArray[np.float64], said: Decisions, most: int = MOST_SHOWN
) -> tuple[Mistake, ...]:
    """The wrong decisions that the model was surest of; of one text only its worst."""
    truth = np.array([[label in row.labels for label in Label] for row in rows], dtype=np.bool_).reshape(
        said.shape
    )
    surprise = np.where(truth, 1 - scores, scores)
    surprise[truth == said] = -1.0
    if not len(rows):
        return ()
    label = surprise.argmax(axis=1)
    height = surprise.max(axis=1)
    order = [int(place) for place in np.argsort(-height, kind="stable")[:most] if height[place] >= 0]
    return tuple(
        Mistake(
            row=place + 1,
            text=masked(rows[place].text),
            source=rows[place].source,
            label=tuple(Label)[label[place]].value,
            missed=bool(truth[place, label[place]]),
            score=float(scores[place, label[place]]),
            surprise=float(height[place]),
            true=_names(truth[place]),
            said=_names(said[place]),
        )
        for place in order
    )


def by_source(rows: Sequence[Row], truth: Decisions, said: Decisions) -> tuple[OfSource, ...]:
    """Every source, the largest first."""
    return _by([row.source for row in rows], truth, said)


def by_register(rows: Sequence[Row], truth: Decisions, said: Decisions) -> tuple[OfSource, ...]:
    """Every register that the rows name, the largest first; `source` holds its name."""
    return tuple(one for one in _by([row.register for row in rows], truth, said) if one.source)


def _by(names: Sequence[str], truth: Decisions, said: Decisions) -> tuple[OfSource, ...]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        places[name].append(place)
    found = [_of_source(name, truth[own], said[own]) for name, own in places.items()]
    return tuple(sorted(found, key=lambda one: (-one.rows, one.source)))


def _of_source(source: str, truth: Decisions, said: Decisions) -> OfSource:
    hits = (truth & said).sum(axis=0)
    either = truth.sum(axis=0) + said.sum(axis=0)
    present = np.flatnonzero(truth.any(axis=0))
    each = np.divide(2.0 * hits, either, out=np.zeros(len(Label)), where=either > 0)
    return OfSource(
        source=source,
        rows=len(truth),
        micro_f1=float(2 * hits.sum() / either.sum()) if either.sum() else 1.0,
        macro_f1=float(each[present].mean()) if len(present) else float(not said.any()),
        exact=float((truth == said).all(axis=1).mean()),
    )


def _names(given: Decisions) -> tuple[str, ...]:
    return tuple(label.value for label, holds in zip(Label, given, strict=True) if holds)
