"""Delivery of updates to the bot's own address, in order per chat, again and again until it answers 2xx."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.sandbox.ticking import Clock
from bot.sandbox.updates import UpdateQueue

Json = dict[str, Any]

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the name of a header


@dataclass(slots=True)
class Webhook:
    """The webhook's settings and the task that delivers. `url` is empty while there is none."""

    updates: UpdateQueue
    clock: Clock
    url: str = ""
    secret: str = ""
    connections: int = 40
    last_error: str = ""
    last_error_at: int = 0
    retry_seconds: float = 0.2
    attempts: int = 0
    _task: asyncio.Task[None] | None = None
    _busy: dict[Any, asyncio.Task[None]] = field(default_factory=dict)

    async def set(self, url: str, secret: str = "", connections: int = 40) -> None:
        await self.stop()
        self.url, self.secret, self.connections = url, secret, connections
        self.updates.interrupt()
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Ends delivery; what was not taken stays queued."""
        tasks = [task for task in (self._task, *self._busy.values()) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._task, self.url = None, ""
        self._busy.clear()

    async def _run(self) -> None:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
            while True:
                self._start_deliveries(session)
                await self.updates.wait_new(0.05 if len(self.updates) else 1.0)

    def _start_deliveries(self, session: aiohttp.ClientSession) -> None:
        taken = set(self._busy)
        for update in self.updates.peek():
            lane = _lane(update)
            if len(self._busy) >= self.connections:
                return
            if lane not in taken:
                taken.add(lane)
                self._busy[lane] = asyncio.create_task(self._deliver_lane(session, lane))

    async def _deliver_lane(self, session: aiohttp.ClientSession, lane: object) -> None:
        """All that waits for one chat, one after the other."""
        try:
            while update := next((u for u in self.updates.peek() if _lane(u) == lane), None):
                await self._deliver(session, update)
        finally:
            self._busy.pop(lane, None)

    async def _deliver(self, session: aiohttp.ClientSession, update: Json) -> None:
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers[SECRET_HEADER] = self.secret
        wait = self.retry_seconds
        while True:
            self.attempts += 1
            problem = await self._post(session, json.dumps(update), headers)
            if not problem:
                self.updates.drop(update)
                return
            self.last_error, self.last_error_at = problem, int(self.clock.now().timestamp())
            await asyncio.sleep(wait)
            wait = min(wait * 2, 5.0)

    async def _post(self, session: aiohttp.ClientSession, body: str, headers: dict[str, str]) -> str:
        """What went wrong, or an empty text."""
        try:
            async with session.post(self.url, data=body, headers=headers) as answer:
                if answer.status // 100 == 2:
                    return ""
                return f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (aiohttp.ClientError, TimeoutError) as error:
            return f"Connection failed: {type(error).__name__}"


def _lane(update: Json) -> object:
    """What must stay in order: the chat, or for updates without one the person."""
    body: Json = next((v for k, v in update.items() if k != "update_id" and isinstance(v, dict)), {})
    chat = body.get("chat") or body.get("message", {}).get("chat") or body.get("from") or {}
    return chat.get("id", 0)
