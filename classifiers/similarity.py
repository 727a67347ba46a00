"""The moving window of what was written lately: which of it is a new text a copy of?

Bounded: the oldest texts give way to the newest. The chains of the bands work like those of a compressor with
a sliding window: a newer text points to the one before it with the same key, and whoever follows the chain
stops where the window ends, so that nothing ever has to be taken out.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from classifiers.likeness import Likeness, likeness
from classifiers.minhash import BANDS, Keys, bands
from classifiers.wording import Wording, wording

MOST = 100_000
"""Texts in the window; about 600 bytes each."""
_SMALLEST = 2048
"""Texts that there is room for at first; a power of two, and so are its doublings."""
_STEPS = 24
"""How far a chain is followed."""
_COMPARED = 12
"""How many texts are compared word by word."""
_OFFERED = 0.34
_VARIANTS = 4
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Near(Generic[Key]):
    """A group in the window, with how like the text at hand is to it."""

    key: Key
    likeness: Likeness


class Window(Generic[Key]):
    """Texts by the group that they belong to. Not for several threads at once."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._heads = np.full((BANDS, _SMALLEST), -1, np.int32)
        self._before = np.full((BANDS, min(_SMALLEST, most)), -1, np.int32)
        self._every_band = np.arange(BANDS)
        self._texts: list[tuple[Key, Wording] | None] = [None] * most
        self._variants: dict[Key, list[int]] = {}
        self._next = 0

    def __len__(self) -> int:
        """How many texts it holds."""
        return min(self._next, self._most)

    def add(self, key: Key, text: str | Wording) -> None:
        """Another text of this group; too short ones, and more than a few of one group, are passed over."""
        said = text if isinstance(text, Wording) else wording(text)
        known = [serial for serial in self._variants.get(key, ()) if self._alive(serial)]
        if not said.long or len(known) >= _VARIANTS:
            return
        serial = self._next
        self._next += 1
        place = serial % self._most
        self._drop(place)
        self._make_room(place)
        slots = bands(said.words) % self._heads.shape[1]
        self._before[:, place] = self._heads[self._every_band, slots]
        self._heads[self._every_band, slots] = serial
        self._texts[place] = (key, said)
        self._variants[key] = [*known, serial]

    def _make_room(self, place: int) -> None:
        """Both tables begin small and double, since most towns never fill them. In doubled heads every chain
        begins twice: whoever follows it meets other keys' texts too, which are compared word by word anyway.
        """
        width = self._before.shape[1]
        if place < width:
            return
        more = np.full((BANDS, min(width, self._most - width)), -1, np.int32)
        self._before = np.concatenate((self._before, more), axis=1)
        self._heads = np.concatenate((self._heads, self._heads), axis=1)

    def near(self, text: str | Wording, most: int = 5) -> list[Near[Key]]:
        """The groups that it may belong to, the likeliest first; at most one of them is certain."""
        said = text if isinstance(text, Wording) else wording(text)
        if not said.long:
            return []
        found = [Near(key, self._like(key, said)) for key in self._candidates(bands(said.words))]
        found = [one for one in found if one.likeness.certain or one.likeness.share >= _OFFERED]
        found.sort(key=lambda one: (not one.likeness.certain, -one.likeness.share))
        return found[:most]

    def _like(self, key: Key, said: Wording) -> Likeness:
        """To the likest of its texts; certain only if its fullest text does not speak against it."""
        texts = [entry[1] for serial in self._variants[key] if (entry := self._at(serial)) is not None]
        found = [(likeness(one, said), len(one.words)) for one in texts]
        best, _ = max(found, key=lambda of: (of[0].certain, of[0].share))
        fullest, _ = max(found, key=lambda of: of[1])
        if best.certain and fullest.differs is not None:
            return Likeness(best.share, certain=False, differs=fullest.differs)
        return best

    def _candidates(self, keys: Keys) -> Iterator[Key]:
        """The groups that share most bands with it."""
        slots = keys % self._heads.shape[1]
        here = self._heads[self._every_band, slots]
        met: list[np.ndarray[tuple[int], np.dtype[np.int32]]] = []
        for _ in range(_STEPS):
            alive = here > max(-1, self._next - self._most - 1)
            if not alive.any():
                break
            met.append(here[alive])
            here = np.where(alive, self._before[self._every_band, here % self._before.shape[1]], -1)
        if not met:
            return
        serials, shared = np.unique(np.concatenate(met), return_counts=True)
        seen: set[Key] = set()
        for place in np.argsort(-shared, kind="stable"):
            entry = self._at(int(serials[place]))
            if entry is None or entry[0] in seen:
                continue
            seen.add(entry[0])
            yield entry[0]
            if len(seen) == _COMPARED:
                return

    def _alive(self, serial: int) -> bool:
        return serial >= self._next - self._most

    def _at(self, serial: int) -> tuple[Key, Wording] | None:
        return self._texts[serial % self._most] if self._alive(serial) else None

    def _drop(self, place: int) -> None:
        """The oldest text makes room."""
        old = self._texts[place]
        if old is None:
            return
        left = [serial for serial in self._variants[old[0]] if serial % self._most != place]
        if left:
            self._variants[old[0]] = left
        else:
            del self._variants[old[0]]
