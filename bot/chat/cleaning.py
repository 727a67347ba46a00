"""Citizen text made safe to show: without what breaks an API call, hides words or runs over other lines.

Shown text stays the citizen's own: nothing is normalised, only what cannot be seen or does harm goes.
"""

import re
import unicodedata
from collections.abc import Iterator

_NEWLINES = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")
# Controls, lone surrogates, direction overrides and invisible formatting. ZWNJ and ZWJ are judged one by one.
_UNSHOWN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2061-\u2064\u2066-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e001f\U000e0080-\U000e0fff]"
)
# The short way for nearly all text: Latin letters, punctuation, symbols, emoji; no marks, no joiners.
_PLAIN = re.compile(
    "[\n\t -~\xa0-\xac\xae-\u02ff\u2010-\u2027\u2030-\u2060\u20a0-\u20bf\u2190-\u23ff\u2500-\u27bf"
    "\U0001f300-\U0001f3f3\U0001f400-\U0001faff]*"
)
_MARKS_KEPT = 2
_LONGEST_CLUSTER = 32
"""Real ones are shorter; a chain of a thousand joined emoji is cut like any text."""
_ZWNJ, _ZWJ = "\u200c", "\u200d"
_BLACK_FLAG = "\U0001f3f4"


def utf16(text: str) -> int:
    """Length in UTF-16 code units, as Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """`text` without controls (but newline and tab), lone surrogates, bidi overrides and piled-up marks."""
    if _PLAIN.fullmatch(text):
        return text
    kept: list[str] = []
    marks = 0
    tagging = False
    for char in _UNSHOWN.sub("", _NEWLINES.sub("\n", text)):
        is_tag = "\U000e0020" <= char <= "\U000e007f"
        is_mark = unicodedata.category(char)[0] == "M"
        joiner = char in (_ZWJ, _ZWNJ)
        # A joiner does not end the pile: marks could be stacked through it.
        marks = marks + 1 if is_mark else marks if joiner else 0
        if marks > _MARKS_KEPT or (is_tag and not tagging) or (joiner and not _joins(kept)):
            continue
        # Tag letters spell the flags of England, Scotland and Wales; anywhere else they are invisible text.
        tagging = char == _BLACK_FLAG or (tagging and is_tag)
        kept.append(char)
    while kept and kept[-1] in (_ZWJ, _ZWNJ):
        kept.pop()
    return "".join(kept)


def _joins(before: list[str]) -> bool:
    """Whether a joiner after these has something to join: an emoji, or a letter of a joining script."""
    return bool(before) and before[-1] > "\u02ff" and before[-1] not in (_ZWJ, _ZWNJ)


def clusters(text: str) -> Iterator[str]:
    """Pieces of `text` that must not be cut: a base with its marks, a joined emoji, a flag."""
    start = 0
    for at in range(1, len(text)):
        if not _holds(text, start, at):
            yield text[start:at]
            start = at
    if text:
        yield text[start:]


def _holds(text: str, start: int, at: int) -> bool:
    """Whether the character at `at` belongs to the cluster that begins at `start`."""
    char, before = text[at], text[at - 1]
    if char < "\u0300" or at - start >= _LONGEST_CLUSTER:
        return False
    if char in (_ZWJ, _ZWNJ) or before == _ZWJ or "\U0001f3fb" <= char <= "\U0001f3ff":
        return True
    if "\U000e0020" <= char <= "\U000e007f" or unicodedata.category(char)[0] == "M":
        return True
    if "\U0001f1e6" <= char <= "\U0001f1ff" and "\U0001f1e6" <= before <= "\U0001f1ff":
        return (at - start) % 2 == 1
    # A Korean syllable written in its letters.
    return "\u1160" <= char <= "\u11ff" and "\u1100" <= before <= "\u11ff"


def head(text: str, units: int) -> str:
    """The longest beginning of `text` that takes at most `units` UTF-16 units and cuts no cluster."""
    if utf16(text) <= units:
        return text
    if text[: units + 1].isascii():
        return text[:units]  # nothing is joined to the last one either
    taken: list[str] = []
    for cluster in clusters(text):
        units -= utf16(cluster)
        if units < 0:
            break
        taken.append(cluster)
    return "".join(taken)


def one_line(text: str, most: int) -> str:
    """`text` on one line, shortened with … to `most` UTF-16 units; for names and titles."""
    flat = " ".join(clean(text).split())
    return flat if utf16(flat) <= most else head(flat, most - 1).rstrip() + "…"
