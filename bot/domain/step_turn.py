"""One step being worked on in one turn: who holds it, which timers it has, how it ends well."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.expression import Expression
from bot.domain.people import PersonId
from bot.domain.playbook import Step
from bot.domain.run_effects import SetTimer
from bot.domain.run_facts import lookup
from bot.domain.run_types import Timer, TimerKind, What
from bot.domain.step_effects import RedrawStep, ShowStep
from bot.domain.step_run import StepRun
from bot.domain.step_state import StepState
from bot.domain.steps import Approve
from bot.domain.target import ACKER
from bot.domain.turn import Turn

LOOK_AGAIN = timedelta(minutes=5)
"""Before the next look for somebody where nobody could be reached: a shift may begin meanwhile."""


def holds(turn: Turn, condition: Expression) -> bool:
    """Whether a condition of the playbook is true now."""
    return condition.holds(lookup(turn.state, turn.roster, turn.now))


def arm(turn: Turn, run: StepRun, kind: TimerKind, due_at: datetime) -> StepRun:
    """Set a timer of this attempt."""
    run = replace(run, rounds=run.rounds + 1)
    turn.do(SetTimer(Timer(kind, due_at, run.step, run.attempt, seq=run.rounds)))
    return run


def begin(turn: Turn, step: Step, run: StepRun) -> StepRun:
    """The step waits from now on; its time-out and its reminders count from here."""
    run = replace(run, state=StepState.WAITING, since=turn.now)
    if step.timeout is not None:
        run = arm(turn, run, TimerKind.EXPIRE, turn.now + step.timeout)
    if step.remind_every is not None:
        run = arm(turn, run, TimerKind.REMIND, turn.now + step.remind_every)
    return run


def done(turn: Turn, run: StepRun, by: PersonId | None = None) -> None:
    """It has ended well: whatever people hold of it says so."""
    turn.put_step(replace(run, state=StepState.DONE, by=by))
    redraw(turn, run)
    turn.tell(What.STEP_DONE, step=run.step)


def redraw(turn: Turn, run: StepRun) -> None:
    """What people hold of it shows something old."""
    if run.asked:
        turn.do(RedrawStep(run.step, run.attempt, run.asked))


def holders(turn: Turn, step: Step) -> tuple[PersonId, ...]:
    """Whom the step belongs to and who can be reached: its target, else whoever has the run, else those who
    may close it. An approval never falls to whoever happens to have the run.
    """
    if step.to:
        return turn.people(step.to)
    owner = () if isinstance(step.uses, Approve) else turn.people((ACKER,))
    return owner or turn.people((turn.state.playbook.resolve.confirm_by,))


def give(turn: Turn, step: Step, run: StepRun, people: tuple[PersonId, ...]) -> None:
    """Put the step into these hands. Where there are none it is said aloud, and looked for again."""
    if not people:
        target = ", ".join(str(one) for one in step.to) or turn.state.playbook.resolve.confirm_by
        turn.announce(What.TARGET_EMPTY, target=target, step=step.id)
        turn.put_step(arm(turn, run, TimerKind.ROUND, turn.now + LOOK_AGAIN))
        return
    run = replace(run, asked=tuple(dict.fromkeys((*run.asked, *people))))
    turn.put_step(run)
    turn.do(ShowStep(run.step, run.attempt, people))
    turn.tell(What.ASKED, step=step.id, people=people)


def is_theirs(turn: Turn, step: Step, run: StepRun, person: PersonId) -> bool:
    """Whether this person may do it: who was asked, who is behind its target now, or who has the run."""
    if person in run.asked or any(reach.person == person for reach in turn.roster.all_of(step.to)):
        return True
    return falls_to_owner(step) and person == turn.state.owner


def falls_to_owner(step: Step) -> bool:
    """Whether it is the task of whoever has the run, as long as they have it."""
    return ACKER in step.to if step.to else not isinstance(step.uses, Approve)
