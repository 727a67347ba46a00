from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from chat_office import Office, opened

_SHM = Path("/dev/shm")  # noqa: S108 - memory where there is some: thousands of commits wait for no disk
MEMORY = _SHM if _SHM.is_dir() else None


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    with TemporaryDirectory(dir=MEMORY) as folder:
        async with opened(Path(folder)) as running:
            yield running
