"""Calling people, level after level, until somebody has it or everybody has been called."""

from collections.abc import Iterator
from datetime import timedelta

from bot.domain.incident import Paging, Phase
from bot.domain.people import PersonId
from bot.domain.playbook import Level
from bot.domain.run_effects import CardChanged, PageExhausted, PagePerson, RenewPages, RetirePages
from bot.domain.run_types import Called, TimerKind, What
from bot.domain.step_state import StepState
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


def raise_level(turn: Turn, by: PersonId) -> None:
    """A person wants somebody higher: upwards only, and after the last level the last resort."""
    state = turn.state
    levels = range(state.level + 1, len(state.playbook.ladder.levels))
    _call_first_of(turn, ((level, state.round) for level in levels), What.RAISED, by)


def call_besides(turn: Turn) -> bool:
    """A step is late, or a shift is over, while somebody has the run: the next level is called besides, and
    who has it keeps it until another takes it over. After the last level the last resort, once an hour.

    Returns whether a level was called.
    """
    levels = range(turn.state.level + 1, len(turn.state.playbook.ladder.levels))
    for level in levels:
        turn.change(level=level)
        people = _behind_level(turn)
        if people:
            _page_level(turn, people)
            return True
        turn.announce(What.LEVEL_EMPTY, level=level, round=turn.state.round)
    before = turn.state.resort_at
    if before is None or turn.now >= before + CADENCE:
        _call_resort_besides(turn)
    return False


def _call_resort_besides(turn: Turn) -> None:
    state = turn.state
    behind = turn.roster.pageable(state.playbook.ladder.exhausted)
    people = tuple(one for one in behind if one != state.owner and one not in state.unreached)
    turn.change(resort_at=turn.now, calling=people)
    turn.tell(What.PAGED, people=people, level=state.level, round=state.round)
    _page_exhausted(turn, people)
    turn.do(CardChanged())


def let_go_besides(turn: Turn) -> None:
    """What was late is done: whoever was called besides is needed no more."""
    if not turn.state.late:
        return
    waits = {run.step for run in turn.state.steps if run.state is StepState.WAITING and not run.answers}
    late = tuple(step for step in turn.state.late if step in waits)
    turn.change(late=late)
    calling, over = turn.state.calling, turn.state.shift_over
    relieving = over is not None and over.calling
    if not late and calling and not relieving and turn.state.paging is Paging.ACKED:
        turn.do(RetirePages(calling, turn.state.epoch, What.STEP_DONE, turn.state.owner))
        turn.change(calling=())


def _call_first_of(turn: Turn, ahead: Iterator[tuple[int, int]], what: What, by: PersonId | None) -> None:
    """Call the first of these levels at which somebody can be reached; empty ones are skipped, and said."""
    turn.new_epoch(what, by)
    turn.change(owner=None, lease_until=None, lease_asked=False, late=())
    if turn.state.phase is Phase.MONITORING:
        turn.change(phase=Phase.OPEN)
    for level, round_ in ahead:
        turn.change(level=level, round=round_)
        if _call_level(turn):
            return
        turn.announce(What.LEVEL_EMPTY, level=level, round=round_)
    _call_last_resort(turn)


def _call_level(turn: Turn) -> bool:
    people = _behind_level(turn)
    if not people:
        return False
    turn.change(paging=Paging.UNACKED)
    _renew_others(turn, people)
    turn.set_ladder_timer(TimerKind.ESCALATE, turn.now + _level(turn).ack_within)
    _page_level(turn, people)
    return True


def _level(turn: Turn) -> Level:
    return turn.state.playbook.ladder.levels[turn.state.level]


def _behind_level(turn: Turn) -> tuple[PersonId, ...]:
    """Who of this level can be called, besides whoever has the run."""
    state, level = turn.state, _level(turn)
    declined = state.shift_over.declined if state.shift_over is not None else ()
    spared = {state.owner, *declined}
    behind = [reach for reach in turn.roster.all_of(level.page) if reach.person not in spared]
    people = tuple(r.person for r in behind if r.pageable(level.via) and r.person not in state.unreached)
    for reach in behind:
        if reach.person not in people:
            turn.tell(What.UNREACHABLE, person=reach.person, level=state.level)
    return people


def _page_level(turn: Turn, people: tuple[PersonId, ...]) -> None:
    state, level = turn.state, _level(turn)
    nobody_new = _nobody_new(turn, people)
    turn.change(calling=people)
    for person in people:
        loud = turn.wakes(person)
        page = PagePerson(
            person, state.level, state.round, state.epoch, loud, _count(turn, person), level.via
        )
        turn.do(page)
    turn.tell(What.PAGED, people=people, level=state.level, round=state.round, nobody_new=nobody_new)
    turn.do(CardChanged())


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
        return
    turn.announce(What.LEVEL_EMPTY, level=turn.state.level, round=turn.state.round)
    if turn.state.paging is Paging.ACKED:
        call_besides(turn)
    else:
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
