"""The two calls behind every message of the team's side: saying something, and changing what stands there."""

import asyncio
from typing import Any

from telegram import Bot, InputFile
from telegram.constants import ParseMode
from telegram.error import BadRequest, EndPointNotFound, InvalidToken

from bot.chat.drawn import Drawn
from bot.chat.hour_picture import png
from bot.chat.to_telegram import keyboard
from bot.domain.outgoing import ShownCard

_SAME = "message is not modified"
_PICTURE = "sejam.png"
_NO_PHOTOS = ("not enough rights to send photos", "chat_send_photos_forbidden")
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


async def send(bot: Bot, drawn: Drawn, **said: object) -> Any:
    """A new message, below a picture where it has one, one can be drawn and this chat takes pictures."""
    if drawn.picture is None:
        return await call(bot, "sendmessage", text=drawn.text, **said)
    # Beside the loop: nobody's page waits for a picture.
    file = await asyncio.to_thread(png, drawn.picture)
    if file is not None:
        try:
            photo = InputFile(file, filename=_PICTURE)
            return await call(bot, "sendphoto", photo=photo, caption=drawn.text, **said)
        except BadRequest as error:
            if not any(no in str(error).lower() for no in _NO_PHOTOS):
                raise
    return await call(bot, "sendmessage", text=drawn.picture.instead, **said)


async def call(bot: Bot, method: str, **parameters: object) -> Any:
    """The answer as Telegram wrote it; raises TelegramError.

    PTB's own `send_message` reads the whole answer, buttons and all, back into objects that nobody looks
    at, for twice the CPU of everything else in a send. `do_api_request` leaves it as it is; it warns of
    names that PTB has as a method, so they stand here in lower case, which is the same to Telegram.
    """
    said = {**parameters, "parse_mode": ParseMode.HTML}
    if "text" in said:
        said["link_preview_options"] = {"is_disabled": True}
    try:
        return await bot.do_api_request(method, said)
    except EndPointNotFound as error:
        # Said of a 401 and of a 404, which for a method that is there mean the token. It will be mended.
        raise InvalidToken(str(error)) from error
