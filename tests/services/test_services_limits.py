"""A limit of the law in working days: counted by the agency's own calendar when the incident opens."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from agency import enrol_all
from crisis_agency import HOAX, CrisisAgency

from bot.clock import FakeClock
from bot.domain.calendar import Weekday, WorkingHours
from bot.domain.limit import WorkingDays
from bot.domain.outgoing import Timeline
from bot.domain.people import PersonId, Zone
from bot.domain.playbook import Clock
from bot.domain.run_clocks import limits
from bot.services.oncall import OnCall
from bot.services.replies import ReplyPolicy
from bot.services.triggers import Fired
from bot.store.database import Database

LAPOR = Clock("lapor", "Jawab di LAPOR!", WorkingDays(3), remind_before=(WorkingDays(1),))
LAWFUL = replace(HOAX, clocks=(LAPOR,), source_text="patuh", sha256="c" * 64, steps=HOAX.steps[-2:-1])
WEEK = dict.fromkeys(list(Weekday)[:5], (time(8), time(16)))
HOLIDAY = date(2026, 11, 25)


def wib(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour - 7, tzinfo=UTC)


async def test_three_working_days_pass_over_weekend_and_holiday_and_a_restart(
    database: Database, clock: FakeClock
) -> None:
    clock.advance((wib(20, 10) - clock.now()).total_seconds())  # Friday
    await enrol_all(database, clock)
    agency = CrisisAgency(database, clock, ReplyPolicy(), (LAWFUL,))
    keep(agency, frozenset({HOLIDAY}))
    async with database.transaction() as tx:
        fired = Fired("hoaks/x", "manual case=-", True, ())
        run = await agency.book.open(tx, LAWFUL, fired, PersonId("ratna"), "u:1", drill=False)
    assert limits(await agency.state_of_run(run)) == [(LAPOR, wib(26, 16))]  # Mon 23, Tue 24, Thu 26

    again = CrisisAgency(database, clock, ReplyPolicy(), (LAWFUL,))
    keep(again, frozenset())
    assert await said_by(again, wib(24, 8)) == ["clock_near"]
    assert await said_by(again, wib(26, 15)) == []
    assert await said_by(again, wib(26, 16)) == ["clock_over"]


def keep(agency: CrisisAgency, holidays: frozenset[date]) -> None:
    """This office, with these days off."""
    hours = WorkingHours(Zone.WIB, WEEK, holidays)
    agency.oncall = OnCall(agency.database, agency.directory, agency.oncall.rotations, hours)
    agency.book._oncall = agency.oncall


async def said_by(agency: CrisisAgency, moment: datetime) -> list[str]:
    """What is announced of the limit until then."""
    before = len(await agency.queued())
    agency.clock.advance((moment - agency.clock.now()).total_seconds())
    await agency.timers.tick()
    news = [row.what for row in (await agency.queued())[before:] if isinstance(row.what, Timeline)]
    return [one.what for one in news if one.what.startswith("clock")]
