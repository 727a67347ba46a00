"""Buttons that belong to no card: an unsure send, a template, their list, the lock, a playbook by hand."""

from telegram import CallbackQuery

from bot.chat.actions import (
    ApproveTemplate,
    MarkSent,
    OpenRun,
    OtherAction,
    Resend,
    StartDrill,
    TemplateAction,
    TurnTemplates,
    Unlock,
)
from bot.chat.handlers.doors import Doors
from bot.chat.handlers.talk import show
from bot.chat.lists import draw_already
from bot.chat.step_actions import OpenAnother
from bot.chat.template_list import draw_templates
from bot.chat.word_actions import DeclineTemplate
from bot.chat.words import commands, drills, templates, toasts
from bot.domain.people import Person
from bot.services.tap import Tap


async def press(doors: Doors, action: OtherAction, person: Person, cause: str, query: CallbackQuery) -> str:
    """Does it and says what was done. Raises a Refused."""
    match action:
        case Resend(row, tries):
            sent = await doors.services.posting.resend(doors.tap(person, row, tries, cause))
            return toasts.RESENT if sent else toasts.NOT_RESENT
        case MarkSent(row, tries):
            await doors.services.posting.mark_sent(doors.tap(person, row, tries, cause))
            return toasts.MARKED_SENT
        case ApproveTemplate() | DeclineTemplate() | TurnTemplates():
            return await _on_template(doors, action, doors.tap(person, 0, 0, cause), query)
        case Unlock(since):
            done = await doors.services.team.unlock(doors.tap(person, 0, 0, cause), since)
            return commands.UNLOCKED if done else commands.ONE_MORE
        case StartDrill() | OpenRun() | OpenAnother():
            return await _open(doors, action, person, cause, query)


async def _open(
    doors: Doors, action: StartDrill | OpenRun | OpenAnother, person: Person, cause: str, query: CallbackQuery
) -> str:
    if isinstance(action, StartDrill):
        await doors.services.drills.start(doors.tap(person, 0, 0, cause), action.scenario)
        return drills.STARTED
    # The message is the command: two thumbs on one list open one incident.
    message = query.message
    asked = f"krisis:{message.chat.id}:{message.message_id}" if message is not None else cause
    if isinstance(action, OpenAnother):
        asked = f"{asked}:lain"
    tap, incidents = doors.tap(person, 0, 0, asked), doors.services.incidents
    if isinstance(action, OpenRun) and (going := await incidents.going_of(tap, action.playbook)):
        choice = next(one for one in doors.playbooks if one.short == action.playbook)
        await show(doors, query, draw_already(choice, going))
        return ""
    await incidents.open_by_hand(tap, action.playbook, None)
    return toasts.ESCALATED


async def _on_template(doors: Doors, action: TemplateAction, tap: Tap, query: CallbackQuery) -> str:
    match action:
        case ApproveTemplate(short, sha):
            await doors.services.templates.approve(tap, short, sha)
            return toasts.TEMPLATE_APPROVED
        case DeclineTemplate(short, sha):
            await doors.services.template_life.decline(tap, short, sha)
            return templates.DECLINED
        case TurnTemplates(page):
            every = await doors.services.templates.listed(tap)
            await show(doors, query, draw_templates(every, page))
            return ""
