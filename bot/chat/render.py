"""The one place where text becomes Telegram HTML.

A message is built from pieces: plain strings and the tags below. Only `render` writes markup, and it
escapes every string, so nobody's words can open a tag. Pieces are frozen and may be shared.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import urlsplit

from bot.chat.cleaning import clean, head, one_line, utf16

LIMIT = 4096
"""UTF-16 units that a message may show."""
CUT = "… (dipotong)"
_CITED_LINES = 12
_FOLD_OVER = 280
_SHORTEST_CITED = 60
_BREAK = "\u2060"
_ADDRESSES_AS_CODE = 20
"""Telegram marks up at most 100 places of a message; the rest of an address list is only broken."""
# What Telegram would turn into something to tap by itself: a citizen's "/kunci" must not become our command,
# nor "@name" a ping, and an address must not open by a slip of the thumb.
_TAPPABLE = re.compile(r"[/@](?=\w|\Z)|:(?=//)|(?<=\w)\.(?=[^\W\d_])")
# Without "https://" only well-known endings count: people forget the blank after a full stop.
_ADDRESS = re.compile(
    r"(?:https?://|www\.|t\.me/|tg://)[^\s<>]+"
    r"|(?<![\w.+@-])(?:[\w.+-]+@)?[\w.-]*\w\.(?:com|net|org|id|info|biz|co|io|me|xyz|top|site|online|link|click|shop"
    r"|store|club|vip|app|dev|ly|cc|tv|asia|live|pro|fun|icu|win|bet|my|sg|to|gg)\b(?:[/?#:][^\s<>]*)?",
    re.IGNORECASE,
)
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tag:
    """Pieces inside one pair of tags. Made by the functions of this module only."""

    name: str
    inner: "tuple[Piece, ...]"
    attribute: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """Somebody's words as a quotation of at most `units`; the first to shrink in a long message."""

    text: str
    units: int
    empty: str


Piece = str | Tag | Cited


def b(*inner: Piece) -> Tag:
    """Bold."""
    return Tag("b", inner)


def i(*inner: Piece) -> Tag:
    """Italic."""
    return Tag("i", inner)


def s(*inner: Piece) -> Tag:
    """Struck through."""
    return Tag("s", inner)


def code(text: str) -> Tag:
    """A fixed-width text that a tap copies."""
    return Tag("code", (text,))


def quote(*inner: Piece, fold: bool = False) -> Tag:
    """A block quotation; with `fold`, closed until somebody opens it. Never inside another one."""
    return Tag("blockquote", inner, " expandable" if fold else "")


def link(text: str, url: str) -> Piece:
    """`text` that leads to `url`, or the bare text when that is no plain web address."""
    if not web_address(url):
        return text
    return Tag("a", (text,), f' href="{html.escape(url, quote=True)}"')


def mention(name: str, user: int) -> Tag:
    """A person by name; Telegram tells this one that they are meant."""
    return Tag("a", (name,), f' href="tg://user?id={user:d}"')


def cited(text: str, units: int = 900, empty: str = "(tanpa teks)") -> Cited:
    """Somebody's words as a quotation: shortened, folded when long, with nothing in it to tap but copy."""
    return Cited(text, units, empty)


def named(text: str, most: int = 40) -> str:
    """A name or title that somebody outside the team chose: one line, at most so long, nothing to tap."""
    return untappable(one_line(text, most))


def lines(*rows: Iterable[Piece] | Piece | None) -> tuple[Piece, ...]:
    """The rows under each other; None and empty rows are left out. A row of several pieces is a tuple."""
    out: list[Piece] = []
    for row in rows:
        pieces: tuple[Piece, ...] = (row,) if isinstance(row, str | Tag | Cited) else tuple(row or ())
        if not pieces or pieces == ("",):
            continue
        if out:
            out.append("\n")
        out.extend(pieces)
    return tuple(out)


def paragraphs(*blocks: Iterable[Piece]) -> tuple[Piece, ...]:
    """The blocks with an empty line between them; empty ones are left out."""
    out: list[Piece] = []
    for block in blocks:
        pieces = tuple(block)
        if pieces and out:
            out.append("\n\n")
        out.extend(pieces)
    return tuple(out)


def joined(pieces: Iterable[Piece], separator: str = " · ") -> tuple[Piece, ...]:
    """The non-empty pieces in one row."""
    out: list[Piece] = []
    for piece in pieces:
        if piece != "":
            out.extend((separator, piece) if out else (piece,))
    return tuple(out)


def web_address(url: str) -> bool:
    """Whether this is a plain http(s) address: ASCII, a host name, no user, no port, no blanks."""
    if not url.isascii() or not url.isprintable() or set(url) & set(" \\<>\"'`{}|^") or len(url) > 2000:
        return False
    try:
        parts = urlsplit(url)
        named = parts.username is not None or parts.port is not None
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"} and not named and _HOST.fullmatch(parts.hostname or "") is not None
    )


def render(pieces: Iterable[Piece], limit: int = LIMIT) -> str:
    """Telegram HTML that shows at most `limit` UTF-16 units (entities parsed).

    When it would be longer, quotations shrink first; if that is not enough the end is cut off.
    """
    parts = tuple(pieces)
    source, units = _write(parts)
    while units > limit:
        longest = max((piece.units for piece in _cited_in(parts)), default=0)
        if longest <= _SHORTEST_CITED:
            return _write(_cut(parts, limit))[0]
        parts = tuple(_shrink(piece, longest) for piece in parts)
        source, units = _write(parts)
    return source


def visible_units(pieces: Iterable[Piece]) -> int:
    """How long the message looks to Telegram, in UTF-16 units."""
    return _write(pieces)[1]


def _write(pieces: Iterable[Piece]) -> tuple[str, int]:
    """The markup, and how many units of it are seen."""
    out: list[str] = []
    units = 0
    for piece in pieces:
        if isinstance(piece, str):
            text = clean(piece)
            units += utf16(text)
            out.append(html.escape(text, quote=False))
        else:
            whole = _expand(piece)
            inner, inside = _write(whole.inner)
            units += inside
            out.append(f"<{whole.name}{whole.attribute}>{inner}</{whole.name}>")
    return "".join(out), units


def _cited_in(pieces: Iterable[Piece]) -> Iterator[Cited]:
    for piece in pieces:
        if isinstance(piece, Cited):
            yield piece
        elif isinstance(piece, Tag):
            yield from _cited_in(piece.inner)


def _shrink(piece: Piece, longest: int) -> Piece:
    if isinstance(piece, Cited):
        return replace(piece, units=piece.units // 2) if piece.units == longest else piece
    if isinstance(piece, Tag):
        return replace(piece, inner=tuple(_shrink(part, longest) for part in piece.inner))
    return piece


def _cut(pieces: Iterable[Piece], room: int) -> Iterator[Piece]:
    """The pieces up to `room` units, the last one shortened with CUT."""
    for piece in pieces:
        size = visible_units((piece,))
        if size + utf16(CUT) <= room:
            yield piece
            room -= size
            continue
        left = max(0, room - utf16(CUT))
        if isinstance(piece, str):
            yield head(clean(piece), left) + CUT
        else:
            whole = _expand(piece)
            yield replace(whole, inner=tuple(_cut(whole.inner, room)))
        return


def _expand(piece: Tag | Cited) -> Tag:
    if isinstance(piece, Tag):
        return piece
    text = _calm(piece.text, piece.units)
    fold = utf16(text) > _FOLD_OVER or text.count("\n") > _CITED_LINES // 2
    return quote(*_without_addresses(text or piece.empty), fold=fold)


def _calm(text: str, units: int) -> str:
    """`text` without stretches of empty lines, at most so long and so many lines."""
    calm = _BLANK_LINES.sub("\n\n", clean(text)).strip()
    rows = calm.split("\n")
    shorter = "\n".join(rows[:_CITED_LINES]) if len(rows) > _CITED_LINES else calm
    if utf16(shorter) > units:
        shorter = head(shorter, max(1, units - utf16(CUT)))
    return calm if shorter == calm else shorter.rstrip() + CUT


def _without_addresses(text: str) -> Iterator[Piece]:
    """The text in pieces that Telegram leaves alone; web addresses become code, which a tap only copies."""
    at = 0
    for found in islice(_ADDRESS.finditer(text), _ADDRESSES_AS_CODE):
        yield untappable(text[at : found.start()])
        yield code(found.group())
        at = found.end()
    yield untappable(text[at:])


def untappable(text: str) -> str:
    """The text with invisible breaks where Telegram would make a command, a mention or a link of it."""
    return _TAPPABLE.sub(lambda found: found.group() + _BREAK, text)
