"""Limits set by law, counted from the opening, and the day of the review: reminded of, never acted on."""

from datetime import timedelta

from bot.domain.people import PersonId
from bot.domain.playbook import Clock
from bot.domain.run_effects import Refusal, SetTimer, Why
from bot.domain.run_types import Timer, TimerKind, What
from bot.domain.step_effects import AskReview
from bot.domain.step_turn import holds
from bot.domain.turn import Turn

REVIEW_AGAIN = timedelta(days=1)
_REVIEW_ROUNDS = 7
"""How often the questions of a review are brought to mind, once a day."""


def set_clocks(turn: Turn) -> None:
    """The reminders and the end of every limit that is still ahead."""
    opened = turn.state.incident.opened_at
    for clock in _open_clocks(turn):
        for number, before in enumerate(_moments(clock), start=1):
            due = opened + clock.within - before
            if due > turn.now or not before:
                turn.do(
                    SetTimer(Timer(TimerKind.STATUTE, max(due, turn.now), clock.id, seq=_seq(turn, number)))
                )


def _seq(turn: Turn, number: int) -> int:
    """A number of its own after every reopening."""
    return turn.state.epoch * 100 + number


def _moments(clock: Clock) -> tuple[timedelta, ...]:
    """How long before the end something is said; 0, the end itself, is the last."""
    return (*sorted(set(clock.remind_before) - {timedelta()}, reverse=True), timedelta())


def _open_clocks(turn: Turn) -> list[Clock]:
    return [clock for clock in turn.state.playbook.clocks if clock.id not in turn.state.clocks_met]


def is_open(turn: Turn) -> bool:
    """Whether a limit is left that something would have met."""
    return any(clock.met_when is not None for clock in _open_clocks(turn))


def look(turn: Turn) -> None:
    """Note the limits that have been met."""
    for clock in _open_clocks(turn):
        if clock.met_when is not None and holds(turn, clock.met_when):
            turn.change(clocks_met=(*turn.state.clocks_met, clock.id))
            turn.tell(What.CLOCK_MET, clock=clock.id)


def fired(turn: Turn, timer: Timer) -> Refusal | None:
    """A limit is near, or over."""
    clock = next((one for one in _open_clocks(turn) if one.id == timer.step), None)
    number = timer.seq % 100
    if clock is None or not 0 < number <= len(_moments(clock)):
        return Refusal(Why.STALE)
    end = turn.state.incident.opened_at + clock.within
    over = number == len(_moments(clock))
    turn.announce(What.CLOCK_OVER if over else What.CLOCK_NEAR, clock=clock.id, due_at=end)
    return None


def set_review(turn: Turn) -> None:
    """A closed run is looked back on when the playbook says so."""
    review = turn.state.playbook.review
    if review is not None:
        due = turn.now + review.due
        turn.do(SetTimer(Timer(TimerKind.REVIEW, due, epoch=turn.state.epoch, seq=1)))


def review_due(turn: Turn, timer: Timer) -> Refusal | None:
    """Ask the questions of the review, and again every day for a week."""
    review = turn.state.playbook.review
    if review is None or timer.epoch != turn.state.epoch:
        return Refusal(Why.STALE)
    people = reviewers(turn)
    turn.do(AskReview(people))
    # The team hears of it once; the daily reminder is for whoever is asked.
    say = turn.announce if timer.seq == 1 else turn.tell
    say(What.REVIEW_ASKED, people=people)
    if timer.seq < _REVIEW_ROUNDS:
        later = turn.now + REVIEW_AGAIN
        turn.do(SetTimer(Timer(TimerKind.REVIEW, later, epoch=timer.epoch, seq=timer.seq + 1)))
    return None


def reviewers(turn: Turn) -> tuple[PersonId, ...]:
    """Who looks back: the review's owner, else those who may close."""
    playbook = turn.state.playbook
    owner = turn.people((playbook.review.owner,)) if playbook.review is not None else ()
    return owner or turn.people((playbook.resolve.confirm_by,))
