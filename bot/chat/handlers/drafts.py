"""Buttons of a draft: while it is written, and while others decide."""

from bot.chat.actions import (
    AddCases,
    AnswerTogether,
    ApproveDraft,
    AskSlot,
    DraftAction,
    EditDraft,
    FillChoice,
    FillDate,
    PutTemplate,
    RejectDraft,
    ReturnDraft,
    SendNow,
    SubmitDraft,
)
from bot.chat.handlers.doors import Doors
from bot.chat.words import clusters as words
from bot.chat.words import siaga, toasts
from bot.domain.errors import NotFound, Outdated
from bot.domain.reply import DraftId, DraftState
from bot.services.tap import Tap


async def press(doors: Doors, action: DraftAction, tap: Tap) -> str:
    """Does it and says what was done. Raises a Refused."""
    match action:
        case FillChoice() | FillDate() | AskSlot() | EditDraft() | PutTemplate() | AddCases():
            return await _write(doors, action, tap)
        case AnswerTogether():
            draft = await doors.services.answering.answer_all(tap)
            return words.widened(len(draft.targets))
        case SubmitDraft():
            draft = await doors.services.approvals.submit(tap)
            return toasts.SUBMITTED_PRIVATELY if draft.private else toasts.SUBMITTED
        case SendNow():
            await doors.services.approvals.send_now(tap)
            return toasts.SENT_NOW
        case ApproveDraft() | ReturnDraft() | RejectDraft():
            return await _decide(doors, action, tap)


async def _write(
    doors: Doors, action: FillChoice | FillDate | AskSlot | EditDraft | PutTemplate | AddCases, tap: Tap
) -> str:
    replies = doors.services.replies
    await _must_be_current(doors, tap)
    match action:
        case FillChoice(index=index):
            await replies.fill_choice(tap, index)
            return ""
        case FillDate(days=days):
            await replies.fill_date(tap, days)
            return ""
        case PutTemplate(template=short):
            await replies.care.use_template(tap, short)
            return ""
        case AskSlot():
            await replies.ask_slot(tap)
        case EditDraft():
            await replies.ask_edit(tap)
        case AddCases():
            await doors.services.widening.ask(tap)
    return toasts.READ_BELOW


async def _decide(doors: Doors, action: ApproveDraft | ReturnDraft | RejectDraft, tap: Tap) -> str:
    approvals = doors.services.approvals
    match action:
        case ApproveDraft():
            draft = await approvals.approve(tap)
            return siaga.AGREED if draft.state is DraftState.WAITING else toasts.APPROVED
        case ReturnDraft():
            await approvals.ask_note(tap)
            return toasts.NOTE_ASKED
        case RejectDraft():
            await approvals.reject(tap)
            return toasts.REJECTED


async def _must_be_current(doors: Doors, tap: Tap) -> None:
    """A question is asked about the draft as it is now, not as an old card showed it."""
    draft = await doors.store.read.drafts.get(DraftId(tap.target))
    if draft is None:
        raise NotFound("draft", str(tap.target))
    if draft.version != tap.seen:
        raise Outdated(draft.state, draft.decided_by or "")
