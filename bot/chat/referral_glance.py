"""Not our authority: who is in charge instead and the number at SP4N-LAPOR!, on cards, and its buttons."""

from bot.chat import actions as do
from bot.chat.cleaning import one_line
from bot.chat.drawn import Button, Keyboard, rows
from bot.chat.queue_actions import AskLapor
from bot.chat.render import Piece, b, i, lines, named
from bot.chat.words import cards as say_card
from bot.chat.words import referral as say
from bot.domain.case import CaseStatus, CloseReason, Panel
from bot.domain.reply import Draft, DraftState
from bot.services.views import CaseView

_TITLE, _WHOM = 40, 80
_Block = tuple[Piece, ...]


def said(view: CaseView) -> _Block:
    """Of a case that was handed over, to whom; the number wherever there is one."""
    draft = view.draft
    handed = draft is not None and draft.state is DraftState.POSTED and draft.hands_over
    over = view.case.status is CaseStatus.HANDED_OVER
    return lines(
        say.given_to(named(draft.hands_over, _WHOM)) if over and handed and draft is not None else None,
        say.number(view.case.lapor) if view.case.lapor else None,
    )


def afterwards(draft: Draft) -> str | None:
    """For whoever decides: what these words bring about besides being read."""
    return say.afterwards(named(draft.hands_over, _WHOM)) if draft.hands_over else None


def panel(view: CaseView) -> _Block:
    """Who may be in charge: the templates that say so."""
    if view.case.panel is not Panel.REFER:
        return ()
    blocked = [one.suggestion for one in view.templates if not one.suggestion.usability.ok]
    usable = len(view.templates) - len(blocked)
    missing = [i(f"{one.template.title} ({say_card.BLOCKED_TEMPLATE})") for one in blocked]
    return lines(b(say.PICK) if usable else say.NO_TEMPLATE, *missing)


def choices(view: CaseView) -> Keyboard:
    """The usable ones, the number, and closing without a word."""
    case = view.case
    ready = [
        Button(
            one_line(choice.suggestion.template.title, _TITLE),
            do.UseTemplate(case.id, case.version, do.Short(choice.short)),
        )
        for choice in view.templates
        if choice.suggestion.usability.ok
    ]
    close = Button(say.WITHOUT_WORDS, do.CloseCase(case.id, case.version, CloseReason.NOT_OURS))
    return (*rows(*ready, width=1), *rows(lapor(view), close, width=2))


def lapor(view: CaseView) -> Button:
    return Button(say.LAPOR, AskLapor(view.case.id, view.case.version))
