"""The steps of a run: which are ready, how each kind begins, what their timers do."""

from dataclasses import replace

from bot.domain import (
    ladder,
    run_checklist,
    run_clocks,
    run_close,
    run_ends,
    run_forms,
    run_letters,
    run_posts,
    run_votes,
    run_waits,
    run_watch,
)
from bot.domain.incident import Paging
from bot.domain.letters import approvals_before, letters_of, words_for
from bot.domain.playbook import Step
from bot.domain.run_effects import CardChanged, Refusal, Why
from bot.domain.run_types import Timer, TimerKind, What
from bot.domain.step_run import StepRun
from bot.domain.step_state import StepState
from bot.domain.step_turn import give, holds
from bot.domain.steps import (
    NEVER_ON_A_SKIP,
    SPEAKS_TO_THE_PUBLIC,
    Answer,
    Approve,
    Ask,
    Cadence,
    Checklist,
    Compose,
    Freeze,
    Handoff,
    Notify,
    Publish,
    Request,
    Snapshot,
    Wait,
)
from bot.domain.target import ACKER
from bot.domain.turn import Turn


def advance(turn: Turn) -> None:
    """Start whatever has become ready, and what that makes ready; then see whether the work is done."""
    before = turn.state.steps
    while turn.state.phase.going_on and (step := _next_ready(turn)) is not None:
        _begin_or_skip(turn, step)
    if not turn.state.phase.going_on:
        return
    for step, run in _steps(turn):
        if run.state is StepState.WAITING:
            run_forms.hand_to_owner(turn, step, run)
    run_clocks.look(turn)
    ladder.let_go_besides(turn)
    run_watch.look(turn)
    if turn.state.steps != before:
        turn.do(CardChanged())


def _steps(turn: Turn) -> list[tuple[Step, StepRun]]:
    """Every step with how far it is, as of now: a run has its steps in the order of its playbook."""
    return list(zip(turn.state.playbook.steps, turn.state.steps, strict=True))


def _next_ready(turn: Turn) -> Step | None:
    pairs = _steps(turn)
    begun = [(step, run) for step, run in pairs if run.state is not StepState.PENDING]
    through = {run.step for step, run in begun if run_ends.passed(turn, step, run)}
    refused = any(run_ends.is_refused(turn, step, run) for step, run in begun)
    for step, run in pairs:
        if run.state is StepState.WAITING and isinstance(step.uses, Wait):
            if run_waits.is_over(turn, step.uses, run):
                return step
        elif run.state is StepState.PENDING and _may_begin(turn, step, through, refused=refused):
            return step
    return None


def _may_begin(turn: Turn, step: Step, through: set[str], *, refused: bool) -> bool:
    """`refused`: some approval ended without a yes."""
    if refused and isinstance(step.uses, NEVER_ON_A_SKIP) and _in_vain(turn, step):
        return True
    if ACKER in step.to and turn.state.owner is None:
        return False
    return through.issuperset(step.before)


def _in_vain(turn: Turn, step: Step) -> bool:
    """Whether an approval that these words need has ended without a yes, and nobody is to decide on it."""
    direct = isinstance(step.uses, Approve)
    names = step.needs if direct else approvals_before(turn.state.playbook, step)
    pairs = ((turn.state.playbook.step(name), turn.state.step_run(name)) for name in names)
    return any(
        one is not None and run is not None and run_ends.is_refused(turn, one, run) for one, run in pairs
    )


def _begin_or_skip(turn: Turn, step: Step) -> None:
    run = turn.state.step_run(step.id)
    if run is None:  # it was found in the state
        raise LookupError(step.id)
    if run.state is StepState.WAITING and isinstance(step.uses, Wait):
        run_waits.look_at_wait(turn, step.uses, run)
    elif (step.condition is not None and not holds(turn, step.condition)) or _has_no_words(turn, step):
        turn.put_step(replace(run, state=StepState.SKIPPED))
        turn.tell(What.STEP_SKIPPED, step=step.id)
    else:
        begin_now(turn, step, run)


def _has_no_words(turn: Turn, step: Step) -> bool:
    """Where the draft or the approval that it needs was not done, it is skipped with it."""
    if isinstance(step.uses, Approve):
        return not letters_of(turn.state, step)
    if not isinstance(step.uses, SPEAKS_TO_THE_PUBLIC):
        return False
    words = words_for(turn.state, step)
    return words is None or (isinstance(step.uses, Answer) and not words.recipients)


def begin_now(turn: Turn, step: Step, run: StepRun) -> None:  # noqa: C901 - one line for each kind
    """Begin the step, whatever its `needs` and `if` say; words for the public still need their approvals."""
    match step.uses:
        case Notify() as uses:
            run_waits.notify(turn, step, uses, run)
        case Checklist() as uses:
            run_checklist.start(turn, step, uses, run)
        case Freeze() as uses:
            run_waits.freeze(turn, step, uses, run)
        case Snapshot() as uses:
            run_waits.snapshot(turn, step, uses, run)
        case Ask() | Request():
            run_forms.start(turn, step, run)
        case Compose():
            run_letters.start(turn, step, run)
        case Approve():
            run_votes.start(turn, step, run)
        case Publish() as uses:
            run_posts.start(turn, step, uses, run)
        case Answer() as uses:
            run_posts.start_reply(turn, step, uses, run)
        case Cadence() as uses:
            run_forms.start_cadence(turn, step, uses, run)
        case Wait() as uses:
            run_waits.wait(turn, step, uses, run)
        case Handoff() as uses:
            run_close.hand_off(turn, step, uses, run)


def begin_again(turn: Turn) -> None:
    """After a reopening: unfinished steps count their time anew, and what was done of them stays done.

    Votes are asked for again: between closing and reopening something has changed. For the same reason words
    for the public never begin anew by themselves, also those that had run out of time: a person jumps there.
    """
    for step, run in _steps(turn):
        unfinished = run.state in {StepState.WAITING, StepState.EXPIRED}
        if unfinished and not isinstance(step.uses, SPEAKS_TO_THE_PUBLIC):
            again = replace(run, attempt=run.attempt + 1, rounds=0, votes=(), reminders=0, reminded_at=None)
            turn.put_step(again)
            begin_now(turn, step, again)


def step_timer(turn: Turn, timers: list[Timer]) -> Refusal | None:
    """Timers of steps and clocks. Several late ones are one message."""
    changed = [_fired(turn, timer) for timer in timers if timer.kind is not TimerKind.DUE]
    overdue = run_checklist.say_overdue(turn, [timer for timer in timers if timer.kind is TimerKind.DUE])
    return None if overdue or any(changed) else Refusal(Why.STALE)


def _fired(turn: Turn, timer: Timer) -> bool:
    """Whether it was still of use."""
    if timer.kind is TimerKind.STATUTE:
        return run_clocks.fired(turn, timer) is None
    step, run = turn.state.playbook.step(timer.step), turn.state.step_run(timer.step)
    if step is None or run is None or run.attempt != timer.attempt or run.state is not StepState.WAITING:
        return False
    match timer.kind:
        case TimerKind.EXPIRE:
            say = turn.tell if _said_before(turn, step, run) else turn.announce
            say(What.STEP_EXPIRED, step=timer.step)
            run_ends.badly(turn, step, run, StepState.EXPIRED)
        case TimerKind.REMIND:
            run_forms.remind(turn, step, run)
        case TimerKind.ROUND:
            _round(turn, step, run)
        case _:
            return False
    return True


def _said_before(turn: Turn, step: Step, run: StepRun) -> bool:
    """Late once more: the next level is called already, or the ladder calls, and each says so itself."""
    if turn.state.paging is Paging.ACKED:
        return step.id in turn.state.late
    return run.since is not None and step.timeout is not None and turn.now >= run.since + 2 * step.timeout


def _round(turn: Turn, step: Step, run: StepRun) -> None:
    match step.uses:
        case Cadence() as uses:
            run_forms.ask_again(turn, step, uses, run)
        case Answer() as uses:
            run_posts.next_batch(turn, step, uses)
        case Wait() as uses:
            run_waits.look_at_wait(turn, uses, run)
        case _:
            give(turn, step, run, run_forms.waits_for(turn, step, run))
