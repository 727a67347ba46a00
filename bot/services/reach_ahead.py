"""The next fourteen days: is there somebody at every minute whom the playbooks' calls reach?"""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.domain.called import Called, Unreached, unreached
from bot.domain.rota import stretches
from bot.domain.swap import Plan
from bot.services.oncall import OnCall

AHEAD = timedelta(days=14)


async def unreached_ahead(oncall: OnCall, calls: Collection[Called], now: datetime) -> list[Unreached]:
    """Rota, stand-ins and leave as they are known now, and who has an open chat with the bot."""
    if not calls:
        return []
    plan, end = await oncall.plan(now), now + AHEAD
    targets = {target for one in calls for target in one.targets}
    rosters = [(at, await oncall.roster(targets, at)) for at in _moments(plan, now, end)]
    return list(unreached(calls, rosters, plan.leaves, end))


def _moments(plan: Plan, start: datetime, end: datetime) -> list[datetime]:
    """Every moment at which somebody else may be there."""
    shifts = {
        one.start
        for rotation in plan.rotations.values()
        for one in stretches(rotation, start, end, plan.overrides, plan.leaves)
    }
    out = {moment for leave in plan.leaves for moment in (leave.start, leave.end) if start < moment < end}
    return sorted({start} | shifts | out)
