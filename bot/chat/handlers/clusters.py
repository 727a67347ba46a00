"""Buttons about comments that say the same."""

from bot.chat.cluster_actions import AnswerRest, ClusterAction, CorrectAll, JoinCase, NotTheSame, SplitCase
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
            await doors.services.answering.answer_rest(tap)
            return say.REST_ASKED
        case CorrectAll():
            await doors.services.answering.correct_all(tap)
            return say.REOPENED
