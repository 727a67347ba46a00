"""The rota as people change it: exchanges, stand-ins, leave; every change written down and told."""

from datetime import timedelta
from pathlib import Path

import pytest
from watch_house import BAGUS, DAY, EKO, GITA, HOUR, MADE, RATNA, SARI, SEVEN, WatchHouse

from bot.clock import FakeClock
from bot.domain.errors import BadInput, CannotSwap, NotAllowed, NotFound, WrongState
from bot.domain.leave import Leave
from bot.domain.people import PersonId
from bot.domain.rota import Override
from bot.domain.swap import SwapState
from bot.domain.target import parse_target
from bot.services.swaps import Offer
from bot.store.database import Database, open_database


@pytest.fixture
def house(database: Database, clock: FakeClock) -> WatchHouse:
    clock.advance((SEVEN + 2 * HOUR - clock.now()).total_seconds())
    return WatchHouse(database, clock)


async def test_an_exchange_holds_for_both_days_once_the_other_has_said_yes(house: WatchHouse) -> None:
    offers = await house.swaps.offers(house.tap("sari"), house.duty(3), SARI)
    assert offers[0] == Offer(MADE, house.duty(1))
    swap = await house.swaps.ask(house.tap("sari"), house.duty(3), SARI, offers[0])
    assert await house.told("swap_asked") == ["made"]
    assert await house.on(SEVEN + 3 * DAY) == (SARI,)
    done = await house.swaps.agree(house.tap("made", swap.id))
    assert done.state is SwapState.AGREED
    assert [await house.on(SEVEN + n * DAY) for n in range(5)] == [
        (SARI,),
        (SARI,),
        (GITA,),
        (MADE,),
        (MADE,),
    ]
    assert await house.told("swap_done") == ["sari"]
    assert await house.deeds(f"swap:{swap.id}") == ["swap_asked", "swap_agreed"]
    kept = await house.database.read.shifts.overrides(house.clock.now())
    assert [one.swap for one in kept] == [swap.id, swap.id]


async def test_the_same_press_twice_changes_nothing_more(house: WatchHouse) -> None:
    ask = house.tap("sari")
    offer = Offer(MADE, None)
    first = await house.swaps.ask(ask, house.duty(3), SARI, offer)
    again = await house.swaps.ask(ask, house.duty(3), SARI, offer)
    other_thumb = await house.swaps.ask(house.tap("sari"), house.duty(3), SARI, offer)
    assert first.id == again.id == other_thumb.id
    yes = house.tap("made", first.id)
    await house.swaps.agree(yes)
    assert (await house.swaps.agree(yes)).state is SwapState.AGREED
    assert len(await house.database.read.shifts.overrides(house.clock.now())) == 1
    with pytest.raises(WrongState):
        await house.swaps.agree(house.tap("made", first.id))


async def test_nobody_gives_away_what_is_not_theirs(house: WatchHouse) -> None:
    with pytest.raises(NotAllowed):
        await house.swaps.ask(house.tap("made"), house.duty(3), SARI, Offer(GITA, None))
    with pytest.raises(NotAllowed):
        await house.swaps.duties(house.tap("wawan"), PersonId("wawan"))
    with pytest.raises(CannotSwap, match="not_on"):
        await house.swaps.ask(house.tap("sari"), house.duty(1), SARI, Offer(GITA, None))
    swap = await house.swaps.ask(house.tap("sari"), house.duty(3), SARI, Offer(MADE, None))
    for stranger in ("gita", "ratna", "eko"):
        with pytest.raises(NotAllowed):
            await house.swaps.agree(house.tap(stranger, swap.id))
    assert (await house.database.read.shifts.swap(swap.id)).state is SwapState.ASKED


async def test_a_coordinator_may_arrange_it_and_both_are_asked(house: WatchHouse) -> None:
    swap = await house.swaps.ask(house.tap("ratna"), house.duty(3), SARI, Offer(GITA, None))
    assert sorted(await house.told("swap_asked")) == ["gita", "sari"]
    assert (await house.swaps.agree(house.tap("gita", swap.id))).state is SwapState.ASKED
    assert await house.on(SEVEN + 3 * DAY) == (SARI,)
    await house.swaps.agree(house.tap("sari", swap.id))
    assert await house.on(SEVEN + 3 * DAY) == (GITA,)


async def test_a_no_and_a_silence_leave_everything_as_it_was(house: WatchHouse) -> None:
    swap = await house.swaps.ask(house.tap("sari"), house.duty(3), SARI, Offer(MADE, None))
    await house.swaps.decline(house.tap("made", swap.id))
    assert await house.told("swap_declined") == ["sari"]
    late = await house.swaps.ask(house.tap("sari"), house.duty(3), SARI, Offer(GITA, None))
    await house.to(late.expires_at + HOUR)
    assert sorted(await house.told("swap_expired")) == ["gita", "sari"]
    with pytest.raises(WrongState):
        await house.swaps.agree(house.tap("gita", late.id))
    assert await house.on(SEVEN + 3 * DAY) == (SARI,)


async def test_what_fitted_when_it_was_asked_must_still_fit_when_it_is_answered(house: WatchHouse) -> None:
    swap = await house.swaps.ask(house.tap("sari"), house.duty(3), SARI, Offer(MADE, None))
    week = Leave(MADE, SEVEN + 2 * DAY, SEVEN + 5 * DAY, GITA)
    await house.shifts.send_on_leave(house.tap("eko"), week)
    with pytest.raises(CannotSwap, match="on_leave"):
        await house.swaps.agree(house.tap("made", swap.id))
    assert await house.on(SEVEN + 3 * DAY) == (SARI,)


async def test_a_question_outlives_a_restart(house: WatchHouse, database_path: Path) -> None:
    swap = await house.swaps.ask(house.tap("sari"), house.duty(3), SARI, Offer(MADE, None))
    await house.database.close()
    database = await open_database(database_path)
    try:
        after = WatchHouse(database, house.clock)
        await after.swaps.agree(after.tap("made", swap.id, "u:99"))
        assert await after.on(SEVEN + 3 * DAY) == (MADE,)
    finally:
        await database.close()


async def test_somebody_is_put_in_and_both_are_told_and_it_can_be_taken_back(house: WatchHouse) -> None:
    night = Override("medsos", SEVEN + 12 * HOUR, SEVEN + DAY, EKO, SARI)
    number = await house.shifts.put_in(house.tap("ratna"), night)
    assert (await house.told("put_in"), await house.told("taken_off")) == (["eko"], ["sari"])
    assert await house.on(SEVEN + 13 * HOUR) == (EKO,)
    assert await house.deeds(f"override:{number}") == ["put_in"]
    await house.shifts.cancel(house.tap("eko"), "g", number)
    assert await house.on(SEVEN + 13 * HOUR) == (SARI,)
    with pytest.raises(NotFound):
        await house.shifts.cancel(house.tap("eko"), "g", number)


async def test_only_who_may_arranges_and_only_what_makes_sense(house: WatchHouse) -> None:
    ahead = Override("medsos", SEVEN + DAY, SEVEN + 2 * DAY, EKO)
    for name in ("sari", "gita", "wawan"):
        with pytest.raises(NotAllowed):
            await house.shifts.put_in(house.tap(name), ahead)
        with pytest.raises(NotAllowed):
            await house.shifts.send_on_leave(house.tap(name), Leave(SARI, SEVEN, SEVEN + DAY))
        with pytest.raises(NotAllowed):
            await house.shifts.cancel(house.tap(name), "g", 1)
    wrong = {
        "ends_before": Override("medsos", SEVEN + DAY, SEVEN + DAY, EKO),
        "span_over": Override("medsos", SEVEN - DAY, SEVEN, EKO),
        "span_long": Override("medsos", SEVEN, SEVEN + timedelta(days=400), EKO),
        "not_on_then": Override("medsos", SEVEN + DAY, SEVEN + 2 * DAY, EKO, SARI),
    }
    for why, override in wrong.items():
        with pytest.raises(BadInput, match=why):
            await house.shifts.put_in(house.tap("ratna"), override)
    with pytest.raises(NotFound):
        await house.shifts.put_in(house.tap("ratna"), Override("radio", SEVEN, SEVEN + DAY, EKO))
    with pytest.raises(BadInput, match="own_stand_in"):
        await house.shifts.send_on_leave(house.tap("ratna"), Leave(SARI, SEVEN, SEVEN + DAY, SARI))
    with pytest.raises(BadInput, match="which_rota"):
        house.shifts.only_rota(None)
    assert house.shifts.only_rota(BAGUS) == "cadangan"
    assert await house.database.read.shifts.overrides(SEVEN - DAY) == []


async def test_leave_goes_to_the_stand_in_or_shows_as_a_gap(house: WatchHouse) -> None:
    out = Leave(MADE, SEVEN + DAY, SEVEN + 8 * DAY, GITA)
    number, empty = await house.shifts.send_on_leave(house.tap("eko"), out)
    assert empty == ()
    assert await house.on(SEVEN + DAY) == (GITA,)
    assert (await house.told("on_leave"), await house.told("standing_in")) == (["made"], ["gita"])
    await house.shifts.cancel(house.tap("eko"), "c", number)
    _, empty = await house.shifts.send_on_leave(house.tap("eko"), Leave(MADE, SEVEN + DAY, SEVEN + 8 * DAY))
    assert [gap.start for gap in empty] == [SEVEN + DAY, SEVEN + 4 * DAY, SEVEN + 7 * DAY]
    view = await house.shifts.view(house.tap("sari"))
    assert list(view.gaps["medsos"]) == list(empty)
    assert view.alone == {"cadangan": BAGUS}


async def test_a_coordinator_on_leave_is_passed_over_unless_there_is_nobody_else(house: WatchHouse) -> None:
    at = house.clock.now()
    everybody = parse_target("role:koordinator")
    await house.shifts.send_on_leave(house.tap("eko"), Leave(RATNA, SEVEN, SEVEN + 9 * DAY))
    assert await house.oncall.find("role:koordinator", at) == (BAGUS,)
    assert await house.oncall.find("group:pimpinan", at) == (BAGUS,)
    assert await house.oncall.find("person:ratna", at) == (RATNA,)
    roster = await house.oncall.roster([everybody], at)
    assert [reach.person for reach in roster.people[everybody]] == [BAGUS]
    await house.shifts.send_on_leave(house.tap("eko"), Leave(BAGUS, SEVEN, SEVEN + 9 * DAY))
    assert await house.oncall.find("role:koordinator", at) == (BAGUS, RATNA)


async def test_being_on_duty_follows_the_exchange(house: WatchHouse) -> None:
    at = house.clock.now()
    assert await house.oncall.on_duty(SARI, at)
    await house.shifts.put_in(house.tap("ratna"), Override("medsos", at, at + HOUR, GITA, SARI))
    assert not await house.oncall.on_duty(SARI, at)
    assert await house.oncall.on_duty(GITA, at)
    assert await house.oncall.on_duty(SARI, at + HOUR)
    planned = house.oncall.planned([parse_target("oncall:medsos")], at)
    assert [reach.person for reach in planned.people[parse_target("oncall:medsos")]] == [SARI]


async def test_whom_the_config_dropped_stands_in_for_nobody(house: WatchHouse) -> None:
    at = house.clock.now()
    async with house.database.transaction() as tx:
        await tx.shifts.put_in(Override("medsos", at, at + DAY, PersonId("mantan"), SARI), "ratna", at)
    assert await house.on() == (SARI,)


async def test_ones_own_shifts_come_as_calendar_events(house: WatchHouse) -> None:
    events = await house.shifts.events(MADE, SEVEN, SEVEN + 7 * DAY)
    assert [(one.title, one.start, one.end) for one in events] == [
        ("Piket medsos", SEVEN + DAY, SEVEN + 2 * DAY),
        ("Piket medsos", SEVEN + 4 * DAY, SEVEN + 5 * DAY),
    ]
    every = await house.shifts.events(None, SEVEN, SEVEN + 7 * DAY)
    assert len(every) == 8
    assert len({one.uid for one in every}) == 8
