"""Which of many known texts is a new one most like? Words and pieces of words, weighed by how rare they are.

For what a person is to look at: the best few with their scores, also where the same is said in other words.
An inverted list per feature; the rarest features of the question are read first, and no more than a fixed
number of places, so that a question does not grow slow with the number of texts.
"""

from array import array
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from math import log1p
from typing import Generic, TypeVar
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from classifiers.wording import wording

_PIECE = 4
_READ = 100_000
"""Places in the lists that one question reads."""
_TOO_LITTLE = 32
"""A text that has less than such a part of the best one's score is not worth being looked at."""
_STALE = 1.25
_AT_ONCE = 20_000
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Found(Generic[Key]):
    """`score`: from 0, nothing in common, to 1, the same words."""

    key: Key
    score: float


class Lookup(Generic[Key]):
    """Texts by key. Not for several threads at once."""

    def __init__(self) -> None:
        self._lists: dict[int, array[int]] = {}
        self._keys: list[Key | None] = []
        self._places: dict[Key, int] = {}
        self._lengths = array("d")
        self._weighed_at = 0

    def __len__(self) -> int:
        """How many texts it knows."""
        return len(self._places)

    def add(self, key: Key, text: str) -> None:
        """A text, in place of the one that this key had."""
        found = self._place(key, text)
        many = len(self._keys)
        self._lengths[-1] = sum(_rarity(many, len(self._lists[feature])) ** 2 for feature in found) ** 0.5

    def add_all(self, texts: Iterable[tuple[Key, str]]) -> None:
        """Many at once: what is rare is known when all are there."""
        for key, text in texts:
            self._place(key, text)
        self._weigh()

    def _place(self, key: Key, text: str) -> set[int]:
        self.remove(key)
        place = len(self._keys)
        self._keys.append(key)
        self._places[key] = place
        self._lengths.append(1.0)
        found = _features(text)
        for feature in found:
            listed = self._lists.get(feature)
            if listed is None:
                listed = self._lists[feature] = array("i")
            listed.append(place)
        return found

    def remove(self, key: Key) -> None:
        """Forgets it; a key that is not there is no error."""
        place = self._places.pop(key, None)
        if place is not None:
            self._keys[place] = None

    def search(self, text: str, k: int = 5, *, whole: bool = False) -> list[Found[Key]]:
        """The `k` likest, the best first; nothing that shares nothing.

        Of a question with words that no known text has, only the others count, which ranks the same. With
        `whole` all of them do: then a score means as much among ten texts as among ten thousand.
        """
        if not self._places:
            return []
        if len(self._keys) > _STALE * self._weighed_at:
            self._weigh()
        many = len(self._keys)
        asked_for = _features(text)
        lists = sorted(filter(None, map(self._lists.get, asked_for)), key=len)
        if not lists:
            return []
        unknown = len(asked_for) - len(lists) if whole else 0
        asked = sum(_rarity(many, len(one)) ** 2 for one in lists) + unknown * _rarity(many, 1) ** 2
        scores = self._scores(lists) / asked**0.5
        best = _largest(scores, k + many - len(self._places))  # some of them may be forgotten ones
        found = [
            Found(key, float(scores[p])) for p in best if scores[p] > 0 and (key := self._keys[p]) is not None
        ]
        return found[:k]

    def _scores(self, lists: list["array[int]"]) -> NDArray[np.float64]:
        """The cosine of every text with the question, from its rarest features."""
        many, read = len(self._keys), 0
        taken: list[NDArray[np.int32]] = []
        for one in lists:
            read += len(one)
            if taken and read > _READ:
                break
            taken.append(np.frombuffer(one, np.int32))
        sizes = np.fromiter(map(len, taken), np.int64)
        weights = np.repeat(np.log1p(many / sizes) ** 2, sizes)
        sums = np.bincount(np.concatenate(taken), weights, minlength=many)
        return sums / np.maximum(np.frombuffer(self._lengths), 1e-9)

    def _weigh(self) -> None:
        """What was rare when a text came may be common now."""
        many = len(self._keys)
        squares = np.zeros(many)
        lists = list(self._lists.values())
        for first in range(0, len(lists), _AT_ONCE):
            some = lists[first : first + _AT_ONCE]
            sizes = np.fromiter(map(len, some), np.int64)
            places = np.concatenate([np.frombuffer(one, np.int32) for one in some])
            squares += np.bincount(places, np.repeat(np.log1p(many / sizes) ** 2, sizes), minlength=many)
        self._lengths = array("d", np.sqrt(squares).tobytes())
        self._weighed_at = many


def _rarity(many: int, have: int) -> float:
    return log1p(many / have)


def _largest(scores: NDArray[np.float64], k: int) -> NDArray[np.intp]:
    """The places of the k largest, largest first. Most are nought, or nearly so, and are not sorted."""
    top, share = scores.max(), 4
    some = np.flatnonzero(scores > top / share)
    while len(some) < k and share < _TOO_LITTLE:
        share *= 2
        some = np.flatnonzero(scores > top / share)
    return some[np.argsort(-scores[some], kind="stable")][:k]


def _features(text: str) -> set[int]:
    found: set[int] = set()
    for word in wording(text).words:
        edged = f" {word} "
        found.add(crc32(f"w{word}".encode("utf-8", "replace")))
        found.update(
            crc32(edged[start : start + _PIECE].encode("utf-8", "replace"))
            for start in range(len(edged) - _PIECE + 1)
        )
    return found
