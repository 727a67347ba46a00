"""Calling people, level after level, until somebody has it or everybody has been called."""

from collections.abc import Iterator
from datetime import timedelta

from bot.domain.incident import Paging, Phase
from bot.domain.people import PersonId
from bot.domain.run_effects import CardChanged, PageExhausted, PagePerson, RenewPages
from bot.domain.run_types import Called, TimerKind, What
from bot.domain.turn import CADENCE, Turn

LATE = timedelta(seconds=60)
"""A timer that fires later than this was held up by the bot, not by people."""
MAX_LATE = timedelta(hours=2)
"""A ladder held up longer than this is not replayed; it starts anew with whoever is on call now."""


def start_over(
    turn: Turn, what: What, by: PersonId | None = None, unreached: tuple[PersonId, ...] = ()
) -> None:
    """The ladder from its first level, with whoever is on call now. Whom no message reached earlier gets a
    new try, but for those of whom that has just been learnt (`unreached`).
    """
    turn.change(level=0, round=0, unreached=unreached)
    _call_first_of(turn, ((level, 0) for level in range(len(turn.state.playbook.ladder.levels))), what, by)


def next_level(turn: Turn, what: What, by: PersonId | None = None) -> None:
    """The next level, or the first of the next round, or the last resort."""
    state = turn.state
    levels = range(len(state.playbook.ladder.levels))
    ahead = [(level, state.round) for level in levels if level > state.level]
    if state.round < state.playbook.ladder.repeat:
        # One whole round ahead is enough: whom nobody can reach now, nobody can reach now in a later round.
        ahead += [(level, state.round + 1) for level in levels]
    _call_first_of(turn, iter(ahead), what, by)


def raise_level(turn: Turn, by: PersonId | None, what: What = What.RAISED) -> None:
    """A person, or a step that nobody answers, wants somebody higher: upwards only, and after the last level
    the last resort.
    """
    state = turn.state
    levels = range(state.level + 1, len(state.playbook.ladder.levels))
    _call_first_of(turn, ((level, state.round) for level in levels), what, by)


def _call_first_of(turn: Turn, ahead: Iterator[tuple[int, int]], what: What, by: PersonId | None) -> None:
    """Call the first of these levels at which somebody can be reached; empty ones are skipped, and said."""
    turn.new_epoch(what, by)
    turn.change(owner=None, lease_until=None, lease_asked=False)
    if turn.state.phase is Phase.MONITORING:
        turn.change(phase=Phase.OPEN)
    for level, round_ in ahead:
        turn.change(level=level, round=round_)
        if _call_level(turn):
            return
        turn.announce(What.LEVEL_EMPTY, level=level, round=round_)
    _call_last_resort(turn)


def _call_level(turn: Turn) -> bool:
    state = turn.state
    level = state.playbook.ladder.levels[state.level]
    behind = turn.roster.all_of(level.page)
    people = tuple(r.person for r in behind if r.pageable(level.via) and r.person not in state.unreached)
    for reach in behind:
        if reach.person not in people:
            turn.tell(What.UNREACHABLE, person=reach.person, level=state.level)
    if not people:
        return False
    nobody_new = _nobody_new(turn, people)
    turn.change(paging=Paging.UNACKED, calling=people)
    _renew_others(turn, people)
    for person in people:
        loud = turn.wakes(person)
        page = PagePerson(
            person, state.level, state.round, state.epoch, loud, _count(turn, person), level.via
        )
        turn.do(page)
    turn.set_ladder_timer(TimerKind.ESCALATE, turn.now + level.ack_within)
    turn.tell(What.PAGED, people=people, level=state.level, round=state.round, nobody_new=nobody_new)
    turn.do(CardChanged())
    return True


def _nobody_new(turn: Turn, people: tuple[PersonId, ...]) -> str | None:
    """Said, where a higher level brings only people who were called below: a ladder must not look longer than
    it is. In later rounds that is their nature.
    """
    called = {one.person for one in turn.state.called}
    return "1" if turn.state.level > 0 and turn.state.round == 0 and called.issuperset(people) else None


def _call_last_resort(turn: Turn) -> None:
    people = turn.roster.pageable(turn.state.playbook.ladder.exhausted)
    turn.change(paging=Paging.UNANSWERED, calling=people)
    turn.announce(What.EXHAUSTED, people=people)
    _renew_others(turn, people)
    _page_exhausted(turn, people)
    turn.set_ladder_timer(TimerKind.CADENCE, turn.now + CADENCE)
    turn.do(CardChanged())


def call_again(turn: Turn) -> None:
    """The hourly call of a run that nobody has answered: the last resort, and the first level as it is now,
    because the shift may have changed since.
    """
    ladder = turn.state.playbook.ladder
    first = turn.roster.pageable(ladder.levels[0].page) if ladder.levels else ()
    people = tuple(dict.fromkeys((*turn.roster.pageable(ladder.exhausted), *first)))
    turn.change(calling=people)
    turn.announce(What.STILL_UNANSWERED, since=turn.state.began_at, people=people)
    _page_exhausted(turn, people)
    turn.set_ladder_timer(TimerKind.CADENCE, turn.now + CADENCE)


def _page_exhausted(turn: Turn, people: tuple[PersonId, ...]) -> None:
    if not people:
        turn.announce(What.NOBODY_LEFT)
    for person in people:
        turn.do(PageExhausted(person, turn.state.epoch, _count(turn, person)))


def undeliverable(turn: Turn, person: PersonId) -> None:
    """The ladder never waits for somebody whom no message reaches."""
    turn.announce(What.UNDELIVERABLE, person=person, level=turn.state.level)
    calling = tuple(one for one in turn.state.calling if one != person)
    turn.change(calling=calling, unreached=(*turn.state.unreached, person))
    if calling:
        return
    if turn.state.paging is Paging.UNANSWERED:
        turn.announce(What.NOBODY_LEFT)
    else:
        turn.announce(What.LEVEL_EMPTY, level=turn.state.level, round=turn.state.round)
        next_level(turn, What.ESCALATED)


def _count(turn: Turn, person: PersonId) -> int:
    """How often this person was called before; counts this call."""
    called = turn.state.called
    before = next((c.times for c in called if c.person == person), 0)
    others = tuple(c for c in called if c.person != person)
    turn.change(called=(*others, Called(person, before + 1)))
    return before


def _renew_others(turn: Turn, people: tuple[PersonId, ...]) -> None:
    """Whoever was called earlier may still answer: their page gets this epoch's button, without a sound."""
    earlier = tuple(c.person for c in turn.state.called if c.person not in people)
    if earlier:
        turn.do(RenewPages(earlier, turn.state.epoch))
