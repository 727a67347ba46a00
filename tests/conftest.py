"""What every story begins with: a clock that stands still and a real database on disk."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from fakes import MORNING
from hypothesis import HealthCheck, settings

from bot.clock import FakeClock
from bot.store.database import Database, open_database

# How long an example takes says how busy the machine is, not whether the rule holds.
settings.register_profile("any-machine", deadline=None)
# TANGGAP_EXAMPLES=100000 asks every property that has no number of its own so often.
EXAMPLES = os.environ.get("TANGGAP_EXAMPLES")
settings.register_profile(
    "long", max_examples=int(EXAMPLES or 100_000), deadline=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "long" if EXAMPLES else "any-machine"))


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(MORNING)


@pytest.fixture
def database_path(tmp_path: Path) -> Path:
    return tmp_path / "tanggap.db"


@pytest.fixture
async def database(database_path: Path) -> AsyncIterator[Database]:
    opened = await open_database(database_path)
    yield opened
    await opened.close()
