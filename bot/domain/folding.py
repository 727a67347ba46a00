"""A view of a text that is easy to search, with the way back to the text as it was written."""

import re
import unicodedata
from dataclasses import dataclass

_UNSEEN = {"Cf", "Mn", "Me", "Cc"}
"""Invisible and combining characters: they part digits for a machine, not for a reader."""
_ZERO = re.compile(r"(?<=\d)o(?![^\W\d_])|(?<![^\W_])o(?=[ \-]?8[1-9])")
_ONE = re.compile(r"(?<=\d)[li|](?=\d)")


@dataclass(frozen=True, slots=True)
class Folded:
    """Lower-case text with plain digits and dashes; `at[i]` is where character i stands in `source`."""

    text: str
    source: str
    at: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that a span of the folded text came from."""
        return self.at[start], self.at[end - 1] + 1


def fold(text: str) -> Folded:
    """Fold full-width, circled and foreign digits, exotic dashes and blanks, and hide what cannot be seen."""
    if text.isascii() and text.isprintable():
        folded, at = text.lower(), list(range(len(text)))
    else:
        pairs = [(plain, index) for index, char in enumerate(text) for plain in _fold_char(char)]
        folded, at = "".join(plain for plain, _ in pairs), [index for _, index in pairs]
    # Both replacements keep the length, so the way back stays true.
    return Folded(_ONE.sub("1", _ZERO.sub("0", folded)), text, tuple(at))


def _fold_char(char: str) -> str:
    category = unicodedata.category(char)
    if char == "\n":
        return char
    if char == "\t" or category == "Zs":
        return " "
    if category in _UNSEEN:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Pd" or char == "−":
        return "-"
    plain = unicodedata.normalize("NFKC", char).lower()
    return "".join(c for c in plain if unicodedata.category(c) not in _UNSEEN)
