"""What people changed about the classifier's reading of a comment."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.case import CaseId
from bot.domain.comment import CommentId
from bot.domain.people import PersonId
from classifiers.labels import Label


@dataclass(frozen=True, slots=True)
class Correction:
    """One person's labels for all that stood in a case, beside those that the model had given."""

    case: CaseId
    comment: CommentId
    """The newest of the case when the labels were given; `text` holds all that stood in it."""
    person: PersonId
    labels: tuple[str, ...]
    was: tuple[str, ...]
    text: str
    model: str
    at: datetime
    sensitive: bool = False
    """Words of somebody at risk: they are neither shown nor learnt from."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often which label was put right, most often first; `comments`: on how many comments."""

    comments: int
    added: tuple[tuple[str, int], ...]
    removed: tuple[tuple[str, int], ...]


def last_words(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """One per case: who corrected last is right, and had read all that the ones before had. Takes them in the
    order of their time.

    Where more was written in between, the earlier labels are not kept for the earlier words: what was taken
    away from the whole would go on being taught of a part of it.
    """
    last: dict[CaseId, Correction] = {}
    for one in corrections:
        last.pop(one.case, None)
        last[one.case] = one
    return tuple(last.values())


def tally(corrections: Iterable[Correction]) -> Tally:
    """Counts what changed. Labels that were taken away and given back count as nothing."""
    added: Counter[str] = Counter()
    removed: Counter[str] = Counter()
    comments = 0
    for one in last_words(corrections):
        added.update(set(one.labels) - set(one.was))
        removed.update(set(one.was) - set(one.labels))
        comments += set(one.labels) != set(one.was)
    return Tally(comments, _ordered(added), _ordered(removed))


def _ordered(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    places = {label.value: place for place, label in enumerate(Label)}
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], places.get(item[0], len(places)))))
