from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from wire_inbox import SqliteInbox
from wire_loopback import Api, loopback

from bot.clock import FakeClock


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    async with loopback() as running:
        yield running


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(datetime(2026, 11, 21, 3, 0, tzinfo=UTC))


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[SqliteInbox]:
    opened = SqliteInbox(tmp_path / "inbox.db")
    yield opened
    opened.db.close()
