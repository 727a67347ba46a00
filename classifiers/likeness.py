"""Whether one text is a copy of another: word by word, and what differs.

A copy may be misspelt, dressed up, cut off or turned round. It may not say another number or another place,
and it may not deny: then it is another matter, however many words are the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from classifiers.wording import DENYING, SAYS_FALSE, TRUTH, Wording, is_number
from classifiers.words import known

_CUT = 4
"""So many words missing in a row were cut off; fewer were replaced or forgotten."""
_FEWEST_SHARED = 6
_ADDED_AT_MOST = 0.3
_LEAST_COVERED = 0.8
_HOPELESS = 0.8


class Difference(StrEnum):
    """Why two texts that look alike are not one."""

    NUMBER = "number"
    DENIAL = "denial"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Likeness:
    """`share`: how much of both is the same, 0 to 1. `certain`: one is a copy of the other."""

    share: float
    certain: bool = False
    differs: Difference | None = None


def likeness(one: Wording, other: Wording) -> Likeness:
    """Of two texts; which of them came first does not matter."""
    if one.whole == other.whole:
        return Likeness(1.0, certain=bool(one.words))
    a, b = one.words, other.words
    if not a or not b:
        return Likeness(0.0)
    missing, added = _left_over(a, b)
    if len(missing) > _HOPELESS * len(a) and len(added) > _HOPELESS * len(b):
        return Likeness(_share(a, b, missing))
    missing, added = _forgive_slips(a, b, missing, added)
    share = _share(a, b, missing)
    differs = _difference(a, b, missing, added)
    enough = one.long and other.long and len(a) - len(missing) >= _FEWEST_SHARED
    return Likeness(share, enough and differs is None and _covered(a, b, missing, added), differs)


def _share(a: Sequence[str], b: Sequence[str], missing: Sequence[int]) -> float:
    return 2 * (len(a) - len(missing)) / (len(a) + len(b))


def _left_over(a: Sequence[str], b: Sequence[str]) -> tuple[list[int], list[int]]:
    """The places of words that only `a` has, and of those that only `b` has; of more than one, the last."""
    left: dict[str, int] = {}
    for word in b:
        left[word] = left.get(word, 0) + 1
    missing: list[int] = []
    for place, word in enumerate(a):
        if left.get(word):
            left[word] -= 1
        else:
            missing.append(place)
    added: list[int] = []
    for place in range(len(b) - 1, -1, -1):
        if left[b[place]]:
            left[b[place]] -= 1
            added.append(place)
    added.reverse()
    return missing, added


def _forgive_slips(
    a: Sequence[str], b: Sequence[str], missing: list[int], added: list[int]
) -> tuple[list[int], list[int]]:
    """Pairs what is only spelt differently. Two words of the dictionary are two words; so are two numbers."""
    words = known()
    of_a = [(place, a[place], a[place] in words) for place in missing if not is_number(a[place])]
    left = list(added)
    for at_b in added:
        word = b[at_b]
        if is_number(word):
            continue
        in_words = word in words
        for entry in of_a:
            if not (in_words and entry[2]) and _is_slip(entry[1], word):
                of_a.remove(entry)
                left.remove(at_b)
                missing = [place for place in missing if place != entry[0]]
                break
    return missing, left


def _is_slip(one: str, other: str) -> bool:
    """Whether one is the other misspelt."""
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    if longer == f"di{shorter}" or _is_short_for(shorter, longer):
        return True
    most = 2 if len(shorter) >= 8 else 1
    if len(shorter) < 4 or len(longer) - len(shorter) > most or len({*one} ^ {*other}) > 2 * most:
        return False  # to change a letter may take one out of the word and bring another in, no more
    return _edits(one, other) <= most


def _is_short_for(shorter: str, longer: str) -> bool:
    """`wrg` for `warga`."""
    return len(shorter) > 2 and _VOWELS.isdisjoint(shorter) and shorter == longer.translate(_WITHOUT_VOWELS)


_VOWELS = frozenset("aiueo")
_WITHOUT_VOWELS = str.maketrans("", "", "aiueo")


def _edits(one: str, other: str) -> int:
    """Letters to change, add, drop or swap with their neighbour."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, x in enumerate(one, 1):
        row = [i]
        for j, y in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == other[j - 2] and one[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


def _difference(
    a: Sequence[str], b: Sequence[str], missing: Sequence[int], added: Sequence[int]
) -> Difference | None:
    """What makes them two matters, if anything does."""
    cut_a, cut_b = _cut_off(a, missing, b, added), _cut_off(b, added, a, missing)
    lost = [a[place] for place in missing if place not in cut_a]
    put_in = [b[place] for place in added if place not in cut_b]
    denied = _denies(a, cut_a) or _denies(b, cut_b)
    if denied or any(word in DENYING for word in (*lost, *put_in)):
        return Difference.DENIAL
    if any(map(is_number, put_in)) or any(map(is_number, lost)):
        return Difference.NUMBER
    if (put_in and (lost or cut_a)) or (lost and cut_b) or (cut_a and cut_b):
        return Difference.WORD
    return None


def _denies(words: Sequence[str], cut: frozenset[int]) -> bool:
    """Whether what one text has beyond the other calls the rest false. A part of it may well hold a "tidak";
    in front of all the rest, or beside a word about truth, it is meant for the rest.
    """
    beyond = [words[place] for place in sorted(cut)]
    negated = any(word in DENYING for word in beyond)
    first = beyond[0] in DENYING if beyond and 0 in cut else False
    return first or any(word in SAYS_FALSE for word in beyond) or (negated and not TRUTH.isdisjoint(beyond))


def _cut_off(
    words: Sequence[str], missing: Sequence[int], others: Sequence[str], added: Sequence[int]
) -> frozenset[int]:
    """Those of the missing words that stand in long rows, or at an edge where nothing took their place."""
    found: set[int] = set()
    for row in _rows(missing):
        at_end = row[-1] == len(words) - 1 and len(others) - 1 not in added
        at_start = row[0] == 0 and 0 not in added
        if len(row) >= _CUT or at_end or at_start:
            found.update(row)
    return frozenset(found)


def _rows(places: Sequence[int]) -> Iterator[list[int]]:
    row: list[int] = []
    for place in places:
        if row and place != row[-1] + 1:
            yield row
            row = []
        row.append(place)
    if row:
        yield row


def _covered(a: Sequence[str], b: Sequence[str], missing: Sequence[int], added: Sequence[int]) -> bool:
    """Whether the shorter stands almost wholly in the longer."""
    whole = max(1 - len(missing) / len(a), 1 - len(added) / len(b))
    beyond = len(added) - len(_cut_off(b, added, a, missing))
    return whole >= _LEAST_COVERED and beyond <= _ADDED_AT_MOST * len(b)
