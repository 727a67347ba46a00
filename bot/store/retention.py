"""What leaves when its time is over. Each method takes one bite and says how large it was."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.store import rows
from bot.store.part import Part

_STEPS: Mapping[str, Sequence[str]] = {
    "runs": (
        *("drop_run_evidence", "drop_run_snapshots", "drop_run_timeline", "drop_run_forms", "drop_run_holds"),
        *("drop_run_said", "drop_run_topics"),
        *("drop_run_reviews", "drop_run_timers", "drop_run_cards", "drop_runs"),
    ),
    "cases": (
        *("drop_case_corrections", "drop_case_companions", "drop_case_timers", "drop_case_cards"),
        "drop_case_notes",
        *(
            "drop_case_template_uses",
            "drop_case_places",
            "drop_case_drafts",
            "drop_case_claims",
            "drop_case_clusters",
            "drop_case_amended",
            "drop_case_offers",
        ),
        *("part_claim_requests", "drop_case_requests"),
        *("drop_case_evidence", "drop_case_measure_timers", "drop_case_measure_cards", "drop_case_measures"),
        *("drop_case_comments", "drop_cases"),
    ),
    "outgoing": ("drop_outgoing",),
    "timers": ("drop_timers",),
    "names": ("mask_names", "mask_evidence"),
}
"""In the order in which one points to the other."""


class Retention(Part):
    async def old(self, what: str, before: datetime, limit: int) -> list[int]:
        """`what`: runs, cases, outgoing, names, timers. A limit of -1 is none."""
        query = getattr(self._sql, f"old_{what}")
        return [row["id"] async for row in query(self._conn, before=rows.seconds(before), limit_=limit)]

    async def take(self, what: str, ids: Sequence[int]) -> None:
        """These of them leave, with all that hangs on them."""
        listed: Any = rows.to_json(list(ids))
        for name in _STEPS[what] if ids else ():
            await getattr(self._sql, name)(self._conn, ids=listed)
