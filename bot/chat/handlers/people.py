"""Who joins, who leaves, who blocks the bot, and a group that moves house."""

import logging

from telegram import ChatMember, ChatMemberUpdated, Message, Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.chat.commands import set_menu_of
from bot.chat.handlers.doors import Doors, cause_of
from bot.chat.handlers.membership import Membership, is_inside
from bot.chat.handlers.strangers import Strangers
from bot.chat.handlers.talk import heard_here, refused_to, say, too_often, who_is
from bot.chat.handlers.thumbs import PressRate, Thumbs
from bot.chat.lists import plain
from bot.chat.words import commands as words
from bot.domain.errors import NotEnrolled, Refused

log = logging.getLogger(__name__)
_GUESSES = PressRate(5, 3600.0)
"""Invitations that one account may try in an hour: every wrong one stands in the journal for good."""


class People:
    """Enrolment by a one-time link; rights end when somebody leaves the group."""

    def __init__(self, doors: Doors, membership: Membership, pace: Thumbs, strangers: Strangers) -> None:
        self._doors = doors
        self._strangers = strangers
        self._membership = membership
        self._pace = pace
        self._guesses = Thumbs(_GUESSES)

    async def on_start(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/start and /mulai: with an invitation it enrols, without one it greets."""
        message = update.effective_message
        if message is None or not await heard_here(self._doors, message):
            return
        if await too_often(self._doors, self._pace, message, "/start", cause_of(update)):
            return
        secret = (message.text or "").partition(" ")[2].strip()
        private = message.chat.type == message.chat.PRIVATE
        if secret and not private:
            await say(self._doors, message, plain(words.IN_PRIVATE))
        elif secret:
            await self._enrol(message, secret, cause_of(update))
        else:
            await self._greet(message, cause_of(update), private=private)

    async def _enrol(self, message: Message, secret: str, cause: str) -> None:
        if message.from_user is None:
            return
        if await too_often(self._doors, self._guesses, message, "enrol", cause):
            return
        try:
            person = await self._doors.services.team.enrol(secret, message.from_user.id, cause)
        except Refused as refused:
            await refused_to(self._doors, message, None, refused, "enrol", cause)
            return
        await say(self._doors, message, plain(words.welcome(person.name)))
        await self._membership.at_enrolment(message.get_bot(), person, message.from_user.id, cause)
        try:
            await set_menu_of(message.get_bot(), person, message.from_user.id)
        except TelegramError as error:
            log.info("the menu could not be set: %s", type(error).__name__)

    async def _greet(self, message: Message, cause: str, *, private: bool) -> None:
        try:
            person = await who_is(self._doors, message)
        except Refused as refused:
            if private and isinstance(refused, NotEnrolled):
                await self._strangers.greet(message)
            return
        if private and message.from_user is not None:
            await self._doors.services.team.set_reachable(message.from_user.id, reachable=True, cause=cause)
        await say(self._doors, message, plain(words.hello(person.name)))

    async def on_member(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Somebody left the team's group: out until invited again."""
        change = update.chat_member
        if change is None or not await self._doors.is_team_chat(change.chat.id):
            return
        if not is_inside(change.new_chat_member):
            await self._doors.services.team.left(change.new_chat_member.user.id, cause_of(update))

    async def on_left(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """The same, as a service message: it also reaches a bot that is no administrator there."""
        message = update.effective_message
        if message is None or message.left_chat_member is None:
            return
        if await self._doors.is_team_chat(message.chat.id):
            await self._doors.services.team.left(message.left_chat_member.id, cause_of(update))

    async def on_myself(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """The bot itself was blocked, let in again, or lost its place in a group."""
        change = update.my_chat_member
        if change is None:
            return
        out = not is_inside(change.new_chat_member)
        if change.chat.type == change.chat.PRIVATE:
            await self._doors.services.team.set_reachable(
                change.from_user.id, reachable=not out, cause=cause_of(update)
            )
        elif (out or _demoted(change)) and await self._is_ours(change.chat.id):
            log.error("the bot lost its place in the chat %s", change.chat.id)
            await self._doors.services.team.bot_lost_place(change.chat.title or "grup", cause_of(update))

    async def _is_ours(self, chat_id: int) -> bool:
        """Anybody may put the bot into a group of theirs and out again; its title is then nobody's news."""
        return chat_id in self._doors.discussions or await self._doors.is_team_chat(chat_id)

    async def on_migration(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A group became a supergroup and has a new number."""
        message = update.effective_message
        if message is None or message.migrate_to_chat_id is None:
            return
        async with self._doors.store.transaction() as tx:
            await tx.people.add_alias(message.chat.id, message.migrate_to_chat_id)


def _demoted(change: ChatMemberUpdated) -> bool:
    """No administrator any more: with privacy mode on, such a bot hears nothing."""
    was, is_now = change.old_chat_member.status, change.new_chat_member.status
    return was == ChatMember.ADMINISTRATOR and is_now != ChatMember.ADMINISTRATOR
