"""The crisis machine: `reduce(state, event, now)` decides what becomes of a run. Pure; `now` is an argument.

The table in docs/crisis.md is this file read aloud.
"""

from datetime import datetime

from bot.domain import (
    ladder,
    lease,
    run_checklist,
    run_clocks,
    run_close,
    run_ends,
    run_forms,
    run_hands,
    run_letters,
    run_posts,
    run_steps,
    run_timers,
    run_votes,
    run_waits,
)
from bot.domain.incident import Outcome, Phase
from bot.domain.playbook import OnRepeat
from bot.domain.run_effects import CardChanged, Decision, Refusal, ShareOriginal, Why
from bot.domain.run_events import (
    Answered,
    Composed,
    Edited,
    Event,
    FalseAlarm,
    FreezeReleased,
    ItemTicked,
    Jumped,
    Merged,
    Opened,
    PostSettled,
    Resolved,
    Reviewed,
    ShiftEnded,
    Skipped,
    StoodDown,
    TimerFired,
    TriggeredAgain,
    Voted,
)
from bot.domain.run_types import RunState, TimerKind, What
from bot.domain.steps import NEVER_ON_A_SKIP
from bot.domain.target import ACKER
from bot.domain.turn import Turn


def reduce(state: RunState, event: Event, now: datetime) -> Decision:
    """What this event makes of the run. An event that may not change anything comes back as a refusal, with
    the state untouched and no effects.
    """
    turn = Turn(state, event.roster, now)
    refusal = _refused_by_phase(state, event, turn) or _apply(turn, event)
    if refusal is not None:
        return Decision(state, refusal=refusal)
    if turn.state.phase.going_on:
        run_steps.advance(turn)
    if turn.state.steps != state.steps:
        turn.do(CardChanged())
    return turn.decision()


def _refused_by_phase(state: RunState, event: Event, turn: Turn) -> Refusal | None:
    if isinstance(event, Opened):
        return Refusal(Why.ALREADY_OPENED) if state.epoch else None
    if state.epoch == 0:
        return Refusal(Why.NOT_OPENED)
    if state.phase.going_on:
        return Refusal(Why.STALE) if isinstance(event, Reviewed) else None
    if _may_come_late(state, event, turn):
        return None
    told = turn.stale()
    return Refusal(Why.CLOSED, told.by, told.what, told.at)


def _may_come_late(state: RunState, event: Event, turn: Turn) -> bool:
    """What a closed run still takes: what became of its words, letting go what it held, its review, and the
    limits of the law where another run carries on.
    """
    match event:
        case TriggeredAgain():
            return state.may_reopen(turn.now)
        case PostSettled() | FreezeReleased():
            return True
        case Reviewed():
            return state.phase is Phase.RESOLVED
        case TimerFired(timer=timer) if state.phase is Phase.RESOLVED:
            goes_on = state.outcome in {Outcome.MERGED, Outcome.HANDED_OFF}
            return timer.kind is TimerKind.REVIEW or (timer.kind is TimerKind.STATUTE and goes_on)
        case _:
            return False


def _apply(turn: Turn, event: Event) -> Refusal | None:
    match event:
        case Opened():
            _open(turn)
            return None
        case TriggeredAgain():
            return _trigger_again(turn, event)
        case TimerFired():
            return run_timers.fired(turn, event)
        case Composed() | Edited() | Voted() | PostSettled():
            return _of_words(turn, event)
        case ItemTicked() | Answered() | Skipped() | Jumped():
            return _of_work(turn, event)
        case _:
            return _of_the_run(turn, event)


OfARun = Resolved | FalseAlarm | Merged | Reviewed | StoodDown | FreezeReleased | ShiftEnded
OfWords = Composed | Edited | Voted | PostSettled
OfWork = ItemTicked | Answered | Skipped | Jumped


def _of_the_run(turn: Turn, event: OfARun | run_hands.Pressed) -> Refusal | None:
    match event:
        case Resolved() | FalseAlarm():
            return run_close.close(turn, event)
        case Merged():
            return run_close.merge(turn, event)
        case Reviewed():
            return run_close.reviewed(turn, event)
        case StoodDown() | ShiftEnded():
            return run_hands.let_go(turn, event)
        case FreezeReleased():
            return run_waits.release(turn, event)
        case _:
            return run_hands.pressed(turn, event)


def _of_words(turn: Turn, event: OfWords) -> Refusal | None:
    match event:
        case Composed():
            return run_letters.composed(turn, event)
        case Edited():
            return run_letters.edited(turn, event)
        case Voted():
            return run_votes.voted(turn, event)
        case PostSettled():
            return run_posts.settled(turn, event)


def _of_work(turn: Turn, event: OfWork) -> Refusal | None:
    match event:
        case ItemTicked():
            return run_checklist.tick(turn, event)
        case Answered():
            return run_forms.answered(turn, event)
        case Skipped():
            return run_ends.skip(turn, event)
        case Jumped():
            return _jump(turn, event)


def _jump(turn: Turn, event: Jumped) -> Refusal | None:
    """Whoever jumps wants it to begin now, whatever it needs. Words for the public go no other way."""
    refusal = run_ends.jump(turn, event)
    step, run = turn.state.playbook.step(event.step), turn.state.step_run(event.step)
    if refusal is not None or step is None or run is None:
        return refusal
    lease.extend(turn, event.person)
    waits = ACKER in step.to and turn.state.owner is None
    if not isinstance(step.uses, NEVER_ON_A_SKIP) and not waits:
        run_steps.begin_now(turn, step, run)
    return None


def _open(turn: Turn) -> None:
    turn.change(triggers=1, began_at=turn.now)
    incident = turn.state.incident
    turn.announce(What.OPENED, reason=incident.reason, by=incident.opened_by, severity=turn.state.severity)
    turn.do(CardChanged())
    ladder.start_over(turn, What.OPENED, incident.opened_by)
    _share_original(turn)
    run_clocks.set_clocks(turn)


def _trigger_again(turn: Turn, event: TriggeredAgain) -> Refusal | None:
    reopening = turn.state.phase is Phase.RESOLVED
    repeat = turn.state.playbook.concurrency.on_repeat
    if not reopening and repeat is OnRepeat.IGNORE:
        return Refusal(Why.REPEAT_IGNORED)
    if not reopening and repeat is OnRepeat.QUEUE:
        turn.change(queued=turn.state.queued + 1)
    severity = turn.state.severity
    said = tuple((dict(turn.state.event) | dict(event.event)).items())
    turn.change(triggers=turn.state.triggers + 1, event=said)
    turn.tell(What.EVIDENCE_ADDED, reason=event.reason, count=turn.state.triggers)
    if event.severity is not None and event.severity.rank > turn.state.severity.rank:
        turn.change(severity=event.severity)
        turn.announce(What.SEVERITY_RAISED, severity=event.severity)
    turn.do(CardChanged(fed=not reopening and turn.state.severity is severity))
    if reopening:
        turn.change(phase=Phase.OPEN, outcome=None, resolved_at=None, first_ack_at=None, began_at=turn.now)
        turn.announce(What.REOPENED, reason=event.reason)
        ladder.start_over(turn, What.REOPENED)
        run_clocks.set_clocks(turn)
        run_steps.begin_again(turn)
    _share_original(turn)
    return None


def _share_original(turn: Turn) -> None:
    target = turn.state.playbook.private_to
    if target is None:
        return
    people = turn.people((target,))
    if not people:
        turn.announce(What.PRIVATE_EMPTY, target=target)
    turn.do(*(ShareOriginal(person) for person in people))
