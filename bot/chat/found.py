"""What /cari found, page by page."""

from collections.abc import Mapping
from datetime import datetime

from bot.chat import search_actions as do
from bot.chat.drawn import NO_KEYBOARD, Button, Drawn, Keyboard, rows
from bot.chat.lists import case_line
from bot.chat.render import Piece, b, i, lines, named, paragraphs, render
from bot.chat.words import bulk as say_many
from bot.chat.words import buttons as on
from bot.chat.words import names as called
from bot.chat.words import search as say
from bot.chat.words.claims import number as claim_number
from bot.domain.case import CloseReason, Panel
from bot.domain.guard import find_personal_data, mask
from bot.services.search_rows import Beside
from bot.services.searching import Page
from classifiers.labels import Label

_TITLE, _MANY = 48, 2
_PICK = {Panel.CLOSE: say_many.PICK_REASON, Panel.LABEL: say_many.PICK_LABEL}
_REASONS = (
    CloseReason.ANSWERED,
    CloseReason.NO_REPLY_NEEDED,
    CloseReason.DUPLICATE,
    CloseReason.SPAM,
    CloseReason.NOT_OURS,
)


def draw_found(page: Page, names: Mapping[str, str], now: datetime, panel: Panel = Panel.MAIN) -> Drawn:
    """One case per line, what else has the words, and how to go on."""
    listed = [case_line(line, names, now) for line in page.lines]
    title = say.title(len(page.lines), page.number, further=page.further)
    blocks: list[tuple[Piece, ...]] = []
    if listed:
        blocks.append(lines(*listed))
    blocks += [lines(_beside(kind, titles)) for kind, titles in page.beside]
    note = _note(page)
    head = lines(b(title)) if blocks else ()
    asked = lines(b(_PICK[panel])) if panel in _PICK else ()
    text = render(paragraphs(head, *blocks, lines(i(note)) if note else (), _missing(page), asked))
    if not page.search:
        return Drawn(text)
    return Drawn(text, _panel(page, panel) if panel in _PICK else (*_turning(page), *_acts(page)))


def _panel(page: Page, panel: Panel) -> Keyboard:
    """Which reason, or which label; the search finds anew what it is about."""
    choices = (
        [Button(called.CLOSE_REASON[r], do.CloseMany(page.search, r)) for r in _REASONS]
        if panel is Panel.CLOSE
        else [Button(called.LABELS[label], do.LabelMany(page.search, label)) for label in Label]
    )
    return (*rows(*choices, width=2), *rows(Button(on.BACK, do.TurnSearch(page.search, page.number))))


def _acts(page: Page) -> Keyboard:
    """From two cases on; who may is asked when somebody presses."""
    if len(page.lines) + page.number < _MANY:
        return NO_KEYBOARD
    return rows(
        Button(say_many.CLOSE_ALL, do.OpenMany(page.search, page.number, Panel.CLOSE)),
        Button(say_many.LABEL_ALL, do.OpenMany(page.search, page.number, Panel.LABEL)),
        Button(say_many.REPLY_ALL, do.ReplyMany(page.search)),
        width=2,  # three of these words are too much for a phone
    )


def _beside(kind: str, found: tuple[Beside, ...]) -> str:
    called_ = (f"{claim_number(one.number)} " if one.number else "" for one in found)
    titles = (named(mask(one.title, find_personal_data(one.title)), _TITLE) for one in found)
    return f"{say.BESIDE.get(kind, kind)}: " + " · ".join(map("".join, zip(called_, titles, strict=True)))


def _note(page: Page) -> str:
    if page.cut_short:
        return say.CUT_SHORT if page.lines else say.NOTHING_SO_FAR
    if page.lines or page.beside:
        return ""
    return say.LAST_PAGE if page.number else say.NOTHING


def _missing(page: Page) -> tuple[Piece, ...]:
    return lines(i(say.missing(page.missing))) if page.missing else ()


def _turning(page: Page) -> Keyboard:
    back = Button(on.PAGE_BEFORE, do.TurnSearch(page.search, page.number - 1)) if page.number else None
    further = Button(on.PAGE_AFTER, do.TurnSearch(page.search, page.number + 1)) if page.further else None
    return rows(back, further)
