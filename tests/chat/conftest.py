from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from chat_office import Office, opened

from bot.chat.handlers import presses


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    with TemporaryDirectory() as folder:
        async with opened(Path(folder)) as running:
            yield running


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said to a press is judged here, not how busy the machine is that runs the tests."""
    monkeypatch.setattr(presses, "_ANSWER_WITHIN_S", 60.0)
