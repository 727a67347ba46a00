"""Buttons of moderation: on the card of a case, of a measure, and in the monthly note."""

from dataclasses import replace

from telegram import CallbackQuery

from bot.chat import moderation_actions as do
from bot.chat.handlers.doors import Doors
from bot.chat.handlers.talk import say_in_private
from bot.chat.moderation_cards import draw_measure
from bot.chat.words import moderation as say
from bot.domain.errors import NotFound
from bot.domain.measure import MeasureId
from bot.domain.people import Action, Person
from bot.services.tap import Tap


async def press(
    doors: Doors, action: do.ModerationAction, person: Person, cause: str, query: CallbackQuery
) -> str:
    """Does it and says what was done. Raises a Refused."""
    if isinstance(action, do.OpenMeasure | do.MoveToPrivate):
        tap = doors.tap(person, action.case, action.version, cause)
        await doors.services.house.proposals.open(tap, move=isinstance(action, do.MoveToPrivate))
        return say.TOAST_OPENED
    if isinstance(action, do.ShowMeasure):
        return await _show(doors, doors.tap(person, action.measure, 0, cause), query)
    tap = doors.tap(person, action.measure, action.version, cause)
    match action:
        case (
            do.ChooseRule() | do.ChooseAnew() | do.ChooseRemedy() | do.ProposeMeasure() | do.WithdrawMeasure()
        ):
            return await _propose(doors, action, tap)
        case _:
            return await _decide(doors, action, tap)


async def _propose(
    doors: Doors,
    action: do.ChooseRule | do.ChooseAnew | do.ChooseRemedy | do.ProposeMeasure | do.WithdrawMeasure,
    tap: Tap,
) -> str:
    proposals = doors.services.house.proposals
    match action:
        case do.ChooseRule(rule=short):
            await proposals.choose_rule(tap, short)
            return ""
        case do.ChooseAnew():
            await proposals.choose_rule(tap, "")
            return ""
        case do.ChooseRemedy(remedy=remedy, days=days):
            await proposals.choose_remedy(tap, remedy, days)
            return ""
        case do.ProposeMeasure():
            await proposals.propose(tap)
            return say.TOAST_PROPOSED
        case do.WithdrawMeasure():
            await proposals.withdraw(tap)
            return say.TOAST_WITHDRAWN


async def _decide(
    doors: Doors,
    action: do.ConfirmMeasure | do.RefuseMeasure | do.UndoMeasure | do.WarnAgain | do.WarningStands,
    tap: Tap,
) -> str:
    decisions = doors.services.house.decisions
    match action:
        case do.ConfirmMeasure():
            await decisions.confirm(tap)
            return say.TOAST_CONFIRMED
        case do.RefuseMeasure():
            await decisions.refuse(tap)
            return say.TOAST_REFUSED
        case do.UndoMeasure():
            await decisions.undo(tap)
            return say.TOAST_UNDONE
        case do.WarnAgain():
            await decisions.send_again(tap)
            return say.TOAST_AGAIN
        case do.WarningStands():
            await decisions.stands(tap)
            return say.TOAST_STANDS


async def _show(doors: Doors, tap: Tap, query: CallbackQuery) -> str:
    """Its card with the evidence, for whoever reads decisions again; that it was read is kept."""
    await doors.services.team.require(tap.person, Action.SEE)
    view = await doors.services.house.desk.measure(MeasureId(tap.target))
    if view is None:
        raise NotFound("measure", str(tap.target))
    drawn = draw_measure(view, doors.zone, tap.person.id)

    async def noted() -> None:
        await doors.services.house.audit.was_read(replace(tap, at=doors.clock.now()))

    shown = await say_in_private(doors, query, drawn.text, protect=True, there=noted)
    return say.TOAST_SHOWN if shown else say.TOAST_SHOWN_NOT
