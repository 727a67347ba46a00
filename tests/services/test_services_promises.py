"""The first answer that was promised: who is reminded when, and who is not bothered any more."""

from datetime import time, timedelta

import pytest
from agency import Agency, Restarts
from fakes import MORNING, comment, verdict

from bot.chat.words.notices import notice
from bot.domain.calendar import Weekday, WorkingHours
from bot.domain.case import CaseStatus, CloseReason
from bot.domain.comment import Platform
from bot.domain.limit import WorkingDays
from bot.domain.outgoing import CaseCard, Notice, PublicReply
from bot.domain.people import Zone
from bot.domain.priority import Priority, Urgency
from bot.domain.promise import Promise
from bot.services.delivery import Unsure
from bot.services.growing_old import OLD
from bot.services.promises import KINDS, LATE, SOON
from bot.services.timers import Timers
from classifiers.labels import Label

HOURS = WorkingHours(Zone.WIB, dict.fromkeys(list(Weekday)[:5], (time(7, 30), time(16, 0))))
PROMISE = Promise({Label.QUESTION: timedelta(hours=4), Label.EMERGENCY: timedelta(minutes=15)}, HOURS)
ASK = "Loket buka jam berapa?"


@pytest.fixture
def agency(agency: Agency) -> Agency:
    """A Monday, 09.00 in Jakarta; a question is to be answered within four hours."""
    promising = Agency(agency.database, agency.clock, agency.policy, promise=PROMISE)
    promising.reads.known = {"Loket": verdict("question"), "tolong": verdict("emergency")}
    return promising


def clockwork(agency: Agency) -> Timers:
    return Timers(
        agency.database, agency.triage, agency.approvals, agency.crisis, agency.clock,
        promises=agency.promises,
    )  # type: ignore[arg-type]  # fmt: skip  # no incident has a timer here


async def pass_time(agency: Agency, **much: float) -> None:
    agency.clock.advance(timedelta(**much).total_seconds())
    await clockwork(agency).tick()


async def said(agency: Agency) -> list[str]:
    """What the group read about promises, in words."""
    rows = [row.what for row in await agency.queued(Notice)]
    return [
        notice(what.what, what.params, agency.team.names)
        for what in rows
        if isinstance(what, Notice) and what.what in {SOON, LATE}
    ]


async def test_the_holder_is_reminded_and_then_the_coordinators_are_called(agency: Agency) -> None:
    case = await agency.receive(ASK)
    await agency.triage.take(await agency.on("sari", case))
    await pass_time(agency, hours=2, minutes=59)
    assert await said(agency) == []
    await pass_time(agency, minutes=1)
    assert await said(agency) == ["⏳ #1: Sari, target jawabannya tinggal 1 jam lagi."]
    await pass_time(agency, hours=1)
    assert (await said(agency))[1:] == [
        "⌛ #1 lewat target jawaban. Ditangani Sari. Ratna dan Dewi, mohon dibantu."
    ]
    await pass_time(agency, days=3)
    assert len(await said(agency)) == 2, "told once"


async def in_the_queue(agency: Agency) -> list[int]:
    return [line.case.id for line in (await agency.triage.queue(agency.tap("sari", 0))).lines]


async def test_a_case_grows_older_by_itself_and_comes_before_what_is_younger(agency: Agency) -> None:
    """Nobody presses anything and nobody writes: the queue moves by the clock."""
    agency.reads.known["jembatan"] = verdict("hate")
    old = await agency.receive(ASK)
    assert (await agency.case(old)).priority == Priority(Urgency.NORMAL, ("label:question",))
    await pass_time(agency, hours=3)
    assert (await agency.case(old)).priority.urgency is Urgency.NORMAL, "reminded, and not long yet"
    await pass_time(agency, minutes=30)
    younger = await agency.receive("jembatan ini sengaja dirusak kelompok itu")
    seen = (await agency.case(old)).version
    assert await in_the_queue(agency) == [younger, old]
    await pass_time(agency, minutes=30)
    now = await agency.case(old)
    assert now.priority == Priority(Urgency.HIGH, ("label:question", "waited_long"))
    assert now.version == seen, "a thumb on its way is not refused"
    assert await in_the_queue(agency) == [old, younger]
    await pass_time(agency, days=2)
    assert (await agency.case(old)).priority == now.priority


async def test_days_that_were_promised_are_long_when_the_last_of_them_begins(agency: Agency) -> None:
    promise = Promise({Label.QUESTION: WorkingDays(3)}, HOURS)
    slow = Agency(agency.database, agency.clock, agency.policy, promise=promise)
    slow.reads.known = agency.reads.known
    case = await slow.receive(ASK)
    await pass_time(slow, days=2)
    assert (await slow.case(case)).priority.urgency is Urgency.NORMAL
    await pass_time(slow, hours=23)
    assert (await slow.case(case)).priority.reasons == ("label:question", "waited_long")


async def test_what_nobody_was_promised_grows_older_more_slowly_and_by_one_step(agency: Agency) -> None:
    """A Monday at 09.00: the office is open for seven hours, then again from 07.30."""
    agency.reads.known |= {
        "tempat ini": verdict(unsure=["hoax"]),
        "hadir": verdict(),
        "promo": verdict("spam"),
    }
    unsure = await agency.receive("tempat ini sudah tutup")
    nothing = await agency.receive("hadir pak")
    advert = await agency.receive("promo pulsa")
    await pass_time(agency, hours=23, minutes=29)
    assert (await agency.case(unsure)).priority == Priority(Urgency.NORMAL, ("unsure:hoax",))
    await pass_time(agency, minutes=1)
    older = await agency.case(unsure)
    assert older.priority == Priority(Urgency.HIGH, ("unsure:hoax", "waited_long"))
    assert CaseCard(unsure) in [row.what for row in await agency.queued(CaseCard)]
    assert (await agency.case(nothing)).priority.urgency is Urgency.LOW
    await pass_time(agency, days=2)
    assert (await agency.case(nothing)).priority == Priority(Urgency.NORMAL, ("waited_long",))
    await pass_time(agency, days=30)
    assert (await agency.case(unsure)).priority == older.priority
    assert (await agency.case(nothing)).priority.urgency is Urgency.NORMAL
    assert (await agency.case(advert)).priority == Priority(Urgency.LOW, ("label:spam",)), "nobody waits"
    assert await said(agency) == [], "nobody is called: nothing was promised"


async def test_who_put_it_off_lets_it_wait_and_a_label_with_a_promise_ends_it(agency: Agency) -> None:
    agency.reads.known["hadir"] = verdict(unsure=["hoax"])
    asleep, judged, closed = [await agency.receive(f"hadir {one}") for one in ("di sana", "di mana", "saja")]
    await agency.triage.snooze(await agency.on("sari", asleep), timedelta(hours=30))
    await agency.triage.toggle_label(await agency.on("sari", judged), Label.QUESTION)
    assert (await agency.case(judged)).due_at is not None
    await agency.triage.close(await agency.on("sari", closed), CloseReason.NO_REPLY_NEEDED)
    await pass_time(agency, hours=24)
    assert [(await agency.case(one)).priority.urgency for one in (asleep, closed)] == [Urgency.NORMAL] * 2
    await pass_time(agency, hours=24)
    assert (await agency.case(asleep)).priority.reasons == ("unsure:hoax", "waited_long")
    await agency.triage.toggle_label(await agency.on("sari", asleep), Label.PRAISE)
    assert "waited_long" in (await agency.case(asleep)).priority.reasons


async def test_what_a_file_brings_and_what_stands_behind_another_card_sets_no_clock(agency: Agency) -> None:
    words = "hadir semua warga di balai kota untuk rapat besar hari ini jam sembilan pagi"
    agency.reads.known["hadir"] = verdict()
    town = Agency(agency.database, agency.clock, same_within=timedelta(days=1), promise=PROMISE)
    town.reads.known = agency.reads.known
    lead = await town.receive(words, author="tg:1")
    behind = await town.receive(words, author="tg:2")
    brought = await town.receive(comment("hadir", platform=Platform.CSV, author="csv:a"))
    await pass_time(town, days=9)
    reasons = [(await town.case(one)).priority.reasons for one in (lead, behind, brought)]
    assert reasons == [("waited_long",), ("none",), ("none",)]
    await town.clusters.split(await town.on("sari", lead), behind)
    await pass_time(town, minutes=1)
    assert (await town.case(behind)).priority.reasons == ("waited_long",), "on a card of its own it counts"


async def test_what_is_late_as_the_office_closes_is_not_taken_away_in_the_evening(agency: Agency) -> None:
    """Late at 15.55, with five minutes of the office's day left of the thirty that its holder has."""
    await pass_time(agency, hours=2, minutes=55)
    case = await agency.receive(ASK)
    await agency.triage.take(await agency.on("sari", case))
    await pass_time(agency, hours=4)
    assert "⌛ #1 lewat target jawaban. Ditangani Sari." in (await said(agency))[-1]
    await pass_time(agency, hours=15, minutes=55)
    assert (await agency.case(case)).assignee == "sari", "still hers the next morning at 07.50"
    await pass_time(agency, minutes=5)
    assert (await agency.case(case)).status is CaseStatus.NEW
    assert (await agency.case(case)).assignee is None


async def test_an_emergency_that_is_late_is_taken_away_by_the_clock_on_the_wall(agency: Agency) -> None:
    await pass_time(agency, hours=12)
    case = await agency.receive("tolong, banjir")
    await agency.triage.take(await agency.on("joko", case))
    await pass_time(agency, minutes=15)
    await pass_time(agency, minutes=10)
    assert (await agency.case(case)).assignee is None


async def test_what_is_opened_again_is_promised_again_from_then_on(agency: Agency) -> None:
    case = await agency.receive(ASK)
    await agency.triage.close(await agency.on("sari", case), CloseReason.NO_REPLY_NEEDED)
    assert (await agency.case(case)).due_at is None
    await pass_time(agency, days=1)
    await agency.triage.reopen(await agency.on("budi", case))
    due = (await agency.case(case)).due_at
    assert due == agency.clock.now().replace(microsecond=0) + timedelta(hours=4)
    await agency.triage.toggle_label(await agency.on("budi", case), Label.COMPLAINT)
    assert (await agency.case(case)).due_at == due
    await pass_time(agency, hours=4)
    assert "⌛ #1 lewat target jawaban" in (await said(agency))[-1]


async def test_a_question_after_the_answer_is_promised_an_answer_too(agency: Agency) -> None:
    first = comment(ASK, author="tg:5", platform=Platform.TELEGRAM_DM)
    case = await agency.receive(first)
    draft = await agency.replies.write(agency.tap("sari", case), "Pukul delapan, Kak.")
    draft = await agency.approvals.submit(await agency.at("sari", draft.id))
    await agency.approvals.approve(await agency.at("ratna", draft.id))
    await agency.settle()
    assert (await agency.case(case)).due_at is None
    await agency.receive(
        comment("Loket mana, ya?", author="tg:5", platform=Platform.TELEGRAM_DM, message="2")
    )
    now = await agency.case(case)
    assert now.due_at is not None
    assert now.due_at > agency.clock.now()


async def test_it_outlives_a_restart_and_what_passed_meanwhile_is_told_as_late(
    agency: Agency, restart: Restarts
) -> None:
    await agency.receive(ASK)
    again = await restart(agency)
    promising = Agency(again.database, again.clock, again.policy, promise=PROMISE)
    await pass_time(promising, hours=30)
    assert await said(promising) == [
        "⌛ #1 lewat target jawaban. Belum diambil siapa pun. Ratna dan Dewi, mohon dibantu."
    ]


async def test_who_answered_or_closed_in_time_hears_nothing(agency: Agency) -> None:
    draft = await agency.replies.write(agency.tap("sari", await agency.receive(ASK)), "Jam 8, Kak.")
    draft = await agency.approvals.submit(await agency.at("sari", draft.id))
    await agency.approvals.approve(await agency.at("ratna", draft.id))
    await agency.settle()
    closed = await agency.receive("Loket lain buka jam berapa?")
    await agency.triage.close(await agency.on("sari", closed), CloseReason.NO_REPLY_NEEDED)
    assert (await agency.case(draft.case_id)).status is CaseStatus.ANSWERED
    assert (await agency.case(draft.case_id)).due_at is None
    await pass_time(agency, days=2)
    assert await said(agency) == []


async def test_a_draft_that_waits_is_the_coordinators_matter(agency: Agency) -> None:
    draft = await agency.replies.write(agency.tap("sari", await agency.receive(ASK)), "Jam 8, Kak.")
    await agency.approvals.submit(await agency.at("sari", draft.id))
    await pass_time(agency, hours=3)
    assert await said(agency) == [
        "⏳ #1 menunggu persetujuan, target jawabannya tinggal 1 jam lagi. Ratna dan Dewi, mohon dilihat."
    ]


@pytest.mark.parametrize("why", ["timeout", "locked"])
async def test_approved_words_that_do_not_stand_yet_wait_for_no_approval(agency: Agency, why: str) -> None:
    draft = await agency.replies.write(agency.tap("sari", await agency.receive(ASK)), "Jam 8, Kak.")
    await agency.approvals.submit(await agency.at("sari", draft.id))
    if why == "timeout":
        agency.wire.answers[PublicReply] = [Unsure(why)]
    else:
        await agency.team.lock(agency.tap("sari", 0))
    await agency.approvals.approve(await agency.at("ratna", draft.id))
    await agency.outbox.drain()
    await pass_time(agency, hours=3)
    await pass_time(agency, hours=1)
    assert await said(agency) == [
        (
            "⏳ #1: balasannya disetujui tetapi belum tayang, target jawabannya tinggal 1 jam lagi. "
            "Lihat kartunya."
        ),
        (
            "⌛ #1 lewat target jawaban. Balasannya disetujui tetapi belum tayang; lihat kartunya. "
            "Ratna dan Dewi, mohon dibantu."
        ),
    ]


async def test_many_at_once_are_one_message(agency: Agency) -> None:
    for number in range(14):
        await agency.receive(f"Loket {number} buka jam berapa?")
    await pass_time(agency, hours=3)
    (one,) = await said(agency)
    assert one.startswith("⏳ 14 kasus mendekati target jawaban: #1, #2, ")
    assert one.endswith("#10, dan 4 lagi. Lihat /antrean.")
    await pass_time(agency, hours=1)
    assert (await said(agency))[-1].startswith("⌛ 14 kasus lewat target jawaban: #1, ")


async def test_whoever_put_a_case_off_is_left_in_peace(agency: Agency) -> None:
    case = await agency.receive(ASK)
    await agency.triage.snooze(await agency.on("sari", case), timedelta(days=2))
    await pass_time(agency, hours=5)
    assert await said(agency) == []


async def test_a_label_that_a_person_gives_shortens_the_time_and_one_taken_away_ends_it(
    agency: Agency,
) -> None:
    case = await agency.receive(ASK)
    assert (await agency.case(case)).due_at == MORNING + timedelta(hours=4)
    await agency.triage.toggle_label(await agency.on("sari", case), Label.EMERGENCY)
    assert (await agency.case(case)).due_at == MORNING + timedelta(minutes=15)
    await pass_time(agency, minutes=12)
    assert len(await said(agency)) == 1
    for label in (Label.EMERGENCY, Label.QUESTION):
        await agency.triage.toggle_label(await agency.on("sari", case), label)
    assert (await agency.case(case)).due_at is None
    await pass_time(agency, days=1)
    assert len(await said(agency)) == 1
    standing = await agency.database.read.timers.open(f"case:{case}")
    assert {timer.kind for timer in standing} & KINDS == {OLD}, "it grows older, and that calls nobody"


async def test_a_label_that_comes_too_late_promises_nothing_after_the_fact(agency: Agency) -> None:
    agency.reads.known["Mantap"] = verdict("praise")
    case = await agency.receive("Mantap pelayanannya")
    agency.clock.advance(3600)
    await agency.triage.toggle_label(await agency.on("sari", case), Label.EMERGENCY)
    assert (await agency.case(case)).due_at is None


async def test_an_emergency_that_joins_at_night_counts_by_the_clock_on_the_wall(agency: Agency) -> None:
    agency.clock.advance(13 * 3600)
    now = agency.clock.now()
    case = await agency.receive(comment(ASK, author="tg:7", at=now))
    morning = (await agency.case(case)).due_at
    assert morning is not None
    assert morning - now > timedelta(hours=12)
    await agency.receive(comment("tolong, banjir", author="tg:7", at=now + timedelta(seconds=5)))
    assert (await agency.case(case)).due_at == now + timedelta(minutes=15)


async def test_what_an_import_brings_and_somebody_at_risk_are_under_no_such_clock(agency: Agency) -> None:
    agency.reads.known["gelap"] = verdict("question", topics=["bunuh-diri"])
    imported = await agency.receive(comment(ASK, platform=Platform.CSV, thread="berkas"))
    at_risk = await agency.receive("gelap, harus ke mana?")
    assert (await agency.case(imported)).due_at is None
    assert (await agency.case(at_risk)).due_at is None
    await pass_time(agency, days=1)
    assert await said(agency) == []


async def test_the_card_is_drawn_anew_when_its_line_changes(agency: Agency) -> None:
    await agency.receive(ASK)
    await agency.settle()
    before = len(await agency.queued(CaseCard))
    await pass_time(agency, hours=4)
    assert len(await agency.queued(CaseCard)) == before + 1


@pytest.mark.parametrize("params", [{}, {"cases": None}, {"cases": ["7"], "of": "x", "coordinators": 3}])
@pytest.mark.parametrize("what", [SOON, LATE])
def test_the_words_never_fail_on_what_an_older_version_stored(what: str, params: dict[str, object]) -> None:
    assert notice(what, params, {})[0] in "⏳⌛"
