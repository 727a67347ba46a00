"""What every part of the store holds: the named queries and the connection that they run on."""

from typing import Any

from bot.store.line import Line


class Part:
    def __init__(self, queries: Any, conn: Line) -> None:
        self._sql = queries
        self._conn = conn
        self.touched = False
        """Something was added for a loop to do; the next commit rings its bell."""
