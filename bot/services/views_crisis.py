"""What incident cards and pages show, read at the moment they are drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.case import CaseId
from bot.domain.comment import KeptComment
from bot.domain.incident import RunId
from bot.domain.people import Action, PersonId
from bot.domain.review import questions
from bot.domain.run_types import RunState, What
from bot.services.incidents import Incidents
from bot.services.people import Team
from bot.services.ports import Clock, Store, TimelineLine

_LINES = 16


@dataclass(frozen=True, slots=True)
class IncidentView:
    """The live card in the crisis chat. `comment`: the newest evidence; None where it is sensitive.

    More evidence is counted, not told line by line.
    """

    state: RunState
    comment: KeptComment | None
    evidence: int
    timeline: tuple[TimelineLine, ...]
    names: Mapping[str, str]
    now: datetime


@dataclass(frozen=True, slots=True)
class PageView:
    """A page in somebody's private chat: what is asked of this person, now, and what they may press."""

    state: RunState
    person: PersonId
    comment: KeptComment | None
    names: Mapping[str, str]
    now: datetime
    may_close: bool = True
    may_dismiss: bool = True
    """Call it a false alarm."""


@dataclass(frozen=True, slots=True)
class OriginalView:
    """The unredacted comments of a sensitive case, for a named person.

    `answerable`: the case's version where these people, and they alone, answer it.
    """

    case: CaseId
    comments: tuple[KeptComment, ...]
    now: datetime
    answerable: int | None = None


@dataclass(frozen=True, slots=True)
class ReviewView:
    """The review of a closed run, for one of those who are asked. `answered`: question, by whom."""

    state: RunState
    person: PersonId
    questions: tuple[str, ...]
    answered: Mapping[str, PersonId]
    names: Mapping[str, str]
    now: datetime
    may_waive: bool = False


class CrisisDesk:
    """One reading per card; None when what it is about is gone."""

    def __init__(self, store: Store, incidents: Incidents, team: Team, clock: Clock) -> None:
        self._store = store
        self._incidents = incidents
        self._team = team
        self._clock = clock

    async def incident(self, run: RunId) -> IncidentView | None:
        state = await self.state(run)
        if state is None:
            return None
        evidence = await self._store.read.runs.evidence(run)
        lines = await self._store.read.runs.timeline(run, _LINES, without=What.EVIDENCE_ADDED)
        return IncidentView(
            state,
            await self._comment(state),
            len(evidence),
            tuple(lines),
            self._team.names,
            self._clock.now(),
        )

    async def page(self, run: RunId, person: PersonId) -> PageView | None:
        state = await self.state(run)
        if state is None:
            return None
        return PageView(
            state,
            person,
            await self._comment(state),
            self._team.names,
            self._clock.now(),
            may_close=await self._team.allows(person, Action.CLOSE_INCIDENT),
            may_dismiss=await self._team.allows(person, Action.FALSE_ALARM),
        )

    async def letter(self, run: RunId, step: str, attempt: int) -> str | None:
        """The approved words of this attempt of a publish or reply step, while it is the live one."""
        state = await self.state(run)
        found = state.step_run(step) if state is not None else None
        if found is None or found.attempt != attempt or found.letter is None:
            return None
        return found.letter.text

    async def review(self, run: RunId, person: PersonId) -> ReviewView | None:
        state = await self.state(run)
        if state is None:
            return None
        answers = await self._store.read.reports.answers(run)
        return ReviewView(
            state,
            person,
            questions(state.playbook),
            {one.question: one.person for one in answers},
            self._team.names,
            self._clock.now(),
            may_waive=await self._team.allows(person, Action.CLOSE_INCIDENT),
        )

    async def original(self, case: CaseId) -> OriginalView | None:
        comments = await self._store.read.comments.of_case(case)
        kept = await self._store.read.cases.get(case)
        if not comments or kept is None:
            return None
        version = kept.version if kept.sensitive else None
        return OriginalView(case, tuple(comments), self._clock.now(), version)

    async def state(self, run: RunId) -> RunState | None:
        """The run as it stands; None where there is none."""
        kept = await self._store.read.runs.get(run)
        return None if kept is None else self._incidents.read(kept)

    async def _comment(self, state: RunState) -> KeptComment | None:
        """The newest evidence, unless the matter is sensitive: that of the playbook, or of this citizen."""
        if state.playbook.sensitive:
            return None
        evidence = await self._store.read.runs.evidence(state.incident.id)
        kept = await self._store.read.comments.get(evidence[-1]) if evidence else None
        case = await self._store.read.cases.get(CaseId(kept.case_id)) if kept is not None else None
        return None if case is None or case.sensitive else kept
