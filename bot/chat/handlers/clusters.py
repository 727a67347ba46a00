"""Buttons about comments that say the same."""

from bot.chat.cluster_actions import (
    AnswerRest,
    ClusterAction,
    CorrectAll,
    CorrectRest,
    JoinCase,
    NotTheSame,
    SplitCase,
    StopRepeating,
    StopSending,
    UndoCorrect,
)
from bot.chat.handlers.doors import Doors
from bot.chat.words import clusters as say
from bot.domain.case import CaseId
from bot.services.tap import Tap


async def press(doors: Doors, action: ClusterAction, tap: Tap) -> str:
    """Does it and says what was done. Raises a Refused."""
    match action:
        case JoinCase(into=into):
            await doors.services.clusters.join(tap, CaseId(into))
            return say.JOINED
        case NotTheSame(other=other):
            await doors.services.clusters.kinship.refuse(tap, CaseId(other))
            return say.REFUSED
        case SplitCase(member=member):
            await doors.services.clusters.split(tap, CaseId(member))
            return say.SPLIT_OFF
        case AnswerRest():
            draft = await doors.services.answering.answer_rest(tap)
            return say.rest_asked(len(draft.targets))
        case StopRepeating():
            await doors.services.clusters.repeating.stop(tap)
            return say.QUIET_NOW
        case CorrectAll() | UndoCorrect() | CorrectRest() | StopSending():
            return await _take_back(doors, action, tap)


async def _take_back(
    doors: Doors, action: CorrectAll | UndoCorrect | CorrectRest | StopSending, tap: Tap
) -> str:
    """Words that were wrong."""
    correcting = doors.services.answering.correcting
    match action:
        case CorrectAll():
            done = await correcting.correct_all(tap)
            return say.reopened(done.opened, done.stopped, done.left)
        case UndoCorrect():
            return say.put_back(await correcting.take_back(tap))
        case CorrectRest():
            draft = await correcting.correct_rest(tap)
            return say.rest_asked(len(draft.targets) if draft is not None else 0)
        case StopSending():
            return say.stopped(await correcting.stop(tap))
