"""The buttons and answers of a review."""

import logging
from collections.abc import Sequence

from telegram import Message

from bot.chat.actions import AnswerReview, ReviewAction
from bot.chat.handlers import reports
from bot.chat.handlers.doors import Doors
from bot.chat.report.wanted import WantsRecord, WantsRun, new_year
from bot.chat.words import review as words
from bot.chat.words import toasts
from bot.domain.errors import NotAllowed
from bot.domain.incident import Phase, RunId
from bot.services.tap import Tap

log = logging.getLogger(__name__)
ANSWER, WAIVE = "review", "review_waive"
PURPOSES = frozenset({ANSWER, WAIVE})


async def press(doors: Doors, action: ReviewAction, tap: Tap) -> str:
    """Asks, in the presser's own chat. Raises a Refused."""
    if isinstance(action, AnswerReview):
        await doors.services.after.review.ask_next(tap)
        return words.ASKED_BELOW
    await doors.services.after.review.ask_reason(tap)
    return toasts.REASON_ASKED


async def answered(doors: Doors, kind: str, numbers: Sequence[str], tap: Tap, text: str) -> None:
    """`numbers`: run, epoch, and of an answer the place of its question."""
    if kind == WAIVE:
        await doors.services.after.review.waive(tap, text)
    else:
        await doors.services.after.review.answer(tap, int(numbers[2]), text)


async def papers(doors: Doors, kind: str, tap: Tap, message: Message) -> None:
    """After the last answer of a review: what its playbook's `review.export` names, to whoever gave it."""
    if kind not in PURPOSES:
        return
    state = await doors.services.incidents.state(RunId(tap.target))
    if state.phase is not Phase.REVIEWED or state.playbook.review is None:
        return
    zone = doors.services.after.reports.letterhead.zone
    wanted: dict[str, WantsRun | WantsRecord] = {
        "laporan-krisis": WantsRun(state.incident.id),
        "bukti-kinerja": WantsRecord(tap.person.id, new_year(tap.at, zone), tap.at),
    }
    for name in state.playbook.review.export:
        try:
            await reports.give(doors, tap, message, wanted[name])
        except NotAllowed:
            log.info("%s may not read %s, so it is not sent", tap.person.id, name)
