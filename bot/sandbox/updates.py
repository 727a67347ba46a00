"""The queue of updates that the bot has not confirmed yet, and the long poll on it."""

import asyncio
from collections import deque
from typing import Any

from bot.sandbox.errors import ApiError

Json = dict[str, Any]

# Telegram leaves these out unless a bot asks for them by name.
_NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class UpdateQueue:
    """Updates in order. `allowed` is sticky, as at Telegram, and judges an update when it is made."""

    def __init__(self, first_id: int = 100_000_001) -> None:
        # After a silent week Telegram starts again at a random id, which may be lower: just set it.
        self.next_id = first_id
        self._pending: deque[Json] = deque()
        self._arrived = asyncio.Event()
        self._poll: asyncio.Event | None = None
        self.allowed: frozenset[str] = frozenset()
        self.made = 0
        self.confirmed = 0

    def put(self, kind: str, payload: Json) -> Json | None:
        """Queues an update; None when the bot has not asked for this kind."""
        if (kind not in self.allowed) if self.allowed else (kind in _NOT_BY_DEFAULT):
            return None
        return self.put_raw({kind: payload})

    def put_raw(self, body: Json) -> Json:
        """Queues any body, also a malformed one, under the next id (or its own `update_id`)."""
        update = {"update_id": self.next_id, **body}
        self.next_id = max(self.next_id, int(update["update_id"])) + 1
        self._pending.append(update)
        self.made += 1
        self._arrived.set()
        return update

    def __len__(self) -> int:
        return len(self._pending)

    def peek(self) -> list[Json]:
        return list(self._pending)

    def clear(self) -> None:
        self._pending.clear()

    def allow(self, kinds: list[str] | None) -> None:
        """An absent list keeps the former setting; an empty one means the default kinds."""
        if kinds is not None:
            self.allowed = frozenset(kinds)

    def confirm(self, offset: int) -> None:
        """Forgets everything before `offset`; a negative one keeps only that many from the end.

        An offset beyond all ids that exist (the ids started again lower) confirms nothing.
        """
        if offset < 0:
            while len(self._pending) > -offset:
                self._pending.popleft()
            return
        if offset > self.next_id:
            return
        while self._pending and self._pending[0]["update_id"] < offset:
            self._pending.popleft()
            self.confirmed += 1

    def drop(self, update: Json) -> None:
        """Forgets one update that a webhook took."""
        self._pending.remove(update)
        self.confirmed += 1

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Json]:  # noqa: ASYNC109  the API's own name
        """One getUpdates call; ends with ApiError 409 when a newer call takes its place."""
        self.interrupt()
        mine = self._poll = asyncio.Event()
        try:
            self.confirm(offset)
            if not self._pending and timeout > 0:
                await self.wait_new(timeout, mine)
            if mine.is_set():
                raise conflict_poll()
            return [self._pending[i] for i in range(min(limit, len(self._pending)))]
        finally:
            if self._poll is mine:
                self._poll = None

    def interrupt(self) -> None:
        """Ends a waiting poll with 409."""
        if self._poll is not None:
            self._poll.set()

    async def wait_new(self, seconds: float, ended: asyncio.Event | None = None) -> None:
        """Until an update arrives, `ended` is set or the seconds have passed."""
        self._arrived.clear()
        ended = ended or asyncio.Event()
        waits = [asyncio.ensure_future(self._arrived.wait()), asyncio.ensure_future(ended.wait())]
        try:
            await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()


def conflict_poll() -> ApiError:
    return ApiError(
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )


def conflict_webhook() -> ApiError:
    return ApiError(
        409,
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first",
    )
