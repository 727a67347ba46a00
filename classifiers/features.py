"""Tokens to hashed features: the one place where a text becomes numbers, for training and for use alike.

Two families, each scaled to unit length by itself: words (single words and neighbours in both views, word
classes, how the text begins and ends, the form of the whole text) and letters (2 to 4 letters inside a word,
its edges marked). A feature is the CRC-32 of its name, so that no vocabulary with names or numbers is ever
stored.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple
from zlib import crc32

from classifiers.text import MENTION, URL, Token, has_disguised_letters
from classifiers.words import classes

WHOLE_TEXT = -1
WORD, CLASS, FORM, BEGINS = "w", "c", "f", "bc"
"""Kinds of feature that a rule can stand behind: `classifiers.rules` has their Indonesian words."""
SHORTEST, LONGEST = 2, 4  # five letters gained nothing measurable and cost a fifth of the file


Group = tuple[Sequence[int], int, int]
"""Word features of one place: their keys, and the first and last token, or WHOLE_TEXT twice."""


class Features(NamedTuple):
    """Feature keys (unsigned 32 bit) of one text, repeats included. `char_keys` holds one group per token."""

    word_groups: list[Group]
    char_keys: list[tuple[int, ...]]

    @property
    def word_keys(self) -> Iterator[int]:
        """The keys of all word groups."""
        return chain.from_iterable([group[0] for group in self.word_groups])


def extract(text: str, tokens: Sequence[Token]) -> Features:
    """Features of one text, given its tokens."""
    groups: list[Group] = [
        (_single_keys(token.raw, token.norm), place, place) for place, token in enumerate(tokens)
    ]
    groups += [
        (_pair_keys(left, right), place, place + 1) for place, (left, right) in enumerate(pairwise(tokens))
    ]
    groups += _edges(tokens)
    groups.append(([key_of(FORM, name) for name in forms(text, tokens)], WHOLE_TEXT, WHOLE_TEXT))
    return Features(groups, [_char_keys(token.raw, token.norm) for token in tokens])


def forms(text: str, tokens: Sequence[Token]) -> Iterator[str]:
    """Names of what can be said of the whole text; `classifiers.rules` has their Indonesian words."""
    words = [token.norm for token in tokens]
    letters = [char for char in text[:500] if char.isalpha()]
    if len(letters) > 5 and sum(map(str.isupper, letters)) > 0.6 * len(letters):
        yield "caps"
    if words and words[-1].startswith("?"):
        yield "asks_last"
    elif any(word.startswith("?") for word in words):
        yield "asks"
    if URL in words:
        yield "link"
    if words.count(MENTION) > 2:
        yield "mentions"
    if words.count("#") > 2:
        yield "hashtags"
    yield from _disguises(text)


def _disguises(text: str) -> Iterator[str]:
    """Ways to dodge a filter."""
    if has_disguised_letters(text):
        yield "disguise"
    if _DOTTED.search(text):
        yield "dotted"


def key_of(kind: str, name: str) -> int:
    """The key of a feature: a checksum of its name, and nothing else of it is ever stored."""
    return crc32(f"{kind}:{name}".encode("utf-8", "replace"))


@lru_cache(maxsize=16384)
def _single_keys(raw: str, norm: str) -> tuple[int, ...]:
    views = {raw, norm, *norm.split()}
    named = classes().get(norm, ())
    if _BRAND.fullmatch(raw) and not _UNIT.fullmatch(raw):
        named = (*named, "angkahuruf")
    return (*(key_of(WORD, view) for view in sorted(views)), *(key_of(CLASS, name) for name in named))


def _edges(tokens: Sequence[Token]) -> Iterator[Group]:
    """How the text begins and ends, past whom it calls or links to: `kenapa …` asks, `… kenapa` hardly."""
    spoken = [place for place, token in enumerate(tokens) if token.norm not in {MENTION, URL}]
    if not spoken:
        return
    first, last = spoken[0], spoken[-1]
    named = (key_of(BEGINS, name) for name in classes().get(tokens[first].norm, ()))
    yield [key_of("b", tokens[first].norm), *named], first, first
    yield [key_of("e", tokens[last].norm)], last, last


class _Side(NamedTuple):
    """A word as half of a pair. A key is its left half's checksum carried on over its right half's bytes."""

    head: int
    tail: bytes
    named_heads: tuple[int, ...]
    named_tails: tuple[bytes, ...]


@lru_cache(maxsize=16384)
def _side(word: str) -> _Side:
    # Its classes, or the word itself, so that `dasar <kelompok>` is one neighbourhood.
    names = classes().get(word) or (word,)
    return _Side(
        key_of(WORD, f"{word} "),
        word.encode("utf-8", "replace"),
        tuple(key_of(CLASS, f"{name} ") for name in names),
        tuple(name.encode("utf-8", "replace") for name in names),
    )


def _pair_keys(left: Token, right: Token) -> list[int]:
    before, after = _side(left.norm), _side(right.norm)
    keys = [crc32(tail, head) for head in before.named_heads for tail in after.named_tails]
    keys.append(crc32(after.tail, before.head))
    if left.raw != left.norm or right.raw != right.norm:
        keys.append(crc32(_side(right.raw).tail, _side(left.raw).head))
    return keys


@lru_cache(maxsize=16384)
def _char_keys(raw: str, norm: str) -> tuple[int, ...]:
    grams: set[str] = set()
    for view in {raw, norm}:
        if view[:1] == "<":  # a mask has no letters of its own
            continue
        edged = f" {view} "
        for size in range(SHORTEST, LONGEST + 1):
            grams.update(edged[start : start + size] for start in range(len(edged) - size + 1))
    return tuple(sorted(key_of("g", gram) for gram in grams))


# Gambling sites are called by a word and a number; `20rb`, `jam5` and `anak2` are not.
_BRAND = re.compile(r"(?!.*2(?:nya|an)?$)(?:[a-z]{3,}\d{1,4}|[a-z]*\d+[a-z]+\d*[a-z]*)")
_UNIT = re.compile(
    r"\d+(?:rb(?:an)?|ribu|jt(?:an)?|juta|k|m|km|cm|kg|gb|mb|th|thn|hr|hari|jam|menit|mnt|bln|x|a?n|g|l|ml|pcs|org"
    r"|rt|rw|am|pm|d|persen|s|w|v|a|b|c)"
)
_DOTTED = re.compile(r"(?:\b\w[.\-_*]){4,}\w\b")
