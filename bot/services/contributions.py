"""What one person did, for their own file. One person at a time: there is nothing to rank or compare."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.incident import RunId
from bot.domain.journal import Entry
from bot.domain.people import Action, PersonId, Role
from bot.domain.run_types import RunState, What
from bot.domain.steps import Request
from bot.services.incidents import Incidents
from bot.services.people import Team
from bot.services.ports import Clock, Store
from bot.services.report_rows import RunDeed
from bot.services.tap import Tap
from bot.services.views_report import ContributionRecord, Part

_ONCE_PER_SUBJECT = frozenset(
    {
        *("take", "label", "close", "note", "submit", "approve", "return", "reject", "send_instant"),
        *("approve_template", "handover"),
    }
)
"""The daily work that is told; looking things up and moving panels is not."""
DONE = frozenset(
    {
        *(What.OPENED, What.ACKED, What.TAKEN_OVER, What.RAISED, What.ITEM_TICKED, What.ANSWERED),
        *(What.EDITED, What.APPROVED, What.RETURNED, What.REJECTED, What.PUBLISHED, What.RELEASED),
        What.HOLDING_POSTED,
        *(What.STEP_SKIPPED, What.HAND_OVER_OFFERED, What.HAND_OVER_ACCEPTED, What.RESOLVED),
        *(What.FALSE_ALARM, What.MERGED, What.STOOD_DOWN, What.JUMPED, What.REVIEWED),
    }
)
"""The lines of a story that tell what somebody did; the others tell what happened to them."""
REQUEST_ANSWERED = "request_answered"


class Contributions:
    """Everybody may have their own; a coordinator may have anybody's, one by one."""

    def __init__(self, store: Store, incidents: Incidents, team: Team, clock: Clock) -> None:
        self._store = store
        self._incidents = incidents
        self._team = team
        self._clock = clock

    async def read(self, tap: Tap, person: PersonId, since: datetime, until: datetime) -> ContributionRecord:
        """For somebody who asks in a chat; that it was read is written down. Raises NotAllowed, NotFound.

        One's own deeds are one's own data: no role is needed for them.
        """
        if person != tap.person.id and Role.KOORDINATOR not in tap.person.roles:
            raise NotAllowed(Action.READ_REPORTS)
        record = await self.of(person, since, until)
        async with self._store.transaction() as tx:
            if not await tx.journal.has(tap.cause, "read_record"):
                entry = Entry(tap.at, tap.person.id, "read_record", f"record:{person}", tap.cause)
                await tx.journal.write(entry)
        return record

    async def of(self, person: PersonId, since: datetime, until: datetime) -> ContributionRecord:
        """From `since` and before `until`. Raises NotFound for a name that the config does not know."""
        if person not in self._team.names:
            raise NotFound("person", person)
        deeds = await self._store.read.reports.deeds(person, since, until, _ONCE_PER_SUBJECT)
        return ContributionRecord(
            person,
            self._team.names[person],
            since,
            until,
            await self._parts(await self._store.read.reports.run_deeds(person, since, until)),
            deeds,
            self._clock.now(),
        )

    async def _parts(self, deeds: Iterable[RunDeed]) -> tuple[Part, ...]:
        of_run: dict[RunId, list[RunDeed]] = {}
        for deed in deeds:
            if deed.what in DONE:
                of_run.setdefault(deed.run, []).append(deed)
        return tuple([await self._part(run, done) for run, done in of_run.items()])

    async def _part(self, run: RunId, deeds: Iterable[RunDeed]) -> Part:
        state = await self._incidents.state(run)
        counted: Counter[str] = Counter()
        for deed in deeds:
            counted[_name(deed, state)] += deed.times
        incident = state.incident
        return Part(run, state.playbook.name, incident.drill, incident.opened_at, dict(counted))


def _name(deed: RunDeed, state: RunState) -> str:
    """An answer to a data request is credited as such."""
    step = state.playbook.step(deed.step)
    is_request = deed.what == What.ANSWERED and step is not None and isinstance(step.uses, Request)
    return REQUEST_ANSWERED if is_request else deed.what
