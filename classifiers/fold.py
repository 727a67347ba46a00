"""Characters to plain lower-case letters, with the way back to the original text.

Writers dodge filters with fancy alphabets, zero-width characters, combining marks and look-alike letters from
other scripts. Each is folded to what a reader sees; the original text is always what people are shown.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Letters that look like Latin ones. They are folded only inside a word that also holds Latin letters: a word
# written wholly in Cyrillic or Greek is a foreign word, not a disguise.
_LOOKALIKES = str.maketrans(
    "абвгенкмортухісјѕԁһӏ" + "αβεικνορτυχωγη",
    "abbrehkmoptyxicjsdhl" + "abeikvoptuxwyn",
)
_FOREIGN = re.compile(r"[\u0370-\u03ff\u0400-\u052f]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LATIN = re.compile(r"[a-z]")
# Letters and quotes that Unicode does not decompose by itself.
_EXTRA = dict(
    zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢıłøđ", "abcdefghijklmnoprstuvwyzilod", strict=True)
) | dict.fromkeys("‘’`´ʼ", "'")
_NEGATIVE_LETTERS = ((0x1F150, 0x1F169), (0x1F170, 0x1F189))
_DIGIT_CIRCLES = {
    0x24FF: "0",
    **{0x24F5 + i: str(i + 1) for i in range(9)},
    **{0x2776 + i: str(i + 1) for i in range(9)},
}


@dataclass(frozen=True, slots=True)
class Folded:
    """Plain text and, for each of its characters, where that character stood in the original.

    `starts` is None when nothing moved: then every offset is the same in both texts.
    """

    text: str
    starts: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Original offsets of the folded slice [start, end), which must not be empty."""
        if self.starts is None:
            return start, end
        return self.starts[start], self.starts[end - 1] + 1


def fold(text: str) -> Folded:
    """Fold any `str`, lone surrogates and control characters included; never raises."""
    if text.isascii():
        return Folded(text.translate(_CONTROLS).lower(), None)
    pieces = [_fold_char(char) for char in text]
    starts: list[int] = []
    for index, piece in enumerate(pieces):
        starts.extend([index] * len(piece))
    plain = "".join(pieces)
    if _FOREIGN.search(plain):
        plain = _WORD.sub(_unmask, plain)
    return Folded(plain, tuple(starts))


_CONTROLS = dict.fromkeys([*range(32), 127], " ")


@lru_cache(maxsize=8192)
def _fold_char(char: str) -> str:
    """One character to zero or more plain ones; a fixed point of itself."""
    for _ in range(4):
        folded = "".join(_fold_once(c) for c in char)
        if folded == char:
            break
        char = folded
    return char


def _fold_once(char: str) -> str:
    category = unicodedata.category(char)
    if category in {"Mn", "Me", "Cf", "Cs"}:  # marks, zero-width and direction characters, half characters
        return ""
    if category[0] in "CZ":  # controls, separators, private and unassigned code points
        return " "
    code = ord(char)
    if 0x1F3FB <= code <= 0x1F3FF:  # skin tones
        return ""
    for first, last in _NEGATIVE_LETTERS:
        if first <= code <= last:
            return chr(ord("a") + code - first)
    char = _DIGIT_CIRCLES.get(code) or _EXTRA.get(char) or unicodedata.normalize("NFKC", char)
    base = unicodedata.normalize("NFD", char)
    if len(base) > len(char) and not all(unicodedata.category(c) == "Lo" for c in base):
        char = base  # the marks go in the next round
    return char.lower()


def _unmask(match: re.Match[str]) -> str:
    word = match.group()
    return word.translate(_LOOKALIKES) if _LATIN.search(word) and _FOREIGN.search(word) else word
