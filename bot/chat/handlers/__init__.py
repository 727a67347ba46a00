"""From Telegram updates to services: buttons, answers, commands, comings and goings."""

from typing import Any

from telegram import Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.chat.handlers.answers import Answers
from bot.chat.handlers.asks import Asks
from bot.chat.handlers.doors import Doors
from bot.chat.handlers.membership import Membership
from bot.chat.handlers.people import People
from bot.chat.handlers.presses import Presses
from bot.chat.handlers.strangers import Strangers
from bot.chat.handlers.thumbs import Thumbs

Handler = BaseHandler[Update, ContextTypes.DEFAULT_TYPE, Any]


def handlers(doors: Doors) -> list[Handler]:
    """Everything the team can do in a chat. Commands in public groups are nobody's: they get no answer.

    Nor is a command obeyed that its sender did not type: forwarded it is a citizen's text, like any other.
    """
    fresh = filters.UpdateType.MESSAGE
    own = fresh & ~filters.FORWARDED & ~filters.VIA_BOT
    membership, pace = Membership(doors), Thumbs(doors.press_rate)
    strangers, answers = Strangers(doors), Answers(doors)
    people, asks = People(doors, membership, pace, strangers), Asks(doors, membership, pace, strangers)
    typed = (~filters.COMMAND | filters.VIA_BOT) & ~filters.FORWARDED & ~filters.StatusUpdate.ALL
    return [
        CallbackQueryHandler(Presses(doors, membership).on_press),
        CommandHandler(["start", "mulai"], people.on_start, own),
        CommandHandler(asks.names, asks.on_command, own),
        MessageHandler(fresh & filters.StatusUpdate.MIGRATE, people.on_migration),
        MessageHandler(fresh & filters.StatusUpdate.LEFT_CHAT_MEMBER, people.on_left),
        MessageHandler(fresh & filters.ChatType.PRIVATE & typed, answers.on_private),
        MessageHandler(fresh & filters.ChatType.GROUPS & filters.REPLY & typed, answers.on_reply),
        ChatMemberHandler(people.on_member, ChatMemberHandler.CHAT_MEMBER),
        ChatMemberHandler(people.on_myself, ChatMemberHandler.MY_CHAT_MEMBER),
    ]


__all__ = ["Doors", "handlers"]
