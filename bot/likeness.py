"""Claims by the words that tell them: equal, nearly equal, or only alike."""

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.claim import ClaimId, How
from bot.services.claim_links import Like

_SHINGLE = 3
_CERTAIN = 0.8
"""Of the runs of three words of both texts together: so many in common make a copy."""
_FEWEST_WORDS = 8
"""Below this nothing joins by likeness alone, nor by being equal."""
_COMMON = 0.2
"""A word that more texts than this hold tells none of them apart."""
_FEW_TEXTS = 50
_MOST_COMPARED = 2000
"""Texts that share the rarest words; more would hold up everybody."""
_NOT = frozenset({"tidak", "bukan", "belum", "jangan", "tanpa", "hoaks", "bohong", "palsu"})
_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    claim: ClaimId
    words: _Words
    shingles: frozenset[_Words]
    weights: Mapping[str, float]
    same: str


@dataclass
class WordLikeness:
    """`normalise`: the classifier's own, so that slang and lengthened words are alike."""

    normalise: Callable[[str], str]
    _texts: dict[int, _Text] = field(default_factory=dict)
    _of_claim: dict[ClaimId, list[int]] = field(default_factory=dict)
    _equal: dict[str, int] = field(default_factory=dict)
    _holding: dict[str, set[int]] = field(default_factory=dict)
    _last: int = 0

    def put(self, claim: ClaimId, texts: Sequence[str]) -> None:
        """These texts tell this claim; what was known of it before is forgotten."""
        for number in self._of_claim.pop(claim, []):
            old = self._texts.pop(number)
            if self._equal.get(old.same) == number:
                del self._equal[old.same]
            for word in old.weights:
                self._holding[word].discard(number)
        for text in texts:
            read = self._read(claim, text)
            if read.words:
                self._keep(read)

    def search(self, text: str, k: int) -> Sequence[Like]:
        """The claims that are most like it, best first; each once."""
        asked = self._read(ClaimId(0), text)
        best: dict[ClaimId, Like] = {}
        for number in self._near(asked):
            like = self._compare(asked, self._texts[number])
            known = best.get(like.claim)
            if known is None or (like.copy is not None, like.score) > (known.copy is not None, known.score):
                best[like.claim] = like
        ranked = sorted(best.values(), key=lambda one: (one.copy is None, -one.score, one.claim))
        return ranked[:k]

    def _read(self, claim: ClaimId, text: str) -> _Text:
        words = tuple(self.normalise(text).split())
        runs = frozenset(words[at : at + _SHINGLE] for at in range(len(words) - _SHINGLE + 1))
        same = hashlib.sha256(" ".join(words).encode("utf-8", "replace")).hexdigest()
        weights = {word: 1 + math.log(count) for word, count in Counter(words).items()}
        return _Text(claim, words, runs, weights, same)

    def _keep(self, read: _Text) -> None:
        self._last += 1
        self._texts[self._last] = read
        self._of_claim.setdefault(read.claim, []).append(self._last)
        self._equal.setdefault(read.same, self._last)
        for word in read.weights:
            self._holding.setdefault(word, set()).add(self._last)

    def _near(self, asked: _Text) -> set[int]:
        """The texts that share a word that tells something, or are equal."""
        most = max(_FEW_TEXTS, _COMMON * len(self._texts))
        equal = self._equal.get(asked.same)
        near = {equal} if equal is not None else set[int]()
        rarest = sorted((self._holding.get(word, set()) for word in asked.weights), key=len)
        for held in rarest:
            if len(held) > most or len(near) > _MOST_COMPARED:
                break
            near |= held
        return near

    def _compare(self, asked: _Text, known: _Text) -> Like:
        enough = min(len(asked.words), len(known.words)) >= _FEWEST_WORDS
        if asked.same == known.same:
            return Like(known.claim, 1.0, How.EXACT if enough else None)
        both = len(asked.shingles | known.shingles)
        shared = len(asked.shingles & known.shingles) / both if both else 0.0
        if enough and shared >= _CERTAIN and _telling(asked.words) == _telling(known.words):
            return Like(known.claim, shared, How.NEAR)
        return Like(known.claim, min(0.99, self._cosine(asked, known)))

    def _cosine(self, one: _Text, other: _Text) -> float:
        def weight(text: _Text, word: str) -> float:
            held = len(self._holding.get(word, ()))
            return text.weights[word] * math.log((1 + len(self._texts)) / (1 + held) + 1)

        def length(text: _Text) -> float:
            return math.sqrt(sum(weight(text, word) ** 2 for word in text.weights))

        shared = one.weights.keys() & other.weights.keys()
        dot = sum(weight(one, word) * weight(other, word) for word in shared)
        whole = length(one) * length(other)
        return dot / whole if whole else 0.0


def _telling(words: _Words) -> Counter[str]:
    """Numbers and negations: where they differ, the text says something else."""
    return Counter(word for word in words if word in _NOT or any(sign.isdigit() for sign in word))
