"""Questions to people: ask, request, and the question of a cadence that comes back."""

from dataclasses import replace
from datetime import timedelta

from bot.domain import lease, run_ends
from bot.domain.letters import authors_of, letters_of, votes_for
from bot.domain.people import PersonId
from bot.domain.playbook import Step
from bot.domain.run_effects import Refusal, Why
from bot.domain.run_events import Answered
from bot.domain.run_types import TimerKind, What
from bot.domain.step_effects import RedrawStep, ShowStep
from bot.domain.step_run import CHOICE, StepRun
from bot.domain.step_state import StepState
from bot.domain.step_turn import arm, begin, done, falls_to_owner, give, holders, is_theirs, redraw
from bot.domain.steps import Approve, Ask, Cadence, Request
from bot.domain.turn import Turn


def start(turn: Turn, step: Step, run: StepRun) -> None:
    """Ask."""
    give(turn, step, begin(turn, step, run), holders(turn, step))


def start_cadence(turn: Turn, step: Step, cadence: Cadence, run: StepRun) -> None:
    """The first question comes after the first interval."""
    turn.put_step(arm(turn, begin(turn, step, run), TimerKind.ROUND, turn.now + cadence.every))


def ask_again(turn: Turn, step: Step, cadence: Cadence, run: StepRun) -> None:
    """The next round. Where the last one stayed without an answer, the next level is called."""
    if cadence.escalate and run.asked and not run.answers:
        turn.announce(What.STEP_EXPIRED, step=step.id)
        run_ends.escalate(turn, step.id)
    run = replace(run, answers=(), by=None, reminders=0, reminded_at=None)
    run = arm(turn, run, TimerKind.ROUND, turn.now + cadence.every)
    people = holders(turn, step)
    if not people:
        target = ", ".join(str(one) for one in step.to)
        turn.announce(What.TARGET_EMPTY, target=target, step=step.id)
        turn.put_step(run)
        return
    give(turn, step, run, people)


def answered(turn: Turn, event: Answered) -> Refusal | None:
    """A form came back. Late is better than never: a step that timed out still takes its answer."""
    step, run = turn.state.playbook.step(event.step), turn.state.step_run(event.step)
    if step is None or run is None or not isinstance(step.uses, Ask | Request | Cadence):
        return Refusal(Why.NO_SUCH_STEP)
    if run.state is StepState.PENDING or (isinstance(step.uses, Cadence) and not run.asked):
        return Refusal(Why.STEP_NOT_READY)
    over = run.state not in {StepState.WAITING, StepState.EXPIRED} or bool(run.answers)
    if run.attempt != event.attempt or over:
        return Refusal(Why.STEP_OVER, run.by)
    if not is_theirs(turn, step, run, event.person):
        return Refusal(Why.STEP_NOT_YOURS)
    _take(turn, step, replace(run, answers=event.answers, by=event.person), event.person)
    return None


def _take(turn: Turn, step: Step, run: StepRun, person: PersonId) -> None:
    turn.tell(What.ANSWERED, step=step.id, person=person, choice=run.answer(CHOICE))
    lease.extend(turn, person)
    if isinstance(step.uses, Cadence):
        turn.put_step(run)
        redraw(turn, run)
    else:
        done(turn, run, person)


def remind(turn: Turn, step: Step, run: StepRun) -> None:
    """Ask those again who have not answered, each time after twice as long; whoever has come on duty since is
    asked at once. The steps' time-outs and the ladder know nothing of it.
    """
    if step.remind_every is not None:
        run = arm(turn, run, TimerKind.REMIND, turn.now + step.remind_every)
    people = () if run.answers else waits_for(turn, step, run)
    fresh = tuple(person for person in people if person not in run.asked)
    told = fresh
    if people and _is_time_again(turn, step, run):
        told = people
        run = replace(run, reminders=run.reminders + 1, reminded_at=turn.now)
    turn.put_step(replace(run, asked=(*run.asked, *fresh)))
    if told:
        turn.do(ShowStep(run.step, run.attempt, told, again=True))
        turn.tell(What.REMINDED, step=step.id, people=told)


_SELDOM = timedelta(hours=1)
"""However long somebody has been silent, they hear of it so often, or as seldom as the playbook says."""
_DOUBLINGS = 10


def _is_time_again(turn: Turn, step: Step, run: StepRun) -> bool:
    """Where a life is at risk nobody is spared: every reminder of the playbook goes out."""
    every, last = step.remind_every, run.reminded_at or run.since
    if every is None or last is None or turn.state.playbook.sensitive:
        return True
    grown = every * (1 << min(run.reminders, _DOUBLINGS))
    return turn.now - last >= max(every, min(grown, _SELDOM))


def waits_for(turn: Turn, step: Step, run: StepRun) -> tuple[PersonId, ...]:
    """Whose answer would help now."""
    free = _free(turn, step, run)
    return tuple(person for person in holders(turn, step) if person not in free)


def _free(turn: Turn, step: Step, run: StepRun) -> frozenset[str]:
    """Whom an approval does not wait for: its authors, and who has approved these very words."""
    if not isinstance(step.uses, Approve):
        return frozenset()
    letters = letters_of(turn.state, step)
    return authors_of(letters) | votes_for(run, letters)


def hand_to_owner(turn: Turn, step: Step, run: StepRun) -> None:
    """Somebody else has the run now: what waits for its owner waits for them, and no more for the former."""
    owner = turn.state.owner
    if owner is None or not run.asked:
        return
    if owner not in run.asked:
        if owner in _free(turn, step, run) or not is_theirs(turn, step, run, owner):
            return
        give(turn, step, run, (owner,))
    _take_from_former(turn, step, owner)


def _take_from_former(turn: Turn, step: Step, owner: PersonId) -> None:
    """Of those who were asked, the owner and whoever the step is meant for keep it."""
    run = turn.state.step_run(step.id)
    if run is None or not falls_to_owner(step):
        return
    behind = {owner, *(reach.person for reach in turn.roster.all_of(step.to))}
    former = tuple(person for person in run.asked if person not in behind)
    if former:
        turn.put_step(replace(run, asked=tuple(person for person in run.asked if person in behind)))
        turn.do(RedrawStep(run.step, run.attempt, former))
