"""Answers to commands: the queue, the search, the state of things, the duty, templates, the help."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from bot.chat import actions as do
from bot.chat.drawn import NO_KEYBOARD, Button, Drawn, Tone, rows
from bot.chat.render import Piece, b, i, lines, link, named, paragraphs, quote, render
from bot.chat.words import buttons as on
from bot.chat.words import commands as say
from bot.chat.words import names as called
from bot.chat.words import times
from bot.chat.words.cards import NOBODY, handled_by, head
from bot.domain.case import OPEN
from bot.domain.guard import find_personal_data, mask
from bot.domain.people import Person, Right, Zone, right_of
from bot.domain.template import Fitness, say_date
from bot.services.templates import TemplateLine
from bot.services.triage import MOST_LINES
from bot.services.views import PlaybookChoice, QueueLine, StatusView

_EXCERPT = 48
_WAITING = frozenset({Fitness.NOT_APPROVED, Fitness.CHANGED})
"""Not usable yet, but an approver can change that."""
_Row = tuple[Piece, ...]


def draw_cases(title: str, found: Sequence[QueueLine], names: dict[str, str], now: datetime) -> Drawn:
    """One case per line: how urgent, what, who has it, since when."""
    listed = [_case(line, names, now) for line in found]
    count = say.only(len(found)) if len(found) >= MOST_LINES else str(len(found))
    return Drawn(render(paragraphs(lines(b(f"{title} ({count})")), lines(*listed))))


def _case(line: QueueLine, names: dict[str, str], now: datetime) -> _Row:
    case = line.case
    mark = called.STATUS_MARK.get(case.status) or called.URGENCY_MARK[case.priority.urgency]
    who = handled_by(named(names.get(case.assignee, case.assignee))) if case.assignee else NOBODY
    text = say.SENSITIVE if case.sensitive else _excerpt(line.comment.comment.text)
    words: Piece = text if case.sensitive else link(text, line.link)
    late = say.IS_LATE if case.due_at is not None and case.due_at <= now and case.status in OPEN else ""
    waits = f" · {who}, {times.span(now - case.opened_at)}{late}"
    return (f"{mark} ", b(head(case.id)), " ", words, i(waits))


def _excerpt(text: str) -> str:
    """The beginning, for a list that is also asked for on a phone in the bus: no numbers, no addresses."""
    return named(mask(text, find_personal_data(text)), _EXCERPT) or "…"


def draw_status(view: StatusView, zone: Zone) -> Drawn:
    oldest = times.span(view.now - view.oldest) if view.oldest is not None else ""
    return Drawn(
        render(
            lines(
                b(f"{say.STATUS} {times.clock(view.now, zone)}"),
                say.locked_by(named(view.locked_by)) if view.locked_by else "",
                say.waiting(view.counts, oldest),
                say.going_on(tuple(named(name) for name in view.incidents)),
                say.on_duty(tuple(named(name) for name in view.on_duty)),
                say.outbox(view.waiting_out, view.uncertain),
                say.hearing(named(view.hearing, 600)) if view.hearing else "",
            )
        )
    )


def draw_templates(found: Sequence[TemplateLine]) -> Drawn:
    """All titles by topic, marked with whether they may be used."""
    blocks = [
        lines(
            b(topic.replace("-", " ").capitalize()), *(f"{_mark(one)} {one.template.title}" for one in group)
        )
        for topic, group in groupby(found, key=lambda one: one.template.topic)
    ]
    return Drawn(render(paragraphs(lines(b(say.TEMPLATES)), *blocks, lines(i(say.TEMPLATE_HOW)))))


def draw_template(one: TemplateLine) -> Drawn:
    """One template as an approver reads it."""
    template = one.template
    waits = one.usability.fitness in _WAITING  # else the reason names the date itself
    text = render(
        lines(
            (f"{_mark(one)} ", b(template.title)),
            quote(template.text),
            (say.SOURCE, link(template.source, template.source)) if template.source else "",
            f"{say.VALID_UNTIL}{say_date(template.valid_until)}." if waits else "",
            i(one.usability.reason),
        )
    )
    if not waits:
        return Drawn(text)
    approve = do.ApproveTemplate(do.Short(one.short), do.Short(template.sha256[:8]))
    return Drawn(text, rows(Button(on.APPROVE_TEMPLATE, approve, tone=Tone.GO)))


def _mark(one: TemplateLine) -> str:
    if one.usability.ok:
        return "✅"
    return "🕓" if one.usability.fitness in _WAITING else "⛔"


def draw_playbooks(playbooks: Sequence[PlaybookChoice]) -> Drawn:
    """/krisis: which one to open."""
    if not playbooks:
        return Drawn(render([say.NO_PLAYBOOK]))
    open_ = [Button(named(one.name), do.OpenRun(do.Short(one.short)), tone=Tone.CAREFUL) for one in playbooks]
    return Drawn(render([say.PICK_PLAYBOOK]), rows(*open_, width=1))


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
