"""A drawn message in the types of python-telegram-bot."""

from telegram import ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions

from bot.chat.drawn import Button, Drawn
from bot.chat.packing import pack

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


def markup(drawn: Drawn) -> InlineKeyboardMarkup | None:
    """The buttons; None takes the buttons off an edited message."""
    if not drawn.keyboard:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in drawn.keyboard])


def reply_markup(drawn: Drawn) -> InlineKeyboardMarkup | ForceReply | None:
    """What a new message carries below it."""
    if drawn.force_reply is not None:
        return ForceReply(selective=drawn.selective, input_field_placeholder=drawn.force_reply)
    return markup(drawn)


def _button(button: Button) -> InlineKeyboardButton:
    style = button.tone.value if button.tone is not None else None
    if button.action is None:
        return InlineKeyboardButton(button.text, url=button.url, style=style)
    return InlineKeyboardButton(button.text, callback_data=pack(button.action), style=style)
