"""Limits set by law, counted from the opening, and the day of the review: reminded of, never acted on."""

from datetime import datetime, timedelta

from bot.domain.limit import WorkingDays, after, before, on_the_wall
from bot.domain.people import PersonId
from bot.domain.playbook import Clock
from bot.domain.run_effects import Refusal, SetTimer, Why
from bot.domain.run_types import RunState, Timer, TimerKind, What
from bot.domain.step_effects import AskReview
from bot.domain.step_turn import holds
from bot.domain.turn import Turn

REVIEW_AGAIN = timedelta(days=1)
_REVIEW_ROUNDS = 7
"""How often the questions of a review are brought to mind, once a day."""


def set_clocks(turn: Turn) -> None:
    """The reminders and the end of every limit that is still ahead. The ends are counted once."""
    hours, opened = turn.roster.hours, turn.state.incident.opened_at
    if not turn.state.clocks_due:
        due = ((clock.id, after(opened, clock.within, hours)) for clock in turn.state.playbook.clocks)
        turn.change(clocks_due=tuple(due))
    for clock in _open_clocks(turn):
        _arm(turn, clock)


def _arm(turn: Turn, clock: Clock) -> None:
    hours = turn.roster.hours
    end, reminders = due_of(turn.state, clock), _reminders(clock)
    moments = (*(before(end, one, hours) for one in reminders), end)
    for number, at in enumerate(moments, start=1):
        if at > turn.now or number == len(moments):
            timer = Timer(TimerKind.STATUTE, max(at, turn.now), clock.id, seq=_seq(turn, number))
            turn.do(SetTimer(timer))


def go_on(turn: Turn) -> None:
    """Another run carries on, and the law still counts from this opening: what is ahead is reminded of. One
    that is over has been said to be, and what the agency has set itself ends with the run.
    """
    for clock in _by_law(turn):
        if due_of(turn.state, clock) > turn.now:
            _arm(turn, clock)


def by_law(turn: Turn) -> tuple[str, ...]:
    """Every limit of the law that something would have met and nothing has, as `clock=moment of its end`."""
    return tuple(f"{clock.id}={due_of(turn.state, clock).isoformat()}" for clock in _by_law(turn))


def _by_law(turn: Turn) -> list[Clock]:
    return [clock for clock in _open_clocks(turn) if clock.met_when is not None and not clock.own]


def due_of(state: RunState, clock: Clock) -> datetime:
    """When this limit is over; for a run of an older version, which has not kept it, by the wall's clock."""
    kept = dict(state.clocks_due).get(clock.id)
    return state.incident.opened_at + on_the_wall(clock.within) if kept is None else kept


def limits(state: RunState) -> list[tuple[Clock, datetime]]:
    """Those that nothing has met yet, the next one first."""
    left = (clock for clock in state.playbook.clocks if clock.id not in state.clocks_met)
    return sorted(((clock, due_of(state, clock)) for clock in left), key=lambda pair: pair[1])


def _seq(turn: Turn, number: int) -> int:
    """A number of its own after every reopening."""
    return turn.state.epoch * 100 + number


def _reminders(clock: Clock) -> tuple[timedelta | WorkingDays, ...]:
    """Each once; the end itself is none."""
    return tuple(dict.fromkeys(one for one in clock.remind_before if one != timedelta()))


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
    if clock is None or not 0 < number <= len(_reminders(clock)) + 1:
        return Refusal(Why.STALE)
    over = number > len(_reminders(clock))
    end = due_of(turn.state, clock)
    what = What.CLOCK_OVER if over else What.CLOCK_NEAR
    turn.announce(what, clock=clock.id, due_at=end, run=turn.state.carried_by)
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
