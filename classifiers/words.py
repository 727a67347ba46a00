"""The project's own word lists: informal spellings, and word classes that serve the model as clues."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

INFORMAL = "ind"
"""The language of spellings that are at home everywhere: informal Indonesian and its loans."""


class Spelling(NamedTuple):
    """A variant's standard word (sometimes two words) and its language, an ISO 639-3 code.

    `doubtful`: it is an Indonesian word or a name as well, so it counts only beside another word of its
    language. `abdi` is "I" in a Sundanese sentence; *abdi negara* is not.
    """

    plain: str
    language: str
    doubtful: bool


@cache
def spellings() -> dict[str, Spelling]:
    """Every informal or regional spelling of the list, the doubtful ones included."""
    return {
        variant: Spelling(plain, language.removesuffix("?"), language.endswith("?"))
        for variant, plain, language in _lines("slang.tsv")
    }


@cache
def slang() -> dict[str, str]:
    """Informal or regional spelling -> standard word, where it is sure. A standard word is no key."""
    return {variant: one.plain for variant, one in spellings().items() if not one.doubtful}


@cache
def doubtful() -> dict[str, Spelling]:
    """The spellings that need company."""
    return {variant: one for variant, one in spellings().items() if one.doubtful}


@cache
def regional() -> dict[str, str]:
    """Word -> the language that it betrays. Informal and doubtful words betray none."""
    return {
        variant: one.language
        for variant, one in spellings().items()
        if not one.doubtful and one.language != INFORMAL
    }


@cache
def classes() -> dict[str, tuple[str, ...]]:
    """Standard word -> its classes, for example `banjir` -> (`bahaya`, `keluh`)."""
    found: dict[str, tuple[str, ...]] = {}
    for word, name in _lines("lexicon.tsv"):
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
    return frozenset(spellings()) | frozenset(slang().values()) | frozenset(classes())


def _lines(name: str) -> Iterator[list[str]]:
    for line in files("classifiers").joinpath("data", name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")
