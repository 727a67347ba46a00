"""Speaking in the chat where somebody spoke: short, in place, and never the reason for a failure."""

import logging

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.chat.drawn import Drawn
from bot.chat.handlers.doors import Doors
from bot.chat.lists import plain
from bot.chat.to_telegram import NO_PREVIEW, keyboard, reply_markup
from bot.chat.words.refusals import refusal
from bot.domain.errors import BadInput, NotEnrolled, Refused
from bot.domain.people import Person, Zone

log = logging.getLogger(__name__)


async def who_is(doors: Doors, message: Message) -> Person:
    """The member of the team behind a message. Raises NotEnrolled, BadInput for one who hides."""
    if message.sender_chat is not None:
        raise BadInput("anonymous")
    if message.from_user is None:
        raise NotEnrolled
    return await doors.services.team.person_of(message.from_user.id)


async def heard_here(doors: Doors, message: Message) -> bool:
    """Whether commands count in this chat: private ones and the team's. In public they are nobody's."""
    return message.chat.type == message.chat.PRIVATE or await doors.is_team_chat(message.chat.id)


async def say(message: Message, drawn: Drawn) -> None:
    """Answers below `message`. A lost answer changes nothing: it can be asked for again."""
    try:
        await message.get_bot().send_message(
            message.chat.id,
            drawn.text,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            disable_notification=True,
            reply_parameters=ReplyParameters(message.message_id, allow_sending_without_reply=True),
            reply_markup=reply_markup(drawn),
        )
    except TelegramError as error:
        log.warning("an answer could not be sent: %s", type(error).__name__)


async def say_later(query: CallbackQuery, text: str) -> None:
    """What came too late for a toast, in the presser's own chat: a refusal is not for a whole group."""
    try:
        await query.get_bot().send_message(
            query.from_user.id, plain(text).text, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW
        )
    except TelegramError as error:
        log.info("a late answer to a press could not be sent: %s", type(error).__name__)


async def refused_to(
    doors: Doors, message: Message, person: Person | None, refused: Refused, subject: str, cause: str
) -> None:
    """Writes the attempt down and says why not."""
    user = message.from_user
    who = person.id if person is not None else f"tg:{user.id if user is not None else 0}"
    if not await doors.services.team.denied(who, refused, subject, cause):
        return
    zone = person.zone if person is not None else Zone.WIB
    await say(message, plain(refusal(refused, doors.services.team.names, zone)))


async def show(query: CallbackQuery, drawn: Drawn) -> None:
    """Puts something else in the place of the pressed message. Cosmetic: what was done is done."""
    below = keyboard(drawn)
    try:
        await query.edit_message_text(
            drawn.text,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=InlineKeyboardMarkup.de_json(below, None) if below is not None else None,
        )
    except TelegramError as error:
        log.info("a pressed message could not be changed: %s", type(error).__name__)
