"""Exchanging shifts: only with both yeses, only what one has, and never so that anybody goes missing."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Weekday
from bot.domain.errors import CannotSwap, NotAllowed, WrongState
from bot.domain.leave import Leave
from bot.domain.people import PersonId, Zone
from bot.domain.rota import Cycle, Override, Rotation, Shift, turns, who_is_on
from bot.domain.swap import (
    Duty,
    Plan,
    Swap,
    SwapState,
    agree,
    ask,
    decline,
    expire,
    must_fit,
    overrides_of,
)

SARI, MADE, GITA, YOSI = EVERYBODY = tuple(PersonId(name) for name in ("sari", "made", "gita", "yosi"))
NOW = datetime(2026, 12, 21, 3, 0, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
DAILY = Rotation("medsos", Zone.WIB, (Cycle(NOW - 7 * DAY, DAY, ((SARI,), (MADE,), (GITA,))),))
BACKUP = Rotation("cadangan", Zone.WIB, (Shift(frozenset(Weekday), time(0), time(0), (YOSI,)),))
PLAN = Plan({"medsos": DAILY, "cadangan": BACKUP})


def duty_of(person: PersonId, after: datetime = NOW, rota: str = "medsos") -> Duty:
    """The person's next whole turn."""
    found = turns(PLAN.rotations[rota], after, after + 9 * DAY, PLAN.overrides)
    first = next(one for one in found if person in one.people and one.start > after)
    return Duty(rota, first.start, first.end)


def asked(back: bool = True, by: PersonId = SARI) -> Swap:
    return ask(duty_of(SARI), SARI, MADE, duty_of(MADE) if back else None, by, NOW)


def test_the_one_who_asks_has_said_yes_and_the_other_decides() -> None:
    swap = asked()
    assert swap.awaits == (MADE,)
    done = agree(swap, MADE, NOW + HOUR)
    assert done.state is SwapState.AGREED
    with pytest.raises(WrongState) as late:
        agree(done, MADE, NOW + HOUR)
    assert late.value.state == "swap_agreed"


def test_whoever_arranges_it_for_two_others_needs_both_of_them() -> None:
    swap = asked(by=YOSI)
    assert swap.awaits == (SARI, MADE)
    with pytest.raises(NotAllowed):
        agree(swap, YOSI, NOW)
    half = agree(swap, MADE, NOW)
    assert (half.state, half.awaits) == (SwapState.ASKED, (SARI,))
    assert agree(half, SARI, NOW).state is SwapState.AGREED
    assert decline(swap, YOSI, NOW).state is SwapState.WITHDRAWN


def test_a_no_ends_it_and_a_stranger_cannot_answer() -> None:
    assert decline(asked(), MADE, NOW).state is SwapState.DECLINED
    assert decline(asked(), SARI, NOW).state is SwapState.WITHDRAWN
    for answer in (agree, decline):
        with pytest.raises(NotAllowed):
            answer(asked(), GITA, NOW)


def test_the_question_ends_after_a_day_or_when_the_shift_begins() -> None:
    soon = duty_of(SARI, NOW - HOUR)
    assert asked().expires_at == min(NOW + DAY, duty_of(SARI).start, duty_of(MADE).start)
    running = ask(Duty("medsos", NOW - HOUR, NOW + HOUR), SARI, MADE, None, SARI, NOW)
    assert running.expires_at == NOW + HOUR / 2
    far = ask(Duty("medsos", soon.start + 9 * DAY, soon.end + 9 * DAY), SARI, MADE, None, SARI, NOW)
    assert far.expires_at == NOW + DAY
    with pytest.raises(WrongState) as late:
        agree(running, MADE, running.expires_at)
    assert late.value.state == "swap_expired"
    assert expire(running).state is SwapState.EXPIRED
    assert expire(agree(running, MADE, NOW)).state is SwapState.AGREED


def test_what_cannot_be_exchanged_is_refused_with_the_reason() -> None:
    with pytest.raises(CannotSwap, match="same"):
        ask(duty_of(SARI), SARI, SARI, None, SARI, NOW)
    with pytest.raises(CannotSwap, match="over"):
        ask(Duty("medsos", NOW - DAY, NOW), SARI, MADE, None, SARI, NOW)
    reasons = {}
    for taker, plan in {
        MADE: Plan(PLAN.rotations, leaves=(Leave(MADE, duty_of(SARI).start + HOUR, NOW + 9 * DAY),)),
        YOSI: PLAN,
        GITA: Plan({"cadangan": BACKUP}),
    }.items():
        with pytest.raises(CannotSwap) as no:
            must_fit(ask(duty_of(SARI), SARI, taker, None, SARI, NOW), plan)
        reasons[taker] = (no.value.why, no.value.person)
    assert reasons == {MADE: ("on_leave", MADE), YOSI: ("busy", YOSI), GITA: ("not_on", SARI)}
    must_fit(asked(), PLAN)


def test_once_exchanged_each_has_the_others_turn_and_may_pass_it_on() -> None:
    swap = asked()
    plan = Plan(PLAN.rotations, overrides_of(swap))
    assert plan.has(MADE, swap.give)
    assert swap.back is not None
    assert plan.has(SARI, swap.back)
    with pytest.raises(CannotSwap, match="not_on"):
        must_fit(swap, plan)  # the same question twice: by now it is no longer Sari's
    on = ask(swap.give, MADE, GITA, None, MADE, NOW)
    must_fit(on, plan)
    assert Plan(PLAN.rotations, (*plan.overrides, *overrides_of(on))).has(GITA, swap.give)


ROTATIONS = st.lists(
    st.builds(
        lambda block, groups: Cycle(NOW - 30 * DAY, HOUR * block, tuple((one,) for one in groups)),
        st.sampled_from([8, 12, 24, 96, 168]),
        st.permutations(EVERYBODY).flatmap(lambda p: st.integers(1, 4).map(lambda n: p[:n])),
    ),
    min_size=1,
    max_size=2,
).map(lambda cycles: {f"r{i}": Rotation(f"r{i}", Zone.WITA, (c,)) for i, c in enumerate(cycles)})


@given(ROTATIONS, st.data())
def test_no_row_of_exchanges_loses_anybody_at_any_hour(
    rotations: dict[str, Rotation], data: st.DataObject
) -> None:
    """As many exchanges as people like, each allowed by the rules: every hour has as many people as before,
    nobody twice, nobody who was not asked; and everybody's hours are only moved, never made up.
    """
    overrides: tuple[Override, ...] = ()
    for _ in range(data.draw(st.integers(0, 5))):
        rota = data.draw(st.sampled_from(sorted(rotations)))
        every = [one for one in turns(rotations[rota], NOW, NOW + 14 * DAY, overrides) if one.people]
        given_up = data.draw(st.sampled_from(every))
        giver, taker = given_up.people[0], data.draw(st.sampled_from(EVERYBODY))
        mine = [one for one in every if taker in one.people]
        wanted = data.draw(st.none() | st.sampled_from(mine)) if mine else None
        back = Duty(rota, wanted.start, wanted.end) if wanted is not None else None
        try:
            swap = ask(Duty(rota, given_up.start, given_up.end), giver, taker, back, giver, NOW)
            must_fit(swap, Plan(rotations, overrides))
        except CannotSwap:
            continue
        overrides = (*overrides, *overrides_of(agree(swap, taker, NOW)))
    for hour in range(0, 14 * 24, 4):
        at = NOW + HOUR * hour
        before = everybody_at(rotations, (), at)
        after = everybody_at(rotations, overrides, at)
        assert len(after) == len(before)
        if len(set(before)) == len(before):
            assert len(set(after)) == len(after)  # nobody is in two places because of an exchange


def everybody_at(
    rotations: dict[str, Rotation], overrides: Sequence[Override], at: datetime
) -> list[PersonId]:
    return [person for one in rotations.values() for person in who_is_on(one, overrides, at)]


@given(
    ROTATIONS,
    st.lists(
        st.builds(
            lambda rota, start, hours, person, instead: Override(
                rota, NOW + HOUR * start, NOW + HOUR * (start + hours), person, instead
            ),
            st.sampled_from(["r0", "r1"]),
            st.integers(0, 300),
            st.integers(1, 100),
            st.sampled_from(EVERYBODY),
            st.none() | st.sampled_from(EVERYBODY),
        ),
        max_size=4,
    ),
    st.integers(0, 400),
)
def test_putting_people_in_never_leaves_an_hour_empty_that_had_somebody(
    rotations: dict[str, Rotation], overrides: list[Override], hour: int
) -> None:
    at = NOW + HOUR * hour
    for name, rotation in rotations.items():
        before, after = who_is_on(rotation, (), at), who_is_on(rotation, overrides, at)
        touching = [o for o in overrides if o.rota == name and o.start <= at < o.end]
        assert after or not (before or touching)
        replaced = {o.instead_of or (before or (None,))[0] for o in touching} | {o.person for o in touching}
        assert set(before) - set(after) <= replaced
        if touching:
            assert touching[-1].person in after
