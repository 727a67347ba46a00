"""A shift ends while somebody of it has a run: it is offered to whoever comes on, and the old owner keeps it
until another has it. Where nobody takes it the ladder is called besides, from its first level.
"""

from dataclasses import replace
from datetime import timedelta

from bot.domain import ladder
from bot.domain.incident import Paging, Phase
from bot.domain.people import PersonId
from bot.domain.run_effects import CardChanged, Refusal, RenewPages, SetTimer, Why
from bot.domain.run_events import ShiftEnded
from bot.domain.run_types import ShiftOver, Timer, TimerKind, What
from bot.domain.step_effects import EndOffer, OfferHandOver
from bot.domain.turn import CADENCE, Turn


def shift_ended(turn: Turn, event: ShiftEnded) -> Refusal | None:
    """Ask whoever has come on. Nobody is called off, and nobody is without an owner meanwhile."""
    state = turn.state
    if state.paging is not Paging.ACKED:
        return Refusal(Why.NOBODY_HAS_IT)
    if state.owner != event.person:
        return Refusal(Why.NOT_OWNER, state.owner)
    before = state.shift_over or ShiftOver("")
    if before.change == event.change:
        return turn.stale()
    to = event.to if _may_be_asked(turn, event.to) else None
    if state.offered_to is not None and state.offered_to != to:
        turn.do(EndOffer(state.offered_to, state.epoch))
    turn.change(shift_over=replace(before, change=event.change, until=None, calling=False), offered_to=to)
    turn.announce(What.SHIFT_OVER, person=event.person, to=to)
    if to is None:
        call(turn)
    else:
        _wait(turn, _answer_within(turn))
        turn.do(OfferHandOver(to, state.epoch, event.person))
    _tell_owner(turn, event.person)
    return None


def _may_be_asked(turn: Turn, to: PersonId | None) -> bool:
    """Somebody else; where a life is at risk only who would be called for it anyway."""
    if to is None or to == turn.state.owner:
        return False
    if not turn.state.playbook.sensitive:
        return True
    targets = [target for level in turn.state.playbook.ladder.levels for target in level.page]
    return any(reach.person == to for reach in turn.roster.all_of(targets))


def _answer_within(turn: Turn) -> timedelta:
    """As long as the first level has for a page."""
    levels = turn.state.playbook.ladder.levels
    return levels[0].ack_within if levels else CADENCE


def _wait(turn: Turn, span: timedelta) -> None:
    """Nobody is woken for what is only watched any more."""
    over = turn.state.shift_over
    if over is None or turn.state.phase is not Phase.OPEN:
        return
    over = replace(over, timer=over.timer + 1, until=turn.now + span)
    turn.change(shift_over=over)
    turn.do(SetTimer(Timer(TimerKind.OFFER, turn.now + span, epoch=turn.state.epoch, seq=over.timer)))


def _tell_owner(turn: Turn, owner: PersonId) -> None:
    if turn.state.was_called(owner):
        turn.do(RenewPages((owner,), turn.state.epoch))
    turn.do(CardChanged())


def waited(turn: Turn, timers: list[Timer]) -> Refusal | None:
    """Nobody has taken it in time. Where the bot itself was away nobody could: it listens once more."""
    over, state = turn.state.shift_over, turn.state
    live = [timer for timer in timers if over is not None and (timer.epoch, timer.seq) == _live(turn)]
    if over is None or not live or over.until is None or state.phase is not Phase.OPEN:
        return turn.stale()
    if turn.now - live[0].due_at > ladder.LATE and not over.calling:
        _wait(turn, _answer_within(turn))
        return None
    if not over.calling:
        turn.announce(What.HAND_OVER_UNANSWERED, person=state.offered_to)
    call(turn)
    return None


def _live(turn: Turn) -> tuple[int, int]:
    over = turn.state.shift_over
    return turn.state.epoch, over.timer if over is not None else 0


def declined(turn: Turn, person: PersonId) -> None:
    """Whoever has come on cannot: others are called at once, and this person is not asked again."""
    over = turn.state.shift_over
    if over is None:
        return
    turn.change(shift_over=replace(over, declined=(*over.declined, person)))
    if not over.calling:
        call(turn)


def call(turn: Turn) -> None:
    """The first level besides the owner, then the next, at last the last resort; each may take it over."""
    over = turn.state.shift_over
    if over is None or turn.state.phase is not Phase.OPEN:
        return
    if not over.calling and turn.state.playbook.ladder.levels:
        turn.change(level=_BEFORE_THE_FIRST)
    turn.change(shift_over=replace(over, calling=True, until=None))
    if ladder.call_besides(turn):
        _wait(turn, turn.state.playbook.ladder.levels[turn.state.level].ack_within)


_BEFORE_THE_FIRST = -1
