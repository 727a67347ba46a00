"""Why a label was given: the words that weighed most, as they stand in the original text."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifiers.base import Reason
from classifiers.features import WHOLE_TEXT, form_name
from classifiers.labels import Label
from classifiers.text import MAIL, MAX_CHARS, MENTION, NUMBER, PHONE, URL, Token, tokens

PER_LABEL = 3
# A word is a reason when it carries at least this share of all that speaks for the label.
LEAST_SHARE = 0.05

_FORM_WORDS = {
    "caps": "ditulis dengan huruf besar",
    "asks_last": "berakhir dengan tanda tanya",
    "asks": "memuat tanda tanya",
    "link": "memuat tautan",
    "mentions": "menyebut banyak akun",
    "hashtags": "memuat banyak tagar",
    "disguise": "memakai huruf hias",
    "dotted": "huruf dipisah titik",
}
_PERSONAL = {MAIL, MENTION, NUMBER, PHONE}


class Contributions(NamedTuple):
    """What each feature adds to the log-odds of the labels in question, a line per occurrence in the text.

    `parts` is occurrences x those labels; `first` and `last` are token numbers, ends included, or WHOLE_TEXT.
    """

    parts: NDArray[np.float32]
    keys: NDArray[np.uint32]
    first: NDArray[np.intp]
    last: NDArray[np.intp]


def reasons(
    text: str, tokens: Sequence[Token], contributions: Contributions, labels: Sequence[Label]
) -> tuple[Reason, ...]:
    """The heaviest reasons for each of `labels`, at most PER_LABEL each, heaviest first.

    `contributions` are to these labels, in this order.
    """
    per_token, per_form = _spread(len(tokens), contributions)
    found: list[Reason] = []
    for column, label in enumerate(labels):
        weights = per_token[column]
        floor = LEAST_SHARE * sum(weight for weight in weights if weight > 0)
        mine = [*_phrases(text, tokens, weights, floor, label), *_forms(per_form, column, floor, label)]
        found.extend(sorted(mine, key=lambda reason: (-reason.weight, reason.start))[:PER_LABEL])
    return tuple(found)


def masked(text: str) -> str:
    """The text as it may be shown to people who judge models: one line, without accounts, links, addresses,
    phone numbers and long numbers. Names of people in plain words stay: no list knows them.
    """
    shown, last = [], 0
    for token in tokens(text):
        if token.norm in _PERSONAL | {URL}:
            shown += [text[last : token.start], token.norm]
            last = token.end
    shown += [text[last:MAX_CHARS], "…" if len(text) > MAX_CHARS else ""]
    return " ".join("".join(char if char.isprintable() else " " for char in "".join(shown)).split())


def _spread(count: int, contributions: Contributions) -> tuple[list[list[float]], dict[str, list[float]]]:
    """Per label the sums per token, a pair of neighbours shared by both; and the form features by name."""
    parts, keys, first, last = contributions
    whole = first == WHOLE_TEXT
    per_form = {form_name(int(keys[place])): parts[place].tolist() for place in np.flatnonzero(whole)}
    shared = parts / 2
    shared[whole] = 0
    ends = np.maximum(np.concatenate([first, last]), 0)  # a single word is both its ends
    per_token = [np.bincount(ends, np.concatenate([column, column]), count).tolist() for column in shared.T]
    return per_token, per_form


def _phrases(
    text: str, tokens: Sequence[Token], weights: Sequence[float], floor: float, label: Label
) -> Iterator[Reason]:
    """Neighbouring words that both weigh become one reason."""
    run: list[int] = []
    for place in range(len(tokens) + 1):
        weighs = place < len(tokens) and weights[place] > floor and tokens[place].norm not in _PERSONAL
        if weighs and len(run) < 3:
            run.append(place)
            continue
        if run:
            start, end = tokens[run[0]].start, tokens[run[-1]].end
            yield Reason(label, text[start:end], sum(weights[at] for at in run), start, end)
        run = [place] if weighs else []


def _forms(per_form: dict[str, list[float]], column: int, floor: float, label: Label) -> Iterator[Reason]:
    for name, parts in per_form.items():
        if parts[column] > floor:
            yield Reason(label, _FORM_WORDS[name], parts[column])
