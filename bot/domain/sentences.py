"""Where sentences, clauses and words of an Indonesian text begin and end. No grammar, only the marks."""

import re
from collections.abc import Iterator

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LINK = re.compile(r"(?:https?://|www\.)\S+")
# A full stop inside a time, a sum or an abbreviation ends nothing: a blank or a new line must follow.
_END = re.compile(
    r"(?<!\bJl)(?<!\bNo)(?<!\bKab)(?<!\bKec)(?<!\bYth)(?<!\bdr)(?<!\bdrg)[.!?…]+(?:[\"”’)\]]+)?(?=\s|\Z)|\n+"
)
_CLAUSE_END = re.compile(r"[,;:](?=\s)|\s(?:dan|tetapi|tapi|namun|sedangkan)\s", re.IGNORECASE)
Span = tuple[int, int]


def without_links(text: str) -> str:
    """The text with every web address blanked out. Same length, so that offsets stay true."""
    return _LINK.sub(lambda found: " " * len(found.group()), text)


def sentences(text: str) -> Iterator[Span]:
    """The spans of its sentences, without the blanks around them; a line of its own is one."""
    start = 0
    for found in _END.finditer(text):
        yield from _trimmed(text, start, found.end())
        start = found.end()
    yield from _trimmed(text, start, len(text))


def clauses(text: str, span: Span) -> Iterator[Span]:
    """The parts of a sentence between its commas and conjunctions."""
    start, end = span
    for found in _CLAUSE_END.finditer(text, *span):
        yield from _trimmed(text, start, found.start())
        start = found.end()
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    part = text[start:end]
    if WORD.search(part) or any(char.isdigit() for char in part):
        yield start + len(part) - len(part.lstrip()), end - (len(part) - len(part.rstrip()))
