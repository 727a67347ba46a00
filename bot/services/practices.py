"""What can be practised, and when it last was."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.drill import Practice
from bot.domain.playbook import Playbook
from bot.domain.scenario import Scenario
from bot.services.ports import Parts


class Practices:
    """Every scenario whose playbook is there."""

    def __init__(self, playbooks: Sequence[Playbook], scenarios: Sequence[Scenario]) -> None:
        self._playbooks = {playbook.id: playbook for playbook in playbooks}
        self._scenarios = [one for one in scenarios if one.playbook in self._playbooks]

    @property
    def periodic(self) -> bool:
        """Whether any of them is to be practised every so often."""
        drills = [self._playbooks[one.playbook].drill for one in self._scenarios]
        return any(drill is not None and drill.every is not None for drill in drills)

    async def listed(self, read: Parts) -> list[Practice]:
        """Each with the day of the last time."""
        last = await read.runs.drilled()
        return [self._practice(one, last.get(one.playbook)) for one in self._scenarios]

    async def overdue(self, read: Parts, now: datetime) -> list[Practice]:
        """What was practised before and is late; each playbook once, the longest forgotten first."""
        late = {one.playbook: one for one in await self.listed(read) if one.is_overdue(now)}
        return sorted(late.values(), key=lambda one: (one.last or now, one.playbook))

    def _practice(self, scenario: Scenario, last: datetime | None) -> Practice:
        playbook = self._playbooks[scenario.playbook]
        every = playbook.drill.every if playbook.drill is not None else None
        return Practice(scenario, playbook.name, every, last)
