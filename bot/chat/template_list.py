"""/templat: the approved words of an agency, page by page and one by one."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.chat import actions as do
from bot.chat.drawn import NO_KEYBOARD, Button, Drawn, Keyboard, Tone, rows
from bot.chat.render import b, i, lines, link, paragraphs, quote, render
from bot.chat.words import buttons as on
from bot.chat.words import commands as say
from bot.chat.words import templates as say_templates
from bot.domain.template import Fitness, is_closed, say_date
from bot.services.ports_words import Figures
from bot.services.templates import TemplateLine

_ON_A_PAGE = 16
"""Titles: what a phone shows without much scrolling."""
_WAITING = frozenset({Fitness.NOT_APPROVED, Fitness.CHANGED})
"""Not usable yet, but an approver can change that."""
_Topic = tuple[str, list[TemplateLine]]


def draw_templates(found: Sequence[TemplateLine], page: int = 0) -> Drawn:
    """Titles by topic, marked with whether they may be used. A page that is not there is the last."""
    pages = list(_pages(found)) or [[]]
    here = min(page, len(pages) - 1)
    blocks = [
        lines(
            b(topic.replace("-", " ").capitalize()),
            *(f"{_mark(one)} {one.template.title}{_again(one)}" for one in group),
        )
        for topic, group in pages[here]
    ]
    many = f" · {say.page_of(here, len(pages))}" if len(pages) > 1 else ""
    marked = any(_again(one) for _, group in pages[here] for one in group)
    below = lines(i(say_templates.REPEATS_MEANS) if marked else None, i(say.TEMPLATE_HOW))
    text = render(paragraphs(lines(b(f"{say.TEMPLATES}{many}")), *blocks, below))
    return Drawn(text, _turning(here, len(pages)))


def _pages(found: Sequence[TemplateLine]) -> Iterator[list[_Topic]]:
    """Topics stay whole, but for one that is longer than a page."""
    page: list[_Topic] = []
    for topic, every in groupby(found, key=lambda one: one.template.topic):
        own = list(every)
        for at in range(0, len(own), _ON_A_PAGE):
            part = own[at : at + _ON_A_PAGE]
            if page and sum(len(group) for _, group in page) + len(part) > _ON_A_PAGE:
                yield page
                page = []
            page.append((topic, part))
    if page:
        yield page


def _turning(here: int, pages: int) -> Keyboard:
    if pages == 1:
        return NO_KEYBOARD
    back = Button(on.PAGE_BEFORE, do.TurnTemplates(here - 1)) if here else None
    further = Button(on.PAGE_AFTER, do.TurnTemplates(here + 1)) if here + 1 < pages else None
    return rows(back, further)


def draw_template(one: TemplateLine, used: Figures | None = None) -> Drawn:
    """One template as an approver reads it."""
    template = one.template
    waits = one.usability.fitness in _WAITING  # else the reason names the date itself
    text = render(
        lines(
            (f"{_mark(one)} ", b(template.title)),
            quote(template.text),
            (say.SOURCE, link(template.source, template.source)) if template.source else "",
            (say.BASIS, template.basis) if template.basis else "",
            say_templates.MAY_REPEAT if _again(one) else "",
            f"{say.VALID_UNTIL}{say_date(template.valid_until)}." if waits else "",
            i(one.usability.reason),
            i(say_templates.figures(used)) if used is not None else "",
        )
    )
    if not waits:
        return Drawn(text)
    approve = do.ApproveTemplate(do.Short(one.short), do.Short(template.sha256[:8]))
    return Drawn(text, rows(Button(on.APPROVE_TEMPLATE, approve, tone=Tone.GO)))


def _again(one: TemplateLine) -> str:
    return f" {say_templates.REPEATS}" if one.template.repeat and is_closed(one.template) else ""


def _mark(one: TemplateLine) -> str:
    if one.usability.ok:
        return "✅"
    return "🕓" if one.usability.fitness in _WAITING else "⛔"
