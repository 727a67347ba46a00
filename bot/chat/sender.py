"""Outgoing to Telegram calls for the team's chats, and receipts to citizens.

A message is drawn when it is sent, from what the store says then. A live card is edited where it stands;
only when it is gone does a new one take its place.
"""

from collections.abc import Awaitable, Callable, Mapping

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.chat import (
    cards,
    claim_cards,
    course,
    drafts,
    drills,
    notes,
    pages,
    review,
    steps,
    unsent,
)
from bot.chat.bulk_card import draw_bulk
from bot.chat.calls import edit, send
from bot.chat.drawn import Drawn
from bot.chat.leaps import draw_leaps
from bot.chat.measure_drawn import measure_drawn
from bot.chat.render import render
from bot.chat.standing import Standing
from bot.chat.to_telegram import Json, below
from bot.chat.topics import NO_TOPICS, Topics
from bot.chat.words import citizens
from bot.domain import outgoing_claims, outgoing_steps
from bot.domain.claim import ClaimId
from bot.domain.incident import RunId
from bot.domain.outgoing import (
    CaseCard,
    DraftCard,
    IncidentCard,
    Notice,
    Original,
    PageCard,
    Prompt,
    Queued,
    Receipt,
    RedrawPage,
    ShownCard,
    Timeline,
    UncertainCard,
    redraws,
)
from bot.domain.outgoing_board import OfBoard
from bot.domain.outgoing_bulk import BulkCard
from bot.domain.outgoing_claims import ClaimCard, RedrawClaim
from bot.domain.outgoing_moderation import MeasureAsk, MeasureCard
from bot.domain.outgoing_steps import (
    BareMessage,
    DrillPost,
    DrillScene,
    ForAPerson,
    HandOverCard,
    RedrawHandOver,
    RedrawStep,
    ReleaseCard,
    ReviewCard,
    StepCard,
)
from bot.domain.people import PersonId, Zone
from bot.services.board import Board
from bot.services.bulk import view_of
from bot.services.delivery import NothingToSay, Outcome, Sent
from bot.services.desk import Desk
from bot.services.ports import Store, TimelineLine
from bot.services.views_claims import ClaimDesk
from bot.services.views_crisis import CrisisDesk
from bot.services.views_moderation import ModerationDesk
from bot.services.views_steps import StepDesk

_NO_TOPIC = "message thread not found"


async def _never(_queued: Queued) -> bool:
    return False


class ChatSender:
    """Draws and sends everything but the public reply.

    `outcome_of` reads Telegram's errors, `names` says how people are called, `greeting` how citizens are
    addressed, `hushed` what makes no sound because its reader sleeps.
    """

    def __init__(  # noqa: PLR0913 - the composition root names each once
        self,
        bot: Bot,
        desk: Desk,
        crisis: CrisisDesk,
        store: Store,
        zone: Zone,
        outcome_of: Callable[[TelegramError], Outcome],
        *,
        steps: StepDesk,
        claims: ClaimDesk,
        house: ModerationDesk,
        board: Board,
        pin: bool = True,
        topics: Mapping[str, int] = NO_TOPICS,
        names: Callable[[], Mapping[str, str]] = dict,
        greeting: str = "Halo Kak",
        hushed: Callable[[Queued], Awaitable[bool]] = _never,
    ) -> None:
        self._bot = bot
        self._desk = desk
        self._crisis = crisis
        self._steps = steps
        self._claims = claims
        self._house = house
        self._standing = Standing(bot, store, board, zone, pin=pin)
        self._topics = Topics(bot, store, crisis, topics)
        self._store = store
        self._zone = zone
        self._outcome_of = outcome_of
        self._names = names
        self._greeting = greeting
        self._hushed = hushed

    async def deliver(self, queued: Queued, chat_id: int) -> Outcome:
        """Never raises for what Telegram answers."""
        what = queued.what
        if isinstance(what, BareMessage):
            return await self._bare(what)
        if isinstance(what, MeasureCard | MeasureAsk):
            drawn = await measure_drawn(self._house, what, self._zone)
        else:
            drawn = await (self._standing.draw(what) if isinstance(what, OfBoard) else self._draw(queued))
        if drawn is None:
            return NothingToSay("what it was about is gone")
        try:
            return await self._put(queued, chat_id, drawn)
        except TelegramError as error:
            return self._outcome_of(error)

    async def _bare(self, what: BareMessage) -> Outcome:
        """A message without its buttons. Where it is gone, or bare already, there is nothing to do."""
        try:
            await self._bot.edit_message_reply_markup(what.chat, what.message)
        except BadRequest as error:
            return NothingToSay(str(error))
        except TelegramError as error:
            return self._outcome_of(error)
        return Sent(what.chat, 0)

    async def _draw(self, queued: Queued) -> Drawn | None:
        match queued.what:
            case CaseCard(case):
                view = await self._desk.case(case)
                return None if view is None else cards.draw_case(view, self._zone)
            case DraftCard(draft, person):
                draft_view = await self._desk.draft(draft)
                return None if draft_view is None else drafts.draw_draft(draft_view, self._zone, person)
            case UncertainCard(row):
                unsure = await self._desk.uncertain(row)
                return None if unsure is None else unsent.draw_uncertain(unsure, self._zone)
            case Notice() | Prompt() | Receipt() | DrillScene() | ClaimCard() | RedrawClaim() | BulkCard():
                return await self._note(queued.what)
            case _:
                return await self._draw_crisis(queued)

    async def _draw_crisis(self, queued: Queued) -> Drawn | None:
        match queued.what:
            case PageCard(run, person) | RedrawPage(run, person):
                page = await self._crisis.page(RunId(run), person)
                again = isinstance(queued.what, PageCard) and queued.tries > 1
                return None if page is None else pages.draw_page(page, self._zone, again=again)
            case IncidentCard(run):
                view = await self._crisis.incident(RunId(run))
                return None if view is None else pages.draw_incident(view, self._zone)
            case Timeline(run, what, params):
                view = await self._crisis.incident(RunId(run))
                line = None if view is None else TimelineLine(view.now, what, params)
                return None if view is None or line is None else pages.draw_story(line, view, self._zone)
            case Original(case):
                original = await self._crisis.original(case)
                return None if original is None else pages.draw_original(original, self._zone)
            case step if isinstance(step, ForAPerson | DrillPost):
                return await self._draw_step(step)
            case _:
                return None

    async def _draw_step(self, what: ForAPerson | DrillPost) -> Drawn | None:
        run = RunId(what.run)
        match what:
            case StepCard(_, step, attempt, person) | RedrawStep(_, step, attempt, person):
                view = await self._steps.step(run, step, attempt, person)
                again = isinstance(what, StepCard) and what.reminder > 0
                return None if view is None else steps.draw_step(view, self._zone, reminder=again)
            case HandOverCard(_, person, epoch) | RedrawHandOver(_, person, epoch):
                asked = await self._steps.hand_over(run, person, epoch)
                return None if asked is None else course.draw_hand_over(asked, self._zone)
            case ReleaseCard():
                held = await self._steps.held(run)
                return None if held is None else course.draw_release(held, self._zone)
            case ReviewCard(_, person):
                look = await self._crisis.review(run, person)
                return None if look is None else review.draw_review(look)
            case DrillPost(_, step, attempt, channel):
                shown = await self._steps.step(run, step, attempt, PersonId(""))
                return None if shown is None else course.draw_drill_post(shown, channel)

    async def _note(
        self, what: Notice | Prompt | Receipt | DrillScene | ClaimCard | RedrawClaim | BulkCard
    ) -> Drawn | None:
        if isinstance(what, DrillScene):
            return drills.draw_scene(what, self._names())
        if isinstance(what, ClaimCard | RedrawClaim):
            told = await self._claims.claim(ClaimId(what.claim))
            return None if told is None else claim_cards.draw_claim(told, self._zone)
        if isinstance(what, Receipt):
            return Drawn(render([citizens.receipt(what.case, self._greeting)]))
        names = self._names()
        if isinstance(what, BulkCard):
            many = await view_of(self._store.read, what.bulk, names)
            return None if many is None else draw_bulk(many, self._zone)
        if isinstance(what, Notice):
            return draw_leaps(what, self._zone) if what.what == "spike" else notes.draw_notice(what, names)
        links = await self._store.read.people.links()
        user = next((link.telegram_id for link in links if link.person == what.person), 0)
        return notes.draw_prompt(what, names, user)

    async def _put(self, queued: Queued, chat_id: int, drawn: Drawn) -> Outcome:
        """Edits the card where there is one, sends otherwise."""
        subject = _subject(queued)
        shown = await self._store.read.outbox.card(subject) if subject else None
        if isinstance(queued.what, PageCard | StepCard | HandOverCard | ClaimCard):
            shown = None
        if shown is None or shown.chat_id != chat_id:
            if isinstance(queued.what, RedrawPage | RedrawStep | RedrawHandOver | RedrawClaim):
                return NothingToSay("no page stands there")
            return await self._send(queued, chat_id, drawn, subject)
        if shown.shown == drawn.shown:
            return Sent(chat_id, 0)
        lives_on = isinstance(queued.what, OfBoard)
        if not (lives_on and await self._standing.is_far_up(shown)) and await edit(self._bot, shown, drawn):
            return Sent(chat_id, 0, (subject, ShownCard(chat_id, shown.message_id, drawn.shown)))
        return await self._send(queued, chat_id, drawn, subject)

    async def _send(self, queued: Queued, chat_id: int, drawn: Drawn, subject: str) -> Outcome:
        thread = await self._topics.of(queued.what, chat_id)
        quiet = drawn.silent or (isinstance(queued.what, PageCard) and not queued.what.loud)
        quiet = quiet or await self._hushed(queued)
        said: dict[str, object] = {
            "chat_id": chat_id,
            "protect_content": drawn.protect,
            "disable_notification": quiet,
            "reply_parameters": _reply_to(queued),
            "reply_markup": below(drawn),
        }
        try:
            message = await send(self._bot, drawn, message_thread_id=thread, **said)
        except BadRequest as error:
            if thread is None or _NO_TOPIC not in str(error).lower():
                raise
            await self._topics.lost(queued.what, chat_id)
            message = await send(self._bot, drawn, **said)
        number = int(message["message_id"])
        if isinstance(queued.what, OfBoard):
            await self._standing.moved(queued.what, chat_id, number)
        card = (subject, ShownCard(chat_id, number, drawn.shown)) if subject else None
        return Sent(int(message["chat"]["id"]), number, card)


def _subject(queued: Queued) -> str:
    """The card that this message is, or "" for one that is never edited. A page is redrawn later."""
    if isinstance(queued.what, PageCard):
        return redraws(RedrawPage(queued.what.run, queued.what.person))
    if isinstance(queued.what, StepCard | HandOverCard):
        return outgoing_steps.card(queued.what)
    if isinstance(queued.what, ClaimCard):
        return outgoing_claims.card(queued.what)
    return redraws(queued.what)


def _reply_to(queued: Queued) -> Json | None:
    """Inside the team a missing message to reply to is no reason to be silent."""
    number = queued.what.reply_to if isinstance(queued.what, Notice | Prompt) else 0
    return {"message_id": number, "allow_sending_without_reply": True} if number else None
