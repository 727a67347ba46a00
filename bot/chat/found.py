"""What /cari found, page by page."""

from collections.abc import Mapping
from datetime import datetime

from bot.chat import search_actions as do
from bot.chat.drawn import NO_KEYBOARD, Button, Drawn, Keyboard, rows
from bot.chat.lists import case_line
from bot.chat.render import Piece, b, i, lines, named, paragraphs, render
from bot.chat.words import buttons as on
from bot.chat.words import search as say
from bot.services.searching import Page

_TITLE = 48


def draw_found(page: Page, names: Mapping[str, str], now: datetime) -> Drawn:
    """One case per line, what else has the words, and how to go on."""
    listed = [case_line(line, names, now) for line in page.lines]
    title = say.title(len(page.lines), page.number, further=page.further)
    blocks: list[tuple[Piece, ...]] = []
    if listed:
        blocks.append(lines(*listed))
    blocks += [lines(_beside(kind, titles)) for kind, titles in page.beside]
    note = _note(page)
    head = lines(b(title)) if blocks else ()
    text = render(paragraphs(head, *blocks, lines(i(note)) if note else (), _missing(page)))
    return Drawn(text, _turning(page))


def _beside(kind: str, titles: tuple[str, ...]) -> str:
    return f"{say.BESIDE.get(kind, kind)}: " + " · ".join(named(one, _TITLE) for one in titles)


def _note(page: Page) -> str:
    if page.cut_short:
        return say.CUT_SHORT if page.lines else say.NOTHING_SO_FAR
    if page.lines or page.beside:
        return ""
    return say.LAST_PAGE if page.number else say.NOTHING


def _missing(page: Page) -> tuple[Piece, ...]:
    return lines(i(say.missing(page.missing))) if page.missing else ()


def _turning(page: Page) -> Keyboard:
    if not page.search:
        return NO_KEYBOARD
    back = Button(on.PAGE_BEFORE, do.TurnSearch(page.search, page.number - 1)) if page.number else None
    further = Button(on.PAGE_AFTER, do.TurnSearch(page.search, page.number + 1)) if page.further else None
    return rows(back, further)
