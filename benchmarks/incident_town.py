"""The press office whose long incident is killed, and its sandbox, put back as often as needed."""

import asyncio
import copy
import json
import os
import shutil
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.processes import Program, start
from bot.app import opened_quietly
from bot.clock import FakeClock
from bot.domain.people import PersonId
from bot.files.config import load_settings
from bot.sandbox import Chat, Message, Press, Sandbox, User
from bot.services.tap import Tap

NIGHT = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
"""A Monday, 21.30 in Jakarta."""
TEAM = {
    "laras": ("Laras", "admin"),
    "sekar": ("Sekar", "koordinator, pengelola"),
    "tirta": ("Tirta", "koordinator"),
    "dimas": ("Dimas", "piket"),
    "gita": ("Gita", "piket"),
    "harun": ("Pak Harun", "pimpinan"),
    "rini": ("Rini", "narahubung"),
}
CITIZENS = ("Ningsih", "Toni", "Ferry", "Ratna", "Bagus")
PATIENCE_S = 30.0
_FILES = Path(__file__).resolve().parent / "incident"
_LOOK_S = 0.002


class Killed(Exception):
    """The bot died where it was told to."""


class StageClock(FakeClock):
    """A clock that stands still, moves when told, and can be put back for another performance."""

    def put(self, now: datetime) -> None:
        self._now = now


@dataclass(frozen=True, slots=True)
class Still:
    """Everything that outlives the bot, at a moment when it was idle: Telegram's side, the file, the hour."""

    world: dict[str, Any]
    next_update: int
    allowed: frozenset[str]
    database: Path
    now: datetime


class Town:
    """The sandbox, the people and the places; the bot is a process that comes and goes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = StageClock(NIGHT)
        self.sandbox = Sandbox(self.clock)
        self.lives = 0
        self._zygote: Program | None = None
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self.dies_at = 0

    @property
    def world(self) -> Any:
        return self.sandbox.world

    @property
    def database(self) -> Path:
        return self.folder / "tanggap.db"

    def user(self, key: str) -> User:
        number = [*TEAM, *CITIZENS].index(key)
        found: User = self.world.users[7_001 + number]
        return found

    @property
    def triage(self) -> Chat:
        return self._named("Ruang Tim")

    @property
    def crisis(self) -> Chat:
        return self._named("Ruang Krisis")

    @property
    def channel(self) -> Chat:
        return self._named("Info Kota Contoh")

    @property
    def discussion(self) -> Chat:
        return self._named("Diskusi Kota Contoh")

    def _named(self, title: str) -> Chat:
        found: Chat = next(c for c in self.world.chats.values() if c.title == title)
        return found

    # --- before the first performance ---

    def build(self, url: str) -> None:
        """Fills the empty sandbox and writes the office's files."""
        world = self.world
        names = [row[0] for row in TEAM.values()]
        people = [world.add_user(name, 7_001 + i) for i, name in enumerate([*names, *CITIZENS])]
        team, citizens = people[: len(names)], people[len(names) :]
        discussion = world.add_group("Diskusi Kota Contoh", citizens, "administrator")
        channel = world.add_channel("Info Kota Contoh", discussion, "administrator")
        triage = world.add_group("Ruang Tim", team, "administrator")
        crisis = world.add_group("Ruang Krisis", team, "administrator")
        for name in ("hoaks.yaml", "balasan.yaml"):
            shutil.copy(_FILES / name, self.folder / name)
        rows = "\n".join(f"  - {{id: {k}, name: {n}, roles: [{r}]}}" for k, (n, r) in TEAM.items())
        shift = "{shifts: [{days: sen-min, from: '00:00', to: '00:00', people: [%s]}]}"
        self.config.write_text(
            f"""agency: {{name: Pemerintah Kota Contoh, short: Kota Contoh, zone: WIB}}
telegram: {{token: '${{TANGGAP_BOT_TOKEN}}', api_base_url: '{url}'}}
database: {{url: 'sqlite:tanggap.db'}}
chats:
  triage: {triage.id}
  crisis: {crisis.id}
  public: [{{name: Info, channel: {channel.id}, discussion: {discussion.id}}}]
people:
{rows}
groups: {{kepala-humas: [tirta], pimpinan: [harun], pendamping: [sekar, laras]}}
units: [{{id: pdam, name: PDAM, people: [rini]}}]
rota:
  medsos: {shift % "dimas"}
  medsos-cadangan: {shift % "gita"}
playbooks: [hoaks.yaml]
templates: [balasan.yaml]
links: {{allow: [go.id]}}
web: {{port: {_free_port()}}}
""",
            encoding="utf-8",
        )

    @property
    def config(self) -> Path:
        return self.folder / "config.yaml"

    @property
    def environment(self) -> dict[str, str]:
        return {"TANGGAP_BOT_TOKEN": self.sandbox.token}

    async def gather(self) -> None:
        """Words are approved, everybody opens their invitation, the channel posts."""
        settings = load_settings(self.config, os.environ | self.environment)
        async with opened_quietly(settings, self.clock) as (services, _):
            sekar = settings.persons[PersonId("sekar")]
            await services.templates.approve_all(Tap(sekar, 0, 0, "rig", self.clock.now()))
            for key in TEAM:
                self.world.start(self.user(key), await services.team.invite(PersonId(key), "host"))
        self._zygote = await self._mortal()
        await self.begin()
        self.world.publish(self.channel, "Dukcapil keliling pekan ini hadir di empat desa.")
        await self.settled()
        await self.end()

    async def _mortal(self) -> Program:
        arguments = ["-m", "benchmarks.mortal", str(self.config), str(self._place)]
        program = await start(arguments, self.folder / "bot.log", self.environment)
        async with asyncio.timeout(60):
            while not self._place.exists():
                program.must_live()
                await asyncio.sleep(0.02)
        return program

    @property
    def _place(self) -> Path:
        return self.folder / "bot.sock"

    async def close(self) -> None:
        await self.end()
        if self._zygote is not None:
            await self._zygote.kill()

    # --- the bot ---

    @property
    def alive(self) -> bool:
        return self._writer is not None

    async def begin(self, dies_at: int = 0) -> None:
        """A life of the bot on the database as it is, until what lay there is done. Raises Killed."""
        self.world.updates.allow([])
        self.lives += 1
        self._reader, self._writer = await asyncio.open_unix_connection(str(self._place), limit=2**22)
        await self._ask({"now": self.clock.now().isoformat(), "dies_at": dies_at})
        await self.settled()

    async def end(self) -> None:
        """Hangs up; the bot, which is idle, is gone before this returns. No farewell: as at a power cut."""
        reader, writer = self._reader, self._writer
        self._reader = self._writer = None
        if writer is not None and reader is not None:
            writer.write_eof()
            await reader.read()
            writer.close()

    async def _ask(self, order: dict[str, Any]) -> dict[str, Any]:
        if self._writer is None or self._reader is None:
            raise Killed
        try:
            self._writer.write(json.dumps(order).encode() + b"\n")
            async with asyncio.timeout(PATIENCE_S):
                line = await self._reader.readline()
        except ConnectionError:
            line = b""
        if not line:
            self._writer.close()
            self._reader = self._writer = None
            raise Killed
        answer: dict[str, Any] = json.loads(line)
        return answer

    async def points(self) -> list[str]:
        """What this life has passed so far."""
        found: list[str] = (await self._ask({"points": True}))["points"]
        return found

    async def verify(self) -> None:
        """The journal's chain holds. AssertionError with the line that does not fit."""
        broken = (await self._ask({"verify": True}))["broken_at"]
        if broken is not None:
            raise AssertionError(f"the journal's chain is broken at line {broken}")

    async def settled(self) -> datetime | None:
        """Until everything that may happen now has happened; when the next thing is due. Raises Killed."""
        calm, seen = 0, {}
        try:
            async with asyncio.timeout(PATIENCE_S):
                while True:
                    seen = await self._ask({"look": True})
                    calm = 0 if any(seen["waits"].values()) or len(self.world.updates) else calm + 1
                    if calm == 2:
                        return datetime.fromisoformat(seen["next"]) if seen["next"] else None
                    await asyncio.sleep(_LOOK_S)
        except TimeoutError:
            waits = f"{seen}, {len(self.world.updates)} updates"
            raise AssertionError(f"still waiting: {waits}") from None

    # --- what people do; each of these is done once, whether or not the bot lives ---

    def comment(self, name: str, text: str) -> None:
        post = self.world.messages(self.channel.id)[0]
        self.world.comment(post, self.user(name), text)

    def press(self, key: str, message: Message, button: str) -> Press:
        press: Press = self.world.press(self.user(key), message, button)
        return press

    def answer(self, key: str, text: str) -> None:
        """Replies to the bot's latest question in the private chat."""
        asked = [m for m in self.seen(self.user(key)) if m.prompt is not None][-1]
        self.world.say(self.user(key), self.user(key).id, text, reply_to=asked)

    def seen(self, chat: Chat | User, *words: str, button: str = "") -> list[Message]:
        """The bot's messages there that hold all these words, and this button, oldest first."""
        return [
            m
            for m in self.world.messages(chat.id)
            if m.sender_id == self.world.bot.id
            and all(word in m.text for word in words)
            and (not button or any(button in one["text"] for one in m.buttons))
        ]

    def posts(self) -> list[Message]:
        """What stands in the channel, but for the post that was there before."""
        found: list[Message] = self.world.messages(self.channel.id)
        return found[1:]

    def one(self, chat: Chat | User, *words: str, button: str = "") -> Message:
        """The newest of them. LookupError with what there is."""
        found = self.seen(chat, *words, button=button)
        if not found:
            there = [(m.text[:200], [b["text"] for b in m.buttons]) for m in self.seen(chat)[-5:]]
            raise LookupError(f"no {words} {button!r} in {chat.id}: {there}")
        return found[-1]

    async def later(self, minutes: float) -> None:
        """Time passes; on its way it stops at every moment at which something is due."""
        await self.until(self.clock.now() + timedelta(minutes=minutes))

    async def until(self, target: datetime) -> None:
        while True:
            due = await self.settled()
            now = self.clock.now()
            if now >= target:
                return
            seconds = (min(due or target, target) - now).total_seconds()
            self.clock.advance(seconds)
            await self._ask({"seconds": seconds})

    # --- putting everything back ---

    def keep(self, folder: Path) -> Still:
        """What a performance may begin from; the bot is down."""
        folder.mkdir(parents=True)
        _copy(self.database, folder / self.database.name)
        state = {k: v for k, v in vars(self.world).items() if k not in _NOT_KEPT}
        updates = self.world.updates
        return Still(
            copy.deepcopy(state),
            updates.next_id,
            updates.allowed,
            folder / self.database.name,
            self.clock.now(),
        )

    def put_back(self, still: Still) -> None:
        """As it was when `still` was kept; the bot is down."""
        _copy(still.database, self.database)
        vars(self.world).update(copy.deepcopy(still.world))
        updates = self.world.updates
        updates.clear()
        updates.next_id, updates.allowed = still.next_update, still.allowed
        self.clock.put(still.now)


_NOT_KEPT = {"clock", "updates", "_listeners"}
Act = Callable[[Town], Awaitable[None]]


def _copy(source: Path, target: Path) -> None:
    """The database with its log, as a kill leaves them; the index of the log is made anew."""
    for end in ("", "-wal", "-shm"):
        target.with_name(target.name + end).unlink(missing_ok=True)
    for end in ("", "-wal"):
        if source.with_name(source.name + end).exists():
            shutil.copy(source.with_name(source.name + end), target.with_name(target.name + end))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


__all__ = ["CITIZENS", "NIGHT", "TEAM", "Act", "Killed", "Still", "Town"]
