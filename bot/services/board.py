"""The picture behind /status and /piket."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.outgoing import SendState
from bot.domain.people import Action, PersonId
from bot.services.incidents import Incidents
from bot.services.oncall import OnCall
from bot.services.people import Team
from bot.services.ports import Clock, Store
from bot.services.tap import Tap
from bot.services.views import StatusView


@dataclass(frozen=True, slots=True)
class DutyView:
    """Who is on call per rota, primary first, and who of the team cannot be reached."""

    rotas: Mapping[str, tuple[PersonId, ...]]
    unreachable: tuple[PersonId, ...]
    names: Mapping[str, str]
    now: datetime


class Board:
    """Reads, for people who ask."""

    def __init__(self, store: Store, team: Team, oncall: OnCall, incidents: Incidents, clock: Clock) -> None:
        self._store = store
        self._team = team
        self._oncall = oncall
        self._incidents = incidents
        self._clock = clock
        self.hearing: Callable[[], str] = lambda: ""
        """What is wrong with hearing Telegram, in a sentence; set by the composition."""

    async def status(self, tap: Tap) -> StatusView:
        """/status."""
        await self._team.require(tap.person, Action.SEE)
        read, now = self._store.read, self._clock.now()
        lock = await read.people.public_lock()
        queue = await read.cases.queue(1000)
        lanes = await read.outbox.health()
        on = [person for people in self._oncall.now_on(now).values() for person in people]
        return StatusView(
            counts={str(status): count for status, count in (await read.cases.counts()).items()},
            oldest=min((case.opened_at for case in queue), default=None),
            on_duty=tuple(dict.fromkeys(self._team.names.get(person, person) for person in on)),
            incidents=tuple(
                f"K-{state.incident.id} {state.playbook.name}" for state in await self._incidents.going_on()
            ),
            locked_by=self._team.names.get(lock.person, lock.person) if lock is not None else "",
            uncertain=sum(lane.count for lane in lanes if lane.state is SendState.UNCERTAIN),
            waiting_out=sum(lane.count for lane in lanes if lane.state is SendState.QUEUED),
            now=now,
            hearing=self.hearing(),
        )

    async def duty(self, tap: Tap) -> DutyView:
        """/piket."""
        await self._team.require(tap.person, Action.SEE)
        links = await self._store.read.people.links()
        open_lines = {link.person for link in links if link.reachable and not link.suspended}
        unreachable = tuple(PersonId(p) for p in self._team.names if p not in open_lines)
        return DutyView(
            self._oncall.now_on(self._clock.now()), unreachable, self._team.names, self._clock.now()
        )
