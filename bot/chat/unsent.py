"""The card that asks whether a public message arrived, and hands over what no connector can post."""

from bot.chat import actions as do
from bot.chat import citation
from bot.chat.drawn import NO_KEYBOARD, Button, Drawn, Tone, rows
from bot.chat.render import b, lines, named, paragraphs, quote, render
from bot.chat.words import buttons as on
from bot.chat.words import cards as say
from bot.chat.words import unsent as words
from bot.domain.outgoing import Receipt, SendState
from bot.domain.people import Zone
from bot.services.views import UncertainView


def draw_uncertain(view: UncertainView, zone: Zone) -> Drawn:
    """The question while it is open; afterwards who settled it and how."""
    queued = view.queued
    number = b(say.head(view.case.id))
    if view.settled_by:
        return Drawn(render(lines((number, " · ", _settled(view)))), NO_KEYBOARD, silent=True)
    what = words.RECEIPT if isinstance(queued.what, Receipt) else words.REPLY
    head, ask = (words.MANUAL, words.COPY) if view.manual else (words.UNCERTAIN, words.LOOK)
    if queued.state is SendState.FAILED and not view.manual:
        head, ask = words.FAILED, words.FAILED_ASK
    if view.outdated and not view.manual:
        ask = words.LOOK_OLD
    about = (
        citation.in_short(view.comment.comment, view.now, zone),
        lines(b(what), quote(view.text)) if view.text else (),
        lines(ask),
    )
    if view.case.sensitive:
        care = words.COPY_PENDAMPING if view.manual else words.ASK_PENDAMPING
        # The reply goes too: it greets the citizen by name, and the whole group reads this card.
        about = (lines(b(what)), lines(say.REDACTED_WHY), lines(care))
    blocks = (lines(("⚠️ ", b(head), " · ", number)), *about)
    label = on.NOT_THERE if view.outdated else on.RESEND
    again = None if view.manual else Button(label, do.Resend(queued.id, queued.tries), tone=Tone.CAREFUL)
    there = Button(on.ALREADY_SENT, do.MarkSent(queued.id, queued.tries), tone=Tone.GO)
    return Drawn(render(paragraphs(*blocks)), rows(again, there, width=2), protect=view.case.sensitive)


def _settled(view: UncertainView) -> str:
    name = named(view.names.get(view.settled_by, view.settled_by))
    if view.queued.state is SendState.SENT:
        return words.arrived(name)
    return (
        words.again(name)
        if view.queued.state in {SendState.QUEUED, SendState.SENDING}
        else words.dropped(name)
    )
