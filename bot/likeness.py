"""Claims by the words that tell them: copies for certain, the others by how much they have in common."""

from collections.abc import Iterable, Sequence

from bot.domain.claim import ClaimId, How, Stance
from bot.domain.stance import stance_of
from bot.services.claim_index import Like
from classifiers.likeness import Difference, likeness
from classifiers.lookup import Lookup
from classifiers.wording import Wording, wording

_Key = tuple[ClaimId, int]
_DENIED = 0.75
"""So much of both texts is the same where one denies the other."""
_MAY_BE_A_COPY = 0.35
"""Texts that have less in common need not be compared word by word."""
_LOOKED_AT = 3
"""For every claim that is asked for, so many texts: one claim is told in many ways."""


def share(one: str, other: str) -> float:
    """How much of two texts is the same; nought where one is not surely a copy of the other."""
    found = likeness(wording(one), wording(other))
    return found.share if found.certain else 0.0


class WordLikeness:
    """Not for several threads at once, but for `fill`, which builds all anew and then puts it in place."""

    def __init__(self) -> None:
        self._lookup: Lookup[_Key] = Lookup()
        self._texts: dict[ClaimId, list[str]] = {}

    def fill(self, told: Iterable[tuple[ClaimId, Sequence[str]]]) -> None:
        """All claims there are."""
        texts = {claim: list(of) for claim, of in told}
        lookup: Lookup[_Key] = Lookup()
        lookup.add_all(((claim, place), text) for claim, of in texts.items() for place, text in enumerate(of))
        self._texts, self._lookup = texts, lookup

    def put(self, claim: ClaimId, texts: Sequence[str]) -> None:
        """These texts tell this claim; what was known of it before is forgotten."""
        for place in range(len(self._texts.get(claim, ()))):
            self._lookup.remove((claim, place))
        self._texts[claim] = list(texts)
        for place, text in enumerate(texts):
            self._lookup.add((claim, place), text)

    def search(self, text: str, k: int) -> Sequence[Like]:
        """The claims that are most like it, best first, copies before all; each once."""
        best: dict[ClaimId, Like] = {}
        all_found = self._lookup.search(text, k * _LOOKED_AT)
        if not all_found:
            return []
        asked, denies = wording(text), stance_of(text) is Stance.DENIES
        for found in all_found:
            claim, place = found.key
            like = Like(claim, min(found.score, 0.99))
            if found.score >= _MAY_BE_A_COPY:
                known = wording(self._texts[claim][place])
                like = _compare(claim, asked, known, found.score, denies=denies)
            if claim not in best or _rank(like) < _rank(best[claim]):
                best[claim] = like
        return sorted(best.values(), key=_rank)[:k]


def _compare(claim: ClaimId, asked: Wording, known: Wording, score: float, *, denies: bool) -> Like:
    """`denies`: whoever asks says that something is false. Around the same words, it is this claim."""
    if not (asked.long and known.long):
        return Like(claim, min(score, 0.99))
    if asked.whole == known.whole:
        return Like(claim, 1.0, How.EXACT)
    found = likeness(known, asked)
    copy = found.certain or (denies and found.differs is Difference.DENIAL and found.share >= _DENIED)
    return Like(claim, min(found.share, 0.99), How.NEAR) if copy else Like(claim, min(score, 0.99))


def _rank(like: Like) -> tuple[bool, float, ClaimId]:
    return (like.copy is None, -like.score, like.claim)
