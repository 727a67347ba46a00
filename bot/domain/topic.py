"""What a comment is about: word lists matched on normalised text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic. All entries are folded: see `fold`. `except_` phrases are cut out before matching."""

    key: str
    name: str
    words: tuple[str, ...]
    phrases: tuple[str, ...]
    except_: tuple[str, ...] = ()


def fold(text: str) -> str:
    """Lower case, everything but letters and digits as one blank, no blank at the ends."""
    return _NOT_WORD.sub(" ", text.lower()).strip()


def match(topics: Iterable[Topic], normalised_text: str) -> tuple[str, ...]:
    """The keys of the topics that this text touches, in the order of the list.

    An exception blanks out only its own words: "pengen mati ketawa, eh beneran pengen mati" still matches.
    """
    text = f" {fold(normalised_text)} "
    return tuple(topic.key for topic in topics if _touches(topic, text))


def _touches(topic: Topic, padded: str) -> bool:
    for phrase in topic.except_:
        # Twice, because neighbours share the blank between them and the first pass takes it.
        padded = padded.replace(f" {phrase} ", " | ").replace(f" {phrase} ", " | ")
    return any(f" {entry} " in padded for entry in (*topic.words, *topic.phrases))
