"""What follows a crisis: its report, what one person did, and looking back."""

from dataclasses import dataclass

from bot.services.contributions import Contributions
from bot.services.incidents import Incidents
from bot.services.people import Team
from bot.services.ports import Clock, Store
from bot.services.reports import Reports
from bot.services.review import Review
from bot.services.views_report import Letterhead


@dataclass(frozen=True, slots=True)
class Afterwards:
    """One of each."""

    reports: Reports
    contributions: Contributions
    review: Review


def afterwards_of(
    store: Store,
    incidents: Incidents,
    team: Team,
    clock: Clock,
    letterhead: Letterhead,
    allowed: frozenset[str] = frozenset(),
) -> Afterwards:
    """`allowed`: numbers that the agency publishes itself."""
    return Afterwards(
        Reports(store, incidents, team, clock, letterhead, allowed),
        Contributions(store, incidents, team, clock),
        Review(store, incidents, team),
    )
