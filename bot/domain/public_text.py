"""A text as the citizen gets it: how long the platform counts it, what can be tapped in it."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.domain.sentences import sentences

LIMIT = 4096
"""UTF-16 units of one message. Two messages could stand there half, so a longer reply is not sent."""
_LINK = re.compile(r"https?://[^\s<>\"]+")


def units(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def hosts(text: str) -> tuple[str, ...]:
    """Where its links lead, each place once."""
    found = (_host(one.group().rstrip(".,;:!?)")) for one in _LINK.finditer(text))
    return tuple(dict.fromkeys(host for host in found if host))


def split(text: str, limit: int = LIMIT) -> tuple[str, ...]:
    """The text in pieces that each fit, parted between paragraphs, else sentences, else anywhere."""
    if units(text) <= limit:
        return (text,)
    out: list[str] = []
    for piece in _pieces(text, limit):
        if out and units(out[-1]) + units(piece) <= limit:
            out[-1] += piece
        else:
            out.append(piece)
    return tuple(out)


def _host(link: str) -> str:
    try:
        return urlsplit(link).hostname or ""
    except ValueError:
        return ""


def _pieces(text: str, limit: int) -> Iterator[str]:
    for paragraph in re.split(r"(?<=\n\n)", text):
        if units(paragraph) <= limit:
            yield paragraph
            continue
        at = 0
        for _, end in sentences(paragraph):
            yield from _chopped(paragraph[at:end], limit)
            at = end
        yield from _chopped(paragraph[at:], limit)


def _chopped(text: str, limit: int) -> Iterator[str]:
    """Half the limit in characters always fits: none takes more than two units."""
    if units(text) <= limit:
        yield text
        return
    step = max(1, limit // 2)
    yield from (text[at : at + step] for at in range(0, len(text), step))
