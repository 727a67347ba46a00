"""Buttons below what a search found."""

from telegram import CallbackQuery

from bot.chat.found import draw_found
from bot.chat.handlers.doors import Doors
from bot.chat.handlers.talk import show
from bot.chat.search_actions import SearchAction
from bot.domain.people import Person


async def press(doors: Doors, action: SearchAction, person: Person, cause: str, query: CallbackQuery) -> str:
    """Does it and says what was done. Raises a Refused."""
    tap = doors.tap(person, 0, 0, cause)
    page = await doors.services.searching.turn(tap, action.search, action.page)
    await show(query, draw_found(page, doors.services.team.names, tap.at))
    return ""
