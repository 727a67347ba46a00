"""Exercises in the chat: which there are, how one begins, what of its scenario comes when, how it went.

The run itself is the same machine as in earnest. Here is only what an exercise adds: made-up comments and
surprises, each a stored timer, all of it for the team. They are never comments: nothing reads or keeps them.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.drill import Practice, Scene, revision, scenes
from bot.domain.errors import NotFound
from bot.domain.incident import Outcome, RunId
from bot.domain.journal import Entry
from bot.domain.outgoing import Notice, Outgoing, to_person
from bot.domain.outgoing_steps import DrillScene
from bot.domain.outside import event_facts
from bot.domain.people import Action, PersonId
from bot.domain.run_types import RunState
from bot.domain.scenario import Inject, Moment, Reached, Scenario, judge
from bot.domain.steps import Answer
from bot.domain.target import ACKER, Target
from bot.domain.timer import Timer
from bot.services.curtain import END, SCENE, subject_of
from bot.services.events import tell_event
from bot.services.incidents import Incidents
from bot.services.oncall import OnCall
from bot.services.people import Team
from bot.services.ports import Clock, Parts, Store
from bot.services.practices import Practices
from bot.services.tap import Tap
from bot.services.templates import short_name

_WHOLE_STORY = 10_000


class Drills:
    """Stands behind the timers of `drill:…`. A scenario that has changed since is not gone on with."""

    def __init__(
        self,
        store: Store,
        incidents: Incidents,
        team: Team,
        oncall: OnCall,
        scenarios: Sequence[Scenario],
        *,
        clock: Clock,
    ) -> None:
        self._store = store
        self._incidents = incidents
        self._team = team
        self._oncall = oncall
        self._scenarios = {one.id: one for one in scenarios}
        self.practices = Practices(incidents.book.playbooks, scenarios)
        self._clock = clock

    async def listed(self, tap: Tap) -> list[Practice]:
        """What can be practised; what is late first, then what was never practised. Raises NotAllowed."""
        await self._team.require(tap.person, Action.START_DRILL)
        found = await self.practices.listed(self._store.read)
        return sorted(found, key=lambda one: (not one.is_overdue(tap.at), one.last is not None, one.playbook))

    async def in_earnest(self) -> list[RunId]:
        """Real incidents that go on: a good reason to practise another day."""
        return [one.incident.id for one in await self._incidents.going_on() if not one.incident.drill]

    async def start(self, tap: Tap, short: str) -> RunId:
        """The run and all that will come in it, in one transaction. One that goes on is not begun again.

        Raises NotAllowed, NotFound.
        """
        await self._team.require(tap.person, Action.START_DRILL)
        scenario = next((one for one in self._scenarios.values() if short_name(one.id) == short), None)
        if scenario is None:
            raise NotFound("drill", short)

        async def staged(tx: Parts, run: RunId) -> None:
            await self._stage(tx, run, scenario, tap)

        said = event_facts(scenario.event, hidden=False) if scenario.event is not None else ()
        return await self._incidents.start_drill(tap, short_name(scenario.playbook), staged, said)

    async def _stage(self, tx: Parts, run: RunId, scenario: Scenario, tap: Tap) -> None:
        begins, of = self._clock.now(), revision(scenario)
        for scene in scenes(scenario):
            await tx.timers.set(_timer(run, SCENE, begins + scene.at, scenario.id, of, scene.number))
        await tx.timers.set(_timer(run, END, begins + scenario.lasts, scenario.id, of))
        detail: dict[str, object] = {"scenario": scenario.id, "revision": of}
        await tx.journal.write(Entry(begins, tap.person.id, "drill_started", f"run:{run}", tap.cause, detail))
        params = {"title": scenario.title, "story": scenario.story, "by": tap.person.id}
        await tx.outbox.put(f"{subject_of(run)}:opened", DrillScene(run, "opened", params), begins)
        if scenario.event is not None:
            playbook = (await self._incidents.book.state(tx, run)).playbook
            await tell_event(tx, playbook, run, scenario.event, subject_of(run), begins)

    async def plan(self) -> None:
        """No timer stands but those of what a person has started; new playbooks are noted as such."""
        async with self._store.transaction() as tx:
            await self.practices.meet(tx, self._clock.now())

    async def fire(self, timer: Timer, tx: Parts) -> None:
        """A scene is due, or the exercise is over."""
        run = RunId(int(timer.subject.partition(":")[2]))
        state = await self._incidents.book.state(tx, run)
        scenario = self._scenarios.get(timer.step)
        if scenario is None or revision(scenario) != timer.attempt:
            await self._break_off(tx, run, timer)
        elif timer.kind == END:
            await self._over(tx, state, scenario)
        elif state.phase.going_on:
            await self._show(tx, state, next(s for s in scenes(scenario) if s.number == timer.seq))

    async def _show(self, tx: Parts, state: RunState, scene: Scene) -> None:
        now = self._clock.now()
        for number, outgoing in enumerate(await self._said(state, scene, now)):
            key = f"{subject_of(state.incident.id)}:{scene.number}:{number}"
            await tx.outbox.put(key, outgoing, now)

    async def _said(self, state: RunState, scene: Scene, now: datetime) -> list[Outgoing]:
        run = state.incident.id
        if not isinstance(scene.what, Inject):
            return [DrillScene(run, "comment", {"author": scene.what.author, "note": scene.what.text})]
        people = await self._people(state, scene.what.to, now)
        if not people:
            return [DrillScene(run, "inject", {"to": str(scene.what.to), "note": scene.what.text})]
        said: dict[str, object] = {"run": run, "note": scene.what.text}
        return [Notice(to_person(person), "drill_inject", said) for person in people]

    async def _people(self, state: RunState, to: Target, now: datetime) -> tuple[PersonId, ...]:
        """Those who can be written to; what is for nobody stands in the crisis chat."""
        if to == ACKER:
            return (state.owner,) if state.owner is not None else ()
        return (await self._oncall.roster([to], now)).reachable([to])

    async def _over(self, tx: Parts, state: RunState, scenario: Scenario) -> None:
        """How it went, once: when it is closed, or when its time is over."""
        run, now = state.incident.id, self._clock.now()
        await tx.timers.cancel_all(subject_of(run))
        lines = await tx.runs.timeline(run, _WHOLE_STORY)
        story = [Moment(line.what, line.at, str(line.params.get("step", ""))) for line in lines]
        found = judge(scenario, state.incident.opened_at, story)
        goals = [one for one in found if not _out_of_reach(one, state)]
        called_off = state.outcome is Outcome.FALSE_ALARM
        if not called_off:
            await self.practices.held(tx, scenario, state.incident.opened_at)
        params: dict[str, object] = {
            "title": scenario.title,
            "goals": [] if called_off else [_plain(one, state) for one in goals],
            "called_off": called_off,
            "going_on": state.phase.going_on,
        }
        detail: dict[str, object] = {"goals": len(goals), "reached": sum(one.in_time for one in goals)}
        await tx.journal.write(
            Entry(now, "bot", "drill_over", f"run:{run}", f"{subject_of(run)}:over", detail)
        )
        await tx.outbox.put(f"{subject_of(run)}:over", DrillScene(run, "over", params), now)

    async def _break_off(self, tx: Parts, run: RunId, timer: Timer) -> None:
        now = self._clock.now()
        await tx.timers.cancel_all(subject_of(run))
        detail: dict[str, object] = {"scenario": timer.step}
        await tx.journal.write(
            Entry(now, "bot", "drill_changed", f"run:{run}", f"{subject_of(run)}:changed", detail)
        )
        await tx.outbox.put(f"{subject_of(run)}:changed", DrillScene(run, "changed"), now)


def _timer(run: RunId, kind: str, due_at: datetime, scenario: str, of: int, number: int = 0) -> Timer:
    return Timer(subject_of(run), kind, due_at, scenario, of, 0, number)


def _out_of_reach(one: Reached, state: RunState) -> bool:
    """Nobody can answer citizens who are made up: a reply without recipients is no shortcoming of anybody."""
    step, run = state.playbook.step(one.goal.step), state.step_run(one.goal.step)
    if one.after is not None or step is None or run is None or not isinstance(step.uses, Answer):
        return False
    return run.letter is None or not run.letter.recipients


def _plain(one: Reached, state: RunState) -> dict[str, object]:
    """A goal as the outbox keeps it: seconds, and the step by the name that people know."""
    step = state.playbook.step(one.goal.step)
    return {
        "what": str(one.goal.what),
        "step": step.name if step is not None else one.goal.step,
        "within": int(one.goal.within.total_seconds()),
        "after": None if one.after is None else int(one.after.total_seconds()),
    }
