"""What is said at once, in answer to somebody: at the pace of all that the bot says, and not in its queue.

A command's answer is nothing that must outlive the machine: it can be asked for again. But it counts in the
chat's window like everything else, waits for its turn instead of being refused, and a refusal of Telegram's
holds for the outbox too.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from telegram.error import RetryAfter, TelegramError

from bot.domain.lane import Lane
from bot.services.delivery import Pacer
from bot.services.ports import Clock

log = logging.getLogger(__name__)
Call = Callable[[], Awaitable[object]]
_MOST_IN_A_CHAT = 20
_MOST = 500
"""More waiting answers than anybody reads; what comes then is asked for again."""
_MOST_TO_STRANGERS = 50
"""Of these. Anybody may write to a bot: a crowd of them takes no answer from the team."""


@dataclass(frozen=True, slots=True)
class _Said:
    call: Call
    edit: bool
    lane: Lane


class Voice:
    """Speaks at once where there is room, and later where there is none."""

    def __init__(self, pacer: Pacer, clock: Clock) -> None:
        self._pacer = pacer
        self._clock = clock
        self._waiting: dict[int, deque[_Said]] = {}
        self._turns: set[asyncio.Task[None]] = set()

    async def say(self, chat: int, call: Call, *, edit: bool = False, lane: Lane = Lane.APPROVAL) -> bool:
        """Whether it stands there, or will: what must wait is said later, in its order, and not waited for.

        False where Telegram refused it, or where too much is waiting already. `lane`: BOARD for strangers.
        """
        said = _Said(call, edit, lane)
        if chat not in self._waiting and self._ready_in(chat, said) <= 0:
            try:
                return await self._now(chat, said)
            except RetryAfter as refusal:
                log.info("an answer waits, since the chat takes none for %s", refusal.retry_after)
        return self._later(chat, said)

    async def close(self) -> None:
        """What is still waiting is not said any more."""
        for turn in self._turns:
            turn.cancel()
        await asyncio.gather(*self._turns, return_exceptions=True)

    def _ready_in(self, chat: int, said: _Said) -> float:
        return self._pacer.ready_in(chat, said.lane, self._clock.monotonic(), edit=said.edit)

    async def _now(self, chat: int, said: _Said) -> bool:
        """Raises RetryAfter."""
        self._pacer.take(chat, said.lane, self._clock.monotonic(), edit=said.edit)
        try:
            await said.call()
        except RetryAfter as refusal:
            self._pacer.freeze(chat, _seconds(refusal.retry_after), self._clock.monotonic())
            raise
        except TelegramError as error:
            log.warning("an answer could not be sent: %s", type(error).__name__)
            return False
        return True

    def _later(self, chat: int, said: _Said) -> bool:
        queue = self._waiting.get(chat)
        if self._too_many(said) or (queue and len(queue) >= _MOST_IN_A_CHAT):
            log.warning("too many answers are waiting; one is not given")
            return False
        if queue is not None:
            queue.append(said)
            return True
        self._waiting[chat] = deque([said])
        turn = asyncio.create_task(self._in_turn(chat))
        self._turns.add(turn)
        turn.add_done_callback(self._turns.discard)
        return True

    def _too_many(self, said: _Said) -> bool:
        """The team's answers and those to strangers are counted apart."""
        strange = said.lane is Lane.BOARD
        waiting = sum(
            (one.lane is Lane.BOARD) is strange for queue in self._waiting.values() for one in queue
        )
        return waiting >= (_MOST_TO_STRANGERS if strange else _MOST)

    async def _in_turn(self, chat: int) -> None:
        queue = self._waiting[chat]
        try:
            while queue:
                while (wait := self._ready_in(chat, queue[0])) > 0:
                    await self._clock.sleep(wait)
                try:
                    await self._now(chat, queue[0])
                except RetryAfter:
                    continue
                except Exception:
                    log.exception("an answer broke")
                queue.popleft()
        finally:
            del self._waiting[chat]


def _seconds(given: int | timedelta) -> float:
    return given.total_seconds() if isinstance(given, timedelta) else float(given)
