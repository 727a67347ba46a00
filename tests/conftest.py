"""What every story begins with: a clock that stands still and a real database in a file."""

import gc
import os
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import machine
import pytest
from fakes import MORNING
from first_start import opened_database
from hypothesis import HealthCheck, settings

from bot.clock import FakeClock
from bot.store.database import Database

MEMORY = machine.memory_folder()
if MEMORY is not None and "TMPDIR" not in os.environ:
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)

# How long an example takes says how busy the machine is, not whether the rule holds.
settings.register_profile("any-machine", deadline=None)
# TANGGAP_EXAMPLES=100000 asks every property that has no number of its own so often.
EXAMPLES = os.environ.get("TANGGAP_EXAMPLES")
settings.register_profile(
    "long", max_examples=int(EXAMPLES or 100_000), deadline=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "long" if EXAMPLES else "any-machine"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """What `-n auto` means, unless the environment says it."""
    return None if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ else machine.workers()


def pytest_collection_finish() -> None:
    """What was collected stays to the end: looking through it for garbage again and again finds none."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(MORNING)


@pytest.fixture
def database_path(tmp_path: Path) -> Path:
    return tmp_path / "tanggap.db"


@pytest.fixture
async def database(database_path: Path) -> AsyncIterator[Database]:
    opened = await opened_database(database_path)
    yield opened
    await opened.close()
