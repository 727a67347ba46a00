"""Every call of a playbook reaches somebody in the next fourteen days, or the group reads of it."""

from dataclasses import replace

import pytest
from crisis_agency import HOAX
from watch_house import BAGUS, DAY, HOUR, PEOPLE, RATNA, SEVEN, WatchHouse

from bot.clock import FakeClock
from bot.domain.called import everybody
from bot.domain.leave import Leave
from bot.domain.people import PersonId
from bot.domain.playbook import Ladder, Level, Playbook, Resolve, Step
from bot.domain.steps import Notify
from bot.domain.target import parse_target
from bot.services.gap_note import GapNote
from bot.services.reach_ahead import unreached_ahead
from bot.store.database import Database

MEDSOS, KOORDINATOR, PIMPINAN = map(parse_target, ("oncall:medsos", "role:koordinator", "group:pimpinan"))
PDAM = parse_target("person:wawan")
CALLS = replace(
    HOAX,
    ladder=Ladder((Level((MEDSOS,), HOUR),), exhausted=(PIMPINAN,)),
    steps=(Step("kabari", "Kabari", Notify("Mohon data."), to=(PDAM,)),),
    resolve=Resolve(KOORDINATOR),
)


@pytest.fixture
def house(database: Database, clock: FakeClock) -> WatchHouse:
    clock.advance((SEVEN + 2 * HOUR - clock.now()).total_seconds())
    return WatchHouse(database, clock)


async def enrol(house: WatchHouse, *names: str) -> None:
    async with house.database.transaction() as tx:
        for name in names:
            number = 500 + list(PEOPLE).index(PersonId(name))
            await tx.people.link(PersonId(name), number, house.clock.now())


async def silent(house: WatchHouse, playbook: Playbook = CALLS) -> dict[str, tuple[str, ...]]:
    found = await unreached_ahead(house.oncall, everybody([playbook]), house.clock.now())
    return {str(one.called.targets[0]): one.people for one in found}


async def test_who_never_enrolled_is_found_wherever_a_playbook_needs_them(house: WatchHouse) -> None:
    assert set(await silent(house)) == {"oncall:medsos", "group:pimpinan", "person:wawan", "role:koordinator"}
    await enrol(house, "sari", "made", "gita", "bagus")
    assert await silent(house) == {"person:wawan": ("wawan",)}
    await enrol(house, "wawan")
    assert await silent(house) == {}


async def test_one_of_three_who_take_turns_is_missed_on_the_days_that_are_theirs(house: WatchHouse) -> None:
    await enrol(house, "sari", "gita", "bagus", "wawan")
    (found,) = await unreached_ahead(house.oncall, everybody([CALLS]), house.clock.now())
    assert found.people == ("made",)
    assert (found.start, found.end) == (SEVEN + DAY, SEVEN + 2 * DAY)
    assert found.length == 5 * DAY  # the 2nd, 5th, 8th, 11th and 14th of fourteen days


async def test_leave_of_all_coordinators_and_a_blocked_bot_count_too(house: WatchHouse) -> None:
    await enrol(house, "sari", "made", "gita", "bagus", "wawan")
    out = Leave(BAGUS, SEVEN + 3 * DAY, SEVEN + 5 * DAY)
    await house.shifts.send_on_leave(house.tap("eko"), out)
    found = await unreached_ahead(house.oncall, everybody([CALLS]), house.clock.now())
    assert {str(one.called.targets[0]): (one.start, one.length) for one in found} == {
        "group:pimpinan": (SEVEN + 3 * DAY, 2 * DAY),
        "role:koordinator": (SEVEN + 3 * DAY, 2 * DAY),
    }
    await enrol(house, RATNA)
    assert await silent(house) == {}
    async with house.database.transaction() as tx:
        await tx.people.set_reachable(RATNA, reachable=False)
    assert "role:koordinator" in await silent(house)


async def test_the_group_reads_it_every_working_morning_until_it_is_mended(house: WatchHouse) -> None:
    note_of_day = GapNote(house.database, house.oncall, house.clock, (CALLS,))
    house.duties = replace(house.duties, gap_note=note_of_day)
    await enrol(house, "sari", "made", "gita", "bagus")
    await house.duties.gap_note.plan()
    await house.to(SEVEN + DAY + 2 * HOUR)
    (note,) = await house.said("unreached_ahead")
    (call,) = note.params["calls"]  # type: ignore[misc]  # a list of one
    assert (note.to, call["targets"], call["people"]) == ("triage", ["person:wawan"], ["wawan"])
    assert await house.said("rota_gaps") == []
    await enrol(house, "wawan")
    await house.to(SEVEN + 7 * DAY)
    assert len(await house.said("unreached_ahead")) == 1
