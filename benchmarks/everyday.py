"""What citizens write on an ordinary day: authored comments, no two alike, in an order that is always the same.

Six sentences over and over would be a viral day, which `benchmarks.viral` measures: one matter, many copies,
its crisis playbooks at work.
"""

import json
import random
from pathlib import Path

from classifiers.labels import Label

_AUTHORED = Path(__file__).parents[1] / "classifiers" / "data" / "authored.jsonl"
_ORDINARY = {Label.QUESTION.value, Label.COMPLAINT.value, Label.PRAISE.value}
_LONGEST = 300
"""Characters: what follows is a letter, not a comment."""


def comments(seed: int = 7) -> tuple[str, ...]:
    """Questions, complaints, thanks, and what is none of these; about public services of every kind."""
    with _AUTHORED.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    said = {row["text"] for row in rows if set(row["labels"]) <= _ORDINARY and len(row["text"]) <= _LONGEST}
    ordered = sorted(said)
    random.Random(seed).shuffle(ordered)
    return tuple(ordered)
