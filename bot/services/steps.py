"""What people need to work on the steps of a run: the cards, the forms, the deeds."""

from dataclasses import dataclass

from bot.services.adviser import Adviser
from bot.services.forms import Forms
from bot.services.incidents import Incidents
from bot.services.people import Team
from bot.services.ports import Clock, Duty, Store
from bot.services.replies import ReplyPolicy
from bot.services.step_deeds import StepDeeds
from bot.services.views_steps import StepDesk


@dataclass(frozen=True, slots=True)
class Steps:
    """One of each, wired to each other."""

    deeds: StepDeeds
    forms: Forms
    desk: StepDesk


def steps_of(
    store: Store, incidents: Incidents, team: Team, duty: Duty, policy: ReplyPolicy, *, clock: Clock
) -> Steps:
    deeds = StepDeeds(incidents, policy)
    desk = StepDesk(store, incidents, team, duty, clock, adviser=Adviser(policy))
    return Steps(deeds, Forms(store, incidents, deeds), desk)
