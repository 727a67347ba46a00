from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from wire_loopback import Api, loopback

from bot.clock import FakeClock


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    async with loopback() as running:
        yield running


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(datetime(2026, 11, 21, 3, 0, tzinfo=UTC))
