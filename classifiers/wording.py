"""A text as the words that carry its claim, so that two texts can be compared word by word.

What comes and goes when a text is passed on is left out: greetings, particles, links, accounts, emoji, marks.
Numbers keep their value, however they are spelt ("600rb", "600 ribu", "600.000"), because another number is
another claim.
"""

import re
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from classifiers.text import MENTION, URL, Token, standard, tokens

FEWEST_WORDS = 8
"""Below this, two texts are never taken for one by likeness alone."""
SAYS_FALSE = frozenset(
    {
        "hoaks",
        "hoax",
        "bohong",
        "palsu",
        "keliru",
        "fitnah",
        "klarifikasi",
        "dibantah",
        "bantahan",
        "membantah",
    }
)
DENYING = SAYS_FALSE | {"tidak", "bukan", "jangan", "belum", "tanpa"}
"""Words that turn a text round: with one more or one less of them it says something else."""
TRUTH = frozenset({"benar", "betul", "fakta", "terbukti", "valid", "resmi"})
"""What is denied where a whole text is denied."""
_FILLERS = frozenset(files("classifiers").joinpath("data", "fillers.txt").read_text("utf-8").split())
"""What a copy may gain or lose and still be a copy."""
_UNITS = {"rb": "ribu", "rban": "ribu", "ribu": "ribu", "k": "ribu", "jt": "juta", "juta": "juta"}
_FIRST = (
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
)
_NUMBERS = {word: f"#{value}" for value, word in enumerate(_FIRST)} | {"seratus": "#100", "seribu": "#1000"}
_NUMBER = re.compile(r"(?:rp)?(\d+(?:[.,]\d+)*)([a-z]*)")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_SOUND = re.compile(r"[^\W_]")


class Wording(NamedTuple):
    """`words`: those that carry the claim, in order. `long`: whether they are enough to go by likeness."""

    words: tuple[str, ...]
    whole: str
    """Everything that was said, folded: equal for texts that are the same."""
    long: bool


@lru_cache(maxsize=256)
def wording(text: str) -> Wording:
    """The words of any `str`. One comment is asked about several times within a moment."""
    said: list[str] = []
    spoken = 0
    for token in tokens(text):
        words = _words(token, text)
        said += words
        spoken += sum(bool(_SOUND.search(word)) for word in words if word not in {MENTION, URL})
    carrying = tuple(word for word in said if _SOUND.search(word) and word[0] != "<" and word not in _FILLERS)
    return Wording(carrying, " ".join(said), spoken >= FEWEST_WORDS)


def is_number(word: str) -> bool:
    return word[0] == "#"


def _words(token: Token, text: str) -> list[str]:
    raw, original = token.raw, text[token.start : token.end]
    if raw[0] == "<":
        digits = "".join(filter(str.isdigit, original))
        return [f"#{digits}"] if digits and raw not in {MENTION, URL} else [raw]
    number = _NUMBER.fullmatch(raw)
    if number is not None:
        return _number(*number.groups())
    if any(map(str.isdigit, token.norm)):
        return [raw]  # the normalised view hides the digits
    return [_NUMBERS.get(word, word) for word in token.norm.split()]


def _number(digits: str, unit: str) -> list[str]:
    """`600rb` and `600.000` are both 600 and a thousand."""
    tail = [_UNITS.get(unit) or standard(unit)] if unit else []
    if _THOUSANDS.fullmatch(digits):
        value = int(digits.replace(".", ""))
        return [f"#{value // 1000}", "ribu", *tail] if value % 1000 == 0 else [f"#{value}", *tail]
    return [f"#{digits.lstrip('0') or '0'}", *tail]
