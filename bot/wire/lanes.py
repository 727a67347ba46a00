"""Who goes next when each lane keeps its own order: a lane is served by one at a time, all lanes in turn."""

import asyncio
from collections import deque
from collections.abc import Hashable, Mapping
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
Lane = Hashable


def chat_of(update: Mapping[str, Any]) -> Lane:
    """The lane of an update: its chat (of the message, or of the message whose button was pressed), else the
    person, else one lane for all the rest."""
    for kind, content in update.items():
        if kind == "update_id" or not isinstance(content, Mapping):
            continue
        for holder, key in ((content, "chat"), (content.get("message"), "chat"), (content, "from")):
            found = holder.get(key) if isinstance(holder, Mapping) else None
            if isinstance(found, Mapping) and isinstance(found.get("id"), int):
                return int(found["id"])
    return "nowhere"


class Lanes(Generic[Item]):
    """A lane waits to be served, is being served, or does not exist.

    After `serve` gave out a lane, exactly one of `served` (done with its first item) and `again` (serve the
    same item once more) must follow, when it may be given out again.
    """

    def __init__(self) -> None:
        self._waiting: dict[Lane, deque[Item]] = {}
        self._ready: asyncio.Queue[Lane] = asyncio.Queue()

    def add(self, lane: Lane, item: Item) -> None:
        queue = self._waiting.get(lane)
        if queue is None:
            queue = self._waiting[lane] = deque()
            self._ready.put_nowait(lane)
        queue.append(item)

    async def serve(self) -> tuple[Lane, Item]:
        """The next lane and its first item, as soon as there is one."""
        lane = await self._ready.get()
        return lane, self._waiting[lane][0]

    def served(self, lane: Lane) -> None:
        queue = self._waiting[lane]
        queue.popleft()
        if queue:
            self._ready.put_nowait(lane)
        else:
            del self._waiting[lane]

    def again(self, lane: Lane) -> None:
        self._ready.put_nowait(lane)
