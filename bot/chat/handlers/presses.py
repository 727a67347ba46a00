"""A pressed button: who pressed, what it carries, may they, and an answer within a second, always."""

import asyncio
import logging
from collections import OrderedDict
from dataclasses import dataclass

from telegram import CallbackQuery, Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.chat.actions import (
    Action,
    AnswerReview,
    OnCase,
    OnDraft,
    OnRun,
    OtherAction,
    ReviewAction,
    RunAction,
    WaiveReview,
)
from bot.chat.board_actions import BoardAction, ShowCase
from bot.chat.claim_actions import ClaimAction, OnClaim
from bot.chat.handlers import (
    boards,
    cases,
    claims,
    drafts,
    incidents,
    many,
    moderation,
    oncall,
    others,
    review,
    steps,
    words,
)
from bot.chat.handlers.doors import Doors, cause_of
from bot.chat.handlers.membership import Membership
from bot.chat.handlers.talk import is_known, say_later
from bot.chat.handlers.thumbs import NEVER_SLOWED, Thumbs
from bot.chat.moderation_actions import ModerationAction, MoveToPrivate, OnMeasure, OpenMeasure, ShowMeasure
from bot.chat.packing import Garbled, unpack
from bot.chat.search_actions import SearchAction
from bot.chat.shift_actions import AgreeSwap, DeclineSwap, ShiftAction
from bot.chat.step_actions import CourseAction, OnStep, StepAction
from bot.chat.word_actions import DraftWordAction
from bot.chat.words import toasts
from bot.chat.words.refusals import refusal
from bot.domain.errors import HOPELESS, BadInput, Outdated, Refused, TakenBy, TooFast, WrongState
from bot.domain.people import Person, Zone

log = logging.getLogger(__name__)
_ANSWER_WITHIN_S = 0.8
_MOST_ANSWERED = 1000
_LIGHT = (TakenBy, Outdated, WrongState)
"""Said in passing; other refusals wait until they are read."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`refused`: nothing has changed, so no card shows what came of the press."""

    text: str
    alert: bool = False
    refused: bool = False


class Presses:
    """The callback data is a claim: person, place, version and right are checked against the store."""

    def __init__(self, doors: Doors, membership: Membership | None = None) -> None:
        self._doors = doors
        self._membership = membership or Membership(doors)
        self._thumbs = Thumbs(doors.press_rate)
        self._answered: OrderedDict[str, bool] = OrderedDict()
        """Presses whose wheel stands still before they are through, and whether that it failed was said."""

    async def on_press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        if query is None:
            return
        try:
            if query.id in self._answered or not await self._too_fast(query, cause_of(update)):
                await self._in_time(query, cause_of(update))
        except Exception as error:
            await self._apologise(query, error)
            raise  # the inbox tries again, or puts it aside and tells the team

    async def _in_time(self, query: CallbackQuery, cause: str) -> None:
        outcome = asyncio.ensure_future(self._outcome(query, cause))
        try:
            done, _ = await asyncio.wait({outcome}, timeout=_ANSWER_WITHIN_S)
            if not done and query.id not in self._answered:
                # The phone must not show a waiting wheel; what comes of it is seen on the card.
                await self._stop_wheel(query)
            answer = await outcome
            if query.id not in self._answered:
                await _answer(query, answer)
            elif answer.refused:
                await say_later(self._doors, query, answer.text)
        finally:
            outcome.cancel()

    async def _stop_wheel(self, query: CallbackQuery, text: str = "") -> None:
        self._answered[query.id] = bool(text)
        if len(self._answered) > _MOST_ANSWERED:
            self._answered.popitem(last=False)
        await _answer(query, Answer(text))

    async def _apologise(self, query: CallbackQuery, error: Exception) -> None:
        """Once, at the first attempt: the presser is not to guess whether the button was felt."""
        said = toasts.BROKEN if isinstance(error, HOPELESS) else toasts.TRIED_AGAIN
        if query.id not in self._answered:
            await self._stop_wheel(query, said)
        elif not self._answered[query.id]:
            self._answered[query.id] = True
            await say_later(self._doors, query, said)

    async def _too_fast(self, query: CallbackQuery, cause: str) -> bool:
        """Asked for before anything is read; a flood is one line in the journal. Only of whoever presses that
        much it is looked up whether they are of the team, and what they press is.
        """
        account = query.from_user.id
        if self._thumbs.allow(account, self._doors.clock.monotonic()):
            return False
        if isinstance(_known(query.data), NEVER_SLOWED) and await is_known(self._doors, account):
            return False
        if self._thumbs.first_refusal(account):
            await self._doors.services.team.denied(f"tg:{account}", TooFast(), "button", cause)
        await _answer(query, Answer(refusal(TooFast(), {}, Zone.WIB)))
        return True

    async def _outcome(self, query: CallbackQuery, cause: str) -> Answer:
        """What is said; every refusal is written into the journal."""
        person: Person | None = None
        subject = "button"
        try:
            person = await self._doors.services.team.person_of(query.from_user.id)
            action = _read(query.data)
            subject = subject_of(action)
            await self._check_place(query)
            await self._membership.for_button(query.get_bot(), action, person, query.from_user.id, cause)
            return Answer(await self._act(action, person, cause, query))
        except Refused as refused:
            who = person.id if person is not None else f"tg:{query.from_user.id}"
            if not await self._doors.services.team.denied(who, refused, subject, cause):
                return Answer(toasts.DONE_BEFORE)
            zone = person.zone if person is not None else Zone.WIB
            said = refusal(refused, self._doors.services.team.names, zone)
            return Answer(said, alert=not isinstance(refused, _LIGHT), refused=True)

    async def _act(self, action: Action, person: Person, cause: str, query: CallbackQuery) -> str:
        if isinstance(action, DraftWordAction):
            draft_tap = self._doors.tap(person, action.draft, action.version, cause)
            return await words.press(self._doors, action, draft_tap, query)
        match action:
            case _ if isinstance(action, ShiftAction | SearchAction | BoardAction | ModerationAction):
                return await self._act_on_list(action, person, cause, query)
            case OnCase(case, version):
                return await cases.press(self._doors, action, self._doors.tap(person, case, version, cause))
            case OnDraft(draft, version):
                return await drafts.press(self._doors, action, self._doors.tap(person, draft, version, cause))
            case _ if isinstance(action, ClaimAction):
                about = (action.claim, action.version) if isinstance(action, OnClaim) else (0, 0)
                claim_tap = self._doors.tap(person, *about, cause)
                return await claims.press(self._doors, action, claim_tap, query)
            case _:
                return await self._act_on_run(action, person, cause, query)

    async def _act_on_list(
        self,
        action: ShiftAction | SearchAction | BoardAction | ModerationAction,
        person: Person,
        cause: str,
        query: CallbackQuery,
    ) -> str:
        if isinstance(action, BoardAction):
            return await boards.press(self._doors, action, person, cause, query)
        if isinstance(action, ModerationAction):
            return await moderation.press(self._doors, action, person, cause, query)
        if isinstance(action, ShiftAction):
            return await oncall.press(self._doors, action, person, cause, query)
        return await many.press(self._doors, action, person, cause, query)

    async def _act_on_run(
        self,
        action: RunAction | ReviewAction | StepAction | CourseAction | OtherAction,
        person: Person,
        cause: str,
        query: CallbackQuery,
    ) -> str:
        match action:
            case AnswerReview(run, epoch) | WaiveReview(run, epoch):
                return await review.press(self._doors, action, self._doors.tap(person, run, epoch, cause))
            case OnRun(run, epoch):
                return await incidents.press(self._doors, action, self._doors.tap(person, run, epoch, cause))
            case OnStep(run, _, attempt):
                return await steps.press(self._doors, action, self._doors.tap(person, run, attempt, cause))
            case _ if isinstance(action, CourseAction):
                run_tap = self._doors.tap(person, action.run, action.epoch, cause)
                return await steps.course(self._doors, action, run_tap)
            case _:
                return await others.press(self._doors, action, person, cause, query)

    async def _check_place(self, query: CallbackQuery) -> None:
        """Buttons work where the bot put them: in the team's groups and in the presser's own chat."""
        message = query.message
        if message is None:
            raise BadInput("place")
        chat = message.chat
        if chat.id != query.from_user.id and not await self._doors.is_team_chat(chat.id):
            raise BadInput("place")


def _read(data: str | None) -> Action:
    action = _known(data)
    if action is None:
        raise BadInput("button")
    return action


def _known(data: str | None) -> Action | None:
    try:
        return unpack(data or "")
    except Garbled:
        return None


def subject_of(action: Action) -> str:
    """What the journal says that the press was about."""
    match action:
        case OnCase(number) | ShowCase(number) | OpenMeasure(number) | MoveToPrivate(number):
            kind = "case"
        case OnDraft(number):
            kind = "draft"
        case OnRun(number) | OnStep(number):
            kind = "run"
        case OnClaim(number):
            kind = "claim"
        case OnMeasure(number) | ShowMeasure(number):
            kind = "measure"
        case AgreeSwap(number) | DeclineSwap(number):
            kind = "swap"
        case _:
            return type(action).__name__
    return f"{kind}:{number}"


async def _answer(query: CallbackQuery, answer: Answer) -> None:
    try:
        await query.answer(answer.text or None, show_alert=answer.alert)
    except TelegramError as error:
        # Too old, or the network: what was done is done, and the card shows it.
        log.info("a press could not be answered: %s", type(error).__name__)
