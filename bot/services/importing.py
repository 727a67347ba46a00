"""A file of comments comes in: checked before, taken in row by row, continued where it was cut off.

Not in one transaction: a bot may be running beside it, and would wait for the end of a million rows. So every
row is a unit of work of its own and known by its origin, and the journal says how far a file has come.
Whoever gives the same file again goes on from there, and nothing of it stays out or comes twice. Until it
is through, a row says so to whoever looks: /status and `tanggap doctor` name a file that was cut off.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from bot.domain.comment import Comment
from bot.domain.journal import Entry
from bot.services.intake import HOST, How, Intake
from bot.services.ports import Clock, Store
from bot.services.ports_outside import UnderWay

_PARTS = 100
_LEAST = 50
_SAYS_EVERY = timedelta(seconds=15)
BEGUN, PART, DONE = "import_begun", "import_part", "import_done"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that was checked: its hash, how many comments it holds, and what people call it."""

    sha256: str
    comments: int
    name: str

    @property
    def subject(self) -> str:
        return f"import:{self.sha256[:32]}"


class FileImport:
    """Notes in the journal when a file begins, how far it is, and its end."""

    def __init__(self, store: Store, intake: Intake, clock: Clock) -> None:
        self._store = store
        self._intake = intake
        self._clock = clock

    async def come_so_far(self, sheet: Sheet) -> int | None:
        """How many of its comments a run that was cut off has brought surely; None where none was."""
        far: int | None = None
        for line in await self._store.read.journal.about(sheet.subject):
            if line["action"] == BEGUN:
                far = far or 0
            elif line["action"] == PART:
                far = int(str(line["cause"]).rpartition(":")[2])
            elif line["action"] == DONE:
                far = None
        return far

    async def bring(
        self, sheet: Sheet, comments: Iterator[Comment], done: Callable[[int], None]
    ) -> dict[How, int]:
        """Takes in what has not come yet. `done` hears how many of the file are in."""
        begun = await self.come_so_far(sheet)
        far = begun or 0
        if begun is None:
            await self._note(sheet, BEGUN, 0)
        counts = dict.fromkeys(How, 0)
        counts[How.KNOWN] = far
        part = max(_LEAST, sheet.comments // _PARTS)
        done(far)
        seen = await self._still_here(sheet, far)
        for comment in islice(comments, far, None):
            counts[(await self._intake.receive(comment, cause_of(comment), HOST)).how] += 1
            far += 1
            done(far)
            if far % part == 0:
                await self._note(sheet, PART, far)
            if self._clock.now() - seen >= _SAYS_EVERY:
                seen = await self._still_here(sheet, far)
        await self._note(sheet, DONE, far)
        return counts

    async def _still_here(self, sheet: Sheet, far: int) -> datetime:
        """Says to whoever looks that it goes on; when."""
        now = self._clock.now()
        async with self._store.transaction() as tx:
            await tx.imports.moved(sheet.sha256, UnderWay(sheet.name, sheet.comments, far, now))
        return now

    async def _note(self, sheet: Sheet, action: str, far: int) -> None:
        now = self._clock.now()
        detail: dict[str, object] = {"of": sheet.comments, "far": far}
        async with self._store.transaction() as tx:
            await tx.journal.write(Entry(now, HOST, action, sheet.subject, f"{sheet.subject}:{far}", detail))
            if action == DONE:
                await tx.imports.over(sheet.sha256, sheet.name)
            else:
                await tx.imports.moved(sheet.sha256, UnderWay(sheet.name, sheet.comments, far, now))


def cause_of(comment: Comment) -> str:
    """The name of what a row does: the same row again is the same command, one with other words is not."""
    words = f"{comment.origin}|{comment.text}".encode("utf-8", "replace")
    return f"import:{hashlib.sha256(words).hexdigest()[:24]}"
