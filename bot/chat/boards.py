"""The live board and the digest of a triage group. Pure: view -> message."""

from bot.chat import board_actions as do
from bot.chat.drawn import Button, Drawn, Tone, rows
from bot.chat.lists import excerpt
from bot.chat.render import Piece, b, i, joined, lines, link, named, paragraphs, render
from bot.chat.words import board as say
from bot.chat.words import commands as listed
from bot.chat.words import names as called
from bot.chat.words import siaga, times
from bot.chat.words.cards import head
from bot.domain.people import Zone
from bot.services.ports_board import Emergency
from bot.services.views import QueueLine
from bot.services.views_board import BoardView, DigestView

_MOST_PEOPLE = 12
_IN_A_ROW = 2
_Block = tuple[Piece, ...]


def draw_board(view: BoardView, zone: Zone) -> Drawn:
    """The one message that says how the team stands. Moments, not spans: nobody redraws it every minute."""
    counts = {str(status): count for status, count in view.counts.items()}
    state = lines(
        say.waiting(counts) or say.EMPTY,
        say.labels(view.labels),
        say.oldest(times.moment(view.oldest, view.now, zone), view.late) if view.oldest is not None else "",
        say.digest(view.digest),
        say.unread(view.unread),
    )
    people = say.workload([(named(name), count) for name, count in view.workload[:_MOST_PEOPLE]])
    above = lines(
        b(say.BOARD),
        say.locked_by(named(view.locked_by)) if view.locked_by else "",
        siaga.on_board(named(view.mode_by), times.moment(view.mode_since, view.now, zone))
        if view.mode_since is not None
        else "",
        (say.INCIDENT, b(say.incidents([named(name, 60) for name in view.incidents])))
        if view.incidents
        else "",
    )
    text = render(paragraphs(above, _emergencies(view), state, lines(_next_due(view, zone), people)))
    return Drawn(text, _next_button(view.digest), silent=True)


def _emergencies(view: BoardView) -> _Block:
    """All of them counted, each linked to its card, or to what the citizen wrote."""
    if not view.emergency_cases:
        return ()
    counted = b(say.EMERGENCY, say.emergencies(view.emergency_cases, view.emergency_comments))
    linked = [_linked(one) for one in view.emergencies]
    more = say.more(view.emergency_cases - len(linked))
    return lines((counted,), joined([*linked, more], " "))


def _linked(one: Emergency) -> Piece:
    """A star: nobody has it yet. Nothing leads to the words of somebody at risk but their card."""
    number = head(one.case) + ("" if one.assignee else "*")
    if one.card is not None:
        return link(number, message_link(*one.card))
    return number if one.sensitive else link(number, one.link)


def message_link(chat_id: int, message_id: int) -> str:
    """To a message of a supergroup, for its members; "" in other chats, whose messages have none."""
    number = str(chat_id)
    return f"https://t.me/c/{number[4:]}/{message_id}" if number.startswith("-100") else ""


def _next_due(view: BoardView, zone: Zone) -> _Block:
    if not view.next_due:
        return ()
    due = [f"{head(case)} {times.moment(at, view.now, zone)}" for case, at in view.next_due]
    return (say.NEXT_DUE, ", ".join(due))


def draw_digest(view: DigestView) -> Drawn:
    """New cases without a card: what they are about, and a button for each."""
    if not view.count:
        return Drawn(render(lines(b(say.DIGEST), say.ALL_SHOWN)), silent=True)
    above = lines(b(f"{say.DIGEST} {say.waits(view.count)}"), i(say.HOW))
    listed_ = lines(*(_line(line) for line in view.lines))
    open_ = [Button(say.show(line.case.id), do.ShowCase(line.case.id)) for line in view.lines]
    keyboard = (*rows(*open_, width=_IN_A_ROW), *_next_button(view.count))
    return Drawn(render(paragraphs(above, listed_)), keyboard, silent=True)


def _line(line: QueueLine) -> _Block:
    case = line.case
    labels = ", ".join(called.label(code).lower() for code in case.verdict.labels)
    text = listed.SENSITIVE if case.sensitive else excerpt(line.comment.comment.text)
    words: Piece = text if case.sensitive else link(text, line.link)
    mark = called.URGENCY_MARK[case.priority.urgency]
    return (f"{mark} ", b(head(case.id)), " ", words, i(f" · {labels}") if labels else "")


def _next_button(waiting: int) -> tuple[tuple[Button, ...], ...]:
    return rows(Button(say.SHOW_NEXT, do.ShowNext(), tone=Tone.MAIN)) if waiting else ()
