"""The crisis machine: `reduce(state, event, now)` decides what becomes of a run. Pure; `now` is an argument.

The table in docs/crisis.md is this file read aloud.
"""

from datetime import datetime

from bot.domain import ladder, lease, run_steps
from bot.domain.incident import Outcome, Paging, Phase
from bot.domain.people import PersonId
from bot.domain.playbook import OnRepeat
from bot.domain.run_effects import (
    CancelTimers,
    CardChanged,
    Decision,
    Refusal,
    RenewPages,
    RetirePages,
    ShareOriginal,
    Why,
)
from bot.domain.run_events import (
    Acknowledged,
    Event,
    FalseAlarm,
    ItemTicked,
    Opened,
    PageUndeliverable,
    Raised,
    Resolved,
    StillHandling,
    TakenOver,
    TimerFired,
    TriggeredAgain,
)
from bot.domain.run_types import RunState, Timer, TimerKind, What
from bot.domain.target import TargetKind
from bot.domain.turn import CADENCE, Turn


def reduce(state: RunState, event: Event, now: datetime) -> Decision:
    """What this event makes of the run. An event that may not change anything comes back as a refusal, with
    the state untouched and no effects.
    """
    turn = Turn(state, event.roster, now)
    refusal = _refused_by_phase(state, event, turn) or _apply(turn, event)
    return Decision(state, refusal=refusal) if refusal else turn.decision()


def _refused_by_phase(state: RunState, event: Event, turn: Turn) -> Refusal | None:
    if isinstance(event, Opened):
        return Refusal(Why.ALREADY_OPENED) if state.epoch else None
    if state.epoch == 0:
        return Refusal(Why.NOT_OPENED)
    if state.phase.going_on or (isinstance(event, TriggeredAgain) and state.may_reopen(turn.now)):
        return None
    told = turn.stale()
    return Refusal(Why.CLOSED, told.by, told.what, told.at)


def _apply(turn: Turn, event: Event) -> Refusal | None:
    refusal: Refusal | None = None
    match event:
        case Acknowledged() | Raised() | TakenOver() | StillHandling() | PageUndeliverable():
            refusal = _pressed(turn, event)
        case TimerFired():
            refusal = _timer(turn, event)
        case Opened():
            _open(turn)
        case TriggeredAgain():
            refusal = _trigger_again(turn, event)
        case ItemTicked(step=step, item=item, person=person):
            refusal = run_steps.tick(turn, step, item, person)
        case Resolved() | FalseAlarm():
            refusal = _close(turn, event)
        case _:  # no step asks for the others yet
            refusal = Refusal(Why.NO_SUCH_STEP)
    return refusal


def _open(turn: Turn) -> None:
    turn.change(triggers=1, began_at=turn.now)
    incident = turn.state.incident
    turn.announce(What.OPENED, reason=incident.reason, by=incident.opened_by, severity=turn.state.severity)
    turn.do(CardChanged())
    ladder.start_over(turn, What.OPENED, incident.opened_by)
    _share_original(turn)
    run_steps.advance(turn)


def _trigger_again(turn: Turn, event: TriggeredAgain) -> Refusal | None:
    reopening = turn.state.phase is Phase.RESOLVED
    if not reopening and turn.state.playbook.concurrency.on_repeat is OnRepeat.IGNORE:
        return Refusal(Why.REPEAT_IGNORED)
    turn.change(triggers=turn.state.triggers + 1)
    turn.tell(What.EVIDENCE_ADDED, reason=event.reason, count=turn.state.triggers)
    if event.severity is not None and event.severity.rank > turn.state.severity.rank:
        turn.change(severity=event.severity)
        turn.announce(What.SEVERITY_RAISED, severity=event.severity)
    turn.do(CardChanged())
    if reopening:
        turn.change(phase=Phase.OPEN, outcome=None, resolved_at=None, first_ack_at=None, began_at=turn.now)
        turn.announce(What.REOPENED, reason=event.reason)
        ladder.start_over(turn, What.REOPENED)
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


def _timer(turn: Turn, event: TimerFired) -> Refusal | None:
    if not event.timer.kind.of_ladder:
        return run_steps.step_timer(turn, event.timer, event.also)
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
        run_steps.propose(turn)
    turn.set_ladder_timer(TimerKind.CADENCE, turn.now + CADENCE)


Pressed = Acknowledged | Raised | TakenOver | StillHandling | PageUndeliverable


def _pressed(turn: Turn, event: Pressed) -> Refusal | None:
    """Everything that belongs to one epoch."""
    if event.epoch != turn.state.epoch:
        return turn.stale()
    match event:
        case PageUndeliverable(person=person):
            return _undeliverable(turn, person)
        case StillHandling(person=person):
            return _still_handling(turn, person)
        case Acknowledged(person=person):
            return _not_called(turn, person) or _acknowledge(turn, person)
        case Raised(person=person):
            return _not_called(turn, person) or _raise(turn, person)
        case TakenOver(person=person):
            return _not_called(turn, person) or _take_over(turn, person)


def _not_called(turn: Turn, person: PersonId) -> Refusal | None:
    known = turn.state.was_called(person) or person in turn.roster.responders or person == turn.state.owner
    return None if known else Refusal(Why.NOT_CALLED)


def _acknowledge(turn: Turn, person: PersonId) -> Refusal | None:
    state = turn.state
    if state.paging is Paging.ACKED:
        return _held(turn, person)
    began = state.began_at if state.first_ack_at is None else None
    lease.hold(turn, person, What.ACKED)
    waited = int((turn.now - began).total_seconds()) if began else None
    turn.announce(What.ACKED, person=person, seconds=waited)
    _hand_pages_to(turn, person, What.ACKED)
    run_steps.advance(turn)
    return None


def _take_over(turn: Turn, person: PersonId) -> Refusal | None:
    former = turn.state.owner
    if turn.state.paging is not Paging.ACKED:
        return Refusal(Why.NOBODY_HAS_IT)
    if former == person:
        return Refusal(Why.ALREADY_YOURS)
    lease.hold(turn, person, What.TAKEN_OVER)
    turn.announce(What.TAKEN_OVER, person=person, former=former)
    _hand_pages_to(turn, person, What.TAKEN_OVER)
    return None


def _hand_pages_to(turn: Turn, owner: PersonId, what: What) -> None:
    """The owner's page shows what an owner can do; everybody else's says who has it."""
    called = tuple(c.person for c in turn.state.called)
    others = tuple(person for person in called if person != owner)
    if owner in called:
        turn.do(RenewPages((owner,), turn.state.epoch))
    if others:
        turn.do(RetirePages(others, turn.state.epoch, what, owner))
    turn.do(CardChanged())


def _held(turn: Turn, person: PersonId) -> Refusal:
    owner = turn.state.owner
    return Refusal(Why.ALREADY_YOURS if owner == person else Why.TAKEN, owner)


def _raise(turn: Turn, person: PersonId) -> Refusal | None:
    if turn.state.paging is Paging.UNANSWERED:
        return Refusal(Why.ALL_CALLED)
    turn.announce(What.RAISED, person=person)
    ladder.raise_level(turn, person)
    return None


def _still_handling(turn: Turn, person: PersonId) -> Refusal | None:
    if turn.state.paging is not Paging.ACKED:
        return Refusal(Why.NOBODY_HAS_IT)
    if turn.state.owner != person:
        return Refusal(Why.NOT_OWNER, turn.state.owner)
    lease.extend(turn, person)
    turn.tell(What.STILL_HANDLING, person=person)
    return None


def _undeliverable(turn: Turn, person: PersonId) -> Refusal | None:
    state = turn.state
    if state.paging is Paging.ACKED and state.owner == person and state.lease_asked:
        lease.cut_off(turn, person)
    elif state.paging is not Paging.ACKED and person in state.calling:
        ladder.undeliverable(turn, person)
    else:
        return Refusal(Why.STALE)
    return None


def _close(turn: Turn, event: Resolved | FalseAlarm) -> Refusal | None:
    reason = event.reason.strip()
    resolved = isinstance(event, Resolved)
    if resolved and not _may_close(turn, event.person):
        return Refusal(Why.NOT_CLOSER)
    open_items = run_steps.open_items(turn)
    if not reason and (open_items or not resolved):
        return Refusal(Why.NEEDS_REASON)
    what, outcome = (What.RESOLVED, Outcome.HANDLED) if resolved else (What.FALSE_ALARM, Outcome.FALSE_ALARM)
    turn.new_epoch(what, event.person)
    turn.do(CancelTimers(turn.state.epoch, steps=True))
    turn.change(phase=Phase.RESOLVED, outcome=outcome, resolved_at=turn.now, calling=(), lease_until=None)
    turn.announce(what, person=event.person, reason=reason or None, left=open_items or None)
    everybody = tuple(c.person for c in turn.state.called)
    if everybody:
        turn.do(RetirePages(everybody, turn.state.epoch, what, event.person))
    turn.do(CardChanged())
    return None


def _may_close(turn: Turn, person: PersonId) -> bool:
    target = turn.state.playbook.resolve.confirm_by
    if target.kind is TargetKind.ACKER:
        return person == turn.state.owner
    return any(reach.person == person for reach in turn.roster.all_of((target,)))
