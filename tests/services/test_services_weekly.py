"""The weekly note: on Monday when the office opens, what the team taught the bot, and what to practise."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import pytest
from agency import Agency, Restarts
from fakes import MORNING, comment, verdict
from report_world import PLAYBOOK as FILED

from bot.chat.words.notices import notice
from bot.domain.calendar import Weekday, WorkingHours
from bot.domain.correction import last_words
from bot.domain.drill import Practice
from bot.domain.outgoing import TRIAGE, Notice
from bot.domain.people import Zone
from bot.domain.scenario import Scenario
from bot.domain.timer import Timer
from bot.services.ports import Parts
from bot.services.practices import Practices
from bot.services.weekly import SUBJECT, WeeklyNote
from classifiers.labels import Label

DAY = timedelta(days=1)
OFFICE = dict.fromkeys(tuple(Weekday)[:5], (time(7, 30), time(16, 0)))


SCENARIO = Scenario("air", "air-mati", "Air mati", "Rekaan.", timedelta(hours=1), "manual")


@dataclass(frozen=True)
class Practised:
    """What was practised, without the crises behind it."""

    found: tuple[Practice, ...] = ()

    @property
    def periodic(self) -> bool:
        return bool(self.found)

    def unread(self, _today: date, /) -> Sequence[tuple[str, date]]:
        return ()

    async def overdue(self, _read: Parts, now: datetime, /) -> Sequence[Practice]:
        return [one for one in self.found if one.is_overdue(now)]


def note_of(
    agency: Agency, *holidays: date, wanted: bool = True, drills: tuple[Practice, ...] = ()
) -> WeeklyNote:
    hours = WorkingHours(Zone.WIB, OFFICE, frozenset(holidays))
    return WeeklyNote(agency.database, hours, agency.clock, Practised(drills), corrections=wanted)


async def planned(agency: Agency) -> list[Timer]:
    return await agency.database.read.timers.open(SUBJECT)


async def fire(agency: Agency, note: WeeklyNote) -> None:
    """Moves the clock to the timer that stands and fires it, as the clockwork does."""
    (timer,) = await planned(agency)
    wait = (timer.due_at - agency.clock.now()).total_seconds()
    agency.clock.advance(max(0.0, wait))
    async with agency.database.transaction() as tx:
        await note.fire(timer, tx)
        await tx.timers.done(timer, "fired")


async def corrects(agency: Agency, name: str, case: int, *labels: Label) -> None:
    for label in labels:
        await agency.triage.toggle_label(await agency.on(name, case), label)


async def said(agency: Agency, what: str = "weekly_corrections") -> list[Notice]:
    rows = await agency.queued(Notice)
    return [row.what for row in rows if isinstance(row.what, Notice) and row.what.what == what]


def jakarta(moment: datetime) -> str:
    return f"{moment.astimezone(Zone.WIB.tz):%A %d %B %H:%M}"


async def test_the_note_comes_when_the_office_opens_on_monday(agency: Agency) -> None:
    await note_of(agency).plan()
    (timer,) = await planned(agency)
    assert jakarta(timer.due_at) == "Monday 30 November 07:30"


async def test_a_holiday_puts_it_off_to_the_next_opening(agency: Agency) -> None:
    await note_of(agency, date(2026, 11, 30), date(2026, 12, 1)).plan()
    (timer,) = await planned(agency)
    assert jakarta(timer.due_at) == "Wednesday 02 December 07:30"


async def test_a_restart_plans_no_second_one(agency: Agency, restart: Restarts) -> None:
    await note_of(agency).plan()
    again = await restart(agency)
    await note_of(again).plan()
    assert len(await planned(again)) == 1


async def test_it_counts_what_changed_once_per_comment_by_the_last_who_spoke(agency: Agency) -> None:
    note = note_of(agency)
    await note.plan()
    agency.reads.known["sampah"] = verdict("hate", "complaint")
    first, second, third = [await agency.receive(f"sampah di gang {n}") for n in "abc"]
    await corrects(agency, "sari", first, Label.HATE)
    await corrects(agency, "budi", second, Label.HATE, Label.QUESTION)
    await corrects(agency, "ratna", third, Label.SPAM, Label.SPAM)  # on second thoughts nothing
    agency.clock.advance(60)
    await corrects(agency, "ratna", second, Label.QUESTION, Label.HATE, Label.HOAX)
    await fire(agency, note)
    (told,) = await said(agency)
    assert told.to == TRIAGE
    words = notice(told.what, told.params, {})
    assert words.splitlines() == [
        "🏷 Pekan lalu tim membetulkan label di 2 komentar.",
        "Terlewat oleh bot: Klaim terkait hoaks 1 kali.",
        "Keliru diberi bot: Ujaran kebencian 1 kali.",
        "Terima kasih. Koreksi ini menjadi bahan belajar bot.",
    ]


async def test_where_nothing_was_corrected_nothing_is_said_and_the_next_week_stands(agency: Agency) -> None:
    note = note_of(agency)
    await note.plan()
    await fire(agency, note)
    assert await said(agency) == []
    (timer,) = await planned(agency)
    assert jakarta(timer.due_at) == "Monday 07 December 07:30"


async def test_each_week_tells_its_own_corrections(agency: Agency) -> None:
    note = note_of(agency)
    await note.plan()
    await corrects(agency, "sari", await agency.receive(), Label.SPAM)
    await fire(agency, note)
    await corrects(agency, "sari", await agency.receive(), Label.HOAX)
    await fire(agency, note)
    await fire(agency, note)
    added = [told.params["added"] for told in await said(agency)]
    assert [list(map(list, pairs)) for pairs in added] == [[["spam", 1]], [["hoax", 1]]]


async def test_a_bot_that_was_away_at_the_opening_waits_for_the_next_one(agency: Agency) -> None:
    note = note_of(agency)
    await note.plan()
    await corrects(agency, "sari", await agency.receive(), Label.SPAM)
    agency.clock.advance((7 * DAY + timedelta(hours=14)).total_seconds())  # Monday, 23.00
    await fire(agency, note)
    assert await said(agency) == []
    (timer,) = await planned(agency)
    assert jakarta(timer.due_at) == "Tuesday 01 December 07:30"
    await fire(agency, note)
    assert len(await said(agency)) == 1


async def test_who_does_not_want_it_hears_nothing_even_of_a_timer_that_stood(agency: Agency) -> None:
    await note_of(agency).plan()
    (timer,) = await planned(agency)
    silent = note_of(agency, wanted=False)
    await silent.plan()
    assert await planned(agency) == []
    await corrects(agency, "sari", await agency.receive(), Label.SPAM)
    async with agency.database.transaction() as tx:
        await silent.fire(timer, tx)
    assert await said(agency) == []


async def test_an_exercise_that_is_late_is_told_every_monday_until_it_is_held(agency: Agency) -> None:
    start = agency.clock.now()
    late = Practice(SCENARIO, "Air mati", 90 * DAY, start - 93 * DAY)
    soon = Practice(SCENARIO, "Data bocor", 90 * DAY, start - 80 * DAY)
    new = Practice(SCENARIO, "Akun diretas", 90 * DAY, known=start - 20 * DAY)
    never = Practice(SCENARIO, "Banjir", 90 * DAY, known=start - 91 * DAY)
    note = note_of(agency, wanted=False, drills=(late, soon, new, never))
    await note.plan()
    await fire(agency, note)
    (told,) = await said(agency, "weekly_drills")
    assert told.to == TRIAGE
    assert notice(told.what, told.params, {}).splitlines() == [
        "🎓 Sudah waktunya latihan:",
        "• Air mati, terakhir 99 hari lalu",
        "• Banjir, belum pernah dilatih",
        "Koordinator memulainya dengan /latihan.",
    ]
    await fire(agency, note)
    assert len((await said(agency, "weekly_drills"))[-1].params["late"]) == 3  # type: ignore[arg-type]  # a list
    assert await said(agency) == [], "nobody wanted to read of corrections"


async def test_where_everything_was_practised_in_time_nothing_is_said_of_it(agency: Agency) -> None:
    note = note_of(agency, drills=(Practice(SCENARIO, "Air mati", 90 * DAY, agency.clock.now()),))
    await note.plan()
    await fire(agency, note)
    assert await said(agency, "weekly_drills") == []


async def test_a_playbook_that_nobody_has_looked_at_is_told_every_monday_until_somebody_has(
    agency: Agency,
) -> None:
    today = agency.clock.now().date()
    old = replace(FILED, name="Air mati", review_every=180 * DAY, reviewed=today - 190 * DAY)
    fresh = replace(FILED, id="lain", name="Banjir", review_every=180 * DAY, reviewed=today)
    undated = replace(FILED, id="tanpa", name="Tanpa tanggal", review_every=180 * DAY)
    hours = WorkingHours(Zone.WIB, OFFICE, frozenset())
    books = Practices((old, fresh, undated), ())
    note = WeeklyNote(agency.database, hours, agency.clock, books, corrections=False)
    await note.plan()
    for days in (17, 24):
        await fire(agency, note)
        told = (await said(agency, "weekly_reviews"))[-1]
        assert notice(told.what, told.params, {}).splitlines()[:2] == [
            "📖 Sudah waktunya ditinjau, bersama skenario latihannya:",
            f"• Air mati, lewat {days} hari",
        ]
    looked = Practices((replace(old, reviewed=agency.clock.now().date()), undated), ())
    note = WeeklyNote(agency.database, hours, agency.clock, looked, corrections=False)
    await fire(agency, note)
    assert len(await said(agency, "weekly_reviews")) == 2
    assert not Practices((undated,), ()).periodic


async def test_an_office_that_never_opens_plans_nothing(agency: Agency) -> None:
    closed = WorkingHours(Zone.WIB, {})
    await WeeklyNote(agency.database, closed, agency.clock, Practised(), corrections=True).plan()
    assert await planned(agency) == []


async def test_labels_belong_to_all_that_was_written_in_the_case(agency: Agency) -> None:
    agency.reads.known.update({"lubang": verdict("complaint"), "kapan": verdict("question")})
    case = await agency.receive("jalan penuh lubang", author="tg:7")
    await agency.receive(comment("kapan ditambal?", author="tg:7", at=MORNING + timedelta(seconds=5)))
    await corrects(agency, "sari", case, Label.ABUSIVE)
    (one,) = await agency.database.read.learning.corrections()
    assert one.text == "jalan penuh lubang\nkapan ditambal?"
    assert set(one.labels) - set(one.was) == {"abusive"}
    assert set(one.was) - set(one.labels) == set()
    assert (one.person, one.model) == ("sari", "fake")


async def test_what_was_taken_from_the_whole_is_not_taught_of_its_beginning(agency: Agency) -> None:
    case = await agency.receive("katanya airnya beracun", author="tg:7")
    await corrects(agency, "sari", case, Label.HOAX)
    await agency.receive(comment("oh ternyata cuma keruh", author="tg:7", at=MORNING + timedelta(seconds=5)))
    stood = await agency.database.read.learning.corrections()
    assert [one.text for one in stood] == ["katanya airnya beracun"], "so it stood when she gave the label"
    await corrects(agency, "ratna", case, Label.HOAX)
    (one,) = last_words(await agency.database.read.learning.corrections())
    assert one.text == "katanya airnya beracun\noh ternyata cuma keruh"
    assert "hoax" not in one.labels


async def test_of_an_edited_comment_the_last_words_count(agency: Agency) -> None:
    case = await agency.receive("tidak ada air", message="77")
    await agency.receive("tidak ada air sejak Senin", message="77")
    await corrects(agency, "sari", case, Label.COMPLAINT)
    (one,) = await agency.database.read.learning.corrections()
    assert one.text == "tidak ada air sejak Senin"


@pytest.mark.parametrize(
    "params", [{}, {"comments": 1, "added": None}, {"comments": 1, "added": [["baru", 2]]}]
)
def test_the_words_never_fail_on_what_an_older_version_stored(params: dict[str, object]) -> None:
    assert notice("weekly_corrections", params, {}).startswith("🏷 Pekan lalu")


@pytest.mark.parametrize("params", [{}, {"late": None}, {"late": []}])
def test_the_words_of_late_exercises_never_fail_either(params: dict[str, object]) -> None:
    assert notice("weekly_drills", params, {}).endswith("/latihan.")
    assert notice("weekly_reviews", params, {}).endswith("berkas playbook.")
