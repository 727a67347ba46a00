"""Buttons below the board, the digest and the queue."""

from telegram import CallbackQuery

from bot.chat.board_actions import BoardAction, LiftCrisisMode, SetCrisisMode, ShowCase, ShowNext, TurnQueue
from bot.chat.handlers.doors import Doors
from bot.chat.handlers.talk import show
from bot.chat.queue_list import draw_queue, queue_filter
from bot.chat.words import board as say
from bot.chat.words import siaga
from bot.domain.people import Action, Person


async def press(doors: Doors, action: BoardAction, person: Person, cause: str, query: CallbackQuery) -> str:
    """Does it and says what was done. Raises a Refused."""
    digest = doors.services.triage.digest
    match action:
        case ShowCase(case):
            shown = await digest.open(doors.tap(person, case, 0, cause))
            return say.shown(case) if shown else say.HAS_CARD
        case ShowNext():
            found = await digest.open_next(doors.tap(person, 0, 0, cause))
            return say.NOTHING_WAITS if found is None else say.shown(found)
        case TurnQueue():
            tap = doors.tap(person, 0, 0, cause)
            wanted = queue_filter(action)
            await doors.services.team.require(person, Action.SEE)
            view = await doors.services.triage.queue(tap, wanted, action.page)
            await show(doors, query, draw_queue(view, doors.services.team.directory.called(), tap.at))
            return ""
        case SetCrisisMode(drawn):
            done = await doors.services.triage.crisis_mode.set(doors.tap(person, drawn, 0, cause))
            return siaga.IS_SET if done else siaga.WAS_SET
        case LiftCrisisMode(since):
            done = await doors.services.triage.crisis_mode.lift(doors.tap(person, since, 0, cause))
            return siaga.IS_LIFTED if done else siaga.WAS_LIFTED
