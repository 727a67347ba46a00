"""A small agency: the real services over a real database, with a fake classifier, roster, wire and clock."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from fakes import CRISIS_CHAT, TRIAGE_CHAT, FakeReads, FakeWire, FixedDuty, QuietCrisis, comment, person

from bot.adapters import spelling
from bot.clock import FakeClock
from bot.copies import RecentTexts
from bot.domain.case import Case, CaseId
from bot.domain.cluster import MOST_AT_ONCE
from bot.domain.comment import Comment, KeptComment
from bot.domain.outgoing import DraftCard, Outgoing, PublicReply, Queued, Receipt, SendState
from bot.domain.people import PersonId, Role
from bot.domain.promise import Promise
from bot.domain.reply import Draft, DraftId
from bot.domain.template import Slot, SlotKind, Template, TemplateState, fingerprint
from bot.likeness import WordLikeness, share
from bot.services.addresses import AddressBook
from bot.services.answering import Answering
from bot.services.approvals import Approvals
from bot.services.attention import Attention
from bot.services.clusters import Clusters
from bot.services.data_requests import Units
from bot.services.desk import Desk
from bot.services.finding import finding_of
from bot.services.intake import Intake
from bot.services.outbox import Outbox
from bot.services.people import Directory, Team
from bot.services.posting import Posting
from bot.services.promises import Promises
from bot.services.register import register_of
from bot.services.repeating import Repeating
from bot.services.replies import Replies, ReplyPolicy
from bot.services.searching import AlsoHas, ClaimStatements
from bot.services.tap import Tap
from bot.services.template_life import TemplateLife
from bot.services.templates import Templates, TemplateTitles, short_name
from bot.services.triage import Triage
from bot.services.unreached import Unreached
from bot.services.widening import Widening
from bot.services.word_index import WordIndex
from bot.store.database import Database, open_database
from bot.wire.pacing import Pacer

PEOPLE = {
    p.id: p
    for p in (
        person("sari", Role.ADMIN),
        person("budi", Role.ADMIN),
        person("ratna", Role.KOORDINATOR),
        person("dewi", Role.KOORDINATOR),
        person("joko", Role.PIKET),
        person("wawan", Role.NARAHUBUNG),
        person("tuti", Role.PIMPINAN),
        person("eko", Role.PENGELOLA),
    )
}
ACCOUNTS = {name: 100 + number for number, name in enumerate(PEOPLE)}


def template(name: str, text: str, *slots: Slot, **more: object) -> Template:
    made = Template(
        id=name,
        topic="jalan",
        title=name.title(),
        labels=("question",),
        topics=("jalan",),
        keywords=("jalan",),
        text=text,
        slots=slots,
        owner="humas",
        source="https://pu.example.go.id/jalan",
        version=1,
        valid_until=date(2027, 6, 30),
        state=TemplateState.PROPOSED,
    )
    made = replace(made, **more)
    return replace(made, sha256=fingerprint(made))


CLOSED = template(
    "jadwal",
    "Halo {nama}, perbaikan jalan dimulai {tanggal} di {tempat}. Info: {tautan}",
    Slot("nama", SlotKind.NAME),
    Slot("tanggal", SlotKind.DATE, "Kapan?"),
    Slot("tempat", SlotKind.CHOICE, "Di mana?", (("utara", "wilayah utara"), ("selatan", "wilayah selatan"))),
    Slot("tautan", SlotKind.LINK, "Tautan resmi?"),
)
OPEN_TEXT = template(
    "terima-kasih", "Terima kasih. {catatan}", Slot("catatan", SlotKind.TEXT, "Catatan?", max=60)
)
PLAIN = template("sudah", "Laporan Anda sudah kami teruskan ke Dinas PU.")
TEMPLATES = (CLOSED, OPEN_TEXT, PLAIN)


@dataclass
class Agency:
    """Everything wired, and short names for what the stories do all the time."""

    database: Database
    clock: FakeClock
    policy: ReplyPolicy = field(default_factory=ReplyPolicy)
    templates_of: tuple[Template, ...] = TEMPLATES
    unlock_by: PersonId | None = None
    promise: Promise = field(default_factory=Promise)
    attention: Attention = field(default_factory=Attention)
    same_within: timedelta = timedelta(0)
    """How long copies join; most stories tell of one citizen after another who ask the same."""
    most: int = MOST_AT_ONCE

    def __post_init__(self) -> None:
        roles = {
            "role:koordinator": (PersonId("ratna"), PersonId("dewi")),
            "role:pimpinan": (PersonId("tuti"),),
        }
        self.duty, self.reads, self.crisis = FixedDuty(roles), FakeReads(), QuietCrisis()
        units_of = {"bpbd": (PersonId("wawan"), PersonId("dewi")), "pupr": (PersonId("tuti"),)}
        named = {"bpbd": "BPBD", "pupr": "Dinas PU"}
        self.directory = Directory(PEOPLE, units=units_of, unlock_by=self.unlock_by, unit_names=named)
        self._numbers = count(1)
        db, clock = self.database, self.clock
        self.team = Team(db, self.directory, self.duty, clock)
        zone = ZoneInfo("Asia/Jakarta")
        words = lambda text: text.lower().split()  # noqa: E731 - the normaliser's place
        self.templates = Templates(db, self.team, clock, self.templates_of, words, zone)
        self.promises = Promises(self.promise, self.duty, clock)
        units = Units(self.directory, timedelta(hours=1))
        index = WordLikeness()
        self.register = register_of(
            db, self.team, self.templates, index, clock, sources=("go.id",), units=units
        )
        self.triage = Triage(db, self.team, clock, self.promises)
        self.repeating = Repeating(db, self.team, self.templates, self.policy, clock, share)
        self.clusters = Clusters(
            db, self.team, RecentTexts(), self.promises, clock,
            repeating=self.repeating, within=self.same_within,
        )  # fmt: skip
        self.intake = Intake(
            db, self.reads, self.crisis, clock,
            join_within=timedelta(seconds=20), sensitive_topics={"bunuh-diri": timedelta(hours=72)},
            promises=self.promises, claims=self.register.links, clusters=self.clusters,
            attention=self.attention,
        )  # fmt: skip
        self.index = WordIndex(db, spelling(), clock)
        beside: dict[str, AlsoHas] = {
            "template": TemplateTitles(self.templates),
            "claim": ClaimStatements(db),
        }
        self.finding = finding_of(db, self.team, self.index, beside, self.promises, clock)
        self.searching = self.finding.searching
        self.replies = Replies(db, self.team, self.templates, self.policy, clock)
        self.widening = Widening(db, self.team, self.templates, self.policy)
        self.approvals = Approvals(db, self.team, self.templates, self.policy, self.duty, clock)
        self.template_life = TemplateLife(db, self.team, self.templates, self.policy, self.duty, clock)
        self.answering = Answering(
            db, self.team, self.widening, self.replies, self.approvals, self.promises,
            most=self.most, again=self.repeating,
        )  # fmt: skip
        self.posting = Posting(db, self.team, clock)
        self.desk = Desk(
            db,
            self.templates,
            self.policy,
            self.directory.called,
            (),
            clock,
            claims=self.register.links,
            kin=self.clusters.kinship.of,
            assigning=self.triage.assigning,
        )
        self.wire = FakeWire(db, clock)
        self.addresses = AddressBook(db, {"triage": TRIAGE_CHAT, "crisis": CRISIS_CHAT})
        self.pacer = Pacer()
        self.outbox = self.new_outbox()

    def new_outbox(self) -> Outbox:
        """As a restart makes it."""
        unreached = Unreached(self.approvals, self.clock)
        follows = {PublicReply: self.posting, Receipt: self.posting, DraftCard: unreached}
        return Outbox(self.database, self.wire, self.addresses, self.pacer, follows, self.clock)

    def cause(self) -> str:
        return f"update:{next(self._numbers)}"

    def tap(self, name: str, target: int, seen: int = 0, cause: str = "") -> Tap:
        return Tap(PEOPLE[PersonId(name)], target, seen, cause or self.cause(), self.clock.now())

    async def on(self, name: str, case: int) -> Tap:
        """A press on the case's present card."""
        return self.tap(name, case, (await self.case(case)).version)

    async def at(self, name: str, draft: int) -> Tap:
        """A press on the draft's present card."""
        return self.tap(name, draft, (await self.draft(draft)).version)

    async def case(self, number: int) -> Case:
        found = await self.database.read.cases.get(CaseId(number))
        assert found is not None
        return found

    async def draft(self, number: int) -> Draft:
        found = await self.database.read.drafts.get(DraftId(number))
        assert found is not None
        return found

    async def comments(self, case: int) -> list[KeptComment]:
        return await self.database.read.comments.of_case(CaseId(case))

    async def actions(self, subject: str) -> list[str]:
        return [str(line["action"]) for line in await self.database.read.journal.about(subject)]

    async def receive(self, text: str | Comment = "Kapan jalan diperbaiki?", **more: object) -> int:
        given = (
            text
            if isinstance(text, Comment)
            else comment(text, **{"author": f"tg:{next(self._numbers)}", **more})
        )
        return (await self.intake.receive(given, self.cause())).case

    async def written(self, name: str = "sari", words: str = "Perbaikan dimulai Senin, ya.") -> Draft:
        """A new case with a draft in somebody's own words."""
        case = await self.receive()
        return await self.replies.write(self.tap(name, case), words)

    async def waiting(self, name: str = "sari", words: str = "Perbaikan dimulai Senin, ya.") -> Draft:
        draft = await self.written(name, words)
        draft = await self.approvals.submit(await self.at(name, draft.id))
        await self.settle()
        return draft

    async def approved(self, name: str = "sari", by: str = "ratna") -> Draft:
        draft = await self.waiting(name)
        return await self.approvals.approve(await self.at(by, draft.id))

    async def settle(self) -> None:
        """Sends all that may go, letting as much time pass as the pace asks for."""
        for _ in range(60):
            await self.outbox.drain()
            self.clock.advance(0.5)
        self.clock.advance(30)

    async def queued(self, kind: type[Outgoing] | None = None) -> list[Queued]:
        """Every row of the outbox, oldest first."""
        found = []
        for number in range(1, 400):
            row = await self.database.read.outbox.get(number)
            if row is not None and (kind is None or isinstance(row.what, kind)):
                found.append(row)
        return found

    async def state_of(self, kind: type[Outgoing]) -> list[SendState]:
        return [row.state for row in await self.queued(kind)]


async def enrol_all(database: Database, clock: FakeClock) -> None:
    async with database.transaction() as tx:
        for name, number in ACCOUNTS.items():
            await tx.people.link(PersonId(name), number, clock.now())


async def approve_templates(agency: Agency) -> None:
    await agency.templates.approve_all(agency.tap("ratna", 0))


@dataclass
class Restarts:
    """Closes the database and opens it again, as a stop and a start do."""

    path: Path
    clock: FakeClock
    opened: list[Database]

    async def __call__(self, agency: Agency) -> Agency:
        await agency.database.close()
        database = await open_database(self.path)
        self.opened.append(database)
        return Agency(database, self.clock, agency.policy, same_within=agency.same_within)


def short(made: Template) -> str:
    return short_name(made.id)
