"""Speaking in the chat where somebody spoke: short, in place, and never the reason for a failure."""

from collections.abc import Awaitable, Callable
from functools import partial

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, ReplyParameters
from telegram.constants import ParseMode

from bot.chat.drawn import Drawn
from bot.chat.handlers.doors import Doors
from bot.chat.handlers.thumbs import Thumbs
from bot.chat.lists import plain
from bot.chat.to_telegram import NO_PREVIEW, keyboard, reply_markup
from bot.chat.voice import Call
from bot.chat.words import commands
from bot.chat.words.refusals import refusal
from bot.domain.errors import BadInput, NotEnrolled, Refused, TooFast
from bot.domain.lane import Lane
from bot.domain.people import Person, Zone


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


async def too_often(doors: Doors, thumbs: Thumbs, message: Message, subject: str, cause: str) -> bool:
    """Whether this is more than anybody asks. Asked before anything is read; a flood is one line in the
    journal and one sentence.
    """
    account = message.from_user.id if message.from_user is not None else message.chat.id
    if thumbs.allow(account, doors.clock.monotonic()):
        return False
    if thumbs.first_refusal(account):
        await doors.services.team.denied(f"tg:{account}", TooFast(), subject, cause)
        await _say_to(doors, account, message, plain(commands.TOO_OFTEN))
    return True


async def _say_to(doors: Doors, account: int, message: Message, drawn: Drawn) -> None:
    """By whether somebody of the team reads it."""
    await (say if await is_known(doors, account) else say_to_stranger)(doors, message, drawn)


async def is_known(doors: Doors, account: int) -> bool:
    """Whether it is somebody's of the team."""
    try:
        await doors.services.team.person_of(account)
    except NotEnrolled:
        return False
    return True


async def say(doors: Doors, message: Message, drawn: Drawn) -> None:
    """Answers below `message`. A lost answer changes nothing: it can be asked for again."""
    await doors.voice.say(message.chat.id, _below(message, drawn))


async def say_to_stranger(doors: Doors, message: Message, drawn: Drawn) -> None:
    """The same, behind all that the team is told. In their own chat they are citizens: under /kunci they
    read not a word, also where it was set while the answer waited for its turn.
    """
    answer, private = _below(message, drawn), message.chat.type == message.chat.PRIVATE

    async def unless_locked() -> None:
        if not private or await doors.store.read.people.public_lock() is None:
            await answer()

    await doors.voice.say(message.chat.id, unless_locked, lane=Lane.BOARD)


def _below(message: Message, drawn: Drawn) -> Call:
    return partial(
        message.get_bot().send_message,
        message.chat.id,
        drawn.text,
        parse_mode=ParseMode.HTML,
        link_preview_options=NO_PREVIEW,
        disable_notification=True,
        reply_parameters=ReplyParameters(message.message_id, allow_sending_without_reply=True),
        reply_markup=reply_markup(drawn),
    )


async def say_later(doors: Doors, query: CallbackQuery, text: str) -> None:
    """What came too late for a toast, in the presser's own chat: a refusal is not for a whole group."""
    await say_in_private(doors, query, plain(text).text)


async def _nothing() -> None:
    """Where nothing follows."""


async def say_in_private(
    doors: Doors,
    query: CallbackQuery,
    html: str,
    *,
    protect: bool = False,
    there: Callable[[], Awaitable[None]] = _nothing,
) -> bool:
    """To the presser alone; whether it stands there, or will. `there`: done once it does."""

    async def answer() -> None:
        await query.get_bot().send_message(
            query.from_user.id,
            html,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            protect_content=protect,
        )
        await there()

    return await doors.voice.say(query.from_user.id, answer)


async def refused_to(
    doors: Doors, message: Message, person: Person | None, refused: Refused, subject: str, cause: str
) -> None:
    """Writes the attempt down and says why not."""
    account = message.from_user.id if message.from_user is not None else 0
    who = person.id if person is not None else f"tg:{account}"
    if not await doors.services.team.denied(who, refused, subject, cause):
        return
    zone = person.zone if person is not None else Zone.WIB
    said = plain(refusal(refused, doors.services.team.names, zone))
    if person is not None:  # also who lost their rights by this very press
        await say(doors, message, said)
    else:
        await _say_to(doors, account, message, said)


async def show(doors: Doors, query: CallbackQuery, drawn: Drawn) -> None:
    """Puts something else in the place of the pressed message. Cosmetic: what was done is done."""

    async def same() -> Drawn:
        return drawn

    await show_card(doors, query, same)


async def show_card(doors: Doors, query: CallbackQuery, draw: Callable[[], Awaitable[Drawn]]) -> None:
    """The same for a card that the outbox draws anew: drawn when it is sent, since an older state, sent later
    than a newer one, would stay.
    """
    if query.message is None:
        return

    async def change() -> None:
        drawn = await draw()
        below = keyboard(drawn)
        await query.edit_message_text(
            drawn.text,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=InlineKeyboardMarkup.de_json(below, None) if below is not None else None,
        )

    await doors.voice.say(query.message.chat.id, change, edit=True)
