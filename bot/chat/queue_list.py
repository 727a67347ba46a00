"""/antrean: the queue page by page, whole or in part. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.chat.board_actions import ShowCase, TurnQueue
from bot.chat.drawn import Button, Drawn, Keyboard, rows
from bot.chat.lists import case_line
from bot.chat.render import b, i, lines, paragraphs, render
from bot.chat.words import board as say_board
from bot.chat.words import buttons as on
from bot.chat.words import names as called
from bot.chat.words import queue as say
from bot.domain.comment import Platform
from bot.domain.errors import BadInput
from bot.domain.queue import Part, QueueFilter
from bot.services.views_board import QueueView
from classifiers.labels import Label

_PARTS, _LABELS, _PLATFORMS = tuple(Part), tuple(Label), tuple(Platform)
_LAST_PAGE = 99


def read_filter(text: str) -> QueueFilter:
    """What somebody wrote after /antrean. Raises BadInput."""
    wanted = QueueFilter()
    for word in text.lower().split():
        if word in say.PARTS:
            wanted = replace(wanted, parts=wanted.parts | {say.PARTS[word]})
        elif word in say.LABELS:
            wanted = replace(wanted, label=say.LABELS[word].value)
        elif word in say.PLATFORMS:
            wanted = replace(wanted, platform=say.PLATFORMS[word].value)
        else:
            raise BadInput("queue")
    return wanted


def queue_filter(action: TurnQueue) -> QueueFilter:
    """What a button stands for; a number that means nothing here is no filter."""
    parts = frozenset(part for at, part in enumerate(_PARTS) if action.flags >> at & 1)
    label = _LABELS[action.label - 1].value if 0 < action.label <= len(_LABELS) else ""
    platform = _PLATFORMS[action.platform - 1].value if 0 < action.platform <= len(_PLATFORMS) else ""
    return QueueFilter(parts, label, platform)


def to_action(wanted: QueueFilter, page: int = 0) -> TurnQueue:
    """The reverse."""
    flags = sum(1 << at for at, part in enumerate(_PARTS) if part in wanted.parts)
    label = _LABELS.index(Label(wanted.label)) + 1 if wanted.label else 0
    platform = _PLATFORMS.index(Platform(wanted.platform)) + 1 if wanted.platform else 0
    return TurnQueue(page, flags, label, platform)


def draw_queue(view: QueueView, names: Mapping[str, str], now: datetime) -> Drawn:
    """One case per line; buttons for what has no card, for the pages, and for other parts of the queue."""
    wanted, said = view.wanted, _said(view.wanted)
    title = f"{say.TITLE}: {said}" if said else say.TITLE
    below = () if view.own else (*_turning(view), *_parts(wanted))
    if not view.lines:
        empty = say.NONE_FURTHER if view.page else say.EMPTY_PART if said else say.EMPTY
        return Drawn(render(lines(b(title), empty)), below)
    many = "+" if view.further else ""
    head = lines(b(title if view.page else f"{title} ({len(view.lines)}{many})"))
    listed = lines(*(case_line(line, names, now) for line in view.lines))
    bare = [line.case.id for line in view.lines if line.case.id in view.bare]
    note = lines(i(say_board.HOW)) if bare and Part.BARE in wanted.parts else ()
    open_ = rows(*(Button(say_board.show(case), ShowCase(case)) for case in bare))
    return Drawn(render(paragraphs(head, note, listed)), below if view.own else (*open_, *below))


def _said(wanted: QueueFilter) -> str:
    parts = [say.SAID[part] for part in _PARTS if part in wanted.parts]
    parts += [called.label(wanted.label).lower()] if wanted.label else []
    parts += [called.PLATFORM[Platform(wanted.platform)]] if wanted.platform else []
    return ", ".join(parts)


def _turning(view: QueueView) -> Keyboard:
    wanted, page = view.wanted, view.page
    before = Button(on.PAGE_BEFORE, to_action(wanted, page - 1)) if page else None
    further = view.further and page < _LAST_PAGE
    return rows(before, Button(on.PAGE_AFTER, to_action(wanted, page + 1)) if further else None)


def _parts(wanted: QueueFilter) -> Keyboard:
    """Each turns its part on or off."""
    made = []
    for part in _PARTS:
        said = f"{on.ON} {say.BUTTONS[part]}" if part in wanted.parts else say.BUTTONS[part]
        made.append(Button(said, to_action(replace(wanted, parts=wanted.parts ^ {part}))))
    return rows(*made, width=2)
