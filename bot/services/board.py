"""The picture behind /status."""

from collections.abc import Callable

from bot.domain.outgoing import SendState
from bot.domain.people import Action
from bot.services.incidents import Incidents
from bot.services.oncall import OnCall
from bot.services.people import Team
from bot.services.ports import Clock, Store
from bot.services.tap import Tap
from bot.services.views import StatusView


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
        on = [person for people in (await self._oncall.now_on(now)).values() for person in people]
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
