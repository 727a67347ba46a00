"""Replies to the bot's questions. What a reply means stands in the outbox row behind the question."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence

from telegram import Message, Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.chat.cleaning import clean
from bot.chat.handlers import claims, incidents, many, oncall, review, sharing, steps, words
from bot.chat.handlers.doors import Doors, cause_of
from bot.chat.handlers.talk import refused_to, say, who_is
from bot.chat.lists import plain
from bot.chat.words import commands
from bot.domain.errors import BadInput, NotEnrolled, Refused
from bot.domain.outgoing import Prompt
from bot.domain.people import Person
from bot.services.tap import Tap

log = logging.getLogger(__name__)
_Door = Callable[[Doors, str, Sequence[str], Tap, str], Awaitable[None]]
_DOORS: Mapping[str, _Door] = {
    **dict.fromkeys(steps.PURPOSES, steps.answered),
    **dict.fromkeys(review.PURPOSES, review.answered),
    **dict.fromkeys(claims.PURPOSES, claims.answered),
    **dict.fromkeys(many.PURPOSES, many.answered),
    **dict.fromkeys(words.PURPOSES, words.answered),
    **dict.fromkeys(sharing.PURPOSES, sharing.answered),
}
"""Questions that name a thing and its version."""


class Answers:
    """A typed answer is looked up by the message that it replies to, never by what that message says."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    async def on_reply(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A reply in the group: to one of our questions, or to something that is not ours to read."""
        message = update.effective_message
        if message is not None:
            await self._answered(message, cause_of(update))

    async def on_private(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A member's private message: an answer, or words that would otherwise vanish unread."""
        message = update.effective_message
        if message is None:
            return
        if await self._answered(message, cause_of(update)):
            return
        try:
            await who_is(self._doors, message)
        except NotEnrolled:
            return  # a citizen: the connector's
        await say(self._doors, message, plain(commands.UNREAD_TEXT))

    async def _answered(self, message: Message, cause: str) -> bool:
        """Whether the message answers a question of ours."""
        prompt = await self._prompt(message)
        if prompt is None:
            return False
        person: Person | None = None
        try:
            person = await who_is(self._doors, message)
            await self._take(prompt, person, message, cause)
        except Refused as refused:
            await refused_to(self._doors, message, person, refused, prompt.purpose, cause)
        else:
            await _nod(message)
        return True

    async def _prompt(self, message: Message) -> Prompt | None:
        asked = message.reply_to_message
        if asked is None or asked.from_user is None or not asked.from_user.is_bot:
            return None  # nearly every comment replies to a post, and only a bot asks
        row = await self._doors.store.read.outbox.at(message.chat.id, asked.message_id)
        return row.what if row is not None and isinstance(row.what, Prompt) else None

    async def _take(self, prompt: Prompt, person: Person, message: Message, cause: str) -> None:
        if prompt.person != person.id:
            raise BadInput("not_yours")
        text = clean(message.text or "").strip()
        if not text:
            raise BadInput("text_only")
        if prompt.purpose.startswith(oncall.HANDOVER):
            await oncall.note(self._doors, prompt.purpose, self._doors.tap(person, 0, 0, cause), text)
        else:
            await self._use(prompt.purpose, person, message, text, cause)

    async def _use(self, purpose: str, person: Person, message: Message, text: str, cause: str) -> None:
        """`purpose` was written by us: `write:12`, `care:7`, `slot:7:2`, `return:7:3`, `form:3:0:1:2`."""
        kind, *numbers = purpose.split(":")
        if kind in _DOORS:
            tap = self._doors.tap(person, int(numbers[0]), int(numbers[1]), cause)
            await _DOORS[kind](self._doors, kind, numbers, tap, text)
            await review.papers(self._doors, kind, tap, message)
            return
        target, seen = ([*map(int, numbers), 0, 0])[:2]
        tap = self._doors.tap(person, target, seen, cause)
        services = self._doors.services
        match kind:
            case "write":
                await services.replies.write(tap, text)
            case "slot":
                await services.replies.fill_text(tap, text, seen)
            case "care":
                await services.replies.care.write(tap, text)
            case "also":
                await services.widening.widen(tap, text)
            case "return":
                await services.approvals.return_(tap, text)
            case incidents.RESOLVE | incidents.FALSE_ALARM:
                await incidents.close(self._doors, kind, tap, text)
            case _:
                log.error("a question with an unknown purpose was answered: %s", kind)


async def _nod(message: Message) -> None:
    """A mark on the answer instead of one more message; the card shows what came of it."""
    try:
        await message.set_reaction("👌")
    except TelegramError as error:
        log.info("no mark could be set: %s", type(error).__name__)
