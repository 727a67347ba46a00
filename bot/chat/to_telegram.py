"""A drawn message in the words of the Bot API: JSON for what goes out by the thousand, objects for PTB."""

from typing import Any, TypeAlias

from telegram import ForceReply, InlineKeyboardMarkup, LinkPreviewOptions

from bot.chat.drawn import Button, Drawn
from bot.chat.packing import pack

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

Json: TypeAlias = dict[str, Any]


def keyboard(drawn: Drawn) -> Json | None:
    """The buttons; None takes the buttons off an edited message."""
    if not drawn.keyboard:
        return None
    return {"inline_keyboard": [[_button(button) for button in row] for row in drawn.keyboard]}


def below(drawn: Drawn) -> Json | None:
    """What a new message carries below it."""
    if drawn.force_reply is None:
        return keyboard(drawn)
    return {
        "force_reply": True,
        "selective": drawn.selective,
        "input_field_placeholder": drawn.force_reply,
    }


def reply_markup(drawn: Drawn) -> InlineKeyboardMarkup | ForceReply | None:
    """The same as an object."""
    found = below(drawn)
    if found is None:
        return None
    return (InlineKeyboardMarkup if drawn.force_reply is None else ForceReply).de_json(found, None)


def _button(button: Button) -> Json:
    what = {"url": button.url} if button.action is None else {"callback_data": pack(button.action)}
    style = {} if button.tone is None else {"style": button.tone.value}
    return {"text": button.text, **what, **style}
