"""Carries out what two persons decided: deletes, restricts, bans, warns, and takes it back.

Before every deed the bot's own rights and the other's rank are looked up; what Telegram refuses is told, in a
word of ours where we know it, else in Telegram's. Every call here may be repeated: a message that is gone
stays gone, a ban that holds holds, an end that is set is set again to the same moment.
"""

import logging
from collections.abc import Callable
from typing import Protocol

from telegram import (
    Bot,
    ChatMemberAdministrator,
    ChatMemberOwner,
    ChatPermissions,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.connectors.telegram_message import ANONYMOUS_ADMIN, CHANNEL_BOT, TELEGRAM
from bot.domain.comment import CommentId, KeptComment
from bot.domain.measure import Measure, MeasureId, State
from bot.domain.moderation import Remedy
from bot.domain.outgoing import Queued
from bot.domain.outgoing_moderation import CarryOut, PublicWarning
from bot.services.delivery import Impossible, NothingToSay, NotSent, Outcome, Sent
from bot.services.moderation import Deed
from bot.services.moderation_doing import GONE

log = logging.getLogger(__name__)
_GONE = ("message to delete not found", "message to be replied not found", "message_id_invalid")
_NOBODY = ("user not found", "participant_id_invalid", "user_id_invalid", "member not found")
_NEVER = {TELEGRAM, ANONYMOUS_ADMIN, CHANNEL_BOT}
_AGAINST_PERSONS = {Remedy.RESTRICT, Remedy.BAN}
_DELETES = {Remedy.DELETE, Remedy.MOVE}
_Admin = ChatMemberAdministrator | ChatMemberOwner


class MeasureShelf(Protocol):
    async def get(self, measure: MeasureId, /) -> Measure | None: ...


class CommentShelf(Protocol):
    async def get(self, comment: CommentId, /) -> KeptComment | None: ...


class Lock(Protocol):
    async def public_lock(self) -> object | None: ...


class TelegramModerator:
    """`outcome_of` reads Telegram's errors; `lock` says whether /kunci is in force."""

    def __init__(
        self,
        bot: Bot,
        measures: MeasureShelf,
        comments: CommentShelf,
        lock: Lock,
        outcome_of: Callable[[TelegramError], Outcome],
    ) -> None:
        self._bot = bot
        self._measures = measures
        self._comments = comments
        self._lock = lock
        self._outcome_of = outcome_of

    async def look(self, deed: Deed) -> str:
        """What would stand in the way right now, as a word; "" if nothing does."""
        try:
            return await self._hurdle(deed)
        except Forbidden:
            return "not_there"
        except BadRequest:
            return "not_there"
        except TelegramError as error:
            log.warning("rights could not be looked up: %s", type(error).__name__)
            return "unreachable"

    async def deliver(self, queued: Queued, chat_id: int) -> Outcome:
        """Never raises for what Telegram answers."""
        what = queued.what
        if not isinstance(what, PublicWarning | CarryOut):
            return NothingToSay("no measure")
        measure = await self._measures.get(MeasureId(what.measure))
        kept = await self._comments.get(what.comment)
        if measure is None or kept is None or measure.remedy is None:
            return NothingToSay("the measure, or the comment, is gone")
        deed = Deed(chat_id, int(kept.comment.origin.message), kept.comment.author.key, measure.remedy)
        try:
            if isinstance(what, PublicWarning):
                return await self._warn(deed, measure)
            return await self._carry_out(deed, measure, undo=what.undo)
        except Forbidden as error:
            # A group that is closed to the bot is told at once; no measure lies in wait for it to open.
            return Impossible(f"not_there:{type(error).__name__}")
        except TelegramError as error:
            return self._read(error)

    def _read(self, error: TelegramError) -> Outcome:
        if isinstance(error, BadRequest) and any(gone in str(error).lower() for gone in _GONE):
            return NothingToSay(GONE)
        return self._outcome_of(error)

    async def _obstacle(self, deed: Deed) -> Outcome | None:
        """What was looked up took its time over the network: /kunci may have come meanwhile."""
        hurdle = await self._hurdle(deed)
        if hurdle:
            return Impossible(hurdle)
        return NotSent("locked meanwhile") if await self._lock.public_lock() is not None else None

    async def _hurdle(self, deed: Deed) -> str:
        """The rights of the bot, then the rank of the other, then what only supergroups can do."""
        if deed.remedy in {Remedy.HIDE, Remedy.WARN}:
            return ""
        mine = await self._bot.get_chat_member(deed.chat, self._bot.id)
        if deed.remedy in _DELETES and not _may(mine, "can_delete_messages"):
            return "no_delete_right"
        if deed.remedy in _AGAINST_PERSONS and not _may(mine, "can_restrict_members"):
            return "no_restrict_right"
        return await self._rank(deed) or await self._place(deed)

    async def _rank(self, deed: Deed) -> str:
        """Administrators, bots and those who are no people at all are never touched."""
        kind, _, number = deed.author.partition(":")
        if kind != "tg":
            return ""
        if int(number) in _NEVER:
            return "anonymous"
        try:
            other = await self._bot.get_chat_member(deed.chat, int(number))
        except BadRequest as error:
            if any(nobody in str(error).lower() for nobody in _NOBODY):
                return "" if deed.remedy in _DELETES else "unknown_there"
            raise
        if other.user.is_bot:
            return "is_bot"
        return "is_admin" if isinstance(other, _Admin) else ""

    async def _place(self, deed: Deed) -> str:
        kind, _, number = deed.author.partition(":")
        if deed.remedy is not Remedy.RESTRICT and kind != "chat":
            return ""
        chat = await self._bot.get_chat(deed.chat)
        if kind == "chat" and int(number) in {chat.linked_chat_id, chat.id}:
            return "ours"
        needs = deed.remedy is Remedy.RESTRICT or (deed.remedy is Remedy.BAN and kind == "chat")
        return "no_supergroup" if needs and chat.type != ChatType.SUPERGROUP else ""

    async def _warn(self, deed: Deed, measure: Measure) -> Outcome:
        """The confirmed words, plain, under the comment and never loose. Nobody is told that a comment goes
        where the bot may not take it away.
        """
        obstacle = await self._obstacle(deed)
        if obstacle is not None:
            return obstacle
        message = await self._bot.send_message(
            deed.chat,
            measure.words,
            reply_parameters=ReplyParameters(deed.message, allow_sending_without_reply=False),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        return Sent(message.chat.id, message.message_id)

    async def _carry_out(self, deed: Deed, measure: Measure, *, undo: bool) -> Outcome:
        if deed.remedy in _AGAINST_PERSONS and not _number(deed):
            return Impossible("unknown_there")  # the time is over for which it is kept whose account it was
        return await self._take_back(deed, measure) if undo else await self._do(deed, measure)

    async def _do(self, deed: Deed, measure: Measure) -> Outcome:
        if measure.state is not State.CONFIRMED:
            return NothingToSay("not confirmed")
        obstacle = await self._obstacle(deed)
        if obstacle is not None:
            return obstacle
        match deed.remedy:
            case Remedy.DELETE | Remedy.MOVE:
                await self._bot.delete_message(deed.chat, deed.message)
            case Remedy.RESTRICT:
                await self._bot.restrict_chat_member(
                    deed.chat, _account(deed), ChatPermissions.no_permissions(), until_date=measure.until
                )
            case Remedy.BAN:
                await _ban(self._bot, deed)
            case Remedy.HIDE | Remedy.WARN:
                return NothingToSay("nothing to do there")
        return Sent(deed.chat, 0)

    async def _take_back(self, deed: Deed, measure: Measure) -> Outcome:
        match deed.remedy:
            case Remedy.WARN:
                await self._bot.delete_message(deed.chat, measure.message)
            case Remedy.RESTRICT:
                await self._bot.restrict_chat_member(
                    deed.chat, _account(deed), ChatPermissions.all_permissions()
                )
            case Remedy.BAN:
                await _unban(self._bot, deed)
            case Remedy.HIDE | Remedy.DELETE | Remedy.MOVE:
                return NothingToSay("nothing to take back")
        return Sent(deed.chat, 0)


async def _ban(bot: Bot, deed: Deed) -> None:
    """Whoever writes in the name of a channel is not known; all their channels are shut out at once."""
    if _is_channel(deed):
        await bot.ban_chat_sender_chat(deed.chat, _account(deed))
    else:
        await bot.ban_chat_member(deed.chat, _account(deed), revoke_messages=False)


async def _unban(bot: Bot, deed: Deed) -> None:
    if _is_channel(deed):
        await bot.unban_chat_sender_chat(deed.chat, _account(deed))
    else:
        await bot.unban_chat_member(deed.chat, _account(deed), only_if_banned=True)


def _is_channel(deed: Deed) -> bool:
    return deed.author.startswith("chat:")


def _number(deed: Deed) -> str:
    return deed.author.partition(":")[2]


def _account(deed: Deed) -> int:
    return int(_number(deed))


def _may(member: object, right: str) -> bool:
    return isinstance(member, ChatMemberOwner) or bool(getattr(member, right, False))
