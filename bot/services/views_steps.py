"""What the cards of a playbook's steps show, read at the moment they are drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.domain.comment import Comment, CommentId, KeptComment
from bot.domain.crisis_mode import APPROVALS
from bot.domain.draft_advice import MOST_LINES
from bot.domain.incident import RunId
from bot.domain.letters import Covered, authors_of, least, letters_of
from bot.domain.people import PersonId, Role
from bot.domain.playbook import Step
from bot.domain.roster import Roster
from bot.domain.run_types import RunState
from bot.domain.step_run import Answers, PostState, StepRun, Vote
from bot.domain.step_state import StepState
from bot.domain.steps import Answer, Approve, Ask, Cadence, Field, Freeze, Request
from bot.services.adviser import Adviser
from bot.services.incidents import Incidents
from bot.services.people import Team
from bot.services.ports import Clock, Duty, Store

_RESPONDERS = (Role.PIKET, Role.KOORDINATOR)
_TO_LOOK_AT = frozenset({PostState.FAILED, PostState.UNCERTAIN})
_MOST_PLACES = 8
_NOTE = Field("catatan", ask="", max=1000)


@dataclass(frozen=True, slots=True)
class StepView:
    """One step in the hands of one person.

    `live`: this attempt still waits for this person, for an answer or for a look; `outdated`: a later attempt
    is under way. `filled` is what this person has typed so far. `letters` are the words that an approval is
    about (or the step's own), `votes` those that count for these very words. `places` are the comments under
    which somebody has to look.
    """

    state: RunState
    step: Step
    run: StepRun
    person: PersonId
    names: Mapping[str, str]
    now: datetime
    live: bool
    filled: Answers = ()
    comment: KeptComment | None = None
    letters: Covered = ()
    votes: tuple[Vote, ...] = ()
    needed: int = 1
    outdated: bool = False
    places: Mapping[str, Comment] = field(default_factory=dict)
    hints: tuple[str, ...] = ()
    """Advice on the words, for whoever edits or approves them."""

    @property
    def place(self) -> int:
        """The step's place in the definition."""
        return self.state.playbook.steps.index(self.step)

    @property
    def until(self) -> datetime | None:
        """When the time of this step is over."""
        timeout: timedelta | None = self.step.timeout
        return self.run.since + timeout if self.run.since is not None and timeout is not None else None

    @property
    def own_words(self) -> bool:
        """Whether this person wrote any of them, so that others have to decide."""
        return self.person in authors_of(self.letters)


@dataclass(frozen=True, slots=True)
class HandOverView:
    """Somebody is asked to carry on. `open`: their answer still counts. `notes`: what those of the shift that
    has ended left for the next.
    """

    state: RunState
    person: PersonId
    open: bool
    names: Mapping[str, str]
    now: datetime
    notes: tuple[tuple[PersonId, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """What a run holds back: step and the moment; those that were let go are left out."""

    state: RunState
    held: tuple[tuple[Step, StepRun], ...]
    names: Mapping[str, str]
    now: datetime


@dataclass(frozen=True, slots=True)
class CourseView:
    """A run with all that a person may change about its course.

    `candidates` could carry on; `others` are the runs that this one could be merged into.
    """

    state: RunState
    candidates: tuple[PersonId, ...]
    others: tuple[RunState, ...]
    names: Mapping[str, str]
    now: datetime


def fields_of(step: Step, choice: str = "") -> tuple[Field, ...]:
    """The lines of a step's form, as this choice needs them; a cadence asks for one sentence."""
    match step.uses:
        case Ask(fields=fields) | Request(fields=fields):
            return tuple(field.asked_for(choice) for field in fields)
        case Cadence():
            return (_NOTE,)
        case _:
            return ()


class StepDesk:
    """One reading per card; None when what it is about is gone."""

    def __init__(
        self, store: Store, incidents: Incidents, team: Team, duty: Duty, clock: Clock, *, adviser: Adviser
    ) -> None:
        self._store = store
        self._incidents = incidents
        self._team = team
        self._duty = duty
        self._clock = clock
        self._adviser = adviser

    async def step(self, run: RunId, step_id: str, attempt: int, person: PersonId) -> StepView | None:
        state = await self._state(run)
        step = state.playbook.step(step_id) if state is not None else None
        kept = state.step_run(step_id) if state is not None else None
        if state is None or step is None or kept is None:
            return None
        waits = takes_answers(step, kept) or _unsure(step, kept)
        theirs = kept.attempt == attempt and person in kept.asked
        live = state.phase.going_on and waits and theirs
        letters = _letters(state, step, kept)
        return StepView(
            state,
            step,
            kept,
            person,
            self._team.names,
            self._clock.now(),
            live,
            await self._store.read.forms.get(run, step_id, attempt, person),
            await self._comment(state),
            letters,
            kept.votes,
            await self._needed(state, step, kept, letters),
            outdated=kept.attempt != attempt,
            places=await self._places(step, kept) if live else {},
            hints=self._hints(state, letters) if live else (),
        )

    async def _needed(self, state: RunState, step: Step, run: StepRun, letters: Covered) -> int:
        strict = isinstance(step.uses, Approve) and await self._store.read.board.crisis_mode() is not None
        roster = Roster({}, approvals=APPROVALS if strict else 1)
        return max(_needed(step, letters), least(state, run, roster))

    def _hints(self, state: RunState, letters: Covered) -> tuple[str, ...]:
        told = [self._adviser.on_letter(letter.text, state.playbook.id) for _, letter in letters]
        return tuple(dict.fromkeys(line for lines in told for line in lines))[:MOST_LINES]

    async def hand_over(self, run: RunId, person: PersonId, epoch: int) -> HandOverView | None:
        state = await self._state(run)
        if state is None:
            return None
        asked = state.phase.going_on and state.offered_to == person and state.epoch == epoch
        notes = await self._notes(state.shift_over.change) if asked and state.shift_over is not None else ()
        return HandOverView(state, person, asked, self._team.names, self._clock.now(), notes)

    async def _notes(self, change: str) -> tuple[tuple[PersonId, str], ...]:
        rota, _, minute = change.rpartition(":")
        at = datetime.fromtimestamp(int(minute) * 60, UTC)
        return tuple(await self._store.read.reached.notes(rota, at))

    async def held(self, run: RunId) -> ReleaseView | None:
        state = await self._state(run)
        if state is None:
            return None
        held = tuple(
            (step, kept)
            for step in state.playbook.steps
            if isinstance(step.uses, Freeze)
            and (kept := state.step_run(step.id)) is not None
            and step.id in state.holding
        )
        return ReleaseView(state, held, self._team.names, self._clock.now())

    async def course(self, run: RunId) -> CourseView | None:
        """None where no such run goes on."""
        going = await self._incidents.going_on()
        state = next((one for one in going if one.incident.id == run), None)
        if state is None:
            return None
        links = {link.person for link in await self._store.read.people.links() if not link.suspended}
        now = self._clock.now()
        able = [person for role in _RESPONDERS for person in await self._duty.find(f"role:{role}", now)]
        candidates = tuple(dict.fromkeys(p for p in able if p in links and p != state.owner))
        others = tuple(
            one for one in going if one.incident.id != run and one.incident.drill is state.incident.drill
        )
        return CourseView(state, candidates, others, self._team.names, now)

    async def _places(self, step: Step, run: StepRun) -> dict[str, Comment]:
        """The comments whose replies wait for somebody's look, by the number that the post carries."""
        if not isinstance(step.uses, Answer):
            return {}
        open_ = [post.channel for post in run.posts if post.state in _TO_LOOK_AT][:_MOST_PLACES]
        found = [await self._store.read.comments.get(CommentId(int(one))) for one in open_]
        return {str(kept.id): kept.comment for kept in found if kept is not None}

    async def _state(self, run: RunId) -> RunState | None:
        kept = await self._store.read.runs.get(run)
        return None if kept is None else self._incidents.read(kept)

    async def _comment(self, state: RunState) -> KeptComment | None:
        """The newest evidence, unless the matter is sensitive."""
        if state.playbook.sensitive:
            return None
        evidence = await self._store.read.runs.evidence(state.incident.id)
        return await self._store.read.comments.get(evidence[-1]) if evidence else None


def takes_answers(step: Step, run: StepRun) -> bool:
    """Whether it still waits for people; a question whose time is over takes a late answer all the same."""
    late = run.state is StepState.EXPIRED and isinstance(step.uses, Ask | Request)
    return late or run.state is StepState.WAITING


def _unsure(step: Step, run: StepRun) -> bool:
    """An unsure reply holds nothing up, but whoever was asked about it can still say what became of it."""
    posts = run.posts if isinstance(step.uses, Answer) and run.state is StepState.DONE else ()
    return any(post.state is PostState.UNCERTAIN for post in posts)


def _letters(state: RunState, step: Step, run: StepRun) -> Covered:
    if isinstance(step.uses, Approve):
        return letters_of(state, step)
    return ((step.id, run.letter),) if run.letter is not None else ()


def _needed(step: Step, letters: Covered) -> int:
    if not isinstance(step.uses, Approve):
        return 1
    unedited = bool(letters) and all(letter.unedited for _, letter in letters)
    return step.uses.approvals_if_unedited if unedited else step.uses.approvals
