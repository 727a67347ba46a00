"""Answers to commands: the queue, the search, the state of things, the help."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.chat import actions as do
from bot.chat.board_actions import LiftCrisisMode, SetCrisisMode
from bot.chat.drawn import NO_KEYBOARD, Button, Drawn, Tone, rows
from bot.chat.render import Piece, b, i, lines, link, named, paragraphs, render
from bot.chat.step_actions import OpenAnother
from bot.chat.words import board, outside, siaga, times
from bot.chat.words import commands as say
from bot.chat.words import names as called
from bot.chat.words.cards import NOBODY, handled_by, head
from bot.chat.words.crisis import run_number
from bot.chat.words.sharing import for_unit
from bot.domain.case import OPEN
from bot.domain.guard import find_personal_data, mask
from bot.domain.people import Person, Right, Zone, right_of
from bot.services.crisis_mode import ModeView
from bot.services.views import PlaybookChoice, QueueLine, StatusView

_EXCERPT = 48
_Row = tuple[Piece, ...]


def case_line(line: QueueLine, names: Mapping[str, str], now: datetime) -> _Row:
    """How urgent, what, who has it, since when."""
    case = line.case
    mark = called.STATUS_MARK.get(case.status) or called.URGENCY_MARK[case.priority.urgency]
    who = handled_by(named(names.get(case.assignee, case.assignee))) if case.assignee else NOBODY
    if case.unit and not case.assignee:
        who = for_unit(named(names.get(f"unit:{case.unit}", case.unit)))
    text = say.SENSITIVE if case.sensitive else excerpt(line.comment.comment.text)
    words: Piece = text if case.sensitive else link(text, line.link)
    late = say.IS_LATE if case.due_at is not None and case.due_at <= now and case.status in OPEN else ""
    waits = f" · {who}, {times.span(now - case.opened_at)}{late}"
    return (f"{mark} ", b(head(case.id)), " ", words, i(waits))


def excerpt(text: str) -> str:
    """The beginning, for a list that is also asked for on a phone in the bus: no numbers, no addresses."""
    return named(mask(text, find_personal_data(text)), _EXCERPT) or "…"


def draw_status(view: StatusView, zone: Zone) -> Drawn:
    oldest = times.span(view.now - view.oldest) if view.oldest is not None else ""
    return Drawn(
        render(
            lines(
                b(f"{say.STATUS} {times.clock(view.now, zone)}"),
                board.locked_by(named(view.locked_by)) if view.locked_by else "",
                say.waiting(view.counts, oldest),
                say.going_on(tuple(named(name) for name in view.incidents)),
                say.on_duty(tuple(named(name) for name in view.on_duty)),
                say.outbox(view.waiting_out, view.uncertain),
                say.hearing(named(view.hearing, 600)) if view.hearing else "",
                *(outside.importing(named(one.file), one, view.now) for one in view.imports),
            )
        )
    )


def draw_mode(view: ModeView, zone: Zone) -> Drawn:
    """/siaga: whether it is in force, and the button that changes it."""
    if view.since is None:
        state = (siaga.OFF,)
        button = Button(siaga.SET, SetCrisisMode(int(view.now.timestamp())), tone=Tone.CAREFUL)
    else:
        state = (siaga.since(named(view.by), times.moment(view.since, view.now, zone)),)
        button = Button(siaga.LIFT, LiftCrisisMode(int(view.since.timestamp())))
    return Drawn(render(paragraphs(lines(b(siaga.TITLE), *state), (siaga.WHAT,))), rows(button))


def draw_playbooks(playbooks: Sequence[PlaybookChoice]) -> Drawn:
    """/krisis: which one to open."""
    if not playbooks:
        return Drawn(render([say.NO_PLAYBOOK]))
    open_ = [Button(named(one.name), do.OpenRun(do.Short(one.short)), tone=Tone.CAREFUL) for one in playbooks]
    return Drawn(render([say.PICK_PLAYBOOK]), rows(*open_, width=1))


def draw_already(choice: PlaybookChoice, runs: Sequence[int]) -> Drawn:
    """One more of what somebody has in hand already: asked once."""
    numbers = [run_number(run) for run in runs]
    another = Button(say.OPEN_ANOTHER, OpenAnother(do.Short(choice.short)), tone=Tone.CAREFUL)
    return Drawn(render([say.already(named(choice.name), numbers)]), rows(another, width=1))


def draw_help(person: Person) -> Drawn:
    """The commands that some role of this person opens."""
    listed = (f"/{one.name} – {one.does}" for one in commands_of(person))
    return Drawn(render(paragraphs(lines(b(say.HELP_TITLE)), lines(*listed), lines(say.HELP_CARDS))))


def commands_of(person: Person) -> list[say.Command]:
    return [
        one
        for one in say.COMMANDS
        if one.needs is None or any(right_of(role, one.needs) is not Right.NO for role in person.roles)
    ]


def plain(text: str) -> Drawn:
    """One sentence."""
    return Drawn(render([text]), NO_KEYBOARD)
