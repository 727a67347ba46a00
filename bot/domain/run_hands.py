"""Who has a run, and how it changes hands: everything that is pressed on a page, bound to its epoch."""

from bot.domain import ladder, lease, relief
from bot.domain.incident import Paging
from bot.domain.people import PersonId
from bot.domain.run_effects import CardChanged, Refusal, RenewPages, RetirePages, Why
from bot.domain.run_events import (
    Acknowledged,
    HandOverAnswered,
    HandOverOffered,
    PageUndeliverable,
    Raised,
    ShiftEnded,
    StillHandling,
    StoodDown,
    TakenOver,
)
from bot.domain.run_types import TimerKind, What
from bot.domain.step_effects import EndOffer, OfferHandOver
from bot.domain.turn import CADENCE, Turn

Pressed = (
    Acknowledged | Raised | TakenOver | StillHandling | PageUndeliverable | HandOverOffered | HandOverAnswered
)


def pressed(turn: Turn, event: Pressed) -> Refusal | None:
    """Everything that belongs to one epoch."""
    if event.epoch != turn.state.epoch:
        return turn.stale()
    match event:
        case PageUndeliverable(person=person):
            return _undeliverable(turn, person)
        case StillHandling(person=person):
            return _still_handling(turn, person)
        case HandOverOffered():
            return _offer(turn, event)
        case HandOverAnswered():
            return _answer_offer(turn, event)
        case Acknowledged() | Raised() | TakenOver():
            return _not_called(turn, event.person) or _by_the_called(turn, event)


def _by_the_called(turn: Turn, event: Acknowledged | Raised | TakenOver) -> Refusal | None:
    match event:
        case Acknowledged(person=person):
            return _acknowledge(turn, person)
        case Raised(person=person):
            return _raise(turn, person)
        case TakenOver(person=person):
            return _take_over(turn, person)


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
    elif person in state.calling:
        ladder.undeliverable(turn, person)
    elif person == state.offered_to:
        turn.announce(What.UNDELIVERABLE, person=person)
        turn.change(offered_to=None)
        relief.declined(turn, person)
    else:
        return Refusal(Why.STALE)
    return None


def _offer(turn: Turn, event: HandOverOffered) -> Refusal | None:
    state = turn.state
    if state.paging is not Paging.ACKED:
        return Refusal(Why.NOBODY_HAS_IT)
    if state.owner != event.person:
        return Refusal(Why.NOT_OWNER, state.owner)
    if event.to == event.person:
        return Refusal(Why.ALREADY_YOURS)
    turn.change(offered_to=event.to)
    turn.do(OfferHandOver(event.to, state.epoch, event.person))
    turn.tell(What.HAND_OVER_OFFERED, person=event.person, to=event.to)
    lease.extend(turn, event.person)
    return None


def _answer_offer(turn: Turn, event: HandOverAnswered) -> Refusal | None:
    """A yes changes the owner. A no leaves the run with whoever asked: they still have it, and know it."""
    if turn.state.offered_to != event.person:
        return Refusal(Why.NOBODY_ASKED)
    if not event.accepted:
        turn.change(offered_to=None)
        turn.announce(What.HAND_OVER_DECLINED, person=event.person)
        turn.do(EndOffer(event.person, event.epoch))
        relief.declined(turn, event.person)
        return None
    lease.hold(turn, event.person, What.HAND_OVER_ACCEPTED)
    turn.announce(What.HAND_OVER_ACCEPTED, person=event.person)
    _hand_pages_to(turn, event.person, What.HAND_OVER_ACCEPTED)
    return None


def let_go(turn: Turn, event: StoodDown | ShiftEnded) -> Refusal | None:
    """Calling ends by a person's word, or somebody's turn by the clock."""
    return relief.shift_ended(turn, event) if isinstance(event, ShiftEnded) else _stand_down(turn, event)


def _stand_down(turn: Turn, event: StoodDown) -> Refusal | None:
    """A person calls the calling off. The work stays open, everybody may still take it, and while the office
    is open it is asked every hour whether it may be closed.
    """
    reason = event.reason.strip()
    if not reason:
        return Refusal(Why.NEEDS_REASON)
    if turn.state.paging is Paging.STOOD_DOWN:
        return turn.stale()
    turn.new_epoch(What.STOOD_DOWN, event.person)
    turn.change(paging=Paging.STOOD_DOWN, owner=None, lease_until=None, lease_asked=False, calling=())
    turn.announce(What.STOOD_DOWN, person=event.person, reason=reason)
    everybody = tuple(c.person for c in turn.state.called)
    if everybody:
        turn.do(RenewPages(everybody, turn.state.epoch))
    turn.set_ladder_timer(TimerKind.CADENCE, turn.now + CADENCE)
    turn.do(CardChanged())
    return None
