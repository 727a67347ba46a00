"""Buttons below what a search found: its pages, and one act on all of it."""

from collections.abc import Sequence
from dataclasses import replace

from telegram import CallbackQuery, Message

from bot.chat.found import draw_found
from bot.chat.handlers.doors import Doors
from bot.chat.handlers.talk import say as say_below
from bot.chat.handlers.talk import show
from bot.chat.search_actions import (
    CloseMany,
    ConfirmMany,
    LabelMany,
    ManyAlike,
    OpenMany,
    ReplyMany,
    SearchAction,
    TurnSearch,
    UndoMany,
)
from bot.chat.words import bulk as say
from bot.chat.words import toasts
from bot.domain.bulk import BulkKind
from bot.domain.case import Panel
from bot.domain.errors import BadInput
from bot.domain.outgoing import TRIAGE, to_chat
from bot.domain.people import Action, Person
from bot.services.tap import Tap

PURPOSES = ("bulk",)
_NEEDS = {Panel.CLOSE: Action.CLOSE, Panel.LABEL: Action.LABEL}


async def press(doors: Doors, action: SearchAction, person: Person, cause: str, query: CallbackQuery) -> str:
    """Does it and says what was done. Raises a Refused."""
    bulk = doors.services.finding.acts
    match action:
        case ManyAlike():
            return await _alike(doors, action, person, cause, query)
        case TurnSearch() | OpenMany():
            return await _turn(doors, action, doors.tap(person, 0, 0, cause), query)
        case ConfirmMany(number):
            confirmed = await bulk.confirm(doors.tap(person, number, 0, cause))
            return toasts.READ_BELOW if confirmed.kind is BulkKind.REPLY else say.STARTED
        case UndoMany(number):
            await bulk.undo(doors.tap(person, number, 0, cause))
            return say.UNDONE_TOAST
        case CloseMany(search, reason):
            kind, argument = BulkKind.CLOSE, str(reason)
        case LabelMany(search, label):
            kind, argument = BulkKind.LABEL, label.value
        case ReplyMany(search):
            kind, argument = BulkKind.REPLY, ""
    await bulk.propose(doors.tap(person, 0, 0, cause), search, kind, argument, _place(doors, query))
    return say.SEE_BELOW


async def _alike(doors: Doors, action: ManyAlike, person: Person, cause: str, query: CallbackQuery) -> str:
    """From the card of many who say the same: they are listed below, with the choice."""
    if action.panel not in _NEEDS:
        raise BadInput("button")
    tap = doors.tap(person, action.case, action.version, cause)
    page = await doors.services.finding.searching.like(tap, _NEEDS[action.panel])
    if isinstance(query.message, Message):
        await say_below(
            doors, query.message, draw_found(page, doors.services.team.names, tap.at, action.panel)
        )
    return say.PICK_BELOW


async def _turn(doors: Doors, action: TurnSearch | OpenMany, tap: Tap, query: CallbackQuery) -> str:
    panel = action.panel if isinstance(action, OpenMany) else Panel.MAIN
    found = await doors.services.finding.searching.turn(tap, action.search, action.page)
    await show(doors, query, draw_found(found, doors.services.team.names, tap.at, panel))
    return ""


def _place(doors: Doors, query: CallbackQuery) -> str:
    """Where the card is to stand: where the button was."""
    chat = query.message.chat.id if query.message is not None else doors.triage
    return TRIAGE if chat == doors.triage else to_chat(chat)


async def answered(doors: Doors, _kind: str, _numbers: Sequence[str], tap: Tap, text: str) -> None:
    """The words for all: a draft for a listed set, which goes the way of those.

    Raises BadInput, and what refuses a draft.
    """
    first, *others = await doors.services.finding.acts.still(tap)
    draft = await doors.services.replies.write(replace(tap, target=first), text)
    if others:
        listed = " ".join(str(number) for number in others)
        await doors.services.widening.widen(replace(tap, target=draft.id), listed)
