"""What can be practised, and when it last was."""

from collections.abc import Sequence
from datetime import date, datetime

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
        """Whether any of them is to be practised, or looked at again, every so often."""
        drills = [self._playbooks[one.playbook].drill for one in self._scenarios]
        practised = any(drill is not None and drill.every is not None for drill in drills)
        return practised or any(one.review_due is not None for one in self._playbooks.values())

    def unread(self, today: date) -> list[tuple[str, date]]:
        """What nobody has looked at since its day, by name, the longest forgotten first."""
        due = [(one.name, one.review_due) for one in self._playbooks.values()]
        late = [(name, day) for name, day in due if day is not None and day < today]
        return sorted(late, key=lambda one: (one[1], one[0]))

    async def meet(self, tx: Parts, now: datetime) -> None:
        """From now on the time of playbooks that are new here counts."""
        for playbook in {one.playbook for one in self._scenarios}:
            if await tx.runs.noted(f"{_KNOWN}{playbook}") is None:
                await tx.runs.note(f"{_KNOWN}{playbook}", now)

    async def held(self, tx: Parts, scenario: Scenario, began: datetime) -> None:
        """This exercise was held to its end."""
        await tx.runs.note(f"{_HELD}{scenario.id}", began)

    async def listed(self, read: Parts) -> list[Practice]:
        """Each with the day of the last time."""
        practised = await read.runs.drilled()
        return [await self._practice(read, one, practised.get(one.playbook)) for one in self._scenarios]

    async def overdue(self, read: Parts, now: datetime) -> list[Practice]:
        """What is late, or has never been practised since it came; each playbook once, the longest forgotten
        first.
        """
        late = {one.playbook: one for one in await self.listed(read) if one.is_overdue(now)}
        return sorted(late.values(), key=lambda one: (one.practised or one.known or now, one.playbook))

    async def _practice(self, read: Parts, scenario: Scenario, practised: datetime | None) -> Practice:
        playbook = self._playbooks[scenario.playbook]
        every = playbook.drill.every if playbook.drill is not None else None
        last = await read.runs.noted(f"{_HELD}{scenario.id}")
        if last is None and self._is_the_only_one(scenario):
            last = practised  # held before each scenario's own day was kept
        known = await read.runs.noted(f"{_KNOWN}{scenario.playbook}")
        return Practice(scenario, playbook.name, every, last, practised, known)

    def _is_the_only_one(self, scenario: Scenario) -> bool:
        return [one.playbook for one in self._scenarios].count(scenario.playbook) == 1


_KNOWN, _HELD = "drill:known:", "drill:held:"
