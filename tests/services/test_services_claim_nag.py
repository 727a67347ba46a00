"""Nobody forgets a claim without a finding: reminders come together, and the second one asks coordinators."""

from datetime import time, timedelta

import pytest
from agency import Agency
from fakes import verdict

from bot.domain.calendar import Weekday, WorkingHours
from bot.domain.case import CaseId
from bot.domain.outgoing import Notice
from bot.domain.people import Zone
from bot.domain.timer import Timer
from bot.services.claim_nag import SUBJECT, ClaimNag

RUMOUR = "Awas air kota hari ini dicampur racun oleh orang tak dikenal sebarkan ke semua warga"
OFFICE = WorkingHours(Zone.WIB, {day: (time(8), time(16)) for day in list(Weekday)[:5]})


@pytest.fixture
async def nag(agency: Agency) -> ClaimNag:
    agency.reads.known |= {"racun": verdict("hoax")}
    made = ClaimNag(agency.database, agency.duty, OFFICE, agency.clock, after=timedelta(hours=2))
    await made.plan()
    return made


async def report(agency: Agency, statement: str) -> int:
    claim = await agency.register.deeds.report(agency.tap("sari", 0), statement, None, "triage")
    assert claim is not None
    return claim.id


async def pass_minutes(agency: Agency, nag: ClaimNag, minutes: int) -> None:
    """Time passes and every look that is due happens, as the clockwork does it."""
    for _ in range(minutes // 5):
        agency.clock.advance(300)
        await look(agency, nag)


async def look(agency: Agency, nag: ClaimNag) -> None:
    for timer in await agency.database.read.timers.due(agency.clock.now(), 10):
        if timer.subject == SUBJECT:
            async with agency.database.transaction() as tx:
                await nag.fire(timer, tx)
                await tx.timers.done(timer, "fired")


async def said(agency: Agency) -> list[Notice]:
    rows = [row.what for row in await agency.queued(Notice)]
    return [what for what in rows if isinstance(what, Notice) and what.what == "claims_unverified"]


def named(notice: Notice) -> list[int]:
    rows = notice.params["claims"]
    assert isinstance(rows, list)
    return [row["claim"] for row in rows]


async def test_after_two_hours_all_that_wait_are_one_message_and_then_coordinators_are_asked(
    agency: Agency, nag: ClaimNag
) -> None:
    first = await report(agency, "Air kota dicampur racun")
    agency.clock.advance(60)
    second = await report(agency, "Bansos lewat tautan")
    await pass_minutes(agency, nag, 115)
    assert await said(agency) == []
    await pass_minutes(agency, nag, 10)
    heard = await said(agency)
    assert [named(one) for one in heard] == [[first, second]]
    assert heard[0].params["people"] == []
    await pass_minutes(agency, nag, 120)
    assert (await said(agency))[-1].params["people"] == ["ratna", "dewi"]
    assert len(await said(agency)) == 2


async def test_what_was_confirmed_or_closed_is_not_spoken_of(agency: Agency, nag: ClaimNag) -> None:
    first = await report(agency, "Air kota dicampur racun")
    second = await report(agency, "Bansos lewat tautan")
    deeds = agency.register.deeds
    await deeds.answer(agency.tap("sari", first, 1), "finding", "false", "Baik https://pdam.contoh.go.id")
    await deeds.close(agency.tap("sari", second, 1))
    await pass_minutes(agency, nag, 125)
    heard = await said(agency)
    assert named(heard[0]) == [first]
    assert heard[0].params["claims"][0]["proposed"] is True  # type: ignore[index]  # rows of the notice
    await deeds.confirm(agency.tap("ratna", first, 2))
    await pass_minutes(agency, nag, 240)
    assert len(await said(agency)) == 1


async def test_at_night_only_what_spreads_is_spoken_of(agency: Agency, nag: ClaimNag) -> None:
    agency.clock.advance(8 * 3600)
    await look(agency, nag)
    quiet = await report(agency, "Bansos lewat tautan")
    case = await agency.receive(RUMOUR)
    loud = await agency.register.deeds.report(agency.tap("sari", 0), "", CaseId(case), "triage")
    assert loud is not None
    for _ in range(24):
        await agency.receive(RUMOUR.replace("hari ini", "malam ini"), at=agency.clock.now())
        await agency.receive(RUMOUR, at=agency.clock.now())
        await pass_minutes(agency, nag, 5)
    await pass_minutes(agency, nag, 5)
    assert [named(one) for one in await said(agency)] == [[loud.id]]
    assert quiet not in named((await said(agency))[0])


async def test_a_look_that_came_late_speaks_once_of_all_that_it_missed(agency: Agency, nag: ClaimNag) -> None:
    await report(agency, "Air kota dicampur racun")
    agency.clock.advance(6 * 3600)
    await look(agency, nag)
    assert len(await said(agency)) == 1
    standing = await agency.database.read.timers.open(SUBJECT)
    assert len(standing) == 1
    assert isinstance(standing[0], Timer)
