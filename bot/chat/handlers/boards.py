"""Buttons below the board and the digest."""

from bot.chat.board_actions import BoardAction, ShowCase, ShowNext
from bot.chat.handlers.doors import Doors
from bot.chat.words import board as say
from bot.domain.people import Person


async def press(doors: Doors, action: BoardAction, person: Person, cause: str) -> str:
    """Does it and says what was done. Raises a Refused."""
    digest = doors.services.triage.digest
    match action:
        case ShowCase(case):
            shown = await digest.open(doors.tap(person, case, 0, cause))
            return say.shown(case) if shown else say.HAS_CARD
        case ShowNext():
            found = await digest.open_next(doors.tap(person, 0, 0, cause))
            return say.NOTHING_WAITS if found is None else say.shown(found)
