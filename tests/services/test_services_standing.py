"""What the bot promises by itself: hand-over notes, the monthly test, the morning's gaps."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from crisis_agency import HOAX
from fakes import verdict
from watch_house import BAGUS, DAY, EKO, GITA, HOUR, MADE, OFFICE, PEOPLE, ROTAS, SARI, SEVEN, WatchHouse

from bot.chat.words.notices import notice
from bot.clock import FakeClock
from bot.domain.calendar import WorkingHours
from bot.domain.case import Case, CaseId, CaseStatus
from bot.domain.errors import BadInput, NotFound
from bot.domain.leave import Leave
from bot.domain.outgoing import Prompt
from bot.domain.people import PersonId, Zone
from bot.domain.priority import Priority, Urgency
from bot.domain.rota import Cycle, Override, Rotation
from bot.domain.target import parse_target
from bot.services.duties import duties_of
from bot.services.oncall import OnCall
from bot.services.people import Directory
from bot.services.reachability import Reachability
from bot.store.database import Database, open_database

RATNA = PersonId("ratna")


@pytest.fixture
def house(database: Database, clock: FakeClock) -> WatchHouse:
    clock.advance((SEVEN + 2 * HOUR - clock.now()).total_seconds())
    return WatchHouse(database, clock)


async def plan_all(house: WatchHouse) -> None:
    for one in house.duties.standing.values():
        await one.plan()


async def urgent_case(house: WatchHouse) -> CaseId:
    now = house.clock.now()
    case = Case(CaseId(0), 1, CaseStatus.NEW, verdict("complaint"), Priority(Urgency.HIGH, ()), now, now)
    async with house.database.transaction() as tx:
        return await tx.cases.add(case)


async def test_whoever_comes_reads_what_is_open_and_from_whom(house: WatchHouse) -> None:
    case = await urgent_case(house)
    await plan_all(house)
    await house.to(SEVEN + DAY - 29 * timedelta(minutes=1))
    [question] = await house.said("handover_note")
    assert isinstance(question, Prompt)
    assert (question.person, question.params["people"]) == (SARI, [MADE])
    await house.duties.handover.write(
        house.tap("sari"), question.purpose.removeprefix("handover:"), "Tunggu data PDAM."
    )
    await house.to(SEVEN + DAY + HOUR)
    [note] = await house.said("handover")
    assert note.to == "person:made"
    assert note.params["going"] == [SARI]
    assert note.params["urgent"] == [case]
    assert note.params["notes"] == [{"person": SARI, "text": "Tunggu data PDAM."}]
    assert await house.deeds("rota:medsos") == ["handover_note", "handover"]
    await house.to(SEVEN + 4 * DAY + HOUR)
    assert await house.told("handover") == ["made", "gita", "sari", "made"]


async def test_the_group_reads_who_has_what_once_for_all_rotas_and_nothing_where_nothing_is_open(
    house: WatchHouse,
) -> None:
    await plan_all(house)
    await house.to(SEVEN + DAY + HOUR)
    assert await house.said("shift_summary") == []
    case = await urgent_case(house)
    await house.to(SEVEN + 2 * DAY + HOUR)
    [told] = await house.said("shift_summary")
    assert told.to == "triage"
    assert told.params["urgent"] == [[case, ""]]
    assert told.params["states"] == {"new": 1}
    said = notice("shift_summary", told.params, {})
    assert said.startswith("🔄 Serah terima, 07.00 WIB.")
    assert f"🟠 Mendesak: #{case} (belum diambil)." in said
    looked = await house.duties.summary.look(house.tap("sari"))
    assert looked["states"] == {"new": 1}


async def test_nobody_is_asked_for_a_word_when_nothing_is_open(house: WatchHouse) -> None:
    await plan_all(house)
    await house.to(SEVEN + 2 * DAY + HOUR)
    assert await house.told("handover") == ["made", "gita"]
    assert await house.said("handover_note") == []
    assert "cadangan" not in str(await house.said("handover"))


async def test_a_word_that_comes_late_goes_to_whoever_is_on_at_once(house: WatchHouse) -> None:
    await plan_all(house)
    await house.to(SEVEN + DAY + HOUR)
    purpose = f"medsos:{int((SEVEN + DAY).timestamp()) // 60}"
    late = house.tap("sari", cause="u:77")
    for _ in range(2):  # Telegram delivers it twice
        await house.duties.handover.write(late, purpose, "Lupa: telepon BPBD.")
    [note] = await house.said("handover_late")
    assert (note.to, note.params["note"]) == ("person:made", "Lupa: telepon BPBD.")
    with pytest.raises(BadInput, match="too_long"):
        await house.duties.handover.write(house.tap("sari"), purpose, "x" * 501)
    for wrong in ("radio:1", "medsos:x"):
        with pytest.raises(NotFound):
            await house.duties.handover.write(house.tap("sari"), wrong, "Halo")


async def test_an_exchange_moves_the_hand_over_with_it(house: WatchHouse) -> None:
    await plan_all(house)
    evening = Override("medsos", SEVEN + 12 * HOUR, SEVEN + DAY, GITA, SARI)
    number = await house.shifts.put_in(house.tap("ratna"), evening)
    await house.to(SEVEN + 13 * HOUR)
    assert await house.told("handover") == ["gita"]
    await house.shifts.cancel(house.tap("ratna"), "g", number)
    assert await house.on() == (SARI,)
    await house.to(SEVEN + DAY + HOUR)
    assert await house.told("handover") == ["gita", "made"]


async def test_after_a_long_outage_nobody_reads_of_a_shift_that_is_over(house: WatchHouse) -> None:
    await plan_all(house)
    house.clock.advance(timedelta(days=2, hours=1).total_seconds())  # Made's day has come and gone
    await house.to(house.clock.now() + HOUR)
    assert await house.told("handover") == []
    await house.to(SEVEN + 3 * DAY + HOUR)
    assert await house.told("handover") == ["sari"]


async def test_a_start_neither_doubles_nor_forgets_a_timer(house: WatchHouse, database_path: Path) -> None:
    await plan_all(house)
    before = {kind: await house.database.read.timers.open(kind) for kind in SUBJECTS}
    assert {kind: len(found) for kind, found in before.items()} == {
        "handover:medsos": 2, "handover:cadangan": 0, "reach:test": 1, "gaps:daily": 1,
    }  # fmt: skip
    await house.database.close()
    database = await open_database(database_path)
    try:
        after = WatchHouse(database, house.clock)
        await plan_all(after)
        assert {kind: await database.read.timers.open(kind) for kind in SUBJECTS} == before
        # Down at the very minute of the question: it is still owed afterwards.
        after.clock.advance((SEVEN + DAY - timedelta(minutes=20) - after.clock.now()).total_seconds())
        await plan_all(after)
        assert [one.kind for one in await database.read.timers.due(after.clock.now(), 9)] == ["handover_ask"]
    finally:
        await database.close()


SUBJECTS = ("handover:medsos", "handover:cadangan", "reach:test", "gaps:daily")

# --- the monthly test ---

FIRST = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
"""Tuesday, 08.00 in Jakarta: half an hour after the office has opened."""


async def test_on_the_first_working_day_everybody_on_call_is_tested(house: WatchHouse) -> None:
    await plan_all(house)
    await house.to(FIRST - timedelta(minutes=1))
    assert await house.said("reach_test") == []
    await house.to(FIRST)
    assert sorted(await house.told("reach_test")) == sorted([SARI, MADE, GITA, BAGUS])
    round_ = 202612
    await house.duties.reachability.answer(house.tap("made", round_))
    await house.duties.reachability.answer(house.tap("made", round_))
    await house.duties.reachability.answer(house.tap("gita", round_))
    with pytest.raises(NotFound):
        await house.duties.reachability.answer(house.tap("wawan", round_))
    await house.to(FIRST + DAY)
    silent = await house.said("reach_silent")
    assert {note.to for note in silent} == {"person:ratna", "person:bagus", "person:eko"}
    assert silent[0].params["people"] == [BAGUS, SARI]
    await house.to(datetime(2027, 1, 4, 1, 0, tzinfo=UTC))  # 1 January is a Friday here, and no holiday
    assert len(await house.said("reach_test")) == 8


async def test_who_is_called_by_a_group_or_a_role_alone_is_tested_too(house: WatchHouse) -> None:
    directory = replace(house.directory, groups={"pendamping": (EKO, PersonId("pergi"))})
    oncall = OnCall(house.database, directory, ROTAS, OFFICE)
    playbook = replace(HOAX, private_to=parse_target("group:pendamping"))
    test = Reachability(house.database, oncall, directory, house.clock, [playbook])
    house.duties = replace(house.duties, reachability=test)
    await plan_all(house)
    await house.to(FIRST)
    assert sorted(await house.told("reach_test")) == sorted([SARI, MADE, GITA, BAGUS, EKO, RATNA])


async def test_where_everybody_answers_nobody_is_named(house: WatchHouse) -> None:
    await plan_all(house)
    await house.to(FIRST)
    for name in ("sari", "made", "gita", "bagus"):
        await house.duties.reachability.answer(house.tap(name, 202612))
    await house.to(FIRST + 2 * DAY)
    assert await house.said("reach_silent") == []
    assert await house.deeds("reach:test") == ["reach_test", "reach_due"]


async def test_a_test_that_was_missed_waits_for_the_office_and_the_answers_too(house: WatchHouse) -> None:
    await plan_all(house)
    house.clock.advance((FIRST + 12 * HOUR - house.clock.now()).total_seconds())  # 20.00
    await house.to(house.clock.now() + HOUR)
    assert await house.said("reach_test") == []
    await house.to(FIRST + DAY)
    assert len(await house.said("reach_test")) == 4
    # Thursday, not in the night: a day later, when the office is open.
    [due] = [one for one in await house.database.read.timers.open("reach:test") if one.kind == "reach_due"]
    assert OFFICE.is_working(due.due_at)


async def test_an_office_that_never_opens_or_has_no_rota_tests_nobody(
    house: WatchHouse, clock: FakeClock
) -> None:
    closed = OnCall(house.database, house.directory, ROTAS, WorkingHours(Zone.WIB, {}))
    for one in duties_of(house.database, house.team, house.directory, closed, clock).standing.values():
        await one.plan()
    assert await house.database.read.timers.open("reach:test") == []
    assert await house.database.read.timers.open("gaps:daily") == []
    empty = OnCall(house.database, house.directory, {}, OFFICE)  # the rota was dropped from the config
    house.duties = duties_of(house.database, house.team, house.directory, empty, clock)
    await plan_all(house)
    await house.to(FIRST + DAY)
    assert await house.said() == []


# --- the morning's gaps ---


async def test_every_working_morning_says_where_nobody_is_until_somebody_is(house: WatchHouse) -> None:
    await plan_all(house)
    await house.to(SEVEN + DAY + 2 * HOUR)
    assert await house.said("rota_gaps") == []
    out = Leave(GITA, SEVEN + 2 * DAY, SEVEN + 3 * DAY)
    await house.shifts.send_on_leave(house.tap("eko"), out)
    await house.to(SEVEN + 2 * DAY + HOUR)
    [note] = await house.said("rota_gaps")
    assert note.to == "triage"
    [gap] = note.params["gaps"]  # type: ignore[misc]  # a list of one
    assert gap["rota"] == "medsos"
    assert datetime.fromisoformat(gap["end"]) == SEVEN + 3 * DAY
    fill = Override("medsos", house.clock.now(), SEVEN + 3 * DAY, EKO)
    await house.shifts.put_in(house.tap("ratna"), fill)
    await house.to(SEVEN + 9 * DAY)
    assert len(await house.said("rota_gaps")) == 1


async def test_a_rota_with_holes_is_told_on_working_days_alone_and_shortly(
    house: WatchHouse, clock: FakeClock
) -> None:
    one_in_two = Rotation("medsos", Zone.WIT, (Cycle(SEVEN, DAY, ((SARI,), ())),))
    holes = OnCall(house.database, Directory(PEOPLE), {"medsos": one_in_two}, OFFICE)
    house.duties = duties_of(house.database, house.team, house.directory, holes, clock)
    await plan_all(house)
    await house.to(SEVEN + 7 * DAY + 2 * HOUR)
    notes = await house.said("rota_gaps")
    assert len(notes) == 5  # Tuesday to Friday, and Monday
    assert [len(note.params["gaps"]) for note in notes] == [5] * 5  # type: ignore[arg-type]  # lists
    assert all(int(str(note.params["more"])) >= 2 for note in notes)
    assert time(7, 30) == OFFICE.days[next(iter(OFFICE.days))][0]
