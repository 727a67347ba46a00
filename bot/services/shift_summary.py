"""Who has what, what is open, what falls due next: for the group when a shift changes, and for who asks."""

from collections import Counter
from datetime import datetime

from bot.domain.case import CaseStatus
from bot.domain.people import Action, Zone
from bot.domain.priority import Urgency
from bot.services.people import Team
from bot.services.ports import Parts, Store
from bot.services.tap import Tap

_LOOKED_AT, _URGENT, _DUE = 200, 10, 5


async def summary_of(parts: Parts, now: datetime, zone: Zone) -> dict[str, object]:
    """As the parameters of its notice. The load of people is a list by name: it is no contest."""
    groups = await parts.board.groups(now)
    states: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for group in groups:
        states[str(group.status)] += group.count
        if group.assignee is not None:
            held[str(group.assignee)] += group.count
    for unit, count in await parts.digest.for_units():
        held[f"unit:{unit}"] += count
    cases = await parts.cases.queue(_LOOKED_AT)
    urgent = [[int(case.id), case.assignee or ""] for case in cases if case.priority.urgency <= Urgency.HIGH]
    return {
        "states": dict(states),
        "late": sum(group.late for group in groups if group.status is not CaseStatus.SNOOZED),
        "held": [[who, count] for who, count in held.items()],
        "urgent": urgent[:_URGENT],
        "urgent_in_all": len(urgent),
        "due": [[int(case), at.isoformat()] for case, at in await parts.board.next_due(now, _DUE)],
        "incidents": [int(kept.id) for kept in await parts.runs.going_on()],
        "now": now.isoformat(),
        "zone": str(zone),
    }


def is_anything(found: dict[str, object]) -> bool:
    return bool(found["states"] or found["incidents"])


class ShiftSummary:
    """/piket serah: the same, for whoever asks."""

    def __init__(self, store: Store, team: Team) -> None:
        self._store = store
        self._team = team

    async def look(self, tap: Tap) -> dict[str, object]:
        await self._team.require(tap.person, Action.SEE)
        return await summary_of(self._store.read, tap.at, tap.person.zone)
