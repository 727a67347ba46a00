"""Keeps the board true: whenever something was queued it looks whether the board would say something else,
and whether people write about one thing more than ever.
"""

import asyncio
import logging
import secrets
from datetime import timedelta

from bot.domain.outgoing_board import BoardCard
from bot.services.attention import next_edit
from bot.services.board import Board
from bot.services.ports import Clock, Store
from bot.services.spikes import Spikes

log = logging.getLogger(__name__)
EVERY = timedelta(seconds=15)
"""Between two looks. What changes meanwhile is one edit; emergencies do not wait for it."""
_NOTHING = object()


class LiveBoard:
    """The loop. `wake` after a commit that queued something: whatever people see of a case queues its card.

    Nothing is lost with it: the board says what the store says, and at every start it is looked at anew.
    """

    def __init__(
        self, store: Store, board: Board, clock: Clock, spikes: Spikes | None = None, *, wanted: bool = True
    ) -> None:
        self._store = store
        self._board = board
        self._clock = clock
        self._wanted = wanted
        self._spikes = spikes
        self._bell = asyncio.Event()
        self._said: object = _NOTHING

    def wake(self) -> None:
        self._bell.set()

    async def run(self) -> None:
        """Until cancelled; at once over where nobody wants any of it."""
        while self._wanted or self._spikes is not None:
            self._bell.clear()
            try:
                if self._wanted:
                    await self.look()
                if self._spikes is not None:
                    await self._spikes.look()
            except Exception:
                # A full disk, say: the board is behind for a while, and the next look mends it.
                log.exception("the board cannot be drawn now")
            await self._clock.sleep(EVERY.total_seconds())
            await self._bell.wait()

    async def look(self) -> bool:
        """Queues an edit if the board would look different; tells whether it did."""
        view = await self._board.live()
        if view.state == self._said:
            return False
        async with self._store.transaction(durable=False) as tx:
            at = await next_edit(tx, view.now)
            await tx.outbox.put(f"board:{secrets.token_hex(8)}", BoardCard(), view.now, at)
        self._said = view.state
        return True
