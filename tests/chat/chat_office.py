"""A whole press office in one process: real handlers, services and SQLite, a sandbox for Telegram."""

import hashlib
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, replace
from datetime import time, timedelta
from pathlib import Path
from typing import Any

from chat_town import APPROVED, COURSE, HOAX, LIFE, MORNING, SCENARIO, TEAM, TEMPLATES, Reads
from chat_wire import NO_LIMITS, Honest, InProcess, Router
from first_start import opened_database
from telegram import Bot, Update
from telegram.ext import ApplicationBuilder

from bot.adapters import spelling
from bot.chat.handlers import Doors, handlers
from bot.chat.handlers.thumbs import PressRate
from bot.chat.sender import ChatSender
from bot.chat.voice import Voice
from bot.chat.words.moderation import for_citizens
from bot.clock import FakeClock
from bot.connectors.forwarded import ForwardedConnector
from bot.connectors.telegram_discussion import DiscussionConnector
from bot.connectors.telegram_dm import DirectConnector
from bot.connectors.telegram_moderation import TelegramModerator
from bot.connectors.telegram_post import TelegramPoster
from bot.connectors.telegram_updates import PublicUpdates
from bot.copies import RecentTexts
from bot.domain.calendar import Weekday, WorkingHours
from bot.domain.house_rules import HouseRules, Mode
from bot.domain.moderation import Remedy, Rule
from bot.domain.outgoing import CRISIS, TRIAGE, DraftCard, Outgoing, PageCard, PublicReply, Receipt
from bot.domain.outgoing_moderation import CarryOut, PublicWarning
from bot.domain.outgoing_steps import OWN_CHANNEL, DrillPost, PublicPost, RunReply, StepCard
from bot.domain.people import Person, PersonId, Zone
from bot.domain.promise import Promise
from bot.domain.reply import ApprovalPolicy
from bot.domain.rota import Rotation, Shift
from bot.files.sections import ChatsRow, PublicChatRow
from bot.files.sections_moderation import ModerationRow
from bot.likeness import WordLikeness, share
from bot.sandbox import Sandbox
from bot.sandbox.api import BotApi
from bot.sandbox.cast import ALL_RIGHTS
from bot.sandbox.model import CHANNEL_RIGHTS, Message, Press, User
from bot.services.addresses import AddressBook
from bot.services.afterwards import Afterwards, afterwards_of
from bot.services.answering import Answering
from bot.services.approvals import Approvals
from bot.services.board import Board
from bot.services.clusters import Clusters
from bot.services.data_requests import Units
from bot.services.delivery import Follows
from bot.services.desk import Desk
from bot.services.drills import Drills
from bot.services.duties import Duties, duties_of
from bot.services.finding import Finding, finding_of
from bot.services.house import House, Offices, house_of
from bot.services.incidents import Incidents
from bot.services.intake import Intake
from bot.services.oncall import OnCall
from bot.services.outbox import Outbox
from bot.services.people import Directory, Team
from bot.services.posting import Posting
from bot.services.promises import Promises
from bot.services.register import Register, register_of
from bot.services.repeating import Repeating
from bot.services.replies import Replies, ReplyPolicy
from bot.services.run_book import RunBook
from bot.services.run_posting import RunPosting
from bot.services.run_words import RunWords
from bot.services.searching import ClaimStatements
from bot.services.steps import Steps, steps_of
from bot.services.template_life import TemplateLife
from bot.services.templates import Templates, TemplateTitles, short_name
from bot.services.timers import Timers
from bot.services.triage import Triage
from bot.services.unreached import Unreached
from bot.services.views import PlaybookChoice
from bot.services.views_crisis import CrisisDesk
from bot.services.views_report import Letterhead
from bot.services.widening import Widening
from bot.services.word_index import WordIndex
from bot.store.database import Database
from bot.wire.outcome import outcome_of
from bot.wire.pacing import Pacer

TRIAGE_CHAT, DISCUSSION, CHANNEL, CRISIS_CHAT = -1001000000003, -1001000000001, -1001000000002, -1001000000004


@dataclass(frozen=True)
class Services:
    team: Team
    triage: Triage
    templates: Templates
    replies: Replies
    widening: Widening
    approvals: Approvals
    posting: Posting
    incidents: Incidents
    steps: Steps
    board: Board
    duties: Duties
    after: Afterwards
    drills: Drills
    register: Register
    finding: Finding
    clusters: Clusters
    answering: Answering
    house: House
    template_life: TemplateLife


def _words(remedy: Remedy, rule: Rule, case: int, protected: bool) -> str:
    return for_citizens(remedy, rule, case, "Halo Kak", protected=protected)


def house_rules(mode: Mode = Mode.ON) -> HouseRules:
    """The seven rules that are shipped; not dry, so that something happens."""
    public = PublicChatRow.model_construct(name="Kabar", channel=CHANNEL, discussion=DISCUSSION)
    chats = ChatsRow.model_construct(triage=TRIAGE_CHAT, public=(public,))
    return ModerationRow(mode=mode.value).made(chats, (), Zone.WIB)


class Office:
    """The office at work. `pump` lets everything that was pressed or written take its course."""

    def __init__(
        self,
        database: Database,
        clock: FakeClock,
        policy: ApprovalPolicy,
        same_within: timedelta = timedelta(0),
        house: HouseRules | None = None,
    ) -> None:
        self.approval = policy
        self.same_within = same_within
        self.house_rules = house or house_rules()
        self.topics: dict[str, int] = {}
        """`chats.topics` of the agency, from the next `_build` on."""
        self.twice = False
        """Whether Telegram delivers every update twice; the second time nothing may happen."""
        self.clock = clock
        self.database = database
        self.sandbox = Sandbox(clock)
        self.world = self.sandbox.world
        self.users = {
            who: self.world.add_user(name, 7000 + n) for n, (who, (name, _)) in enumerate(TEAM.items())
        }
        self.citizen = self.world.add_user("Ratna", 8001)
        self.stranger = self.world.add_user("Orang asing", 8002)
        self._places()
        api = BotApi(self.sandbox.token, self.sandbox.platform, self.sandbox.faults)
        self.calls = api.calls
        self.faults = self.sandbox.faults
        self.bot = Bot(self.sandbox.token, request=InProcess(api), get_updates_request=InProcess(api))
        self._build(policy)

    def _places(self) -> None:
        team = list(self.users.values())
        everybody = [*team, self.citizen]
        self.discussion = self.world.add_group("Diskusi", everybody, "administrator", chat_id=DISCUSSION)
        self.channel = self.world.add_channel("Kabar", self.discussion, chat_id=CHANNEL, username="kabarkota")
        self.world.promote(self.channel, self.world.bot, ALL_RIGHTS | frozenset(CHANNEL_RIGHTS))
        self.triage = self.world.add_group("Triase", team, "administrator", chat_id=TRIAGE_CHAT)
        self.crisis = self.world.add_group("Krisis", team, "administrator", chat_id=CRISIS_CHAT)
        for user in team:
            user.started = True
        self.world.updates.allow(
            ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]
        )

    def _build(self, approval: ApprovalPolicy) -> None:
        db, clock = self.database, self.clock
        people = {
            PersonId(who): Person(PersonId(who), name, frozenset({role}), Zone.WIB)
            for who, (name, role) in TEAM.items()
        }
        groups = {"pimpinan": (PersonId("pima"),), "pendamping": (PersonId("kori"), PersonId("pita"))}
        directory = Directory(people, groups, {"bpbd": (PersonId("nara"),)}, unit_names={"bpbd": "BPBD"})
        shift = Shift(frozenset(Weekday), time(8), time(16), (PersonId("pita"),))
        hours = WorkingHours(Zone.WIB, {day: (time(8), time(16)) for day in list(Weekday)[:5]})
        oncall = OnCall(db, directory, {"medsos": Rotation("medsos", Zone.WIB, (shift,))}, hours)
        team = Team(db, directory, oncall, clock)
        policy = ReplyPolicy(approval, links=("lapor.go.id",), pace=timedelta(0))
        shelf = Templates(db, team, clock, TEMPLATES, lambda text: frozenset(text.split()), Zone.WIB.tz)
        words = RunWords(shelf, policy)
        runs = RunBook(db, oncall, [HOAX, LIFE, COURSE], lambda _: HOAX, words, clock=clock,
            channels=frozenset({OWN_CHANNEL}),
        )  # fmt: skip
        incidents = Incidents(db, team, directory, runs, clock)
        promises = self.promises = Promises(Promise(), oncall, clock)
        index = WordLikeness()
        register = register_of(
            db, team, shelf, index, clock, sources=("go.id",), units=Units(directory, timedelta(hours=1))
        )
        # Most scenes tell of one citizen after another who ask the same; the one of copies lets them join.
        repeating = Repeating(db, team, shelf, policy, clock, share)
        clusters = Clusters(
            db, team, RecentTexts(), promises, clock, repeating=repeating, within=self.same_within
        )
        self.intake = Intake(
            db, Reads(), incidents, clock,
            join_within=timedelta(seconds=20), sensitive_topics={"bunuh-diri": timedelta(hours=72)},
            promises=promises, claims=register.links, clusters=clusters,
        )  # fmt: skip
        choices = tuple(PlaybookChoice(short_name(p.id), p.name, p.sensitive) for p in (HOAX, LIFE, COURSE))
        posting = Posting(db, team, clock)
        self.services = Services(
            team,
            Triage(db, team, clock, promises),
            shelf,
            replies := Replies(db, team, shelf, policy, clock),
            widening := Widening(db, team, shelf, policy),
            approvals := Approvals(db, team, shelf, policy, oncall, clock),
            posting,
            incidents,
            steps_of(db, incidents, team, oncall, policy, clock=clock),
            Board(db, team, oncall, incidents, clock),
            duties := duties_of(db, team, directory, oncall, clock),
            afterwards_of(db, incidents, team, clock, Letterhead("Kota Contoh", Zone.WIB)),
            Drills(db, incidents, team, oncall, [SCENARIO], clock=clock),
            register,
            finding_of(
                db,
                team,
                WordIndex(db, spelling(), clock),
                {"template": TemplateTitles(shelf), "claim": ClaimStatements(db)},
                promises,
                clock,
            ),
            clusters,
            Answering(db, team, widening, replies, approvals, promises),
            house := house_of(db, Offices(team, directory, oncall, hours), self.house_rules, _words, clock),
            TemplateLife(db, team, shelf, policy, oncall, clock),
        )
        self.timers = Timers(
            db,
            self.services.triage,
            self.services.approvals,
            incidents,
            clock,
            {
                **duties.standing,
                **self.services.finding.standing,
                "drill": self.services.drills,
                "data": register.data,
                "measure": house.audit,
            },
        )
        self.desk = Desk(
            db, shelf, policy, directory.called, choices, clock, claims=register.links,
            kin=clusters.kinship.of, house=house.desk, assigning=self.services.triage.assigning,
        )  # fmt: skip
        crisis_desk = CrisisDesk(db, incidents, team, clock)
        sender = ChatSender(
            self.bot,
            self.desk,
            crisis_desk,
            db,
            Zone.WIB,
            outcome_of,
            steps=self.services.steps.desk,
            claims=register.desk,
            house=house.desk,
            board=self.services.board,
            names=team.directory.called,
            topics=self.topics,
        )
        poster = TelegramPoster(self.bot, db.read.drafts, db.read.comments, crisis_desk, outcome_of)
        read = db.read
        moderator = TelegramModerator(self.bot, read.measures, read.comments, read.people, outcome_of)
        house.proposals.look = moderator.look
        book = AddressBook(db, {TRIAGE: TRIAGE_CHAT, CRISIS: CRISIS_CHAT, f"channel:{OWN_CHANNEL}": CHANNEL})
        unreached = Unreached(self.services.approvals, clock)
        run_posting = RunPosting(runs)
        follows: dict[type[Outgoing], Follows] = {
            StepCard: incidents, PublicPost: run_posting, RunReply: run_posting, DrillPost: run_posting,
            PublicReply: posting, Receipt: posting, DraftCard: unreached, PageCard: incidents,
            PublicWarning: house.doing, CarryOut: house.doing,
        }  # fmt: skip
        pacer = Pacer(NO_LIMITS)
        self.voice = Voice(pacer, clock)
        self.outbox = Outbox(db, Router(sender, poster, moderator), book, pacer, follows, clock)
        self._listen(choices)

    def _listen(self, choices: Sequence[PlaybookChoice]) -> None:
        forwarded = ForwardedConnector(self.intake)
        doors = self.doors = Doors(
            self.services, self.database, forwarded, TRIAGE_CHAT, self.clock, self.voice, CRISIS_CHAT,
            tuple(choices),             press_rate=PressRate(100_000, 1.0),
        )  # fmt: skip
        public = PublicUpdates(
            DiscussionConnector({DISCUSSION: CHANNEL}, self.intake),
            DirectConnector(self.intake),
            forwarded,
            self.services.team,
            self.clock,
        )
        builder = ApplicationBuilder().application_class(Honest).bot(self.bot)
        self.application = builder.updater(None).job_queue(None).build()
        self.application.add_handlers(handlers(doors), 0)
        self.application.add_handlers(list(public.handlers()), 1)

    async def open(self) -> None:
        await self.application.initialize()
        async with self.database.transaction() as tx:
            for who, user in self.users.items():
                await tx.people.link(PersonId(who), user.id, self.clock.now())
            for one in TEMPLATES[:APPROVED]:
                await tx.drafts.decide_template(
                    one.id, one.version, one.sha256, "approved", PersonId("kori"), self.clock.now()
                )
        self.post = self.world.publish(self.channel, "Perbaikan jalan tahap dua dimulai Senin.")
        await self.pump()

    async def pump(self) -> None:
        """Updates to handlers, outbox to the phones, until nothing moves any more."""
        while True:
            updates = self.world.updates.peek()
            self.world.updates.clear()
            for raw in updates:
                await self.application.process_update(Update.de_json(raw, self.bot))
                if self.twice:
                    before = self.state()
                    await self.application.process_update(Update.de_json(raw, self.bot))
                    assert self.state() == before, raw
            await self.outbox.drain()
            if not len(self.world.updates) and not await self._waiting():
                return

    def slowed(self, triage: Triage) -> Doors:
        """The same doors with another triage behind them."""
        return replace(self.doors, services=replace(self.services, triage=triage))

    async def later(self, minutes: float) -> None:
        """Time passes: what was promised for then happens."""
        self.clock.advance(minutes * 60)
        await self.timers.tick()
        await self.pump()

    async def _waiting(self) -> bool:
        """Whether something came into the queue while the last of it was being sent."""
        read = self.database.read
        return bool(await read.outbox.heads(self.clock.now()))

    async def comment(self, text: str, user: User | None = None, **more: Any) -> Message:
        """A citizen comments under the post; the card that it leads to."""
        self.world.comment(self.post, user or self.citizen, text, **more)
        await self.pump()
        return self.cards()[-1]

    def cards(self) -> list[Message]:
        return [m for m in self.seen(TRIAGE_CHAT) if m.buttons]

    def seen(self, chat: int) -> list[Message]:
        """What the bot has said in this chat and still stands there."""
        return [m for m in self.world.messages(chat) if m.raw.get("from", {}).get("id") == self.world.bot.id]

    def last(self, who: str) -> Message:
        """The bot's latest message in somebody's private chat."""
        return self.seen(self.users[who].id)[-1]

    async def press(self, who: str, message: Message, button: str) -> Press:
        pressed = self.world.press(self.users[who], message, button)
        await self.pump()
        return pressed

    async def press_raw(self, user: User, chat: int, message: int, data: str) -> Press:
        pressed = self.world.press_raw(user, chat, message, data)
        await self.pump()
        return pressed

    async def writes(self, who: str, chat: int, text: str, reply_to: Message | None = None) -> Message:
        """Somebody of the team writes; the bot's latest message there after it."""
        self.world.say(self.users[who], chat, text, reply_to=reply_to)
        await self.pump()
        return self.seen(chat)[-1]

    def refusals(self) -> list[str]:
        """What Telegram refused: nothing, unless a test wants it."""
        return [f"{call.method}: {call.description}" for call in self.calls if call.code != 200]

    def state(self) -> str:
        """A fingerprint of every table there is. A forbidden press leaves a line in the journal that it was
        denied or refused, and perhaps one that the bot looked who belongs to the group.
        """
        with closing(sqlite3.connect(self.database.path)) as beside:
            named = beside.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            rows = [_whole(beside, str(name)) for (name,) in named.fetchall()]
        return hashlib.sha256(repr(rows).encode()).hexdigest()


def _whole(beside: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    if table == "journal":
        others = """SELECT at, actor, action, subject, cause FROM journal
            WHERE action NOT IN ('denied', 'member_seen') AND canonical NOT LIKE '%"refused":%'
            ORDER BY seq"""
        return beside.execute(others).fetchall()
    if table in {"sqlite_sequence", "meta"}:
        return []
    return beside.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - our own tables' names


@asynccontextmanager
async def opened(
    path: Path,
    policy: ApprovalPolicy | None = None,
    same_within: timedelta = timedelta(0),
    house: HouseRules | None = None,
) -> AsyncIterator[Office]:
    database = await opened_database(path / "kantor.db")
    try:
        office = Office(database, FakeClock(MORNING), policy or ApprovalPolicy(), same_within, house)
        await office.open()
        yield office
        await office.application.shutdown()
    finally:
        await database.close()
