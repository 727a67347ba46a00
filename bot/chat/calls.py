"""The two calls behind every message of the team's side: saying something, and changing what stands there."""

from typing import Any

from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import BadRequest, EndPointNotFound, InvalidToken

from bot.chat.drawn import Drawn
from bot.chat.to_telegram import keyboard
from bot.domain.outgoing import ShownCard

_SAME = "message is not modified"
_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")


async def edit(bot: Bot, shown: ShownCard, drawn: Drawn) -> bool:
    """Whether the message now reads like this; False when it is gone."""
    try:
        await call(
            bot,
            "editmessagetext",
            text=drawn.text,
            chat_id=shown.chat_id,
            message_id=shown.message_id,
            reply_markup=keyboard(drawn),
        )
    except BadRequest as error:
        said = str(error).lower()
        if any(gone in said for gone in _GONE):
            return False
        if _SAME not in said:
            raise
    return True


async def call(bot: Bot, method: str, **parameters: object) -> Any:
    """The answer as Telegram wrote it; raises TelegramError.

    PTB's own `send_message` reads the whole answer, buttons and all, back into objects that nobody looks
    at, for twice the CPU of everything else in a send. `do_api_request` leaves it as it is; it warns of
    names that PTB has as a method, so they stand here in lower case, which is the same to Telegram.
    """
    said = {**parameters, "parse_mode": ParseMode.HTML, "link_preview_options": {"is_disabled": True}}
    try:
        return await bot.do_api_request(method, said)
    except EndPointNotFound as error:
        # Said of a 401 and of a 404, which for a method that is there mean the token. It will be mended.
        raise InvalidToken(str(error)) from error
