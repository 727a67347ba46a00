"""The team's notes on a case's card, and the button for one more."""

from bot.chat.drawn import Button
from bot.chat.queue_actions import AskNote
from bot.chat.render import Piece, b, i, lines, named
from bot.chat.words import notes as say
from bot.chat.words import times
from bot.domain.guard import find_personal_data, mask
from bot.domain.note import Note
from bot.domain.people import Zone
from bot.services.views import CaseView

_LONGEST = 160


def said(view: CaseView, zone: Zone) -> tuple[Piece, ...]:
    """The last of them. Numbers of citizens are masked, as everywhere in the group."""
    if not view.notes.last:
        return ()
    before = view.notes.in_all - len(view.notes.last)
    return lines(
        b(say.TITLE),
        i(say.earlier(before)) if before > 0 else None,
        *(_line(view, note, zone) for note in view.notes.last),
    )


def _line(view: CaseView, note: Note, zone: Zone) -> tuple[Piece, ...]:
    name = named(view.names.get(note.person, note.person))
    words = named(mask(note.text, find_personal_data(note.text)), _LONGEST)
    return ("📝 ", b(say.by(name, times.moment(note.at, view.now, zone))), words)


def button(view: CaseView) -> Button:
    return Button(say.NOTE, AskNote(view.case.id, view.case.version))
