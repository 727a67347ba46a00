"""Steps that need no answer: hold back, keep evidence, tell people, let time pass."""

from dataclasses import replace

from bot.domain import lease
from bot.domain.people import PersonId
from bot.domain.playbook import Step
from bot.domain.run_effects import NotifyTarget, Refusal, Why
from bot.domain.run_events import FreezeReleased, ItemTicked
from bot.domain.run_types import TimerKind, What
from bot.domain.step_effects import Hold, Release, TakeSnapshot
from bot.domain.step_run import StepRun, Tick
from bot.domain.step_state import StepState
from bot.domain.step_turn import LOOK_AGAIN, arm, begin, done, holds
from bot.domain.steps import HELD, Freeze, Matter, Notify, Snapshot, Wait
from bot.domain.turn import Turn

COMMENTS = "claim.comments"
"""The fact that counts the evidence of a run; every roster brings it."""
OPENING = "case.comments"
"""The fact that counts the comments of the case that a run was opened from; a run without a case has none."""


def freeze(turn: Turn, step: Step, uses: Freeze, run: StepRun) -> None:
    """Hold back until a person lets go. The step itself is done at once: nothing waits for what people hold
    in other tools, but it stays on the card until somebody says that it is held.
    """
    turn.do(Hold(step.id, uses.scope))
    drill = True if turn.state.incident.drill else None
    turn.announce(What.FROZEN, step=step.id, scope=uses.scope, drill=drill)
    turn.change(holding=tuple(dict.fromkeys((*turn.state.holding, step.id))))
    done(turn, replace(run, since=turn.now))


def held(turn: Turn, event: ItemTicked, run: StepRun) -> Refusal | None:
    """Somebody has held by hand what the bot cannot hold."""
    if event.item != HELD:
        return Refusal(Why.NO_SUCH_ITEM)
    if event.step not in turn.state.holding:
        return Refusal(Why.NOTHING_HELD)
    if (done := run.tick_of(HELD)) is not None:
        return Refusal(Why.ALREADY_TICKED, done.person, What.HELD_BY_HAND, done.at)
    turn.put_step(replace(run, ticks=(*run.ticks, Tick(HELD, event.person, turn.now))))
    turn.tell(What.HELD_BY_HAND, step=event.step, person=event.person)
    lease.extend(turn, event.person)
    return None


def release(turn: Turn, event: FreezeReleased) -> Refusal | None:
    """A person lets go what one step held back."""
    if event.step not in turn.state.holding:
        return Refusal(Why.NOTHING_HELD)
    turn.change(holding=tuple(step for step in turn.state.holding if step != event.step))
    turn.do(Release(event.step))
    step = turn.state.playbook.step(event.step)
    scope = step.uses.scope if step is not None and isinstance(step.uses, Freeze) else None
    turn.announce(What.RELEASED, step=event.step, person=event.person, scope=scope)
    return None


def snapshot(turn: Turn, step: Step, uses: Snapshot, run: StepRun) -> None:
    """Keep what there is now."""
    turn.do(TakeSnapshot(step.id))
    counted = OPENING if uses.of is Matter.CASE else COMMENTS
    turn.tell(What.SNAPSHOT_KEPT, step=step.id, count=turn.roster.facts.get(counted, turn.state.triggers))
    done(turn, replace(run, since=turn.now))


def notify(turn: Turn, step: Step, uses: Notify, run: StepRun) -> None:
    """Tell everybody behind the targets once."""
    told: tuple[PersonId, ...] = ()
    for target in step.to:
        people = turn.people((target,))
        if not people:
            turn.announce(What.TARGET_EMPTY, target=target, step=step.id)
            continue
        fresh = tuple(person for person in people if person not in told)
        if fresh:
            turn.do(NotifyTarget(target, fresh, uses.text, step.id))
        told += fresh
    turn.tell(What.NOTIFIED, step=step.id, people=told)
    turn.put_step(replace(run, state=StepState.DONE, since=turn.now))


def wait(turn: Turn, step: Step, uses: Wait, run: StepRun) -> None:
    """Wait for the time, for the condition, or for whichever comes first."""
    look_at_wait(turn, uses, begin(turn, step, run))


def look_at_wait(turn: Turn, uses: Wait, run: StepRun) -> None:
    """The waiting is over, or looked at again later."""
    if is_over(turn, uses, run):
        done(turn, run)
        return
    later = turn.now + LOOK_AGAIN if uses.until is not None else None
    if uses.lasts is not None and run.since is not None:
        end = run.since + uses.lasts
        later = end if later is None else min(later, end)
    turn.put_step(arm(turn, run, TimerKind.ROUND, later or turn.now + LOOK_AGAIN))


def is_over(turn: Turn, uses: Wait, run: StepRun) -> bool:
    """Whether the time has passed, or what it waits for holds. One that waits for nothing is over at once."""
    passed = uses.lasts is not None and run.since is not None and turn.now >= run.since + uses.lasts
    held = uses.until is not None and holds(turn, uses.until)
    return passed or held or (uses.lasts is None and uses.until is None)
