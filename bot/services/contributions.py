"""What one person did, for their own file. One person at a time: there is nothing to rank or compare."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.incident import RunId
from bot.domain.journal import Entry
from bot.domain.people import Action, PersonId, Role
from bot.services.incidents import Incidents
from bot.services.people import Team
from bot.services.ports import Clock, Store
from bot.services.report_rows import Deed
from bot.services.tap import Tap
from bot.services.views_report import ContributionRecord, Part

_ONCE_PER_SUBJECT = frozenset(
    {
        *("take", "label", "close", "note", "submit", "approve", "return", "reject", "send_instant"),
        *("approve_template", "handover"),
    }
)
"""The daily work that is told; looking things up and moving panels is not."""
_REFUSED = "refused"


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
        deeds = await self._store.read.reports.deeds(person, since, until)
        done = [deed for deed in deeds if not deed.detail.get(_REFUSED)]
        return ContributionRecord(
            person,
            self._team.names[person],
            since,
            until,
            await self._parts(done),
            _daily(done),
            self._clock.now(),
        )

    async def _parts(self, deeds: Iterable[Deed]) -> tuple[Part, ...]:
        runs: dict[RunId, Counter[str]] = {}
        for deed in deeds:
            kind, _, number = deed.subject.partition(":")
            if kind == "run" and number.isdigit() and deed.action.startswith("run_"):
                runs.setdefault(RunId(int(number)), Counter())[deed.action.removeprefix("run_")] += 1
        return tuple([await self._part(run, runs[run]) for run in sorted(runs)])

    async def _part(self, run: RunId, deeds: Mapping[str, int]) -> Part:
        state = await self._incidents.state(run)
        incident = state.incident
        return Part(run, state.playbook.name, incident.drill, incident.opened_at, dict(deeds))


def _daily(deeds: Iterable[Deed]) -> Mapping[str, int]:
    once = {
        (deed.action, deed.subject)
        for deed in deeds
        if deed.action in _ONCE_PER_SUBJECT and not deed.subject.startswith("run:")
    }
    return Counter(action for action, _ in once)
