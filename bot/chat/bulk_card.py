"""The card of one act on many cases: what it would do, what may still be taken back, how it ended."""

from bot.chat import search_actions as do
from bot.chat.drawn import NO_KEYBOARD, Button, Drawn, Keyboard, Tone, rows
from bot.chat.lists import case_line
from bot.chat.render import Piece, b, i, lines, named, paragraphs, render
from bot.chat.words import bulk as say
from bot.chat.words import times
from bot.domain.bulk import BulkKind, BulkState
from bot.domain.people import Zone
from bot.services.bulk import BulkView


def draw_bulk(view: BulkView, zone: Zone) -> Drawn:
    """Whose names and lines stand there are those of the moment of the preview."""
    bulk = view.bulk
    listed: tuple[Piece, ...] = ()
    if bulk.state in {BulkState.PROPOSED, BulkState.WAITING}:
        shown = [case_line(line, view.names, bulk.at) for line in view.lines]
        listed = lines(*shown, i(say.more(bulk.cases - len(shown))))
    notes = lines(say.skipped(bulk.skipped), i(say.left_out(bulk.left_out)) if bulk.left_out else "")
    text = render(paragraphs(lines(b(_head(view, zone))), listed, notes))
    return Drawn(text, _buttons(view))


def _head(view: BulkView, zone: Zone) -> str:
    bulk, name = view.bulk, named(view.names.get(view.bulk.person, view.bulk.person))
    match bulk.state:
        case BulkState.PROPOSED:
            return say.question(bulk.kind, bulk.argument, bulk.cases, view.behind)
        case BulkState.WAITING:
            begins = times.clock_exact(bulk.due_at or bulk.at, zone)
            return say.waits(bulk.kind, bulk.argument, say.many(bulk.cases, view.behind), begins)
        case BulkState.UNDONE if bulk.done or bulk.skipped:
            return say.stopped(say.many(bulk.done, view.behind), name)
        case BulkState.UNDONE:
            return say.undone(name)
        case BulkState.DONE if bulk.kind is BulkKind.REPLY:
            return f"{say.asked(bulk.cases)} {say.REPLY_HOW}"
        case BulkState.DONE:
            return say.done(bulk.kind, bulk.argument, say.many(bulk.done, view.behind), name)


def _buttons(view: BulkView) -> Keyboard:
    bulk = view.bulk
    if bulk.state is BulkState.PROPOSED:
        yes = Button(say.CONFIRM, do.ConfirmMany(bulk.id), tone=Tone.GO)
        return rows(yes, Button(say.CANCEL, do.UndoMany(bulk.id)))
    if bulk.state is BulkState.WAITING:
        return rows(Button(say.UNDO, do.UndoMany(bulk.id)))
    return NO_KEYBOARD
