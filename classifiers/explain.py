"""Why a label was given: the words that weighed most, where they stand, and the rules that fired."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from classifiers import rules
from classifiers.base import Reason
from classifiers.features import WHOLE_TEXT
from classifiers.labels import Label
from classifiers.text import MAIL, MAX_CHARS, MENTION, NUMBER, PHONE, URL, Token, tokens

PER_LABEL = 3
RULES_PER_LABEL = 2
# A word or a rule is a reason when it carries at least this share of all that speaks for the label.
LEAST_SHARE = 0.05

_PERSONAL = {MAIL, MENTION, NUMBER, PHONE}


class Contributions(NamedTuple):
    """What each feature adds to the log-odds of the labels in question, a line per occurrence in the text.

    `words` and `letters` are occurrences x those labels. `first` and `last` are token numbers, ends included,
    or WHOLE_TEXT; `where` is the token that the letters stand in.
    """

    words: NDArray[np.float32]
    keys: NDArray[np.uint32]
    first: NDArray[np.intp]
    last: NDArray[np.intp]
    letters: NDArray[np.float32]
    where: NDArray[np.intp]


def reasons(
    text: str, tokens: Sequence[Token], contributions: Contributions, labels: Sequence[Label]
) -> tuple[Reason, ...]:
    """The heaviest reasons for each of `labels`, at most PER_LABEL words and RULES_PER_LABEL rules.

    Heaviest first. What a rule adds by a word is part of that word's weight as well. `contributions` are to
    these labels, in this order.
    """
    per_token, per_rule = _spread(len(tokens), contributions)
    found: list[Reason] = []
    for column, label in enumerate(labels):
        weights = per_token[column]
        floor = LEAST_SHARE * sum(weight for weight in weights if weight > 0)
        words = _heaviest(_phrases(text, tokens, weights, floor, label), PER_LABEL)
        fired = _heaviest(_rules(per_rule, column, floor, label), RULES_PER_LABEL)
        found.extend(_heaviest([*words, *fired], PER_LABEL + RULES_PER_LABEL))
    return tuple(found)


def _heaviest(some: Iterable[Reason], most: int) -> list[Reason]:
    return sorted(some, key=lambda reason: (-reason.weight, reason.start, reason.text))[:most]


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
    """Per label the sums per token, a pair of neighbours shared by both; and the sums per rule."""
    parts, keys, first, last, letters, where = contributions
    per_rule: dict[str, list[float]] = {}
    for place in rules.fired(keys):
        name, own = rules.called(int(keys[place])), parts[place].tolist()
        before = per_rule.get(name)
        per_rule[name] = [a + b for a, b in zip(before, own, strict=True)] if before else own
    shared = parts / 2
    shared[first == WHOLE_TEXT] = 0
    ends = np.maximum(np.concatenate([first, last, where]), 0)  # a single word is both its ends
    spread = np.concatenate([shared, shared, letters])
    per_token = [np.bincount(ends, column, count).tolist() for column in spread.T]
    return per_token, per_rule


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


def _rules(per_rule: dict[str, list[float]], column: int, floor: float, label: Label) -> Iterator[Reason]:
    for name, parts in per_rule.items():
        if parts[column] > floor:
            yield Reason(label, name, parts[column])
