"""Buttons that belong to no card: an unsure send, a template, their list, the lock, a playbook by hand."""

from telegram import CallbackQuery

from bot.chat.actions import (
    ApproveTemplate,
    MarkSent,
    OpenRun,
    OtherAction,
    Resend,
    StartDrill,
    TurnTemplates,
    Unlock,
)
from bot.chat.handlers.doors import Doors
from bot.chat.handlers.talk import show
from bot.chat.template_list import draw_templates
from bot.chat.words import commands, drills, toasts
from bot.domain.people import Person


async def press(doors: Doors, action: OtherAction, person: Person, cause: str, query: CallbackQuery) -> str:
    """Does it and says what was done. Raises a Refused."""
    match action:
        case Resend(row, tries):
            sent = await doors.services.posting.resend(doors.tap(person, row, tries, cause))
            return toasts.RESENT if sent else toasts.NOT_RESENT
        case MarkSent(row, tries):
            await doors.services.posting.mark_sent(doors.tap(person, row, tries, cause))
            return toasts.MARKED_SENT
        case ApproveTemplate(short, sha):
            await doors.services.templates.approve(doors.tap(person, 0, 0, cause), short, sha)
            return toasts.TEMPLATE_APPROVED
        case TurnTemplates(page):
            every = await doors.services.templates.listed(doors.tap(person, 0, 0, cause))
            await show(query, draw_templates(every, page))
            return ""
        case Unlock():
            done = await doors.services.team.unlock(doors.tap(person, 0, 0, cause))
            return commands.UNLOCKED if done else commands.ONE_MORE
        case StartDrill() | OpenRun():
            return await _open(doors, action, person, cause, query)


async def _open(
    doors: Doors, action: StartDrill | OpenRun, person: Person, cause: str, query: CallbackQuery
) -> str:
    if isinstance(action, StartDrill):
        await doors.services.drills.start(doors.tap(person, 0, 0, cause), action.scenario)
        return drills.STARTED
    # The message is the command: two thumbs on one list open one incident.
    message = query.message
    asked = f"krisis:{message.chat.id}:{message.message_id}" if message is not None else cause
    await doors.services.incidents.open_by_hand(doors.tap(person, 0, 0, asked), action.playbook, None)
    return toasts.ESCALATED
