"""Telegram's limits on sending, as far as they are known; each can be switched off."""

import math
from collections import deque
from dataclasses import dataclass, field

from bot.sandbox.errors import flood
from bot.sandbox.ticking import Clock


@dataclass(slots=True)
class Limits:
    """How many calls a window of seconds holds. None switches a limit off; `Limits.off()` all of them."""

    per_chat: tuple[int, float] | None = (3, 3.0)
    per_group: tuple[int, float] | None = (20, 60.0)
    per_group_edits: tuple[int, float] | None = (20, 60.0)
    everywhere: tuple[int, float] | None = (30, 1.0)
    callback_seconds: float = 30.0

    @classmethod
    def off(cls) -> "Limits":
        return cls(None, None, None, None)


@dataclass(slots=True)
class Pace:
    """Counts calls in sliding windows. Whoever asks too early gets 429, and again until the wait is over."""

    clock: Clock
    limits: Limits
    refused: int = 0
    _seen: dict[str, deque[float]] = field(default_factory=dict)
    _frozen: dict[int, float] = field(default_factory=dict)

    def sent(self, chat_id: int, group: bool, edit: bool = False) -> None:
        """Notes one message (or edit) to a chat; ApiError 429 when it comes too soon."""
        now = self.clock.now().timestamp()
        if self._frozen.get(chat_id, 0.0) > now:
            self._refuse(self._frozen[chat_id] - now)
        windows = self._windows(chat_id, group, edit)
        waits = [self._wait(key, limit, now) for key, limit in windows]
        if waits and max(waits) > 0:
            self._frozen[chat_id] = now + max(waits)
            self._refuse(max(waits))
        for key, _ in windows:
            self._seen[key].append(now)

    def freeze(self, chat_id: int, seconds: float) -> None:
        """Every call to this chat gets 429 for so long."""
        self._frozen[chat_id] = self.clock.now().timestamp() + seconds

    def _windows(self, chat_id: int, group: bool, edit: bool) -> list[tuple[str, tuple[int, float]]]:
        limits = self.limits
        wanted = [("all", limits.everywhere)]
        if edit:
            wanted.append((f"edit {chat_id}", limits.per_group_edits if group else None))
        else:
            wanted.append((f"chat {chat_id}", limits.per_chat))
            wanted.append((f"group {chat_id}", limits.per_group if group else None))
        return [(key, limit) for key, limit in wanted if limit is not None]

    def _wait(self, key: str, limit: tuple[int, float], now: float) -> float:
        count, seconds = limit
        seen = self._seen.setdefault(key, deque())
        while seen and seen[0] <= now - seconds:
            seen.popleft()
        return seen[0] + seconds - now if len(seen) >= count else 0.0

    def _refuse(self, seconds: float) -> None:
        self.refused += 1
        raise flood(max(1, math.ceil(seconds)))
