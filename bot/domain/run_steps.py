"""The steps of a run: which are ready, what they ask, when they are done."""

from dataclasses import replace

from bot.domain import lease
from bot.domain.incident import Paging, Phase
from bot.domain.people import PersonId
from bot.domain.playbook import Step
from bot.domain.run_effects import (
    CancelTimers,
    CardChanged,
    NotifyTarget,
    ProposeResolve,
    Refusal,
    SetTimer,
    Why,
)
from bot.domain.run_types import Timer, TimerKind, What
from bot.domain.step_run import StepRun, Tick
from bot.domain.step_state import StepState
from bot.domain.steps import Checklist, Notify
from bot.domain.target import ACKER
from bot.domain.turn import CADENCE, Turn


def advance(turn: Turn) -> None:
    """Start whatever has become ready, and what that makes ready; then see whether the work is done."""
    while (step := _next_ready(turn)) is not None:
        _start(turn, step)
    _watch_when_done(turn)


def _next_ready(turn: Turn) -> Step | None:
    ended_well = {run.step for run in turn.state.steps if run.state.ended_well}
    for run in turn.state.steps:
        step = turn.state.playbook.step(run.step)
        if run.state is not StepState.PENDING or step is None or not ended_well.issuperset(step.needs):
            continue
        if ACKER in step.to and turn.state.owner is None:
            continue
        return step
    return None


def _start(turn: Turn, step: Step) -> None:
    run = turn.state.step_run(step.id)
    if run is None:  # _next_ready found it in the state
        raise LookupError(step.id)
    match step.uses:
        case Notify():
            _notify(turn, step, step.uses)
            turn.put_step(replace(run, state=StepState.DONE))
        case Checklist():
            turn.put_step(replace(run, state=StepState.WAITING))
            turn.tell(What.STEP_READY, step=step.id)
            _set_timers(turn, step, step.uses, run)
        case _:  # the loader offers no other kind yet
            raise LookupError(step.id)
    turn.do(CardChanged())


def _notify(turn: Turn, step: Step, notify: Notify) -> None:
    told: tuple[PersonId, ...] = ()
    for target in step.to:
        people = turn.people((target,))
        if not people:
            turn.announce(What.TARGET_EMPTY, target=target, step=step.id)
            continue
        fresh = tuple(person for person in people if person not in told)
        if fresh:
            turn.do(NotifyTarget(target, fresh, notify.text, step.id))
        told += fresh
    turn.tell(What.NOTIFIED, step=step.id, people=told)


def _set_timers(turn: Turn, step: Step, checklist: Checklist, run: StepRun) -> None:
    for number, item in enumerate(checklist.items, start=1):
        if item.due is not None and run.tick_of(item.id) is None:
            due = Timer(TimerKind.DUE, turn.now + item.due, step.id, run.attempt, seq=number)
            turn.do(SetTimer(due))
    if step.timeout is not None:
        turn.do(SetTimer(Timer(TimerKind.EXPIRE, turn.now + step.timeout, step.id, run.attempt, seq=1)))


def begin_again(turn: Turn) -> None:
    """After a reopening: unfinished steps count their time anew, and what was ticked stays ticked."""
    for run in turn.state.steps:
        step = turn.state.playbook.step(run.step)
        if step is not None and run.state in {StepState.WAITING, StepState.EXPIRED}:
            again = replace(run, state=StepState.WAITING, attempt=run.attempt + 1)
            turn.put_step(again)
            if isinstance(step.uses, Checklist):
                _set_timers(turn, step, step.uses, again)
    advance(turn)


def tick(turn: Turn, step_id: str, item: str, person: PersonId) -> Refusal | None:
    """One thing is done. Late is better than never: an expired step still takes ticks."""
    step, run = turn.state.playbook.step(step_id), turn.state.step_run(step_id)
    checklist = step.uses if step is not None else None
    if run is None or not isinstance(checklist, Checklist) or item not in {i.id for i in checklist.items}:
        return Refusal(Why.NO_SUCH_ITEM)
    if run.state is StepState.PENDING:
        return Refusal(Why.STEP_NOT_READY)
    if (done := run.tick_of(item)) is not None:
        return Refusal(Why.ALREADY_TICKED, done.person, What.ITEM_TICKED, done.at)
    run = replace(run, ticks=(*run.ticks, Tick(item, person, turn.now)))
    finished = not run.state.ended_well and not run.open_items(checklist)
    turn.put_step(replace(run, state=StepState.DONE) if finished else run)
    turn.tell(What.ITEM_TICKED, step=step_id, item=item, person=person)
    turn.do(CardChanged())
    lease.extend(turn, person)
    if finished:
        turn.tell(What.STEP_DONE, step=step_id)
        advance(turn)
    return None


def step_timer(turn: Turn, timer: Timer, also: tuple[Timer, ...]) -> Refusal | None:
    """A due item or a step's time-out. Several late ones are one message."""
    open_ones = [one for one in (timer, *also) if _still_matters(turn, one)]
    if not open_ones:
        return Refusal(Why.STALE)
    for one in open_ones:
        if one.kind is TimerKind.EXPIRE:
            _expire(turn, one)
    overdue = tuple(f"{one.step}/{_item(turn, one)}" for one in open_ones if one.kind is TimerKind.DUE)
    if overdue:
        turn.announce(What.ITEM_OVERDUE, items=overdue, owner=turn.state.owner)
    turn.do(CardChanged())
    return None


def _still_matters(turn: Turn, timer: Timer) -> bool:
    run = turn.state.step_run(timer.step)
    if run is None or run.attempt != timer.attempt:
        return False
    if timer.kind is TimerKind.EXPIRE:
        return run.state is StepState.WAITING
    item = _item(turn, timer)
    # An optional item of a checklist that is done is nobody's debt any more.
    return (
        run.state in {StepState.WAITING, StepState.EXPIRED} and item is not None and run.tick_of(item) is None
    )


def _item(turn: Turn, timer: Timer) -> str | None:
    step = turn.state.playbook.step(timer.step)
    if step is None or not isinstance(step.uses, Checklist):
        return None
    items = step.uses.items
    return items[timer.seq - 1].id if 0 < timer.seq <= len(items) else None


def _expire(turn: Turn, timer: Timer) -> None:
    run = turn.state.step_run(timer.step)
    if run is not None:
        turn.put_step(replace(run, state=StepState.EXPIRED))
        turn.announce(What.STEP_EXPIRED, step=timer.step)
        _watch_when_done(turn)


def open_items(turn: Turn) -> tuple[str, ...]:
    """Every required item that nobody has ticked, as `step/item`; steps that never began count too."""
    found: list[str] = []
    for run in turn.state.steps:
        step = turn.state.playbook.step(run.step)
        if step is not None and isinstance(step.uses, Checklist):
            optional_only = all(item.optional for item in step.uses.items)
            found += [] if optional_only else [f"{run.step}/{item}" for item in run.open_items(step.uses)]
    return tuple(found)


def _watch_when_done(turn: Turn) -> None:
    """All work ended and somebody has it: from here on the bot asks whether it is over.

    A playbook without work for people stays open under its owner's lease: nothing shows that it is over.
    """
    state = turn.state
    if state.phase is not Phase.OPEN or state.paging is not Paging.ACKED:
        return
    work = [run for run in state.steps if _is_work(turn, run)]
    if not work or not all(run.state.ended for run in state.steps):
        return
    turn.change(phase=Phase.MONITORING, lease_asked=False)
    turn.do(CancelTimers(state.epoch))
    turn.announce(What.MONITORING)
    propose(turn)
    turn.set_ladder_timer(TimerKind.CADENCE, turn.now + CADENCE)
    turn.do(CardChanged())


def _is_work(turn: Turn, run: StepRun) -> bool:
    step = turn.state.playbook.step(run.step)
    return step is not None and isinstance(step.uses, Checklist)


def propose(turn: Turn) -> None:
    """Ask those who may close whether it is over."""
    target = turn.state.playbook.resolve.confirm_by
    people = turn.people((target,))
    if people:
        turn.do(ProposeResolve(target, people))
    else:
        turn.announce(What.TARGET_EMPTY, target=target)
