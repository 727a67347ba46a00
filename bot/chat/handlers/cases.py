"""Buttons of the case card."""

from datetime import timedelta

from bot.chat.actions import (
    AnswerPrivately,
    BackToCard,
    CaseAction,
    CloseCase,
    EscalateTo,
    OpenPanel,
    ReleaseCase,
    ReopenCase,
    SnoozeCase,
    TakeCase,
    ToggleLabel,
    UseTemplate,
    WithdrawDraft,
    WriteReply,
)
from bot.chat.cluster_actions import (
    AnswerRest,
    CorrectAll,
    CorrectRest,
    JoinCase,
    NotTheSame,
    SplitCase,
    StopRepeating,
    StopSending,
    UndoCorrect,
)
from bot.chat.handlers import clusters, sharing
from bot.chat.handlers.doors import Doors
from bot.chat.queue_actions import AskAssignee, AskLapor, AskNote, AssignTo, Unassign
from bot.chat.word_actions import MakeTemplate, SayMeanwhile
from bot.chat.words import data, templates, times, toasts
from bot.domain.case import CaseId, same_version
from bot.domain.errors import NotFound
from bot.services.tap import Tap


async def press(doors: Doors, action: CaseAction, tap: Tap) -> str:
    """Does it and says what was done. Raises a Refused."""
    match action:
        case TakeCase() | ReleaseCase() | ReopenCase() | SnoozeCase() | CloseCase():
            return await _move(doors, action, tap)
        case OpenPanel() | BackToCard():
            return await _turn(doors, action, tap)
        case ToggleLabel(label=label):
            await doors.services.triage.toggle_label(tap, label)
            return toasts.SAVED
        case (
            JoinCase()
            | NotTheSame()
            | SplitCase()
            | AnswerRest()
            | CorrectAll()
            | CorrectRest()
            | UndoCorrect()
            | StopSending()
            | StopRepeating()
        ):
            return await clusters.press(doors, action, tap)
        case AskLapor() | AssignTo() | AskAssignee() | Unassign() | AskNote():
            return await sharing.press(doors, action, tap)
        case _:
            return await _onward(doors, action, tap)


async def _turn(doors: Doors, action: OpenPanel | BackToCard, tap: Tap) -> str:
    if isinstance(action, OpenPanel):
        await doors.services.triage.open_panel(tap, action.panel)
    else:
        await doors.services.triage.back(tap)
    return ""


async def _move(
    doors: Doors, action: TakeCase | ReleaseCase | ReopenCase | SnoozeCase | CloseCase, tap: Tap
) -> str:
    """Who has it, and whether it waits."""
    triage = doors.services.triage
    match action:
        case TakeCase(number):
            await triage.take(tap)
            return toasts.taken(number)
        case ReleaseCase(number):
            await triage.release(tap)
            return toasts.released(number)
        case ReopenCase(number):
            await triage.reopen(tap)
            return toasts.reopened(number)
        case SnoozeCase(number, minutes=minutes):
            await triage.snooze(tap, timedelta(minutes=minutes))
            return toasts.snoozed(number, times.minutes(minutes))
        case CloseCase(number, reason=reason):
            await triage.close(tap, reason)
            return toasts.closed(number)


async def _reply(
    doors: Doors, action: UseTemplate | WriteReply | AnswerPrivately | SayMeanwhile, tap: Tap
) -> str:
    """From the case to the words of a reply."""
    replies = doors.services.replies
    match action:
        case AnswerPrivately():
            await replies.care.begin(tap)
            return toasts.WRITE_HERE
        case UseTemplate(template=short):
            await replies.use_template(tap, short)
            return ""
        case WriteReply():
            await replies.ask_words(tap)
            return toasts.READ_BELOW
        case SayMeanwhile():
            unit = await doors.services.register.data.is_late(tap)
            await replies.write(tap, data.FALLBACK.format(unit=unit), new=True)
            return data.DRAFTED


async def _onward(
    doors: Doors,
    action: UseTemplate
    | WriteReply
    | AnswerPrivately
    | SayMeanwhile
    | MakeTemplate
    | WithdrawDraft
    | EscalateTo,
    tap: Tap,
) -> str:
    """From the case to a reply, and back, to a template of the team's own, or to an incident."""
    match action:
        case WithdrawDraft(number):
            await doors.services.triage.withdraw(tap)
            return toasts.withdrawn(number)
        case MakeTemplate():
            await doors.services.template_life.ask(tap)
            return templates.ASKED
        case EscalateTo(number, playbook=short):
            await _must_be_current(doors, tap)
            made = await doors.services.incidents.open_by_hand(tap, short, CaseId(number))
            await _fold(doors, tap)
            return toasts.escalated(made.run, joined=made.joined, reopened=made.reopened)
        case _:
            return await _reply(doors, action, tap)


async def _fold(doors: Doors, tap: Tap) -> None:
    """The main buttons again, unless the incident itself drew the card anew: it hides somebody at risk."""
    case = await doors.store.read.cases.get(CaseId(tap.target))
    if case is not None and case.version == tap.seen:
        await doors.services.triage.back(tap)


async def _must_be_current(doors: Doors, tap: Tap) -> None:
    """An old card opens no incident: nobody is woken by a forgotten button."""
    case = await doors.store.read.cases.get(CaseId(tap.target))
    if case is None:
        raise NotFound("case", str(tap.target))
    same_version(case, tap.seen)
