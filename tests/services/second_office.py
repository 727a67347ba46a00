"""An agency whose Telegram and gateways fail as told: real services, a real database, a clock that waits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Any

from fakes import CRISIS_CHAT, TRIAGE_CHAT, FakeWire, person

from bot.clock import FakeClock
from bot.domain.calendar import Weekday, WorkingHours
from bot.domain.incident import RunId, Severity
from bot.domain.lane import SECOND_LANES
from bot.domain.outgoing import Outgoing, PageCard
from bot.domain.people import PersonId, Role, Zone
from bot.domain.playbook import Ladder, Level, Playbook, Resolve, Via
from bot.domain.run_types import RunState, What
from bot.domain.second import SecondPage
from bot.domain.target import parse_target
from bot.domain.trigger import Triggers
from bot.gateways.second_sender import NoPace, OwnPlaces, SecondSender
from bot.services.addresses import AddressBook
from bot.services.delivery import Follows, Impossible, Outcome, Sent
from bot.services.incidents import Incidents
from bot.services.oncall import OnCall
from bot.services.outbox import Outbox
from bot.services.people import Directory, Team
from bot.services.replies import ReplyPolicy
from bot.services.run_book import RunBook
from bot.services.run_words import RunWords
from bot.services.second import SecondChannel
from bot.services.second_start import SecondWays
from bot.services.tap import Tap
from bot.services.templates import Templates, short_name
from bot.services.timers import Timers
from bot.store.database import Database
from bot.wire.pacing import Pacer

PEOPLE = {
    p.id: p
    for p in (
        person("ana", Role.PIKET),
        person("budi", Role.PIKET),
        person("citra", Role.KOORDINATOR),
        person("dewi", Role.PIMPINAN),
    )
}
ACCOUNTS = {name: 100 + number for number, name in enumerate(PEOPLE)}
CONTACTS: Mapping[PersonId, Mapping[Via, str]] = {
    PersonId("ana"): {Via.SMS: "+621", Via.EMAIL: "ana@kota.example"},
    PersonId("budi"): {Via.SMS: "+622"},
    PersonId("citra"): {},
    PersonId("dewi"): {Via.EMAIL: "dewi@kota.example"},
}
WAIT = timedelta(seconds=45)


def playbook(via: tuple[Via, ...] = (), **more: Any) -> Playbook:
    levels = [Level((parse_target(f"person:{name}"),), timedelta(minutes=5), via) for name in ("ana", "budi")]
    return Playbook(
        id="uji",
        version=1,
        name="Uji",
        summary="",
        severity=more.pop("severity", Severity.HIGH),
        owner=parse_target("role:koordinator"),
        triggers=Triggers(),
        ladder=Ladder(tuple(levels), (parse_target("person:dewi"),), **more),
        resolve=Resolve(parse_target("role:koordinator")),
        sha256="c" * 64,
        source_text="",
    )


@dataclass
class FakeGateways:
    """Takes what it may: `down` are the ways that say no, `mute` those that never say anything decisive."""

    down: set[Via] = field(default_factory=set)
    mute: set[Via] = field(default_factory=set)
    tried: list[tuple[str, Via]] = field(default_factory=list)
    taken: list[tuple[str, Via]] = field(default_factory=list)

    async def send(self, via: Via, address: str, *_said: str) -> Outcome:
        self.tried.append((address, via))
        if via in self.down:
            return Impossible("HTTP 503")
        if via in self.mute:
            return Impossible("no answer in 20 s", perhaps=True)
        self.taken.append((address, via))
        return Sent(0, 0)


class Office:
    """One run at a time; Telegram refuses whom `wire.shut` holds and takes nothing while `answers` say so."""

    def __init__(self, database: Database, clock: FakeClock, book: Playbook | None = None) -> None:
        self.database, self.clock, self.book = database, clock, book or playbook()
        self.hours: dict[Weekday, tuple[time, time]] = {}
        self.wire, self.gateways = FakeWire(database, clock), FakeGateways()
        self.start()

    def start(self) -> None:
        """As a restart makes it: everything anew but the database, Telegram and the gateways."""
        db, clock = self.database, self.clock
        ways = {name: tuple(own) for name, own in CONTACTS.items()}
        directory = Directory(PEOPLE, ways=ways)
        self.oncall = OnCall(db, directory, {}, WorkingHours(Zone.WIB, self.hours, frozenset()))
        team = Team(db, directory, self.oncall, clock)
        second_ways = SecondWays(CONTACTS, WAIT)
        define: Callable[[str], Playbook] = lambda _: self.book  # noqa: E731 - one definition for all
        shelf = Templates(db, team, clock, (), lambda text: text.split(), Zone.WIB.tz)
        words = RunWords(shelf, ReplyPolicy())
        book = RunBook(db, self.oncall, [self.book], define, words, clock=clock, ways=second_ways)
        self.incidents = Incidents(db, team, directory, book, clock)
        self.second = SecondChannel(db, self.incidents, second_ways, self.gateways, clock)
        cases: Any = None  # there is no timer of a case or a draft here
        self.timers = Timers(db, cases, cases, self.incidents, clock, second=self.second)
        follows: dict[type[Outgoing], Follows] = {PageCard: self.second, SecondPage: self.second}
        addresses = AddressBook(db, {"triage": TRIAGE_CHAT, "crisis": CRISIS_CHAT})
        self.outbox = Outbox(db, self.wire, addresses, Pacer(), follows, clock)
        sender = SecondSender(self.gateways, CONTACTS, _words)
        self.other = Outbox(db, sender, OwnPlaces(), NoPace(), follows, clock, lanes=SECOND_LANES)

    async def enrol(self, *names: str) -> None:
        async with self.database.transaction() as tx:
            for name in names or PEOPLE:
                await tx.people.link(PersonId(name), ACCOUNTS[PersonId(name)], self.clock.now())

    def shut(self, *names: str) -> None:
        """They have blocked the bot, and it does not know yet."""
        self.wire.shut |= {ACCOUNTS[PersonId(name)] for name in names}

    def tap(self, name: str, run: int = 1, seen: int = 0) -> Tap:
        cause = f"update:{name}:{self.clock.monotonic()}"
        return Tap(PEOPLE[PersonId(name)], run, seen, cause, self.clock.now())

    async def open(self) -> None:
        await self.incidents.open_by_hand(self.tap("citra"), short_name("uji"), None)
        await self.settle()

    async def state(self) -> RunState:
        return await self.incidents.state(RunId(1))

    async def settle(self) -> None:
        """Everything that may happen now: timers, Telegram, the other ways, and what follows from each."""
        for _ in range(6):
            await self.timers.tick()
            await self.outbox.drain()
            await self.other.drain()

    async def later(self, **much: float) -> None:
        """Time passes in steps of five seconds."""
        for _ in range(int(timedelta(**much).total_seconds() // 5)):
            self.clock.advance(5)
            await self.settle()

    async def lines(self, action: str) -> list[dict[str, Any]]:
        found = await self.database.read.journal.about("run:1")
        return [line for line in found if line["action"] == action]

    async def told(self) -> list[str]:
        """The incident's story."""
        return [line.what for line in await self.database.read.runs.timeline(RunId(1), 500)]

    async def escalated_at(self) -> list[float]:
        """Minutes after the opening at which the next level was called."""
        lines = await self.database.read.runs.timeline(RunId(1), 500)
        state = await self.state()
        assert state.began_at is not None
        return [(line.at - state.began_at).total_seconds() / 60 for line in lines if line.what == What.PAGED]


async def _words(page: SecondPage) -> tuple[str, str]:
    return f"K-{page.run}", page.because
