"""A fault while somebody is to be called: what could not be fired is tried again and never given up."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from agency import Agency
from crisis_agency import DISASTER, HOAX, CrisisAgency

from bot.domain.incident import Paging, RunId
from bot.domain.outgoing import CRISIS, TRIAGE, Notice
from bot.domain.people import PersonId
from bot.domain.playbook import Ladder, Level, Playbook
from bot.domain.roster import Roster
from bot.domain.run_types import TimerKind
from bot.domain.target import Target, parse_target
from bot.domain.timer import Timer, pause
from bot.services.incidents import Incidents
from bot.services.oncall import OnCall
from bot.services.ports import Parts
from bot.services.run_book import RunBook
from bot.services.timers import Timers
from bot.services.triggers import Fired

MEDSOS, KOORDINATOR = parse_target("oncall:medsos"), parse_target("role:koordinator")
LEVELS = (Level((KOORDINATOR,), timedelta(minutes=5)),) * 2
ELSEWHERE = replace(DISASTER, ladder=Ladder(LEVELS, (KOORDINATOR,)))
"""It calls nobody of a rota."""
MANAGER = PersonId("eko")


class FaultyOnCall(OnCall):
    """A roster whose look-up can break, for everybody or for one playbook."""

    broken: frozenset[Target] | None = None

    async def roster(self, targets: Collection[Target], at: datetime) -> Roster:
        if self.broken is not None and self.broken <= set(targets):
            raise OSError("disk I/O error")
        return await super().roster(targets, at)


class Standing:
    """A promise of the bot itself that can break, at the start and when it is due."""

    def __init__(self, agency: Agency) -> None:
        self.agency, self.broken, self.fired, self.planned = agency, False, 0, 0

    async def plan(self) -> None:
        if self.broken:
            raise OSError("disk I/O error")
        self.planned += 1
        async with self.agency.database.transaction() as tx:
            await tx.timers.set(Timer("gaps:next", "gaps", self.agency.clock.now() + timedelta(minutes=5)))

    async def fire(self, timer: Timer, tx: Parts) -> None:
        if self.broken:
            raise OSError("disk I/O error")
        self.fired += 1
        due = timer.due_at + timedelta(hours=1)
        await tx.timers.set(Timer("gaps:next", "gaps", due, seq=1 - timer.seq))


class Office(CrisisAgency):
    """The agency with a roster that can break."""

    oncall: FaultyOnCall

    def __post_init__(self) -> None:
        super().__post_init__()
        good = self.oncall
        self.oncall = FaultyOnCall(self.database, self.directory, good.rotations, good.hours)
        self.restart_with(*self.playbooks)

    def restart_with(self, *playbooks: Playbook) -> None:
        """A version that can read these definitions and no others."""
        by_text = {playbook.source_text: playbook for playbook in playbooks}
        self.book = RunBook(
            self.database, self.oncall, playbooks, by_text.__getitem__, self.book.words, clock=self.clock
        )
        self.incidents = Incidents(self.database, self.team, self.directory, self.book, self.clock)
        self.timers = self.clockwork()

    def clockwork(self, **standing: Standing) -> Timers:
        return Timers(self.database, self.triage, self.approvals, self.incidents, self.clock, standing)

    async def run_of(self, tx: Parts, playbook: Playbook, group: str = "") -> RunId:
        fired = Fired(group or f"{playbook.id}/satu", "manual case=-", True, ())
        return await self.book.open(tx, playbook, fired, MANAGER, self.cause(), drill=False)

    async def pass_minutes(self, count: int) -> None:
        for _ in range(count):
            self.clock.advance(60)
            await self.timers.tick()

    async def said(self, what: str, to: str = CRISIS) -> list[Notice]:
        rows = [row.what for row in await self.queued(Notice)]
        return [one for one in rows if isinstance(one, Notice) and one.what == what and one.to == to]

    async def journalled(self, run: int) -> list[object]:
        entries = await self.database.read.journal.about(f"run:{run}")
        return [entry["action"] for entry in entries if str(entry["action"]).startswith("timer_")]

    async def ladder(self, run: int) -> list[str]:
        timers = await self.database.read.timers.open(f"run:{run}")
        return [timer.kind for timer in timers if TimerKind(timer.kind).of_ladder]


@pytest.fixture
def office(agency: Agency) -> Office:
    return Office(agency.database, agency.clock, agency.policy, (HOAX, ELSEWHERE))


EVERYTHING: frozenset[Target] = frozenset()


async def test_one_bad_moment_delays_a_call_by_a_minute_and_no_more(office: Office) -> None:
    run = await office.open()
    office.oncall.broken = EVERYTHING
    await office.pass_minutes(5)
    assert (await office.state_of_run(run)).level == 0
    office.oncall.broken = None
    await office.pass_minutes(1)
    assert (await office.state_of_run(run)).level == 1
    assert await office.ladder(run) == ["escalate"]
    assert await office.journalled(run) == ["timer_held"]
    assert [one.params["subjects"] for one in await office.said("timers_held")] == [[f"run:{run}"]]
    assert len(await office.said("timers_held", f"person:{MANAGER}")) == 1
    assert len(await office.said("timers_free")) == 1


async def test_what_fails_for_hours_is_tried_for_hours_and_people_hear_of_it_every_hour(
    office: Office,
) -> None:
    run = await office.open()
    office.oncall.broken = EVERYTHING
    await office.pass_minutes(5 + 10 * 60)
    assert await office.ladder(run) == ["escalate"]
    held = [
        one["cause"]
        for one in await office.database.read.journal.about(f"run:{run}")
        if one["action"] == "timer_held"
    ]
    assert len(held) == len(set(held)), "each once, however often it fails"
    said = await office.said("timers_held")
    assert 8 <= len(said) <= 11
    assert await office.said("timers_free") == []
    office.oncall.broken = None
    await office.pass_minutes(15)
    assert (await office.state_of_run(run)).level >= 1
    await office.pass_minutes(40)
    assert (await office.state_of_run(run)).paging is Paging.UNANSWERED
    assert len(await office.said("timers_free")) == 1


async def test_all_that_people_heard_of_is_named_when_it_goes_on_though_it_went_on_one_by_one(
    office: Office,
) -> None:
    wanted = {name: Standing(office) for name in ("gaps", "reach", "weekly")}
    office.timers = office.clockwork(**wanted)
    for one in wanted.values():
        one.broken = True
    async with office.database.transaction() as tx:
        for name in wanted:
            await tx.timers.set(Timer(f"{name}:next", name, office.clock.now()))
    await office.pass_minutes(1)
    assert [len(one.params["subjects"]) for one in await office.said("timers_held")] == [3]  # type: ignore[arg-type]  # a list
    for one in wanted.values():
        assert await office.said("timers_free") == []
        one.broken = False
        await office.pass_minutes(15)
    (said,) = await office.said("timers_free")
    assert said.params["subjects"] == ["gaps:next", "reach:next", "weekly:next"]


async def test_the_others_are_called_on_time_while_one_run_cannot_be(office: Office) -> None:
    async with office.database.transaction() as tx:
        runs = [await office.run_of(tx, playbook) for playbook in (HOAX, ELSEWHERE)]
    office.oncall.broken = frozenset({MEDSOS})
    await office.pass_minutes(5)
    assert [(await office.state_of_run(run)).level for run in runs] == [0, 1]


async def test_a_frozen_definition_that_cannot_be_read_hides_and_holds_up_no_other(office: Office) -> None:
    async with office.database.transaction() as tx:
        runs = [await office.run_of(tx, playbook) for playbook in (HOAX, ELSEWHERE)]
    office.restart_with(HOAX)
    assert [state.incident.id for state in await office.incidents.going_on()] == runs[:1]
    await office.timers.start()
    await office.pass_minutes(5)
    assert (await office.state_of_run(runs[0])).level == 1
    assert [one.params["subjects"] for one in await office.said("timers_held")] == [[f"run:{runs[1]}"]]


async def test_a_fault_of_the_whole_office_is_one_message(office: Office) -> None:
    for number in range(12):
        async with office.database.transaction() as tx:
            await office.run_of(tx, HOAX, f"hoaks/{number}")
    office.oncall.broken = EVERYTHING
    await office.pass_minutes(6)
    said = await office.said("timers_held")
    assert len(said) == 1
    assert len(said[0].params["subjects"]) == 5  # type: ignore[arg-type]  # a list of names
    assert said[0].params["more"] == 7


async def test_a_restart_gives_a_run_its_call_back(office: Office) -> None:
    run = await office.open()
    async with office.database.transaction() as tx:
        for timer in await tx.timers.open(f"run:{run}"):
            await tx.timers.done(timer, "stale")  # as an older version left it
    await office.pass_minutes(60)
    assert (await office.state_of_run(run)).level == 0
    again = office.clockwork()
    await again.start()
    assert await office.ladder(run) == ["escalate"]
    await again.tick()
    assert (await office.state_of_run(run)).level == 1
    assert await office.journalled(run) == ["timer_rearmed"]
    await again.start()
    assert await office.journalled(run) == ["timer_rearmed"], "what stands is left alone"


@pytest.mark.parametrize("acked", [False, True])
async def test_a_start_leaves_a_run_alone_that_has_its_timer(office: Office, acked: bool) -> None:
    run = await (office.acked() if acked else office.open())
    before = await office.database.read.timers.open(f"run:{run}")
    await office.clockwork().start()
    assert await office.database.read.timers.open(f"run:{run}") == before


async def test_a_promise_of_the_bot_itself_comes_back_without_a_restart(office: Office) -> None:
    gaps = Standing(office)
    office.timers = office.clockwork(gaps=gaps)
    await office.timers.start()
    gaps.broken = True
    await office.pass_minutes(30)
    gaps.broken = False
    await office.pass_minutes(15)
    assert gaps.fired == 1
    timer = (await office.database.read.timers.open("gaps:next"))[0]
    assert (timer.failed, timer.again_at) == (0, None)


async def test_what_cannot_be_planned_holds_nobody_up_and_is_planned_a_minute_later(office: Office) -> None:
    gaps, other = Standing(office), Standing(office)
    gaps.broken = True
    office.timers = office.clockwork(gaps=gaps, other=other)
    await office.timers.start()
    assert (gaps.planned, other.planned) == (0, 1)
    gaps.broken = False
    await office.pass_minutes(2)
    assert (gaps.planned, other.planned) == (1, 1)


@pytest.mark.parametrize(
    ("subject", "kind"), [("nothing:1", "x"), ("run:99", "escalate"), ("run:1", "of_tomorrow")]
)
async def test_what_no_attempt_can_help_is_put_aside_and_shown(
    office: Office, subject: str, kind: str
) -> None:
    await office.open()
    async with office.database.transaction() as tx:
        await tx.timers.set(Timer(subject, kind, office.clock.now(), epoch=7))
    await office.pass_minutes(2)
    assert kind not in [
        timer.kind for timer in await office.database.read.timers.open(subject) if timer.epoch == 7
    ]
    assert [one.params for one in await office.said("timer_failed", TRIAGE)] == [
        {"subject": subject, "kind": kind}
    ]
    assert await office.said("timers_held") == []


async def test_one_that_is_put_off_keeps_the_moment_at_which_it_was_due(office: Office) -> None:
    timers = office.database.read.timers
    due = office.clock.now()
    async with office.database.transaction() as tx:
        await tx.timers.set(Timer("gaps:next", "gaps", due))
    for failed in range(3):
        timer = (await timers.open("gaps:next"))[0]
        assert (timer.failed, timer.due_at) == (failed, due)
        async with office.database.transaction() as tx:
            await tx.timers.put_off(timer, due + timedelta(minutes=failed + 1))
    assert (await timers.open("gaps:next"))[0].next_try == due + timedelta(minutes=3)
    assert await timers.due(due + timedelta(minutes=2), 10) == []
    assert await timers.next_due() == due + timedelta(minutes=3)
    async with office.database.transaction() as tx:
        await tx.timers.set(Timer("gaps:next", "gaps", due + timedelta(hours=1)))
    assert (await timers.open("gaps:next"))[0].failed == 0


def test_the_pauses_grow_to_a_quarter_of_an_hour_and_stay_there() -> None:
    minutes = [pause(failed).total_seconds() / 60 for failed in range(1, 9)]
    assert minutes == [1, 2, 4, 8, 15, 15, 15, 15]
