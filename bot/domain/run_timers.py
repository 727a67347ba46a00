"""Stored timers that are due."""

from datetime import datetime

from bot.domain import ladder, lease, relief, run_clocks, run_steps, run_watch
from bot.domain.incident import Paging, Phase
from bot.domain.run_effects import Refusal
from bot.domain.run_events import TimerFired
from bot.domain.run_types import RunState, Timer, TimerKind, What
from bot.domain.turn import CADENCE, Turn


def fired(turn: Turn, event: TimerFired) -> Refusal | None:
    """A ladder timer counts only for its epoch, a step's only for its attempt."""
    if event.timer.kind is TimerKind.REVIEW:
        return run_clocks.review_due(turn, event.timer)
    if event.timer.kind is TimerKind.OFFER:
        return relief.waited(turn, [event.timer, *event.also])
    if not event.timer.kind.of_ladder:
        return run_steps.step_timer(turn, [event.timer, *event.also])
    if (event.timer.epoch, event.timer.seq) != (turn.state.epoch, turn.state.timer_seq):
        return turn.stale()
    late = turn.now - event.timer.due_at > ladder.LATE
    if late:
        turn.tell(What.LATE, timer=event.timer.kind, due_at=event.timer.due_at)
    match event.timer.kind:
        case TimerKind.ESCALATE:
            _escalate(turn, event)
        case TimerKind.LEASE:
            _lease(turn, late=late)
        case _:
            _cadence(turn)
    return None


def live(state: RunState, due_at: datetime) -> Timer:
    """The one ladder timer that a run that goes on has at any time, under the name that it must have."""
    kind = TimerKind.CADENCE
    if state.phase is Phase.OPEN and state.paging is Paging.UNACKED:
        kind = TimerKind.ESCALATE
    elif state.phase is Phase.OPEN and state.paging is Paging.ACKED:
        kind = TimerKind.LEASE
    return Timer(kind, due_at, epoch=state.epoch, seq=state.timer_seq)


def _escalate(turn: Turn, event: TimerFired) -> None:
    due: Timer = event.timer
    if turn.now - due.due_at > ladder.MAX_LATE and turn.state.first_ack_at is None:
        turn.announce(What.DELAYED, since=event.down_since or due.due_at, until=turn.now)
        ladder.start_over(turn, What.DELAYED)
    else:
        ladder.next_level(turn, What.ESCALATED)


def _lease(turn: Turn, *, late: bool) -> None:
    state = turn.state
    if state.owner is None or state.lease_until is None:
        raise LookupError("a lease timer without an owner")
    if state.lease_until > turn.now:
        turn.set_ladder_timer(TimerKind.LEASE, state.lease_until)
    elif late or not state.lease_asked:
        # Late: while the bot was down nobody could answer it, so silence proves nothing.
        lease.ask(turn, state.owner)
    else:
        lease.lose(turn, state.owner)


def _cadence(turn: Turn) -> None:
    if turn.state.paging is Paging.UNANSWERED:
        ladder.call_again(turn)
        return
    if turn.roster.working:  # nobody is woken to be asked whether something may be closed
        run_watch.propose(turn)
    turn.set_ladder_timer(TimerKind.CADENCE, turn.now + CADENCE)
