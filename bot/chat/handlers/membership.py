"""Before a risky press: is this person still in the team's group? A leaving can go unheard."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from telegram import Bot, ChatMember, ChatMemberRestricted
from telegram.error import BadRequest, TelegramError

from bot.chat.actions import Action as Button
from bot.chat.actions import ApproveDraft, ApproveTemplate, Resend, SendNow, Unlock
from bot.chat.board_actions import LiftCrisisMode
from bot.chat.handlers.doors import Doors
from bot.chat.moderation_actions import ConfirmMeasure, WarnAgain
from bot.chat.step_actions import ApproveLetters, PostAgain, ReleaseHeld
from bot.chat.word_actions import DeclineTemplate
from bot.domain.errors import NotMember
from bot.domain.journal import Entry
from bot.domain.outgoing import TRIAGE, Notice
from bot.domain.people import Action, Person
from bot.domain.reply import DraftId
from bot.domain.risk import RISKY

log = logging.getLogger(__name__)
_HOLDS = timedelta(minutes=5)
"""How long a "yes" of Telegram is believed. A "no" ends the rights at once and is never asked again."""
_PATIENCE_S = 3.0
_OUT = {ChatMember.LEFT, ChatMember.BANNED}
NOBODY = ("user not found", "member not found", "participant_id_invalid", "user_id_invalid")
_NEEDS: Mapping[type[Button], Action] = {
    ApproveDraft: Action.APPROVE,
    ApproveLetters: Action.APPROVE,
    SendNow: Action.SEND_INSTANT,
    Resend: Action.SEND_INSTANT,  # approved words leave again, on one person's word
    PostAgain: Action.SEND_INSTANT,  # the same, of an incident
    ApproveTemplate: Action.APPROVE_TEMPLATE,
    DeclineTemplate: Action.APPROVE_TEMPLATE,
    Unlock: Action.UNLOCK,
    LiftCrisisMode: Action.RELEASE_FREEZE,
    ReleaseHeld: Action.RELEASE_FREEZE,
    ConfirmMeasure: Action.CONFIRM_REMOVAL,
    WarnAgain: Action.CONFIRM_REMOVAL,
}


class Membership:
    """Asks Telegram, and remembers a "yes" for some minutes.

    Where Telegram cannot say, the last known state decides: somebody who was enrolled and of whom no leaving
    was heard is a member. That this was not looked up stands in the journal (docs/decisions/membership.md).
    """

    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self._seen: dict[int, datetime] = {}

    async def for_button(self, bot: Bot, button: Button, person: Person, account: int, cause: str) -> None:
        """Raises NotMember if the press is risky and its presser is not in the group."""
        action = _NEEDS.get(type(button))
        if action is not None:
            named = isinstance(button, ApproveDraft) and await self._is_private(button.draft)
            await self.for_action(bot, action, person, account, cause, named=named)

    async def for_action(
        self, bot: Bot, action: Action, person: Person, account: int, cause: str, *, named: bool = False
    ) -> None:
        """`account`: the person's Telegram id. `named`: being named gives the right, not the group.

        Raises NotMember; the rights of somebody who was inside once have ended then.
        """
        now = self._doors.clock.now()
        seen = self._seen.get(account)
        if action not in RISKY or (seen is not None and now - seen < _HOLDS):
            return
        try:
            inside = await self._ask(bot, account)
        except TelegramError as error:
            log.warning("membership could not be looked up: %s", type(error).__name__)
            await self._write_down(person, action, type(error).__name__, cause)
            return
        if inside:
            self._seen[account] = now
            await self._note_inside(person, cause)
            return
        self._seen.pop(account, None)
        if await self._was_inside(person):
            await self._doors.services.team.left(account, cause)
            raise NotMember
        if not named:
            await self._call_in(person, cause)
            raise NotMember(never=True)
        # One of two people for somebody at risk, and perhaps never of the group: nobody else may read it.
        await self._write_down(person, action, "never seen inside", cause)

    async def at_enrolment(self, bot: Bot, person: Person, account: int, cause: str) -> None:
        """So that a leaving before the first risky press is known for one."""
        try:
            if await self._ask(bot, account):
                await self._note_inside(person, cause)
        except TelegramError as error:
            log.info("membership could not be looked up at the enrolment: %s", type(error).__name__)

    async def _call_in(self, person: Person, cause: str) -> None:
        """Enrolled, but never seen in the team's group: the group is asked, once, to let them in."""
        now, subject = self._doors.clock.now(), f"not_inside:{person.id}"
        async with self._doors.store.transaction() as tx:
            if await tx.journal.about(subject):
                return
            await tx.journal.write(Entry(now, "bot", "not_inside", subject, cause))
            asked = Notice(TRIAGE, "not_inside", {"person": person.id})
            await tx.outbox.put(f"{cause}:not_inside", asked, now)

    async def _is_private(self, draft_id: int) -> bool:
        draft = await self._doors.store.read.drafts.get(DraftId(draft_id))
        return draft is not None and draft.private

    async def _was_inside(self, person: Person) -> bool:
        return bool(await self._doors.store.read.journal.about(f"member:{person.id}"))

    async def _note_inside(self, person: Person, cause: str) -> None:
        """Once: Telegram does not tell "never joined" from "left", so this does."""
        if not await self._was_inside(person):
            now = self._doors.clock.now()
            async with self._doors.store.transaction() as tx:
                await tx.journal.write(Entry(now, "bot", "member_seen", f"member:{person.id}", cause))

    async def _ask(self, bot: Bot, account: int) -> bool:
        """Raises TelegramError where that says nothing about this person."""
        home = self._doors.triage
        chat = (await self._doors.store.read.people.aliases()).get(home, home)
        wait = {"read_timeout": _PATIENCE_S, "connect_timeout": _PATIENCE_S, "pool_timeout": _PATIENCE_S}
        try:
            member = await bot.get_chat_member(chat, account, **wait)  # type: ignore[arg-type]  # three floats
        except BadRequest as error:
            if any(said in str(error).lower() for said in NOBODY):
                return False
            raise
        return is_inside(member)

    async def _write_down(self, person: Person, action: Action, why: str, cause: str) -> None:
        """Once per press: it comes again after a crash."""
        now = self._doors.clock.now()
        detail = {"action": action, "why": why, "decided_by": "last known: member"}
        async with self._doors.store.transaction() as tx:
            if not await tx.journal.has(cause, "membership_unknown"):
                await tx.journal.write(
                    Entry(now, "bot", "membership_unknown", f"person:{person.id}", cause, detail)
                )


def is_inside(member: ChatMember) -> bool:
    """Somebody who is restricted may be in the group or not."""
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status not in _OUT
