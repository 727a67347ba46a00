"""What citizens write on an ordinary day: authored comments, no two alike, always in the same order.

Six sentences over and over would be a viral day, which `benchmarks.viral` measures: one matter, many copies,
its crisis playbooks at work.
"""

import json
import random
from functools import cache
from pathlib import Path

from benchmarks.crew import marked
from bot.domain.topic import match
from bot.files.topics import load_topics
from classifiers.default.model import load_shipped
from classifiers.labels import Label
from classifiers.text import normalise

_AUTHORED = Path(__file__).parents[1] / "classifiers" / "data" / "authored.jsonl"
_TOPICS = Path(__file__).parents[1] / "playbooks" / "topics.yaml"
_HIDDEN = "bunuh-diri"
"""Of these a card shows no words, so that nobody could tell whose card it is."""
_ORDINARY = {Label.QUESTION.value, Label.COMPLAINT.value, Label.PRAISE.value}
_LONGEST = 300
"""Characters: what follows is a letter, not a comment."""
_ENOUGH = 10_000
_ALIKE = 4
"""Words."""


@cache
def comments(seed: int = 7) -> tuple[str, ...]:
    """Questions, complaints, thanks, and what is none of these, also as the shipped classifier reads them.

    Of those that begin alike only one: the bot would show them on one card.
    """
    with _AUTHORED.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    said = {row["text"] for row in rows if set(row["labels"]) <= _ORDINARY and len(row["text"]) <= _LONGEST}
    begun = {" ".join(text.lower().split()[:_ALIKE]): text for text in sorted(said)}
    texts = list(begun.values())
    random.Random(seed).shuffle(texts)
    texts = texts[:_ENOUGH]
    found, topics = load_shipped().classify(texts), load_topics(_TOPICS, normalise)
    return tuple(
        text
        for text, one in zip(texts, found, strict=True)
        if {*one.labels, *one.unsure} <= _ORDINARY
        and _HIDDEN not in match(topics, normalise(text))
        and marked(text) is None  # a number of its own would be taken for the one by which it is known again
    )
