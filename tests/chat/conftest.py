from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from chat_office import Office, opened


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with opened(tmp_path) as running:
        yield running
