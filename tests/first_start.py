"""A database as the first start leaves it, for stories that begin after it.

Growing an empty file through every migration takes longer than most stories; a process does it once and
copies what came of it. How a file grows is told in tests/store/test_store_open.py and test_store_versions.py.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from bot.store.database import Database, open_database

_grown: list[bytes] = []


async def opened_database(path: Path) -> Database:
    """As open_database, without the growing up."""
    await lay_down(path)
    return await open_database(path)


async def lay_down(path: Path) -> None:
    """Puts the file there, closed, unless there is one already."""
    if not _grown:
        with TemporaryDirectory() as folder:
            first = Path(folder) / "first.db"
            await (await open_database(first)).close()
            _grown.append(first.read_bytes())
    _write(path)


def _write(path: Path) -> None:
    if not path.exists():
        path.write_bytes(_grown[0])
