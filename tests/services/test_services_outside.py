"""What opens an incident besides comments: the clock, a silence, and what other systems send."""

import asyncio
import random
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from agency import approve_templates, enrol_all
from crisis_agency import KOORDINATOR
from fakes import comment, verdict
from outpost import ALL, DISASTER, NO_TELEGRAM, OUTAGE, WEEKLY, Outpost, playbook

from bot.clock import FakeClock
from bot.domain.expression_parser import parse
from bot.domain.incident import RunId
from bot.domain.outgoing import PublicReply
from bot.domain.outgoing_steps import OWN_CHANNEL, PublicPost, RunReply
from bot.domain.outside import PULSE, OutsideEvent
from bot.domain.playbook import Step
from bot.domain.step_state import StepState
from bot.domain.steps import Approve, Ask, Compose, Publish
from bot.domain.trigger import EventTrigger, HeartbeatTrigger, ScheduleTrigger, Triggers
from bot.services.events import Contradicted, Received
from bot.services.replies import ReplyPolicy
from bot.store.database import Database

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""08.00 in Jakarta: the weekly round is due."""
WEEK = timedelta(days=7)
MINUTE = timedelta(minutes=1)
EVERY_WEEK = "keliling: schedule due=2026-11-23T01:00:00+00:00"


@pytest.fixture
async def post(database: Database, clock: FakeClock) -> Outpost:
    clock.advance((MONDAY - timedelta(hours=2) - clock.now()).total_seconds())
    made = Outpost(database, clock, ReplyPolicy(), ALL)
    await enrol_all(database, clock)
    await made.start()
    return made


async def close(post: Outpost, run: int = 1) -> None:
    await post.incidents.false_alarm(post.tap("ratna", run), "Sudah dicek")


# --- the clock ---


async def test_a_schedule_opens_at_its_minute_and_calls_whoever_is_on(post: Outpost) -> None:
    await post.to(MONDAY - timedelta(seconds=1))
    assert await post.runs() == []
    await post.to(MONDAY + MINUTE)
    assert await post.runs() == [EVERY_WEEK]
    state = await post.state_of_run()
    assert state.incident.opened_by is None
    assert state.calling == ("joko",)
    assert not state.incident.drill


async def test_next_week_it_is_a_new_one_whatever_became_of_the_last(post: Outpost) -> None:
    await post.to(MONDAY + MINUTE)
    await close(post)
    await post.to(MONDAY + WEEK + MINUTE)
    assert (await post.state_of_run(1)).outcome == "false_alarm"
    assert await post.runs() == ["keliling: schedule due=2026-11-30T01:00:00+00:00"]
    assert [timer.due_at for timer in await standing(post, "schedule:keliling")] == [MONDAY + 2 * WEEK]


async def test_while_one_goes_on_the_next_time_only_feeds_it(post: Outpost) -> None:
    await post.to(MONDAY + MINUTE)
    await post.to(MONDAY + WEEK + MINUTE)
    assert await post.runs() == [EVERY_WEEK]
    assert (await post.state_of_run()).triggers == 2


async def test_a_bot_that_was_away_for_an_hour_opens_late_and_says_so_once(post: Outpost) -> None:
    post.away(hours=3)  # 09.00
    after = await post.restart()
    assert await after.runs() == [f"{EVERY_WEEK} late=yes"]
    again = await after.restart()
    await again.pass_(minutes=5)
    assert (await again.state_of_run()).triggers == 1


async def test_a_bot_that_was_away_for_weeks_opens_none_of_them_and_tells_the_team_once(
    post: Outpost,
) -> None:
    post.away(days=16)
    after = await post.restart()
    assert await after.runs() == []
    [said] = await after.notices("schedule_missed")
    assert said == {"playbook": "Keliling", "due_at": MONDAY.isoformat(), "zone": "WIB"}
    assert await after.actions("playbook:keliling") == ["schedule_missed"]
    [timer] = await standing(after, "schedule:keliling")
    assert timer.due_at == MONDAY + 3 * WEEK


async def test_another_timetable_plans_anew_and_the_old_time_never_comes(post: Outpost) -> None:
    later = replace(WEEKLY.triggers.schedule[0], at=time(10, 0))
    changed = replace(WEEKLY, triggers=Triggers(schedule=(later,)))
    after = await post.restart(DISASTER, changed)
    await after.to(MONDAY + timedelta(hours=1, minutes=59))
    assert await after.runs() == []
    await after.to(MONDAY + timedelta(hours=2, minutes=1))
    assert await after.runs() == ["keliling: schedule due=2026-11-23T03:00:00+00:00"]


async def test_what_is_scheduled_no_more_does_not_come_not_even_late(post: Outpost) -> None:
    post.away(hours=3)
    after = await post.restart(DISASTER)  # its file is gone
    assert await after.runs() == []
    unscheduled = replace(WEEKLY, triggers=Triggers(event=(EventTrigger("x"),)))
    back = await after.restart(unscheduled)
    await back.pass_(hours=1)
    assert await back.runs() == []
    assert await standing(back, "schedule:keliling") == []


async def test_several_times_a_day_each_come_once(database: Database, clock: FakeClock) -> None:
    often = Triggers(schedule=(ScheduleTrigger(time(8)), ScheduleTrigger(time(20))))
    clock.advance((MONDAY - timedelta(hours=2) - clock.now()).total_seconds())
    post = Outpost(database, clock, ReplyPolicy(), (playbook("keliling", often),))
    await enrol_all(database, clock)
    await post.start()
    await post.to(MONDAY + timedelta(days=2))
    # 08.00 and 20.00 on two days and 08.00 on the third.
    assert (await post.state_of_run()).triggers == 5


# --- a silence ---


async def test_a_connector_that_was_never_heard_is_not_waited_for(post: Outpost) -> None:
    await post.pass_(hours=1)
    assert await standing(post, "heartbeat:loket") == []
    assert await post.runs() == []


async def test_silence_opens_when_it_has_lasted_so_long_and_not_before(post: Outpost) -> None:
    await post.send(PULSE, source="loket")
    for _ in range(5):
        await post.pass_(minutes=12)
        await post.send(PULSE, source="loket")
    assert await post.runs() == []
    await post.pass_(minutes=14)
    assert await post.runs() == []
    await post.pass_(minutes=2)
    assert await post.runs() == ["gangguan: heartbeat connector=loket"]
    assert await post.actions("connector:loket") == ["fell_silent"]


async def test_whoever_comes_back_is_told_on_the_timeline_and_waited_for_again(post: Outpost) -> None:
    await post.send(PULSE, source="loket")
    await post.pass_(minutes=20)
    await post.send(PULSE, source="loket")
    assert (await post.story())[-1] == "heard_again"
    assert await post.runs() == ["gangguan: heartbeat connector=loket"]
    await close(post)
    await post.pass_(minutes=16)
    state = await post.state_of_run()
    assert state.phase.going_on  # the same matter within its time for reopening
    assert state.outcome is None
    assert (await post.story()).count("heard_again") == 1


async def test_one_silence_opens_once_however_long_it_lasts(post: Outpost) -> None:
    await post.send(PULSE, source="loket")
    await post.pass_(hours=3)
    assert (await post.state_of_run()).triggers == 1
    assert await standing(post, "heartbeat:loket") == []
    again = await post.restart()
    await again.pass_(hours=1)
    assert (await again.state_of_run()).triggers == 1


async def test_telegram_itself_is_watched_like_any_other(post: Outpost) -> None:
    await post.pass_(minutes=30)
    assert await post.runs() == []
    post.telegram = False
    await post.pass_(minutes=9)
    assert await post.runs() == []
    await post.pass_(minutes=2)
    assert await post.runs() == ["putus: heartbeat connector=telegram"]
    post.telegram = True
    await post.pass_(minutes=1)
    assert "heard_again" in await post.story()


async def test_a_moment_of_trouble_just_when_it_is_looked_at_is_no_silence(post: Outpost) -> None:
    await post.pass_(minutes=9)
    post.telegram = False
    await post.pass_(minutes=2)
    post.telegram = True
    await post.pass_(minutes=30)
    assert await post.runs() == []


async def test_while_the_bot_itself_is_away_nobody_falls_silent(post: Outpost) -> None:
    await post.send(PULSE, source="loket")
    await post.pass_(minutes=5)
    post.away(hours=1)
    after = await post.restart()
    await after.pass_(minutes=9)
    assert await after.runs() == []
    await after.pass_(minutes=2)
    assert await after.runs() == ["gangguan: heartbeat connector=loket"]


async def test_a_restart_that_takes_seconds_excuses_nobody(post: Outpost) -> None:
    await post.send(PULSE, source="loket")
    for _ in range(5):
        await post.pass_(minutes=3)
        post.away(seconds=20)
        post = await post.restart()
    assert await post.runs() == ["gangguan: heartbeat connector=loket"]


async def test_two_playbooks_with_different_patience_each_open_in_their_time(
    database: Database, clock: FakeClock
) -> None:
    short = playbook("awal", Triggers(heartbeat=HeartbeatTrigger("loket", timedelta(minutes=5))))
    post = Outpost(database, clock, ReplyPolicy(), (short, OUTAGE))
    await enrol_all(database, clock)
    await post.start()
    await post.send(PULSE, source="loket")
    await post.pass_(minutes=6)
    assert await post.runs() == ["awal: heartbeat connector=loket"]
    await post.pass_(minutes=10)
    assert len(await post.runs()) == 2
    await post.send(PULSE, source="loket")
    assert [(await post.story(run))[-1] for run in (1, 2)] == ["heard_again"] * 2
    await post.pass_(minutes=3)
    assert len(await standing(post, "heartbeat:loket")) == 2


async def test_less_patience_in_the_file_holds_from_the_next_start(post: Outpost) -> None:
    await post.send(PULSE, source="loket")
    await post.pass_(minutes=6)
    hasty = Triggers(heartbeat=HeartbeatTrigger("loket", timedelta(minutes=5)))
    after = await post.restart(replace(OUTAGE, triggers=hasty))
    assert await after.runs() == ["gangguan: heartbeat connector=loket"]


async def test_an_old_sign_of_life_sent_again_keeps_nobody_alive(post: Outpost) -> None:
    pulse = OutsideEvent("loket", "p-1", PULSE, post.clock.now())
    await post.events.receive(pulse)
    for _ in range(4):
        await post.pass_(minutes=4)
        await post.events.receive(pulse)
    assert await post.runs() == ["gangguan: heartbeat connector=loket"]


async def test_a_clock_that_runs_ahead_buys_no_patience(post: Outpost) -> None:
    await post.events.receive(OutsideEvent("loket", "p", PULSE, post.clock.now() + timedelta(minutes=4)))
    await post.pass_(minutes=16)
    assert await post.runs() == ["gangguan: heartbeat connector=loket"]


# --- events ---


async def test_an_event_that_fits_opens_and_its_words_reach_the_team_only(post: Outpost) -> None:
    received = await post.send("gempa", tingkat="awas", wilayah="selatan Kota Contoh")
    assert received == Received(new=True, runs=(RunId(1),))
    assert await post.runs() == ["bencana: event source=bmkg kind=gempa"]
    [line] = [one for one in await post.database.read.runs.timeline(RunId(1), 50) if one.what == "event_came"]
    assert line.params == {
        "source": "bmkg",
        "kind": "gempa",
        "fields": [["tingkat", "awas"], ["wilayah", "selatan Kota Contoh"]],
    }
    await post.settle()
    assert [row for kind in (PublicPost, PublicReply, RunReply) for row in await post.queued(kind)] == []
    assert await post.actions("source:bmkg") == ["event"]


TELLS = (
    Step(
        "tanya", "Tanya", Ask("Benar?", (("ya", "Ya"),)), to=(KOORDINATOR,), timeout=timedelta(minutes=5),
        condition=parse("event.tingkat == 'awas'"),
    ),
    Step(
        "sikap", "Sikap", Compose("hoaks/sikap", {"fakta": "event.wilayah"}), to=(KOORDINATOR,),
        timeout=timedelta(minutes=5),
    ),
    Step("setujui", "Setujui", Approve(2, 1), ("sikap",), to=(KOORDINATOR,), timeout=timedelta(minutes=5)),
    Step("tayang", "Tayang", Publish((OWN_CHANNEL,)), needs=("setujui",)),
)  # fmt: skip


async def test_words_of_an_event_stand_in_a_draft_that_two_people_have_to_approve(
    database: Database, clock: FakeClock
) -> None:
    post = Outpost(database, clock, ReplyPolicy(), (replace(DISASTER, steps=TELLS),))
    await enrol_all(database, clock)
    await approve_templates(post)
    await post.send("gempa", 1, tingkat="siaga", wilayah="Pusat gempa di laut")
    state = await post.state_of_run()
    assert dict(state.event) == {
        "tingkat": "siaga", "wilayah": "Pusat gempa di laut", "source": "bmkg", "kind": "gempa",
    }  # fmt: skip
    letter = (await post.step("sikap")).letter
    assert letter is not None
    assert letter.text.startswith("Kabar itu keliru. Pusat gempa di laut.")
    assert not letter.unedited  # nobody has prepared these words: one approval does not suffice
    assert letter.authors == ()
    await post.vote(1, "ratna", seen=f"sikap:{letter.version}")
    await post.settle()
    assert await post.queued(PublicPost) == []
    await post.vote(1, "dewi", seen=f"sikap:{letter.version}")
    assert len(await post.queued(PublicPost)) == 1
    assert (await post.step("tanya")).state is StepState.SKIPPED


async def test_what_a_later_event_says_holds(post: Outpost) -> None:
    await post.send("gempa", 1, tingkat="siaga", magnitudo="5.8")
    await post.send("gempa", 2, tingkat="awas")
    assert dict((await post.state_of_run()).event) == {
        "tingkat": "awas", "magnitudo": "5.8", "source": "bmkg", "kind": "gempa",
    }  # fmt: skip
    after = await post.restart()
    assert (await after.state_of_run()).told("event.magnitudo") == "5.8"


async def test_no_field_of_an_event_can_pass_itself_off_as_its_source(post: Outpost) -> None:
    fields = (("tingkat", "awas"), ("source", "presiden"), ("kind", "resmi"))
    await post.events.receive(OutsideEvent("bmkg", "e-1", "gempa", post.clock.now(), fields))
    told = dict((await post.state_of_run()).event)
    assert (told["source"], told["kind"]) == ("bmkg", "gempa")


async def test_what_fits_nothing_is_noted_and_opens_nothing(post: Outpost) -> None:
    assert await post.send("gempa", 1, tingkat="waspada") == Received(new=True)
    assert await post.send("cuaca", 2) == Received(new=True)
    assert await post.runs() == []
    assert await post.actions("source:bmkg") == ["event", "event"]


async def test_the_same_event_twice_counts_once_also_after_a_restart(post: Outpost) -> None:
    await post.send("gempa", tingkat="awas")
    assert await post.send("gempa", tingkat="awas") == Received(new=False)
    after = await post.restart()
    assert await after.send("gempa", tingkat="awas") == Received(new=False)
    assert (await after.state_of_run()).triggers == 1


async def test_one_id_with_other_words_is_refused_and_changes_nothing(post: Outpost) -> None:
    await post.send("gempa", tingkat="waspada")
    with pytest.raises(Contradicted):
        await post.send("gempa", tingkat="awas")
    assert await post.runs() == []


async def test_a_warning_and_the_comments_about_it_are_one_incident(post: Outpost) -> None:
    await post.send("gempa", tingkat="siaga")
    post.reads.known["kencang"] = verdict("emergency", topics=("gempa",))
    for number in range(4):
        await post.receive(comment(f"Gempa kencang! {number}", author=f"tg:{900 + number}"))
    assert await post.runs() == ["bencana: event source=bmkg kind=gempa"]
    assert (await post.state_of_run()).triggers == 5
    assert len(await post.database.read.runs.evidence(RunId(1))) == 4


async def test_a_second_warning_feeds_the_incident_and_calls_nobody_again(post: Outpost) -> None:
    await post.send("gempa", 1, tingkat="siaga")
    state = await post.state_of_run()
    await post.incidents.acknowledge(post.tap("joko", 1, state.epoch))
    assert (await post.send("gempa", 2, tingkat="awas")).runs == (RunId(1),)
    assert (await post.state_of_run()).owner == "joko"
    assert (await post.story()).count("event_came") == 2


async def test_where_a_life_is_at_risk_the_group_reads_no_detail(
    database: Database, clock: FakeClock
) -> None:
    hidden = playbook("jiwa", Triggers(event=(EventTrigger("lini", "darurat"),)), sensitive=True)
    post = Outpost(database, clock, ReplyPolicy(), (hidden,))
    await enrol_all(database, clock)
    await post.send("darurat", source="lini", pesan="Namanya Ratna, di Jalan Mawar 3")
    [line] = [one for one in await database.read.runs.timeline(RunId(1), 50) if one.what == "event_came"]
    assert line.params == {"source": "lini", "kind": "darurat"}


async def test_a_failure_in_the_middle_leaves_neither_incident_nor_memory(post: Outpost) -> None:
    broken = replace(DISASTER, id="rusak", source_text="tidak ada", sha256="z" * 64)
    bad = Outpost(post.database, post.clock, ReplyPolicy(), (DISASTER, broken))
    good_open, calls = bad.book.open, []

    async def opens(tx, one, *rest, **more):  # type: ignore[no-untyped-def]  # as the book's
        calls.append(one.id)
        if one.id == "rusak":
            raise RuntimeError("a full disk")
        return await good_open(tx, one, *rest, **more)

    bad.book.open = opens  # type: ignore[method-assign]  # a disk that fills up in the middle
    with pytest.raises(RuntimeError):
        await bad.send("gempa", tingkat="awas")
    assert calls == ["bencana", "rusak"]
    assert await post.runs() == []
    assert await post.database.read.outside.lives() == []
    assert await post.send("gempa", tingkat="awas") == Received(new=True, runs=(RunId(1),))


class PowerCut(Exception):
    """The statement that was never run."""


async def test_a_death_at_any_statement_leaves_all_of_it_or_nothing(post: Outpost) -> None:
    line = post.database._writer
    whole, left = line.ask, 0

    async def mortal(sql, params=None):  # type: ignore[no-untyped-def]  # as the line's
        nonlocal left
        left -= 1
        if left < 0:
            raise PowerCut
        return await whole(sql, params)

    line.ask = mortal  # type: ignore[method-assign]  # the power goes in the middle
    deaths = 0
    for left_before in range(200):
        left = left_before
        try:
            received = await post.send("gempa", tingkat="awas")
        except PowerCut:
            deaths += 1
            left = 10_000
            assert await post.runs() == []
            assert await post.database.read.outside.event("bmkg", "e-1") is None
            assert await post.database.read.outside.lives() == []
            assert await post.queued() == []
        else:
            assert received == Received(new=True, runs=(RunId(1),))
            break
    line.ask = whole  # type: ignore[method-assign]  # it is back
    assert deaths > 15
    assert await post.send("gempa", tingkat="awas") == Received(new=False)
    assert (await post.state_of_run()).triggers == 1


async def test_five_calls_at_once_with_one_id_are_one_event(post: Outpost) -> None:
    answers = await asyncio.gather(*(post.send("gempa", tingkat="awas") for _ in range(5)))
    assert sorted(answer.new for answer in answers) == [False, False, False, False, True]
    assert (await post.state_of_run()).triggers == 1


@pytest.mark.parametrize("seed", range(4))
async def test_whenever_the_bot_is_away_every_time_opens_once_late_once_or_is_told_once(
    database: Database, clock: FakeClock, seed: int
) -> None:
    chance = random.Random(seed)
    often = Triggers(schedule=(ScheduleTrigger(time(8)), ScheduleTrigger(time(20))))
    clock.advance((MONDAY - timedelta(hours=2) - clock.now()).total_seconds())
    post = Outpost(database, clock, ReplyPolicy(), (playbook("keliling", often),))
    await enrol_all(database, clock)
    await post.start()
    opened, missed = 0, 0
    for _ in range(8):
        before, hours = clock.now(), chance.choice((1, 3, 11, 26, 50))
        if chance.random() < 0.5:
            await post.pass_(hours=hours)
            opened += len(dues(before, clock.now()))
            continue
        post.away(hours=hours, minutes=chance.randrange(60))
        post = await post.restart()
        if slept_over := dues(before, clock.now()):
            in_time = clock.now() - slept_over[0] <= timedelta(hours=2)
            opened, missed = opened + in_time, missed + (not in_time)
    runs = await post.incidents.going_on()
    assert sum(run.triggers for run in runs) == opened
    assert len(await post.notices("schedule_missed")) == missed


def dues(after: datetime, until: datetime) -> list[datetime]:
    """08.00 and 20.00 in Jakarta are 01.00 and 13.00 UTC."""
    days = [after.replace(minute=0, second=0) + timedelta(hours=hour) for hour in range(100)]
    return [day for day in days if day.hour in {1, 13} and after < day <= until]


async def test_what_was_kept_of_events_leaves_with_the_inbox(post: Outpost) -> None:
    await post.send("gempa", 1, tingkat="waspada")
    await post.pass_(days=1)
    await post.send("gempa", 2, tingkat="waspada")
    async with post.database.transaction() as tx:
        assert await tx.outside.forget(post.clock.now() - timedelta(hours=1)) == 1
    assert await post.database.read.outside.event("bmkg", "e-1") is None
    assert await post.database.read.outside.event("bmkg", "e-2") is not None


async def standing(post: Outpost, subject: str) -> list:
    return await post.database.read.timers.open(subject)


def test_the_playbooks_of_these_stories_are_apart() -> None:
    assert len({one.sha256 for one in ALL}) == len(ALL) == 4
    assert NO_TELEGRAM.triggers.heartbeat is not None
