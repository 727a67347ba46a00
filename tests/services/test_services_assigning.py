"""Giving a case away: who may, who hears it, and what becomes of it when nobody moves."""

from datetime import time, timedelta

import pytest
from agency import Agency, approve_templates, enrol_all
from fakes import verdict

from bot.clock import FakeClock
from bot.domain.calendar import Weekday, WorkingHours
from bot.domain.case import CaseStatus, Panel
from bot.domain.errors import BadInput, NotAllowed, NotFound, Outdated, TakenBy, WrongState
from bot.domain.outgoing import Notice
from bot.domain.people import PersonId, Zone
from bot.domain.promise import Promise
from bot.domain.queue import Part, QueueFilter
from bot.domain.reply import DraftState
from bot.services.promises import LEFT
from bot.services.templates import short_name
from bot.store.database import Database

HOURS = WorkingHours(Zone.WIB, {day: (time(8), time(16)) for day in Weekday if day < Weekday.SATURDAY})


@pytest.fixture
async def open_office(database: Database, clock: FakeClock) -> Agency:
    """An agency whose office is open from eight to four."""
    made = Agency(database, clock, promise=Promise(hours=HOURS))
    await enrol_all(database, clock)
    await approve_templates(made)
    return made


async def given(agency: Agency, by: str, case: int, whom: str) -> None:
    await agency.triage.assigning.give(await agency.on(by, case), short_name(whom))


async def notices(agency: Agency, what: str) -> list[Notice]:
    return [
        row.what
        for row in await agency.queued(Notice)
        if isinstance(row.what, Notice) and row.what.what == what
    ]


async def fire(agency: Agency) -> None:
    """What the clockwork does with the timers of promises."""
    async with agency.database.transaction() as tx:
        due = [one for one in await tx.timers.due(agency.clock.now(), 100) if one.kind == LEFT]
        await agency.promises.fire(tx, due)
        for one in due:
            await tx.timers.done(one, "fired")


async def test_whoever_is_given_a_case_has_it_and_hears_it_alone(agency: Agency) -> None:
    case = await agency.receive()
    await given(agency, "sari", case, "budi")
    now = await agency.case(case)
    assert (now.status, now.assignee) == (CaseStatus.ASSIGNED, "budi")
    (told,) = await notices(agency, "assigned")
    assert (told.to, told.params["by"], told.params["version"]) == ("person:budi", "sari", now.version)
    assert await agency.actions(f"case:{case}") == ["receive", "assign"]
    await agency.triage.take(await agency.on("budi", case))
    assert (await agency.case(case)).assignee == "budi"


async def test_what_somebody_keeps_for_themselves_is_told_to_nobody(agency: Agency) -> None:
    case = await agency.receive()
    await given(agency, "sari", case, "sari")
    assert (await agency.case(case)).assignee == "sari"
    assert await notices(agency, "assigned") == []


async def test_a_case_in_somebodys_hands_is_moved_by_them_or_by_a_coordinator(agency: Agency) -> None:
    case = await agency.receive()
    await agency.triage.take(await agency.on("sari", case))
    with pytest.raises(TakenBy):
        await given(agency, "budi", case, "joko")
    await given(agency, "ratna", case, "joko")
    await given(agency, "joko", case, "budi")
    assert (await agency.case(case)).assignee == "budi"


async def test_words_that_were_being_written_go_when_another_gets_the_case(agency: Agency) -> None:
    draft = await agency.written("sari")
    await given(agency, "ratna", draft.case_id, "budi")
    assert (await agency.draft(draft.id)).state is DraftState.DROPPED
    case = await agency.case(draft.case_id)
    assert (case.assignee, case.panel) == ("budi", Panel.MAIN)


@pytest.mark.parametrize(
    ("whom", "why"), [("joko", "assignee_off:"), ("wawan", "assignee_no:"), ("tuti", "assignee_no:")]
)
async def test_nobody_is_given_what_they_may_not_do_now(agency: Agency, whom: str, why: str) -> None:
    agency.duty.off.add("joko")
    case = await agency.receive()
    with pytest.raises(BadInput) as refused:
        await given(agency, "ratna", case, whom)
    assert refused.value.why.startswith(why)
    offered = {one.who for one in await agency.triage.assigning.choices(await agency.case(case))}
    assert offered == {"sari", "budi", "ratna", "dewi", "unit:bpbd", "unit:pupr"}


@pytest.mark.parametrize("name", ["wawan", "tuti", "eko"])
async def test_who_may_not_work_on_cases_gives_none_away(agency: Agency, name: str) -> None:
    case = await agency.receive()
    with pytest.raises(NotAllowed):
        await given(agency, name, case, "sari")
    with pytest.raises(NotFound):
        await given(agency, "sari", 999, "sari") if await agency.database.read.cases.get(
            999
        ) else await agency.triage.assigning.give(agency.tap("sari", 999, 1), short_name("sari"))


async def test_an_old_card_and_a_closed_case_give_nothing_away(agency: Agency) -> None:
    case = await agency.receive()
    old = await agency.on("sari", case)
    await agency.triage.open_panel(old, Panel.ASSIGN)
    with pytest.raises(Outdated):
        await agency.triage.assigning.give(agency.tap("sari", case, old.seen), short_name("budi"))
    waiting = await agency.waiting()
    with pytest.raises(WrongState):
        await given(agency, "ratna", waiting.case_id, "budi")
    agency.reads.known["pamit"] = verdict("emergency", topics=("bunuh-diri",))
    life = await agency.receive("pamit")
    with pytest.raises(WrongState):
        await given(agency, "ratna", life, "budi")


@pytest.mark.parametrize(
    ("typed", "who"),
    [("Budi", "budi"), ("@budi", "budi"), ("bu", "budi"), ("BPBD", "unit:bpbd"), ("dinas pu", "unit:pupr")],
)
async def test_a_name_is_enough_where_it_means_one(agency: Agency, typed: str, who: str) -> None:
    case = await agency.receive()
    await agency.triage.assigning.ask_name(await agency.on("sari", case))
    await agency.triage.assigning.give_by_name(await agency.on("sari", case), typed)
    now = await agency.case(case)
    assert who in {now.assignee, f"unit:{now.unit}"}


@pytest.mark.parametrize("typed", ["", "siapa saja", "d", "unit"])
async def test_a_name_that_means_nobody_or_two_is_asked_for_again(agency: Agency, typed: str) -> None:
    case = await agency.receive()
    with pytest.raises(BadInput):
        await agency.triage.assigning.give_by_name(await agency.on("sari", case), typed)


async def test_a_unit_hears_it_sees_it_and_one_of_them_takes_it(agency: Agency) -> None:
    case, other = await agency.receive(), await agency.receive()
    await given(agency, "sari", case, "unit:bpbd")
    now = await agency.case(case)
    assert (now.status, now.assignee, now.unit) == (CaseStatus.NEW, None, "bpbd")
    told = {one.to: one.params["may"] for one in await notices(agency, "assigned")}
    assert told == {"person:wawan": False, "person:dewi": True}

    mine = QueueFilter(frozenset({Part.UNIT}))
    for who, wanted in (("dewi", mine), ("wawan", QueueFilter())):
        view = await agency.triage.queue(agency.tap(who, 0), wanted)
        assert [line.case.id for line in view.lines] == [case]
        assert view.own is (who == "wawan")
    assert {line.case.id for line in (await agency.triage.queue(agency.tap("sari", 0))).lines} == {
        case,
        other,
    }
    assert (await agency.triage.queue(agency.tap("tuti", 0), mine)).lines == []

    await agency.triage.take(await agency.on("dewi", case))
    assert ((await agency.case(case)).assignee, (await agency.case(case)).unit) == ("dewi", "bpbd")
    await agency.triage.release(await agency.on("dewi", case))
    assert ((await agency.case(case)).assignee, (await agency.case(case)).unit) == (None, "bpbd")
    await agency.triage.assigning.take_back(await agency.on("sari", case))
    assert (await agency.case(case)).unit == ""


async def test_who_cannot_be_reached_is_named_in_the_group(agency: Agency) -> None:
    async with agency.database.transaction() as tx:
        await tx.people.set_reachable(PersonId("budi"), reachable=False)
    case = await agency.receive()
    await given(agency, "sari", case, "budi")
    assert await notices(agency, "assigned") == []
    (missed,) = await notices(agency, "assigned_unheard")
    assert missed.params == {"case": case, "who": "budi"}


@pytest.mark.parametrize("whom", ["budi", "unit:pupr"])
async def test_silence_brings_it_back_and_the_coordinators_hear_it(open_office: Agency, whom: str) -> None:
    agency = open_office
    case = await agency.receive()
    await given(agency, "sari", case, whom)
    agency.clock.advance(29 * 60)
    await fire(agency)
    assert (await agency.case(case)).assignee == (None if ":" in whom else whom)
    agency.clock.advance(2 * 60)
    await fire(agency)
    now = await agency.case(case)
    assert (now.status, now.assignee, now.unit) == (CaseStatus.NEW, None, "")
    (told,) = await notices(agency, "left_alone")
    assert (told.params["person"], told.params["late"]) == (whom, False)
    assert told.params["coordinators"] == ["ratna", "dewi"]


async def test_in_crisis_mode_silence_lasts_ten_minutes(open_office: Agency) -> None:
    agency = open_office
    before = await agency.receive()
    await given(agency, "sari", before, "budi")
    asked = int(agency.clock.now().timestamp())
    await agency.triage.crisis_mode.set(agency.tap("sari", asked))
    case = await agency.receive()
    await given(agency, "sari", case, "budi")
    agency.clock.advance(9 * 60)
    await fire(agency)
    assert (await agency.case(case)).assignee == "budi"
    agency.clock.advance(2 * 60)
    await fire(agency)
    assert (await agency.case(case)).assignee is None
    assert (await agency.case(before)).assignee == "budi", "what was promised before it keeps its time"


async def test_one_press_is_a_sign_of_life(open_office: Agency) -> None:
    agency = open_office
    case = await agency.receive()
    await given(agency, "sari", case, "budi")
    await agency.triage.take(await agency.on("budi", case))
    agency.clock.advance(3600)
    await fire(agency)
    assert (await agency.case(case)).assignee == "budi"
    assert await notices(agency, "left_alone") == []


async def test_the_night_is_nobodys_silence(open_office: Agency) -> None:
    """Given at 15.50, the half hour ends at 08.20; an emergency has ten minutes by the clock on the wall."""
    agency = open_office
    agency.clock.advance(timedelta(hours=6, minutes=50).total_seconds())
    agency.reads.known["banjir"] = verdict("emergency")
    case, urgent = await agency.receive(), await agency.receive("banjir di sini")
    await given(agency, "sari", case, "budi")
    await given(agency, "sari", urgent, "budi")
    agency.clock.advance(11 * 60)
    await fire(agency)
    assert (await agency.case(urgent)).assignee is None
    assert (await agency.case(case)).assignee == "budi"
    agency.clock.advance(timedelta(hours=16, minutes=15).total_seconds())
    await fire(agency)
    assert (await agency.case(case)).assignee == "budi"
    agency.clock.advance(timedelta(minutes=10).total_seconds())
    await fire(agency)
    assert (await agency.case(case)).assignee is None
