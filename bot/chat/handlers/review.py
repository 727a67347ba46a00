"""The buttons and answers of a review."""

from collections.abc import Sequence

from bot.chat.actions import AnswerReview, ReviewAction
from bot.chat.handlers.doors import Doors
from bot.chat.words import review as words
from bot.chat.words import toasts
from bot.services.tap import Tap

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
