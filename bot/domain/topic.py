"""What a comment is about: word lists matched on normalised text."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic. All entries are folded: see `fold`. `except_` phrases are cut out before matching."""

    key: str
    name: str
    words: tuple[str, ...]
    phrases: tuple[str, ...]
    except_: tuple[str, ...] = ()
    by_first_word: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_first_word", _by_first_word((*self.words, *self.phrases)))


def fold(text: str) -> str:
    """Lower case, everything but letters and digits as one blank, no blank at the ends."""
    return _NOT_WORD.sub(" ", text.lower()).strip()


class Matcher:
    """The topics of one agency by the words that their entries begin with: few of them begin in a comment."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self._topics = tuple(topics)
        self._by_word: dict[str, list[int]] = {}
        for place, topic in enumerate(self._topics):
            for word in topic.by_first_word:
                self._by_word.setdefault(word, []).append(place)

    def match(self, normalised_text: str) -> tuple[str, ...]:
        """The keys of the topics that this text touches, in the order of the list.

        An exception blanks out only its own words: "pengen mati ketawa, eh beneran pengen mati" matches.
        """
        text = f" {fold(normalised_text)} "
        words = frozenset(text.split())
        begun = {place for word in words & self._by_word.keys() for place in self._by_word[word]}
        found = (self._topics[place] for place in sorted(begun))
        return tuple(topic.key for topic in found if _touches(topic, text, words))


def match(topics: Iterable[Topic], normalised_text: str) -> tuple[str, ...]:
    """As `Matcher`, for a single text."""
    return Matcher(topics).match(normalised_text)


def _touches(topic: Topic, padded: str, words: frozenset[str]) -> bool:
    beginnings = topic.by_first_word
    entries = [entry for first in words & beginnings.keys() for entry in beginnings[first] if entry in padded]
    if not entries:
        return False
    for phrase in topic.except_:
        # Twice, because neighbours share the blank between them and the first pass takes it.
        padded = padded.replace(f" {phrase} ", " | ").replace(f" {phrase} ", " | ")
    return any(entry in padded for entry in entries)


def _by_first_word(entries: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The entries between blanks: a comment has a dozen words, the lists have hundreds of entries."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        first = entry.partition(" ")[0]
        found[first] = (*found.get(first, ()), f" {entry} ")
    return found
