"""How a send ended is written down, with what follows from it.

Once the platform has answered, only this process knows how it went: until that stands in the store, a restart
would have to ask a person about a public message, and would repeat a team one.
"""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import count

from bot.domain.outgoing import Outgoing, PageCard, Queued, SendState, ShownCard, is_public
from bot.domain.outgoing_steps import BareMessage, HandOverCard, StepCard
from bot.services.delivery import (
    Follows,
    Impossible,
    Moved,
    NothingToSay,
    NotSent,
    Outcome,
    Pacer,
    Sent,
    TooMany,
    Unsure,
)
from bot.services.ports import Clock, Parts, Store

log = logging.getLogger(__name__)
LONGEST_PAUSE = 60.0
_FIRST_PAUSE_S = 1.0
_PATIENT = 2
"""Attempts before what follows may be at fault: three seconds, in which nothing else is sent to that chat.
If it is the store that is in trouble, marking fails as well, and it goes on trying."""
_FINAL = frozenset({SendState.SENT, SendState.FAILED, SendState.UNCERTAIN})


class Ending:
    """Puts outcomes into the store. `follows`: what belongs to a kind of outgoing."""

    def __init__(
        self, store: Store, pacer: Pacer, follows: Mapping[type[Outgoing], Follows], clock: Clock
    ) -> None:
        self._store = store
        self._pacer = pacer
        self._follows = follows
        self._clock = clock

    async def surely(self, queued: Queued, chat: int, outcome: Outcome) -> None:
        """Tries until it stands there. A store in trouble is waited for; a fault in what follows is not."""
        if isinstance(outcome, TooMany):
            self._pacer.freeze(chat, outcome.seconds, self._clock.monotonic())
        for failed in count():
            if await self._attempt(queued, chat, outcome, failed):
                return
            if failed >= _PATIENT and await self._without_what_follows(queued, chat, outcome):
                return
            await self._clock.sleep(min(_FIRST_PAUSE_S * 2.0 ** min(failed, 6), LONGEST_PAUSE))

    async def _attempt(self, queued: Queued, chat: int, outcome: Outcome, failed: int) -> bool:
        try:
            await self.write(queued, chat, outcome, again=failed > 0)
        except Exception:
            log.exception("how outgoing %s ended is not written down, attempt %d", queued.id, failed + 1)
            return False
        return True

    async def write(self, queued: Queued, chat: int, outcome: Outcome, *, again: bool = False) -> None:
        """One transaction: the state, and what follows from it. `again`: an attempt has failed before."""
        follows = self._follows.get(type(queued.what))
        plain = follows is None and isinstance(outcome, Sent)
        async with self._store.transaction(durable=not plain) as tx:
            if again and await _stands_there(tx, queued):
                return
            state = await self._state(tx, queued, chat, outcome)
            if follows is not None and (state in _FINAL or isinstance(outcome, NothingToSay)):
                await follows.after(tx, queued, outcome)

    async def _without_what_follows(self, queued: Queued, chat: int, outcome: Outcome) -> bool:
        """Whether it could be put away so: a person is asked about public words, the rest is only marked."""
        try:
            if is_public(queued.what):
                await self.write(queued, chat, Unsure("cannot be written down"), again=True)
            else:
                await self._only_mark(queued, chat, outcome)
        except Exception:
            log.exception("outgoing %s is still under way in the store", queued.id)
            return False
        log.error("outgoing %s is put away without what follows from it", queued.id)
        return True

    async def _only_mark(self, queued: Queued, chat: int, outcome: Outcome) -> None:
        async with self._store.transaction() as tx:
            if not await _stands_there(tx, queued):
                await self._state(tx, queued, chat, outcome)

    async def _state(self, tx: Parts, queued: Queued, chat: int, outcome: Outcome) -> SendState:
        match outcome:
            case Sent(chat_id, message_id, card):
                if card is not None:
                    await self._stands_at(tx, queued, *card)
                sent = replace(queued, chat_id=chat_id, message_id=message_id or None, error="")
                return await self._settled(tx, sent, SendState.SENT)
            case NothingToSay(why):
                return await self._settled(tx, replace(queued, error=why), SendState.DROPPED)
            case Impossible(error, blocked=True) if chat < 0 and not is_public(queued.what):
                # Thrown out of the team's group: its cards wait until the bot is let in again.
                log.error("outgoing %s waits, the group is closed to the bot: %s", queued.id, error)
                return await self._again(tx, queued, chat, NotSent(error))
            case Impossible(error):
                log.warning("outgoing %s (%s) was refused: %s", queued.id, type(queued.what).__name__, error)
                return await self._settled(tx, replace(queued, error=error), SendState.FAILED)
            case Unsure(error) if is_public(queued.what):
                return await self._settled(tx, replace(queued, error=error), SendState.UNCERTAIN)
            case Moved() | TooMany() | NotSent() | Unsure():
                return await self._again(tx, queued, chat, outcome)

    async def _stands_at(self, tx: Parts, queued: Queued, subject: str, card: ShownCard) -> None:
        """A page or question that was said anew: the earlier message loses its buttons, it has no say now."""
        anew = isinstance(queued.what, PageCard | StepCard | HandOverCard)
        before = await tx.outbox.card(subject) if anew else None
        await tx.outbox.put_card(subject, card)
        if before is None or before.chat_id != card.chat_id or before.message_id == card.message_id:
            return
        bare = BareMessage(before.chat_id, before.message_id)
        await tx.outbox.put(f"bare:{bare.chat}:{bare.message}", bare, self._clock.now())

    async def _settled(self, tx: Parts, queued: Queued, state: SendState) -> SendState:
        await tx.outbox.settle(queued, state, self._clock.now())
        return state

    async def _again(
        self, tx: Parts, queued: Queued, chat: int, outcome: Moved | TooMany | NotSent | Unsure
    ) -> SendState:
        """Back into the queue, for when it may help."""
        pause, error = min(2.0 ** min(queued.tries, 8), LONGEST_PAUSE), "429"
        match outcome:
            case Moved(new_chat):
                await tx.people.add_alias(chat, new_chat)
                pause, error = 0.0, "moved"
            case TooMany(seconds):
                pause = seconds
            case NotSent(error) | Unsure(error):
                pass
        await tx.outbox.requeue(queued.id, self._clock.now() + timedelta(seconds=pause), error)
        return SendState.QUEUED


async def _stands_there(tx: Parts, queued: Queued) -> bool:
    """A COMMIT whose answer was lost may have held all the same; done twice, a rule would refuse it."""
    row = await tx.outbox.get(queued.id)
    return row is None or row.state is not SendState.SENDING
