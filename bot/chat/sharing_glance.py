"""Who a case is given to, on its card: the panel of 📌 Tugaskan and its buttons."""

from bot.chat.cleaning import one_line
from bot.chat.drawn import Button, Keyboard, rows
from bot.chat.queue_actions import AskAssignee, AssignTo, Unassign
from bot.chat.render import Piece, b, named
from bot.chat.short import Short
from bot.chat.words import cards as say_card
from bot.chat.words import sharing as say
from bot.domain.case import Case, Panel
from bot.services.assigning import UNIT
from bot.services.views import CaseView

_LONGEST = 30


def who(view: CaseView) -> str:
    """Who has it, or for whom it waits."""
    case = view.case
    if case.assignee:
        return say_card.handled_by(named(view.names.get(case.assignee, case.assignee)))
    return for_unit(case, view.names.get(f"{UNIT}{case.unit}", case.unit))


def for_unit(case: Case, name: str) -> str:
    return say.for_unit(named(name)) if case.unit else say_card.NOBODY


def panel(view: CaseView) -> tuple[Piece, ...]:
    return (b(say.PICK),) if view.case.panel is Panel.ASSIGN else ()


def choices(view: CaseView) -> Keyboard:
    """People, then units; then who is not among them, and nobody."""
    case = view.case
    given = [
        Button(_called(view, one.who), AssignTo(case.id, case.version, Short(one.short)))
        for one in view.assignable
    ]
    other = Button(say.OTHER_NAME, AskAssignee(case.id, case.version))
    held = case.assignee is not None or case.unit
    nobody = Button(say.TO_QUEUE, Unassign(case.id, case.version)) if held else None
    return (*rows(*given, width=2), *rows(other, nobody))


def _called(view: CaseView, who_: str) -> str:
    mark = say.UNIT_MARK if who_.startswith(UNIT) else ""
    return one_line(f"{mark}{view.names.get(who_, who_)}", _LONGEST)
