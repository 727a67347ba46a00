"""The small agency in a crisis: the real book of runs over a real database, with every kind of step."""

from dataclasses import replace
from datetime import time, timedelta

from agency import ACCOUNTS, PEOPLE, Agency, short, template
from fakes import CRISIS_CHAT, TRIAGE_CHAT, comment

from bot.domain.calendar import Weekday, WorkingHours
from bot.domain.comment import CommentId
from bot.domain.expression_parser import parse
from bot.domain.incident import RunId, Severity
from bot.domain.outgoing import PageCard
from bot.domain.outgoing_steps import OWN_CHANNEL, DrillPost, PublicPost, RunReply, StepCard
from bot.domain.people import PersonId, Zone
from bot.domain.playbook import After, Ladder, Level, Playbook, Reaction, Resolve, Step
from bot.domain.rota import Rotation, Shift
from bot.domain.run_types import RunState
from bot.domain.step_run import StepRun, Verdict
from bot.domain.step_state import StepState
from bot.domain.steps import (
    Answer,
    Approve,
    Ask,
    Cadence,
    Checklist,
    Compose,
    Field,
    Freeze,
    Handoff,
    Item,
    Publish,
    Scope,
    Snapshot,
)
from bot.domain.target import ACKER, parse_target
from bot.domain.template import Slot, SlotKind
from bot.domain.trigger import BurstTrigger, GroupBy, Triggers
from bot.services.addresses import AddressBook
from bot.services.incidents import Incidents
from bot.services.intake import Intake
from bot.services.oncall import OnCall
from bot.services.outbox import Outbox
from bot.services.run_book import RunBook
from bot.services.run_posting import RunPosting
from bot.services.run_words import RunWords
from bot.services.step_deeds import StepDeeds
from bot.services.templates import short_name
from bot.services.timers import Timers
from bot.services.triggers import Fired
from bot.store.database import Database
from classifiers.labels import Label

KOORDINATOR, MEDSOS = parse_target("role:koordinator"), parse_target("oncall:medsos")
CHANNEL_CHAT = -1001000000002

STATEMENT = template(
    "hoaks/sikap",
    "Kabar itu keliru. {fakta}. Sumber: {tautan}. Belum jelas: {belum}.",
    Slot("fakta", SlotKind.TEXT, "Fakta?", max=200, fallback="masih kami pastikan"),
    Slot("tautan", SlotKind.LINK, "Tautan?", fallback="menyusul"),
    Slot("belum", SlotKind.TEXT, "Apa?", fallback="belum kami ketahui"),
    topic="hoaks",
)
REPLY = template(
    "hoaks/balasan", "Terima kasih sudah bertanya. Penjelasannya ada di kanal kami.", topic="hoaks"
)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


STEPS = (
    Step("tahan", "Tahan", Freeze(Scope.REPLIES)),
    Step("bukti", "Bukti", Snapshot()),
    Step(
        "cek",
        "Cek",
        Ask(
            "Benar?",
            (("salah", "Salah"), ("benar", "Benar")),
            (Field("fakta", optional=True), Field("sumber", allow=("bmkg.go.id",), optional=True)),
        ),
        to=(ACKER,),
        timeout=minutes(10),
        reactions={StepState.EXPIRED: Reaction(After.ESCALATE)},
    ),
    Step(
        "alih",
        "Alih",
        Handoff("bencana"),
        needs=("cek",),
        condition=parse("steps.cek.choice == 'benar'"),
    ),
    Step(
        "sikap",
        "Sikap",
        Compose("hoaks/sikap", {"fakta": "steps.cek.fakta", "tautan": "steps.cek.sumber"}),
        needs=("cek",),
    ),
    Step(
        "setujui",
        "Setujui",
        Approve(2, 1),
        needs=("sikap",),
        to=(KOORDINATOR,),
        timeout=minutes(10),
        remind_every=minutes(3),
        reactions={StepState.EXPIRED: Reaction(After.ESCALATE)},
    ),
    Step("tayang", "Tayang", Publish((OWN_CHANNEL, "instagram"), pin=True), needs=("setujui",)),
    Step("balas", "Balas", Answer("hoaks/balasan", max_per_minute=2), needs=("tayang",)),
    Step("tugas", "Tugas", Checklist((Item("mitra", "Kabari mitra", minutes(30)),))),
    Step("kabar", "Kabar", Cadence(minutes(60), "Ada kabar?"), needs=("tayang",), to=(KOORDINATOR,)),
)
HOAX = Playbook(
    id="hoaks",
    version=1,
    name="Hoaks",
    summary="",
    severity=Severity.HIGH,
    owner=KOORDINATOR,
    triggers=Triggers(burst=BurstTrigger(Label.HOAX, 3, minutes(10), group_by=GroupBy.TOPIC)),
    ladder=Ladder((Level((MEDSOS,), minutes(5)), Level((KOORDINATOR,), minutes(5))), (KOORDINATOR,)),
    resolve=Resolve(KOORDINATOR),
    sha256="a" * 64,
    source_text="hoaks",
    steps=STEPS,
)
DISASTER = replace(HOAX, id="bencana", name="Bencana", sha256="b" * 64, source_text="bencana", steps=())
EVERY_DAY = {day: (time(8), time(16)) for day in Weekday}


class CrisisAgency(Agency):
    """The agency with a duty roster, a book of runs, and the deeds of its steps."""

    def __init__(self, database: Database, clock, policy, playbooks=(HOAX, DISASTER)) -> None:  # type: ignore[no-untyped-def]  # as its base
        self.playbooks = playbooks
        super().__init__(database, clock, policy, (STATEMENT, REPLY))

    def __post_init__(self) -> None:
        super().__post_init__()
        db, clock = self.database, self.clock
        shift = Shift(frozenset(Weekday), time(0), time(0), (PersonId("joko"),))
        rotations = {"medsos": Rotation("medsos", Zone.WIB, (shift,))}
        self.oncall = OnCall(db, self.directory, rotations, WorkingHours(Zone.WIB, EVERY_DAY))
        words = RunWords(self.templates, self.policy)
        by_text = {playbook.source_text: playbook for playbook in self.playbooks}
        self.book = RunBook(
            db,
            self.oncall,
            self.playbooks,
            by_text.__getitem__,
            words,
            clock=clock,
            channels=frozenset({OWN_CHANNEL}),
        )
        self.incidents = Incidents(db, self.team, self.directory, self.book, clock)
        self.deeds = StepDeeds(self.incidents, self.policy)
        self.timers = Timers(db, self.triage, self.approvals, self.incidents, clock)
        chats = {"triage": TRIAGE_CHAT, "crisis": CRISIS_CHAT, f"channel:{OWN_CHANNEL}": CHANNEL_CHAT}
        self.addresses = AddressBook(db, chats)
        self.outbox = self.new_outbox()

    def new_outbox(self) -> Outbox:
        if not hasattr(self, "book"):
            return super().new_outbox()
        posting = RunPosting(self.book)
        follows = {
            PageCard: self.incidents,
            StepCard: self.incidents,
            PublicPost: posting,
            RunReply: posting,
            DrillPost: posting,
        }
        return Outbox(self.database, self.wire, self.addresses, self.pacer, follows, self.clock)

    def fires(self) -> None:
        """From now on what citizens write is looked at by the triggers of its playbooks."""
        self.intake = Intake(
            self.database, self.reads, self.incidents, self.clock,
            join_within=timedelta(seconds=20), sensitive_topics={}, promises=self.promises,
            claims=self.register.links, clusters=self.clusters,
        )  # fmt: skip

    async def open(self, *, drill: bool = False) -> int:
        """A run by hand, with whatever has been received as its evidence."""
        tap = self.tap("ratna", 0)
        if drill:
            return await self.incidents.start_drill(tap, short_name("hoaks"))
        comments = await self.database.read.comments.since(self.clock.now() - timedelta(days=1), 50)
        async with self.database.transaction() as tx:
            fired = Fired("hoaks/gempa", "manual case=-", True, tuple(comments))
            return await self.book.open(tx, HOAX, fired, PersonId("ratna"), self.cause(), drill=False)

    async def state_of_run(self, run: int = 1) -> RunState:
        return await self.incidents.state(RunId(run))

    async def step(self, step: str, run: int = 1) -> StepRun:
        found = (await self.state_of_run(run)).step_run(step)
        assert found is not None
        return found

    async def acked(self, name: str = "joko", *, drill: bool = False) -> int:
        """Opened, and somebody has it."""
        run = await self.open(drill=drill)
        state = await self.state_of_run(run)
        await self.incidents.acknowledge(self.tap(name, run, state.epoch))
        return run

    async def answered(self, run: int, name: str = "joko", **answers: str) -> None:
        attempt = (await self.step("cek", run)).attempt
        await self.deeds.answer(self.tap(name, run), "cek", attempt, tuple(answers.items()))

    async def vote(self, run: int, name: str, verdict: Verdict = Verdict.APPROVE, seen: str = "") -> None:
        attempt = (await self.step("setujui", run)).attempt
        versions = seen or await self.seen(run)
        await self.deeds.vote(self.tap(name, run), "setujui", attempt, verdict, versions, "")

    async def seen(self, run: int) -> str:
        letters = [(s, (await self.step(s, run)).letter) for s in ("sikap", "balas")]
        return ",".join(f"{step}:{letter.version}" for step, letter in letters if letter is not None)

    async def story(self, run: int = 1) -> list[str]:
        return [line.what for line in await self.database.read.runs.timeline(RunId(run), 500)]

    async def later(self, count: float) -> None:
        """Time passes in steps, timers fire, and what may be sent is sent."""
        for _ in range(int(count)):
            self.clock.advance(60)
            await self.timers.tick()
            await self.outbox.drain()

    async def gather(self, count: int, message: str = "Gempa besar nanti malam ya?") -> list[CommentId]:
        """Comments in the discussion, each of its own citizen."""
        found: list[CommentId] = []
        for number in range(count):
            case = await self.receive(comment(f"{message} {number}", author=f"tg:{900 + number}"))
            found += [kept.id for kept in await self.comments(case)]
        return found


__all__ = ["ACCOUNTS", "DISASTER", "HOAX", "PEOPLE", "REPLY", "STATEMENT", "CrisisAgency", "minutes", "short"]
