"""The only module that asks the machine what time it is."""

import asyncio
import time
from datetime import UTC, datetime, timedelta


class SystemClock:
    """The real clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds for measuring intervals; never goes back."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(max(0.0, seconds))


class MovableClock(SystemClock):
    """The real clock plus a shift that a person can push forward: the demo's "majukan jam".

    A sleeper is woken when the clock is moved past its time, so that a moved hour really
    fires what was due in it.
    """

    def __init__(self) -> None:
        self._shift = 0.0
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=self._shift)

    def monotonic(self) -> float:
        return super().monotonic() + self._shift

    def advance(self, seconds: float) -> None:
        self._shift += max(0.0, seconds)
        self._moved.set()
        self._moved = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        due = self.monotonic() + seconds
        while (left := due - self.monotonic()) > 0:
            try:
                async with asyncio.timeout(left):
                    await self._moved.wait()
            except TimeoutError:
                return


class FakeClock:
    """A clock that stands still until a test or a rehearsal moves it."""

    def __init__(self, start: datetime) -> None:
        self._now = start
        self._seconds = 0.0
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._seconds

    def advance(self, seconds: float) -> None:
        """Moves time and wakes whoever slept until then."""
        self._now += timedelta(seconds=seconds)
        self._seconds += seconds
        waking = [s for s in self._sleepers if s[0] <= self._seconds]
        self._sleepers = [s for s in self._sleepers if s[0] > self._seconds]
        for _, sleeper in sorted(waking, key=lambda s: s[0]):
            if not sleeper.done():
                sleeper.set_result(None)

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        sleeper: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers.append((self._seconds + seconds, sleeper))
        await sleeper
