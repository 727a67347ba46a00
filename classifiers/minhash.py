"""MinHash in bands: short keys that two texts share the more likely, the more of their words they share.

A text is a set of its words and of its neighbours. Each band is a checksum of the smallest values of that set
under a few random hash functions; texts that share a band are worth comparing.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

BANDS, ROWS = 40, 3
"""Of two texts that share a third of their set, about three in four meet in a band; of a tenth, one in 25."""
Keys = NDArray[np.uint32]

_chance = np.random.default_rng(20261122)
_MULTIPLY = _chance.integers(1, 2**63, (BANDS * ROWS, 1), dtype=np.uint64) | np.uint64(1)
_ADD = _chance.integers(0, 2**63, (BANDS * ROWS, 1), dtype=np.uint64)
_MIX = _chance.integers(1, 2**63, ROWS, dtype=np.uint64) | np.uint64(1)
_HIGH = np.uint64(32)


@lru_cache(maxsize=64)
def bands(words: tuple[str, ...]) -> Keys:
    """The keys of these words, one for each band. Not to be written to: a text is asked about, then kept."""
    values = np.fromiter(_set(words), dtype=np.uint64)
    smallest = ((values * _MULTIPLY + _ADD) >> _HIGH).min(axis=1).reshape(BANDS, ROWS)
    mixed: NDArray[np.uint64] = (smallest * _MIX).sum(axis=1, dtype=np.uint64) >> _HIGH
    return mixed.astype(np.uint32)


def _set(words: Sequence[str]) -> set[int]:
    """At least one value, also of no words."""
    found = {crc32(word.encode("utf-8", "replace")) for word in words if len(word) > 2}
    found.update(crc32(f"{one} {other}".encode("utf-8", "replace")) for one, other in pairwise(words))
    return found or {0}
