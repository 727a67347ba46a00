"""Buttons by which the team shares its work, and the replies to what they ask."""

from collections.abc import Sequence

from bot.chat.handlers.doors import Doors
from bot.chat.queue_actions import AskAssignee, AskLapor, AskNote, AssignTo, QueueAction, Unassign
from bot.chat.words import notes, referral, toasts
from bot.chat.words import sharing as say
from bot.services.assigning import UNIT
from bot.services.tap import Tap

LAPOR, ASSIGN, NOTE = "lapor", "assign", "note"
PURPOSES = frozenset({LAPOR, ASSIGN, NOTE})


async def press(doors: Doors, action: QueueAction, tap: Tap) -> str:
    """Does it and says what was done. Raises a Refused."""
    triage = doors.services.triage
    match action:
        case AskLapor():
            await triage.referring.ask(tap)
            return referral.TOAST_ASKED
        case AskNote():
            await triage.noting.ask(tap)
            return notes.TOAST_ASKED
        case AskAssignee():
            await triage.assigning.ask_name(tap)
            return say.TOAST_ASKED
        case AssignTo(number, whom=short):
            given = await triage.assigning.give(tap, short)
            who = given.assignee or f"{UNIT}{given.unit}"
            return say.given(number, doors.services.team.directory.called().get(who, who))
        case Unassign(number):
            await triage.assigning.take_back(tap)
            return toasts.released(number)


async def answered(doors: Doors, kind: str, _words: Sequence[str], tap: Tap, text: str) -> None:
    """A reply to one of the questions."""
    if kind == LAPOR:
        await doors.services.triage.referring.keep(tap, text)
    elif kind == NOTE:
        await doors.services.triage.noting.write(tap, text)
    else:
        await doors.services.triage.assigning.give_by_name(tap, text)
