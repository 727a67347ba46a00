"""Comments with their cases and answers, page by page, for a file."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from bot.domain.case import CaseStatus
from bot.domain.priority import Urgency
from bot.services.exporting import Exported
from bot.store import rows
from bot.store.comments import kept_comment
from bot.store.part import Part

_PAGE = 500


class Exports(Part):
    async def between(self, since: datetime, until: datetime) -> AsyncIterator[Exported]:
        """What came in from `since` and before `until`, oldest first."""
        received, last = -1, 0
        while page := [
            row
            async for row in self._sql.export_after(
                self._conn,
                since=rows.seconds(since),
                until=rows.seconds(until),
                received=received,
                id=last,
                limit_=_PAGE,
            )
        ]:
            for row in page:
                yield _exported(row)
            received, last = page[-1]["received_at"], page[-1]["id"]
            await asyncio.sleep(0)  # as in the journal: a bot may be at work in this process


def _exported(row: Any) -> Exported:
    return Exported(
        kept=kept_comment(row),
        labels=rows.unpack_verdict(row["case_verdict"]).labels,
        topics=rows.unpack_verdict(row["case_verdict"]).topics,
        status=CaseStatus(row["status"]),
        urgency=Urgency(row["urgency"]),
        assignee=row["assignee"] or "",
        due_at=rows.moment(row["due_at"]),
        hidden=bool(row["sensitive"]),
        answer=row["answer"] or "",
        posted_at=rows.moment(row["posted_at"]),
        approved_by=row["decided_by"] or "",
    )
