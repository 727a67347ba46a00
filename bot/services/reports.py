"""Crisis reports: one run, or a period. Read from what is kept; nothing is written but who read it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.incident import RunId
from bot.domain.journal import Entry
from bot.domain.measure import Measure
from bot.domain.measure_tally import by_rule
from bot.domain.metrics import measure, moments_of, per_step
from bot.domain.people import Action, PersonId
from bot.domain.reply import Draft
from bot.domain.run_types import RunState, What
from bot.services import said
from bot.services.evidence import Masking, evidence_of, listed, masking_of
from bot.services.incidents import Incidents
from bot.services.people import Team
from bot.services.ports import Clock, Store, TimelineLine
from bot.services.tap import Tap
from bot.services.views_report import (
    Chain,
    Evidence,
    Letterhead,
    PeriodReport,
    RunLine,
    RunReport,
    Said,
)

_ALL_LINES = 1_000_000


class Reports:
    """`allowed`: numbers that the agency publishes itself and that are not masked."""

    def __init__(
        self,
        store: Store,
        incidents: Incidents,
        team: Team,
        clock: Clock,
        letterhead: Letterhead,
        allowed: frozenset[str] = frozenset(),
    ) -> None:
        self._store = store
        self._incidents = incidents
        self._team = team
        self._clock = clock
        self._allowed = allowed
        self.letterhead = letterhead

    async def last(self) -> RunId:
        """The run that was opened last. Raises NotFound."""
        found = await self._store.read.reports.last_run()
        if found is None:
            raise NotFound("run", "-")
        return found

    async def of_run(self, run: RunId) -> RunReport:
        """All there is to say of a run. Raises NotFound."""
        read = self._store.read
        state = await self._incidents.state(run)
        # Evidence is told by the plot and its own list: a raid would bury the story under ten thousand lines.
        lines = await read.runs.timeline(run, _ALL_LINES, without=What.EVIDENCE_ADDED)
        replies = await read.reports.replies(run, state.incident.opened_at)
        written = await read.reports.evidence_moments(run)
        now = self._clock.now()
        line = _line(state, lines, replies, written)
        until = line.moments.closed_at or now
        posted = line.moments.posted_at
        masking = self._masking(state)
        return RunReport(
            _typed_in_steps(state, masking),
            line.moments,
            line.measures,
            per_step(written, line.moments.opened_at, max(until, posted) if posted else until),
            tuple(_typed_in_line(one, masking) for one in lines),
            await self._said(state, replies),
            await listed(read, run, masking),
            await self._chain(),
            tuple([replace(a, text=masking.text(a.text)) for a in await read.reports.answers(run)]),
            self._team.names,
            now,
        )

    async def evidence(self, run: RunId) -> AsyncIterator[Evidence]:
        """Every comment of the run, masked as in the report. Raises NotFound."""
        state = await self._incidents.state(run)
        async for one in evidence_of(self._store.read, run, self._masking(state)):
            yield one

    def _masking(self, state: RunState) -> Masking:
        return masking_of(state.playbook, self._allowed)

    async def of_period(self, since: datetime, until: datetime, only: PersonId | None = None) -> PeriodReport:
        """Every run that was opened in it; `only`: those in which this person had a hand."""
        real: list[RunLine] = []
        drills: list[RunLine] = []
        for run in await self._store.read.reports.opened(since, until):
            state = await self._incidents.state(run)
            if only is None or await self.took_part(only, state):
                (drills if state.incident.drill else real).append(await self._of(state))
        return PeriodReport(
            since,
            until,
            tuple(real),
            tuple(drills),
            self._team.names,
            self._clock.now(),
            own=only is not None,
            moderated=() if only is not None else by_rule(await self._decided(since, until)),
        )

    async def _decided(self, since: datetime, until: datetime) -> list[Measure]:
        return await self._store.read.measures.decided(since, until)

    async def _of(self, state: RunState) -> RunLine:
        read, run = self._store.read, state.incident.id
        lines = await read.runs.timeline(run, _ALL_LINES, without=What.EVIDENCE_ADDED)
        replies = await read.reports.replies(run, state.incident.opened_at)
        return _line(state, lines, replies, await read.reports.evidence_moments(run))

    async def _said(self, state: RunState, replies: list[Draft]) -> tuple[Said, ...]:
        read, hidden = self._store.read, state.playbook.sensitive
        steps = [said.of_row(row, hidden=hidden) for row in await read.reports.said(state.incident.id)]
        beside = [await said.of_draft(read, draft, hidden=hidden) for draft in replies]
        return tuple(sorted([*steps, *beside], key=lambda one: one.at))

    async def _chain(self) -> Chain:
        read = self._store.read
        lines, broken = await read.journal.verify(anew=False)
        return Chain(lines, broken, await read.reports.journal_head())

    async def took_part(self, person: PersonId, state: RunState) -> bool:
        """Whether somebody was called in this run or did something in it: "own work" of the table."""
        if state.was_called(person) or person in {state.owner, state.incident.opened_by}:
            return True
        told = await self._store.read.journal.about(f"run:{state.incident.id}")
        return any(line["actor"] == person for line in told)

    async def may_read_all(self, tap: Tap) -> bool:
        """Reads every report, or only those of the own work."""
        return await self._team.allows(tap.person.id, Action.READ_REPORTS)

    async def read_run(self, tap: Tap, run: RunId) -> RunReport:
        """For somebody who asks in a chat. Raises NotFound, NotAllowed."""
        state = await self._incidents.state(run)
        own = await self.took_part(tap.person.id, state)
        await self._team.require(tap.person, Action.READ_REPORTS, own=own)
        await self._note(tap, f"run:{run}")
        return await self.of_run(run)

    async def read_period(self, tap: Tap, since: datetime, until: datetime) -> PeriodReport:
        """Everything, or what somebody had a hand in. Raises NotAllowed."""
        if not await self._team.allows(tap.person.id, Action.READ_REPORTS, own=True):
            raise NotAllowed(Action.READ_REPORTS)
        only = None if await self.may_read_all(tap) else tap.person.id
        await self._note(tap, "period")
        return await self.of_period(since, until, only)

    async def last_readable(self, tap: Tap) -> RunId:
        """The latest run whose report this person may read. Raises NotFound."""
        run = await self.last()
        if await self.may_read_all(tap):
            return run
        for number in range(run, 0, -1):
            state = await self._incidents.state(RunId(number))
            if await self.took_part(tap.person.id, state):
                return RunId(number)
        raise NotFound("run", "-")

    async def _note(self, tap: Tap, what: str) -> None:
        """A report leaves the system: who had it made is written down."""
        async with self._store.transaction() as tx:
            if not await tx.journal.has(tap.cause, "read_report"):
                entry = Entry(tap.at, tap.person.id, "read_report", f"report:{what}", tap.cause)
                await tx.journal.write(entry)


_TYPED = ("reason", "note")
"""What people type into a line of the story; the trigger's own reason holds nothing that is masked. What a
signed event says stands in `fields`.
"""


def _typed_in_line(line: TimelineLine, masking: Masking) -> TimelineLine:
    typed: dict[str, object] = {
        name: masking.text(str(line.params[name])) for name in _TYPED if name in line.params
    }
    if isinstance(told := line.params.get("fields"), list):
        typed["fields"] = [[name, masking.text(value)] for name, value in told]
    return replace(line, params={**line.params, **typed}) if typed else line


def _typed_in_steps(state: RunState, masking: Masking) -> RunState:
    """What people answered to the playbook's questions."""
    steps = tuple(
        replace(run, answers=tuple((name, masking.text(value)) for name, value in run.answers))
        for run in state.steps
    )
    return replace(state, steps=steps)


def _line(
    state: RunState, lines: list[TimelineLine], replies: list[Draft], written: list[datetime]
) -> RunLine:
    told = [(line.what, line.at) for line in lines]
    replied = [draft.posted_at for draft in replies if draft.posted_at is not None]
    moments = moments_of(state.incident.opened_at, told, replied)
    return RunLine(state, moments, measure(moments, written))
