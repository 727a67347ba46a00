"""One long incident for the kill rig: ladder, form, approval, post, replies, lease, cadence, closing.

A life is a process that goes on with the script where the last one died. What people have sent and what
Telegram has shown is the world's: it stands in a file of its own and survives every kill.
"""

import json
import os
import signal
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.roomy import ROOMY
from bot import assembly
from bot.assembly import Services, assemble
from bot.clock import FakeClock
from bot.domain.comment import Author, Comment, Origin, Platform, Verdict
from bot.domain.incident import RunId
from bot.domain.letters import letters_of, versions_of
from bot.domain.outgoing import TRIAGE, Outgoing, PageCard, Queued, ShownCard, is_public, pack, redraws
from bot.domain.outgoing_steps import OWN_CHANNEL, PublicPost, RunReply, StepCard
from bot.domain.people import PersonId, Role
from bot.domain.playbook import After, Playbook, Reaction, Step
from bot.domain.run_types import RunState
from bot.domain.step_run import PostState
from bot.domain.step_run import Verdict as Vote
from bot.domain.step_state import StepState
from bot.domain.steps import (
    Answer,
    AnswerKind,
    Approve,
    Ask,
    Cadence,
    Checklist,
    Compose,
    Field,
    Freeze,
    Item,
    Publish,
    Scope,
)
from bot.domain.target import ACKER, parse_target
from bot.files.config import load_settings
from bot.files.settings import Settings
from bot.services.addresses import AddressBook
from bot.services.delivery import Follows, Outcome, Sent
from bot.services.forms import Forms
from bot.services.incidents import Incidents
from bot.services.outbox import Outbox
from bot.services.people import Directory
from bot.services.run_book import RunBook
from bot.services.run_posting import RunPosting
from bot.services.step_deeds import StepDeeds
from bot.services.tap import Tap
from bot.services.timers import Timers
from bot.services.triggers import Fired
from bot.store.database import Database, open_database
from bot.wire.pacing import Pacer
from bot.wording import reply_policy

_EXAMPLE = Path(__file__).resolve().parent.parent / "config.example.yaml"
START = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
RUN = RunId(1)
_KOORDINATOR = parse_target("role:koordinator")
_INSTAGRAM = "instagram"
_ASKED = 1
"""The place of the question among the steps."""

STEPS = (
    Step("tahan", "Tahan", Freeze(Scope.REPLIES)),
    Step(
        "cek",
        "Cek",
        Ask(
            "Benar?",
            (("salah", "Salah"),),
            (Field("fakta", ask="Apa faktanya?"), Field("sumber", AnswerKind.URL, allow=("go.id",))),
        ),
        to=(ACKER,),
        timeout=timedelta(minutes=20),
    ),
    Step("sikap", "Sikap", Compose("hoaks-viral/sikap-awal"), needs=("cek",)),
    Step(
        "setujui",
        "Setujui",
        Approve(2, 2),
        needs=("sikap",),
        to=(_KOORDINATOR,),
        timeout=timedelta(minutes=60),
        reactions={StepState.EXPIRED: Reaction(After.ESCALATE)},
        remind_every=timedelta(minutes=2),
    ),
    Step("tayang", "Tayang", Publish((OWN_CHANNEL, _INSTAGRAM), pin=True), needs=("setujui",)),
    Step("balas", "Balas", Answer("hoaks-viral/balasan", max_per_minute=2), needs=("tayang",)),
    Step("tugas", "Tugas", Checklist((Item("mitra", "Kabari", timedelta(minutes=5)),)), needs=("balas",)),
    Step("kabar", "Kabar", Cadence(timedelta(minutes=8), "Ada?"), needs=("tayang",), to=(_KOORDINATOR,)),
)


class Reads:
    """The comments of this incident need no reading."""

    async def read(self, _text: str) -> Verdict:
        return Verdict((), (), (), ())


@dataclass
class World:
    """What survives a kill: how far the script is, what Telegram has shown, and when this life is to end."""

    folder: Path
    dies_at: int = 0
    points: int = 0
    armed: bool = False
    seen: list[dict[str, Any]] = field(default_factory=list)

    @property
    def database(self) -> Path:
        return self.folder / "tanggap.db"

    def point(self) -> None:
        """A moment at which the machine may die."""
        if self.armed:
            self.points += 1
            if self.points == self.dies_at:
                os.kill(os.getpid(), signal.SIGKILL)

    def traced(self, statement: str) -> None:
        """Before every statement that writes, BEGIN and COMMIT among them."""
        if statement.lstrip().upper().startswith(("BEGIN", "COMMIT", "INSERT", "UPDATE", "DELETE")):
            self.point()

    def shown(self) -> list[dict[str, Any]]:
        path = self.folder / "telegram.jsonl"
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []

    def show(self, queued: Queued) -> int:
        """Telegram has it from here on."""
        kind, fields = pack(queued.what)
        line = {"kind": kind, "fields": fields, "public": is_public(queued.what)}
        with (self.folder / "telegram.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        return len(self.shown())

    def done(self) -> int:
        path = self.folder / "done"
        return int(path.read_text("utf-8")) if path.exists() else 0

    def finish(self, minute: int) -> None:
        (self.folder / "done").write_text(str(minute + 1), "utf-8")


class Wire:
    """Telegram: it may die just before a message stands there, and just after."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def deliver(self, queued: Queued, chat_id: int) -> Outcome:
        self._world.point()
        number = self._world.show(queued)
        self._world.point()
        subject = redraws(queued.what)
        card = (subject, ShownCard(chat_id, number, "")) if subject else None
        return Sent(chat_id, number, card)


@dataclass
class Life:
    """One process: the product's services, and people who go on with what they were doing."""

    world: World
    database: Database
    settings: Settings
    services: Services
    clock: FakeClock

    def __post_init__(self) -> None:
        services, clock, db = self.services, self.clock, self.database
        shipped = next(one for one in services.incidents.book.playbooks if one.id == "hoaks-viral")
        self.playbook: Playbook = replace(shipped, steps=STEPS, sha256="d" * 64, source_text="killed")
        words = services.incidents.book.words
        self.book = RunBook(
            db,
            services.oncall,
            (self.playbook,),
            lambda _: self.playbook,
            words,
            clock=clock,
            channels=frozenset({OWN_CHANNEL}),
        )
        self.incidents = Incidents(db, services.team, Directory(self.settings.persons), self.book, clock)
        self.deeds = StepDeeds(self.incidents, reply_policy(self.settings))
        self.forms = Forms(db, self.incidents, self.deeds)
        self.timers = Timers(db, services.triage, services.approvals, self.incidents, clock)
        chats = {TRIAGE: -1001, f"channel:{OWN_CHANNEL}": -1002}
        posting = RunPosting(self.book)
        follows: dict[type[Outgoing], Follows] = {
            PageCard: self.incidents,
            StepCard: self.incidents,
            PublicPost: posting,
            RunReply: posting,
        }
        wire, book = Wire(self.world), AddressBook(db, chats)
        self.outbox = Outbox(db, wire, book, Pacer(ROOMY), follows, clock)

    def tap(self, person: str, minute: int, seen: int = 0) -> Tap:
        known = self.settings.persons[PersonId(person)]
        return Tap(known, RUN, seen, f"update:{minute}", self.clock.now())

    def coordinator(self, number: int) -> str:
        return [p.id for p in self.settings.persons.values() if Role.KOORDINATOR in p.roles][number]

    async def state(self) -> RunState:
        return await self.incidents.state(RUN)


Act = Callable[[Life, int], Awaitable[None]]


async def _open(life: Life, minute: int) -> None:
    async with life.database.transaction() as tx:
        if await life.book.of_group(tx, "hoaks-viral/rig") is None:
            comments = await tx.comments.since(START - timedelta(days=1), 10)
            fired = Fired("hoaks-viral/rig", "manual case=-", True, tuple(comments))
            await life.book.open(tx, life.playbook, fired, None, f"update:{minute}", drill=False)


async def _acknowledge(life: Life, minute: int) -> None:
    """A late thumb: whoever was called first, after the ladder has climbed."""
    state = await life.state()
    officer = [c.person for c in state.called if c.person not in {life.coordinator(0), life.coordinator(1)}]
    person = state.owner or min(officer)
    await life.incidents.acknowledge(life.tap(person, minute, state.epoch))


def _filled(number: int, typed: str) -> Act:
    """A line of the form comes back."""

    async def act(life: Life, minute: int) -> None:
        tap = life.tap((await life.state()).owner or "", minute)
        await life.forms.fill(tap, _ASKED, 1, number, typed)

    return act


async def _choose(life: Life, minute: int) -> None:
    await life.forms.choose(life.tap((await life.state()).owner or "", minute), _ASKED, 1, 0)


async def _submit(life: Life, minute: int) -> None:
    await life.forms.submit(life.tap((await life.state()).owner or "", minute), _ASKED, 1)


async def _edit(life: Life, minute: int) -> None:
    owner = (await life.state()).owner or ""
    await life.deeds.edit(life.tap(owner, minute), "sikap", 1, 1, "Kabar itu keliru. Kami sedang memastikan.")


def _vote(number: int) -> Act:
    async def act(life: Life, minute: int) -> None:
        state = await life.state()
        step = life.playbook.step("setujui")
        seen = versions_of(letters_of(state, step)) if step is not None else ""
        person = life.coordinator(number)
        await life.deeds.vote(life.tap(person, minute), "setujui", 1, Vote.APPROVE, seen, "")

    return act


async def _posted(life: Life, minute: int) -> None:
    owner = (await life.state()).owner or ""
    await life.deeds.settle(
        life.tap(owner, minute), "tayang", 1, _INSTAGRAM, PostState.SENT, "https://x.id/1"
    )


async def _tick(life: Life, minute: int) -> None:
    owner = (await life.state()).owner or ""
    place = [step.id for step in STEPS].index("tugas")
    await life.incidents.tick(life.tap(owner, minute), place, 0)


async def _still(life: Life, minute: int) -> None:
    state = await life.state()
    await life.incidents.still_handling(life.tap(state.owner or "", minute, state.epoch))


async def _news(life: Life, minute: int) -> None:
    answers = (("catatan", "Belum ada."),)
    await life.deeds.answer(life.tap(life.coordinator(0), minute), "kabar", 1, answers)


async def _resolve(life: Life, minute: int) -> None:
    await life.incidents.resolve(life.tap(life.coordinator(0), minute), "reda")


async def _release(life: Life, minute: int) -> None:
    await life.deeds.release(life.tap(life.coordinator(0), minute), "tahan")


SCRIPT: dict[int, Act] = {
    0: _open,
    6: _acknowledge,
    7: _choose,
    8: _filled(0, "Tidak ada kenaikan."),
    9: _filled(1, "https://kemenkeu.go.id/rilis"),
    10: _submit,
    11: _edit,
    14: _vote(0),
    43: _still,
    45: _vote(1),
    46: _posted,
    53: _tick,
    57: _news,
    59: _resolve,
    60: _release,
}
"""The ladder climbs at 5, the lease asks at 41 and is answered late in its five minutes."""
MINUTES = 62


def warm() -> None:
    """Read the files once, before the lives are born: reading YAML is not what is measured."""
    settings = load_settings(_EXAMPLE, {**os.environ, "TANGGAP_BOT_TOKEN": "1:x"})
    playbooks = assembly.load_playbooks(settings.playbooks, settings)
    templates = assembly.load_templates(settings.templates, settings)
    assembly.load_playbooks = lambda *_: playbooks
    assembly.load_templates = lambda *_: templates
    _READ.append(settings)


_READ: list[Settings] = []


async def prepare(world: World) -> None:
    """The office before it happens: everybody enrolled, words approved, three citizens have asked."""
    life = await born(world)
    services, now = life.services, life.clock.now()
    async with life.database.transaction() as tx:
        for number, person in enumerate(life.settings.persons):
            await tx.people.link(person, 1000 + number, now)
    await services.templates.approve_all(life.tap(life.coordinator(0), 9999))
    for number in range(3):
        origin = Origin(Platform.TELEGRAM_DISCUSSION, "-1003/10", str(number + 1))
        comment = Comment(origin, Author(f"tg:{number}", "Warga"), f"Benarkah ini? {number}", now, now)
        await services.intake.receive(comment, f"comment:{number}")
    await life.outbox.drain()
    await life.database.close()
    (world.folder / "telegram.jsonl").unlink(missing_ok=True)


async def born(world: World) -> Life:
    """The product's start on what is on the disk."""
    [settings] = _READ
    clock = FakeClock(START + timedelta(minutes=world.done()))
    connect = sqlite3.connect

    def tracing(*given: Any, **named: Any) -> sqlite3.Connection:
        made: sqlite3.Connection = connect(*given, **named)
        made.set_trace_callback(world.traced)
        return made

    sqlite3.connect = tracing  # type: ignore[assignment]  # the rig looks over the driver's shoulder
    try:
        database = await open_database(world.database)
    finally:
        sqlite3.connect = connect
    return Life(world, database, settings, assemble(settings, database, Reads(), clock), clock)


async def live(world: World) -> None:
    """From wherever the last life ended to the end of the script."""
    life = await born(world)
    world.armed = True
    await life.outbox.recover()
    await life.timers.start()
    for minute in range(world.done(), MINUTES):
        if minute in SCRIPT:
            await SCRIPT[minute](life, minute)
        await life.timers.tick()
        for _ in range(2):  # what is tried again after a breath leaves in the same minute
            await life.outbox.drain()
            await _look_at_what_is_unsure(life, minute)
            life.clock.advance(30)
        world.finish(minute)
    await life.database.close()


async def _look_at_what_is_unsure(life: Life, minute: int) -> None:
    """A person looks whether it stands there: if so it is said to be sent, else it is sent once more."""
    kept = await life.database.read.runs.get(RUN)
    for run in (await life.state()).steps if kept is not None else ():
        for post in run.posts:
            if post.state is PostState.UNCERTAIN:
                there = any(_is(line, run.step, post.channel) for line in life.world.shown())
                state = PostState.SENT if there else PostState.QUEUED
                tap = replace(life.tap(life.coordinator(0), minute), cause=f"look:{minute}:{post.channel}")
                await life.deeds.settle(tap, run.step, run.attempt, post.channel, state, "")
    await life.outbox.drain()


def _is(line: dict[str, Any], step: str, channel: str) -> bool:
    fields = line["fields"]
    named = str(fields.get("channel") or fields.get("comment"))
    return line["public"] and fields.get("step") == step and named == channel
