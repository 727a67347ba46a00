"""The picture behind /status, and the live board of the team's group."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TypeVar

from bot.domain.case import CaseStatus
from bot.domain.outgoing import SendState
from bot.domain.people import Action
from bot.services.incidents import Incidents
from bot.services.oncall import OnCall
from bot.services.people import Team
from bot.services.ports import Clock, Store
from bot.services.ports_board import OpenGroup
from bot.services.tap import Tap
from bot.services.views import QueueLine, StatusView
from bot.services.views_board import BoardView, DigestView

LINKED = 40
"""Emergencies that the board links: Telegram marks up at most a hundred places of a message."""
MANY_UNREAD = 100
"""What waits to be read is told from here on: below, it is over before anybody has seen it."""
_NEXT_DUE = 3
IN_DIGEST = 8
"""Lines of the digest, each with its button: more would not be read on a phone."""
_Key = TypeVar("_Key")
_WAITS = frozenset({CaseStatus.NEW, CaseStatus.ASSIGNED, CaseStatus.DRAFTED})


class Board:
    """Reads, for people who ask and for the message that stands in their group."""

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
        groups, lanes = await read.board.groups(now), await read.outbox.health()
        on = [person for people in (await self._oncall.now_on(now)).values() for person in people]
        return StatusView(
            counts=_counted(groups, lambda group: [str(group.status)]),
            oldest=await read.cases.oldest(),
            on_duty=tuple(dict.fromkeys(self._team.names.get(person, person) for person in on)),
            incidents=await self._going_on(),
            locked_by=self._team.names.get(lock.person, lock.person) if lock is not None else "",
            uncertain=sum(lane.count for lane in lanes if lane.state is SendState.UNCERTAIN),
            waiting_out=sum(lane.count for lane in lanes if lane.state is SendState.QUEUED),
            now=now,
            hearing=self.hearing(),
            imports=await read.imports.under_way(),
        )

    async def live(self) -> BoardView:
        """The board as it is to stand there now."""
        read, now = self._store.read, self._clock.now()
        groups = await read.board.groups(now)
        waiting = [group for group in groups if group.status in _WAITS]
        lock = await read.people.public_lock()
        cases, comments = await read.board.emergency_count()
        mode = await read.board.crisis_mode()
        unread = await read.board.unread()
        return BoardView(
            counts=_counted(groups, lambda group: [group.status]),
            labels=_counted(groups, lambda group: group.labels),
            digest=sum(group.count for group in groups if group.waits),
            oldest=min((group.oldest for group in waiting), default=None),
            late=sum(group.late for group in waiting),
            next_due=tuple(await read.board.next_due(now, _NEXT_DUE)),
            workload=self._workload(groups, await read.digest.for_units()),
            emergencies=tuple(await read.board.emergencies(LINKED)),
            emergency_cases=cases,
            emergency_comments=comments,
            incidents=await self._going_on(),
            locked_by=self._team.names.get(lock.person, lock.person) if lock is not None else "",
            mode_by=self._team.names.get(mode.person, mode.person) if mode is not None else "",
            mode_since=mode.since if mode is not None else None,
            unread=unread if unread >= MANY_UNREAD else 0,
            names=self._team.names,
            now=now,
        )

    async def digest(self) -> DigestView:
        """What waits without a card."""
        read = self._store.read
        lines = []
        for case in await read.digest.first(IN_DIGEST):
            comment = (await read.comments.of_case(case.id))[-1]
            lines.append(QueueLine(case, comment, comment.comment.link))
        return DigestView(tuple(lines), await read.digest.count(), self._clock.now())

    async def _going_on(self) -> tuple[str, ...]:
        return tuple(
            f"K-{state.incident.id} {state.playbook.name}" for state in await self._incidents.going_on()
        )

    def _workload(self, groups: list[OpenGroup], units: list[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
        """By name, not by number: it is no contest. Then what waits for somebody of a unit."""
        held = _counted(groups, lambda group: [group.assignee] if group.assignee else [])
        called = self._team.directory.called()
        people = ((called.get(person, person), count) for person, count in held.items())
        waiting = ((called.get(f"unit:{unit}", unit), count) for unit, count in units)
        return (*sorted(people), *sorted(waiting))


def _counted(groups: Iterable[OpenGroup], keys: Callable[[OpenGroup], Iterable[_Key]]) -> dict[_Key, int]:
    """How many cases there are under each key of their group."""
    found: Counter[_Key] = Counter()
    for group in groups:
        for key in keys(group):
            found[key] += group.count
    return dict(found)
