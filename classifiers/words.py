"""The project's own word lists: informal spellings, and word classes that serve the model as clues."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files


@cache
def slang() -> dict[str, str]:
    """Informal or regional spelling -> standard word (sometimes two words). A standard word is no key."""
    return dict(_pairs("slang.tsv"))


@cache
def classes() -> dict[str, tuple[str, ...]]:
    """Standard word -> its classes, for example `banjir` -> (`bahaya`, `keluh`)."""
    found: dict[str, tuple[str, ...]] = {}
    for word, name in _pairs("lexicon.tsv"):
        found[word] = (*found.get(word, ()), name)
    return found


@cache
def profanity() -> tuple[str, ...]:
    """Words worth restoring from a starred spelling (`b*ngs*t`), longest first."""
    rude = [word for word, names in classes().items() if "kasar" in names and word.isalpha()]
    return tuple(sorted(rude, key=lambda word: (-len(word), word)))


@cache
def known() -> frozenset[str]:
    """Every word of the lists: a digit spelling is read as letters only when that gives one of these."""
    return frozenset(slang()) | frozenset(slang().values()) | frozenset(classes())


def _pairs(name: str) -> Iterator[tuple[str, str]]:
    for line in files("classifiers").joinpath("data", name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            left, right = line.split("\t")
            yield left, right
