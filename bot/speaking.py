"""All that leaves for Telegram, put together: the queue and the answers, at one pace."""

from typing import NamedTuple

from telegram import Bot

from bot.adapters import Router
from bot.assembly import Services
from bot.chat.sender import ChatSender
from bot.chat.voice import Voice
from bot.connectors.telegram_moderation import TelegramModerator
from bot.connectors.telegram_post import TelegramPoster
from bot.domain.outgoing import CRISIS, TRIAGE
from bot.domain.outgoing_steps import OWN_CHANNEL
from bot.files.settings import Settings
from bot.following import follows_of
from bot.services.addresses import AddressBook
from bot.services.hush import Hush
from bot.services.outbox import Outbox
from bot.services.ports import Clock
from bot.store.database import Database
from bot.wire.outcome import outcome_of
from bot.wire.pacing import Pacer


class Spoken(NamedTuple):
    """What everything that is said goes through: one bot, and one pace for the queue and for answers."""

    settings: Settings
    database: Database
    services: Services
    bot: Bot
    clock: Clock
    pacer: Pacer
    voice: Voice


def outbox_to_telegram(spoken: Spoken) -> Outbox:
    """The loop that sends what is queued, with what draws and posts it."""
    settings, database, services, bot, clock, pacer, _ = spoken
    chats = {TRIAGE: settings.chats.triage}
    if settings.chats.crisis is not None:
        chats[CRISIS] = settings.chats.crisis
    if settings.chats.public:
        chats[f"channel:{OWN_CHANNEL}"] = settings.chats.public[0].channel
    read = database.read
    poster = TelegramPoster(bot, read.drafts, read.comments, services.crisis_desk, outcome_of)
    moderator = TelegramModerator(bot, read.measures, read.comments, read.people, outcome_of)
    services.house.proposals.look = moderator.look
    chat = ChatSender(
        bot,
        services.desk,
        services.crisis_desk,
        database,
        settings.agency.zone,
        outcome_of,
        steps=services.steps.desk,
        board=services.board,
        pin=settings.board.pin,
        topics={label.value: topic for label, topic in settings.chats.topics.items()},
        names=services.team.directory.called,
        greeting=settings.agency.greeting,
        claims=services.register.desk,
        house=services.house.desk,
        hushed=Hush(database, services.oncall, clock).covers,
    )
    follows = follows_of(services, clock)
    return Outbox(
        database, Router(chat, poster, moderator), AddressBook(database, chats), pacer, follows, clock
    )
