"""Words that take a side in a conflict, each with a neutral one. Which playbooks mind them says the list."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class LoadedWord:
    """`say` is the neutral way to say it, `why` (may be empty) what is wrong with the word."""

    word: str
    say: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class LoadedWords:
    """A list, and the ids of the playbooks in whose hour it counts."""

    playbooks: frozenset[str] = frozenset()
    words: tuple[LoadedWord, ...] = ()

    def of(self, playbooks: Collection[str]) -> tuple[LoadedWord, ...]:
        """The words to mind while one of these goes on."""
        return self.words if self.playbooks.intersection(playbooks) else ()


@dataclass(frozen=True, slots=True)
class Heard:
    """A loaded word at text[start:end]."""

    start: int
    end: int
    word: LoadedWord


def heard(text: str, words: Iterable[LoadedWord]) -> Iterator[Heard]:
    """Where the text uses them, in order. Of two that overlap the longer; `perusuhnya` is `perusuh` too."""
    by_name = {one.word.casefold(): one for one in words}
    if not by_name:
        return
    for found in _pattern(tuple(sorted(by_name, key=len, reverse=True))).finditer(text):
        yield Heard(*found.span(1), by_name[" ".join(found[1].casefold().split())])


@lru_cache(maxsize=16)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    # A number does no harm to a look-ahead, and a hyphen doubles a word: perusuh-perusuh.
    either = "|".join(r"\s+".join(map(re.escape, name.split())) for name in names)
    return re.compile(rf"(?<![\w-])({either})(?=(?:-\w+)?(?:nya|lah|kah|pun)?(?!\w))", re.IGNORECASE)
