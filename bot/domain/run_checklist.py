"""Checklists: what people tick, what is due when."""

from dataclasses import replace

from bot.domain import lease, run_waits
from bot.domain.playbook import Step
from bot.domain.run_effects import CardChanged, Refusal, SetTimer, Why
from bot.domain.run_events import ItemTicked
from bot.domain.run_types import Timer, TimerKind, What
from bot.domain.step_run import StepRun, Tick
from bot.domain.step_state import StepState
from bot.domain.step_turn import begin
from bot.domain.steps import Checklist, Freeze
from bot.domain.turn import Turn


def start(turn: Turn, step: Step, checklist: Checklist, run: StepRun) -> None:
    """The items stand on the card; their limits count from now."""
    turn.put_step(begin(turn, step, run))
    turn.tell(What.STEP_READY, step=step.id)
    set_limits(turn, step, checklist, run)


def set_limits(turn: Turn, step: Step, checklist: Checklist, run: StepRun) -> None:
    """A timer for every open item that has a limit."""
    for number, item in enumerate(checklist.items, start=1):
        if item.due is not None and run.tick_of(item.id) is None:
            due = Timer(TimerKind.DUE, turn.now + item.due, step.id, run.attempt, seq=number)
            turn.do(SetTimer(due))


def tick(turn: Turn, event: ItemTicked) -> Refusal | None:
    """One thing is done. Late is better than never: an expired step still takes ticks."""
    step, run = turn.state.playbook.step(event.step), turn.state.step_run(event.step)
    checklist = step.uses if step is not None else None
    if run is not None and isinstance(checklist, Freeze) and checklist.by_hand:
        return run_waits.held(turn, event, run)
    if run is None or not isinstance(checklist, Checklist):
        return Refusal(Why.NO_SUCH_ITEM)
    refusal = _refused(run, checklist, event.item)
    if refusal is not None:
        return refusal
    run = replace(run, ticks=(*run.ticks, Tick(event.item, event.person, turn.now)))
    finished = not run.state.ended_well and not run.open_items(checklist)
    turn.put_step(replace(run, state=StepState.DONE, by=event.person) if finished else run)
    turn.tell(What.ITEM_TICKED, step=event.step, item=event.item, person=event.person)
    lease.extend(turn, event.person)
    if finished:
        turn.tell(What.STEP_DONE, step=event.step)
    return None


def _refused(run: StepRun, checklist: Checklist, item: str) -> Refusal | None:
    if item not in {one.id for one in checklist.items}:
        return Refusal(Why.NO_SUCH_ITEM)
    if run.state is StepState.PENDING:
        return Refusal(Why.STEP_NOT_READY)
    if run.state in {StepState.CANCELLED, StepState.SUPERSEDED}:
        return Refusal(Why.STEP_OVER, run.by)
    if (done := run.tick_of(item)) is not None:
        return Refusal(Why.ALREADY_TICKED, done.person, What.ITEM_TICKED, done.at)
    return None


def say_overdue(turn: Turn, timers: list[Timer]) -> bool:
    """One message for all items whose limit has passed; tells whether there were any."""
    overdue = tuple(f"{one.step}/{item}" for one in timers if (item := _open_item(turn, one)) is not None)
    if overdue:
        turn.announce(What.ITEM_OVERDUE, items=overdue, owner=turn.state.owner)
        turn.do(CardChanged())
    return bool(overdue)


def _open_item(turn: Turn, timer: Timer) -> str | None:
    """The item of this timer, if somebody still owes it: an optional one of a checklist that is done is
    nobody's debt any more.
    """
    step, run = turn.state.playbook.step(timer.step), turn.state.step_run(timer.step)
    if step is None or run is None or not isinstance(step.uses, Checklist) or run.attempt != timer.attempt:
        return None
    items = step.uses.items
    item = items[timer.seq - 1].id if 0 < timer.seq <= len(items) else None
    owed = run.state in {StepState.WAITING, StepState.EXPIRED}
    return item if owed and item is not None and run.tick_of(item) is None else None
