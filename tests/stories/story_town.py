"""A press office in the sandbox with the real bot beside it: real updates, real buttons, a real SQLite file.

Time stands still until a story lets it pass; the network runs on the machine's clock.
"""

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from first_start import lay_down
from machine import free_port

from bot.app import Machine, opened, run
from bot.clock import FakeClock, SystemClock
from bot.domain.lane import SECOND_LANES, Lane
from bot.domain.people import PersonId
from bot.domain.reply import DraftId
from bot.files.config import load_settings
from bot.files.settings import Settings
from bot.sandbox import Chat, Kind, Message, Press, Sandbox, User
from bot.store.parts import Parts
from bot.wire.pacing import Limit, Limits

MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""A Monday, 09.00 in Jakarta."""
NIGHT = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
"""The same Monday, 21.30 in Jakarta: nobody is in the office."""

TEAM: Mapping[str, tuple[str, str]] = {
    "laras": ("Laras", "admin"),
    "yoga": ("Yoga", "admin"),
    "sekar": ("Sekar", "koordinator"),
    "tirta": ("Tirta", "koordinator, pengelola"),
    "dimas": ("Dimas", "piket"),
    "gita": ("Gita", "piket"),
    "harun": ("Pak Harun", "pimpinan"),
}
CITIZENS = ("Ratna", "Bagus", "Wulan", "Hasan", "Ningsih", "Toni", "Ferry")
ROOMY = Limits(
    everywhere=Limit(500, 1.0),
    chat=Limit(200, 1.0),
    group=Limit(1000, 60.0),
    group_edits=Limit(1000, 60.0),
    beside_alarms=Limit(1000, 60.0),
    private_edits=Limit(200, 1.0),
    presses=Limit(1000, 1.0),
)
"""Where time stands still, a full window would never empty. The real limits have a story of their own."""
PATIENCE_S = 60.0
_LOOK_AGAIN_S = 0.001
_CALM_S = 0.005
"""What the live board and the indexes do in the background shows in no row; so long they have twice."""
_BREATH_S = 0.3


def units_of(person: str) -> str:
    """The units that the shipped playbooks ask, all answered by one person."""
    every = ("bpbd", "layanan", "keamanan", "siber")
    return "".join(f"\n  - {{id: {unit}, name: Unit {unit}, people: [{person}]}}" for unit in every)


_SECTIONS: Mapping[str, str] = {
    "people": "\n" + "\n".join(f"  - {{id: {k}, name: {n}, roles: [{r}]}}" for k, (n, r) in TEAM.items()),
    "groups": "{kepala-humas: [tirta], pimpinan: [harun], pendamping: [sekar, laras]}",
    "units": units_of("tirta"),
    "rota": """
  medsos: {shifts: [{days: sen-min, from: '00:00', to: '00:00', people: [dimas]}]}
  medsos-cadangan: {shifts: [{days: sen-min, from: '00:00', to: '00:00', people: [gita]}]}""",
    "board": "{live: false, cards: 1000, spikes: false}",
    "approval": "{expires: 30m}",
    "links": "{allow: [go.id]}",
    "guard": "{allow: ['112']}",
}


class Network(SystemClock):
    """The network's clock. It makes short work of a breath, such as the one in which more updates gather: a
    story asks Telegram hundreds of times. What a breath is good for is told in tests/wire.
    """

    async def sleep(self, seconds: float) -> None:
        await super().sleep(seconds / 20 if seconds <= _BREATH_S else seconds)


class Town:
    """The people, the places and the bot, which may be stopped and started on the same database."""

    def __init__(self, sandbox: Sandbox, clock: FakeClock, folder: Path, url: str, **facts: Any) -> None:
        """`facts`: `group_kind`; `settings`: sections of config.yaml; `telegram`: keys of that one."""
        self.sandbox, self.clock, self.folder, self.url = sandbox, clock, folder, url
        self.world = world = sandbox.world
        self.people = {key: world.add_user(row[0], 7001 + i) for i, (key, row) in enumerate(TEAM.items())}
        self.citizens = {name: world.add_user(name, 7101 + i) for i, name in enumerate(CITIZENS)}
        self.discussion = world.add_group(
            "Diskusi Kota Contoh", list(self.citizens.values()), "administrator"
        )
        self.channel = world.add_channel("Info Kota Contoh", self.discussion)
        self.triage = world.add_group(
            "Ruang Tim",
            list(self.people.values()),
            "administrator",
            kind=facts.pop("group_kind", Kind.SUPERGROUP),
        )
        self.settings = self._settings(facts.pop("settings", {}), facts.pop("telegram", {}))
        self.limits = ROOMY
        self.waits_for_gateways = self.waits_for_telegram = True
        self.line = AsyncExitStack()
        self._machine: Machine | None = None
        self._bot: asyncio.Task[None] | None = None

    def _settings(self, sections: Mapping[str, str], telegram: Mapping[str, str]) -> Settings:
        """Written to a config.yaml and read back, as `tanggap run` would."""
        row = {"token": "'${TANGGAP_BOT_TOKEN}'", "api_base_url": f"'{self.url}'", **telegram}
        public = f"{{name: Info, channel: {self.channel.id}, discussion: {self.discussion.id}}}"
        wanted = {
            "agency": "{name: Pemerintah Kota Contoh, short: Kota Contoh, zone: WIB}",
            "telegram": "{" + ", ".join(f"{k}: {v}" for k, v in row.items()) + "}",
            "database": "{url: 'sqlite:tanggap.db'}",
            "chats": f"{{triage: {self.triage.id}, public: [{public}]}}",
            "web": f"{{port: {free_port()}}}",
            **_SECTIONS,
            **sections,
        }
        self.config.write_text("".join(f"{k}: {v}\n" for k, v in wanted.items()), encoding="utf-8")
        return load_settings(self.config, self.environment)

    @property
    def environment(self) -> dict[str, str]:
        return {"TANGGAP_BOT_TOKEN": self.sandbox.token, "TANGGAP_WEBHOOK_SECRET": "rahasia-uji-yang-panjang"}

    @property
    def config(self) -> Path:
        return self.folder / "config.yaml"

    # --- the bot ---

    @property
    def machine(self) -> Machine:
        assert self._machine is not None, "the bot is not running"
        return self._machine

    @property
    def read(self) -> Parts:
        return self.machine.database.read

    async def start(self) -> None:
        """Opens everything on the database as it is, and waits until what lay there is done."""
        await lay_down(self.settings.database_file)
        ready = asyncio.Event()
        self._bot = asyncio.create_task(self._live(ready))
        waiting = asyncio.create_task(ready.wait())
        await asyncio.wait({self._bot, waiting}, timeout=PATIENCE_S, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if self._bot.done():
            self._bot.result()
        async with asyncio.timeout(PATIENCE_S):
            while await self.read.runs.last_alive() != self.clock.now():  # noqa: ASYNC110 - as in settled()
                await asyncio.sleep(_LOOK_AGAIN_S)
        await self.settled()

    async def _live(self, ready: asyncio.Event) -> None:
        async with opened(self.settings, self.clock, limits=self.limits) as machine:
            self._machine = machine
            ready.set()
            await run(machine, self.clock, steady=Network())

    async def stop(self) -> None:
        """As at a power cut: what is under way is left where it is."""
        self._machine = None
        if self._bot is not None:
            self._bot.cancel()
            await asyncio.gather(self._bot, return_exceptions=True)

    async def cut(self) -> None:
        """No connection to Telegram comes about any more."""
        await self.line.aclose()

    async def mend(self) -> None:
        """It does again, at the same address."""
        await self.line.enter_async_context(self.sandbox.serve(int(self.url.rpartition(":")[2])))

    async def gather(self, *absent: str, by: str = "sekar") -> None:
        """The team opens its invitations, a coordinator approves the templates, the channel posts."""
        for key, user in self.people.items():
            if key not in absent:
                self.world.start(user, await self.machine.services.team.invite(PersonId(key), "host"))
        await self.settled()
        if by:
            self.world.dm(self.people[by], "/templat setujui")
        self.post = self.world.publish(self.channel, "Dukcapil keliling pekan ini hadir di empat desa.")
        await self.settled()

    # --- time ---

    async def settled(self, calm_s: float = _CALM_S) -> None:
        """Until everything that may happen now has happened: updates handled, messages out, timers fired."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                calm = 0
                # A row may change from waiting to under way between two questions of one look.
                while calm < 2:
                    calm = 0 if any((await self._what_waits()).values()) else calm + 1
                    await asyncio.sleep(calm_s if calm else _LOOK_AGAIN_S)
        except TimeoutError:
            raise AssertionError(f"still waiting: {await self._what_waits()}") from None

    async def _what_waits(self) -> dict[str, Any]:
        if self._bot is not None and self._bot.done():
            self._bot.result()
        read, now = self.read, self.clock.now()
        return {
            "at Telegram": len(self.world.updates),
            "in the inbox": (await read.inbox.health()).pending,
            "to be sent": await read.outbox.heads(now) if self.waits_for_telegram else [],
            "by another way": await read.outbox.heads(now, SECOND_LANES),
            "being sent": [
                one
                for one in await read.outbox.unsettled()
                if self.waits_for_gateways or one.lane != Lane.SECOND
            ],
            "timers": await read.timers.due(now, 1),
        }

    async def later(self, **much: float) -> None:
        """Time passes; on its way it stops at every moment at which something is due."""
        target = self.clock.now() + timedelta(**much)
        await self.settled()
        while (now := self.clock.now()) < target:
            outbox = self.read.outbox
            dues = (
                await self.read.timers.next_due(),
                await outbox.next_due(),
                await outbox.next_due(SECOND_LANES),
            )
            ahead = [due for due in dues if due is not None and now < due < target]
            self.advance((min(ahead, default=target) - now).total_seconds())
            await self.settled(_LOOK_AGAIN_S)
        await self.settled()

    async def leap(self, **much: float) -> None:
        """Time passes at a stroke, as for a machine that slept: what was due comes late, and once."""
        self.advance(timedelta(**much).total_seconds())
        await self.settled()

    def advance(self, seconds: float) -> None:
        """Moves the clock at once. A loop that was just going to sleep must not sleep over it."""
        self.clock.advance(seconds)
        if self._machine is not None:
            self._machine.outbox.wake()
            self._machine.second.wake()
            self._machine.services.timers.wake()

    # --- what people do ---

    async def comment(self, name: str, text: str, **more: Any) -> Message:
        """A citizen comments under the channel's post."""
        message = self.world.comment(self.post, self.citizens[name], text, **more)
        await self.settled()
        return message

    async def dm(self, user: User, text: str = "", **more: Any) -> Message:
        message = self.world.dm(user, text, **more)
        await self.settled()
        return message

    async def say(self, key: str, text: str, **more: Any) -> Message:
        """Somebody of the team writes in the team's group."""
        message = self.world.say(self.people[key], self.triage, text, **more)
        await self.settled()
        return message

    async def press(self, key: str, message: Message, button: str) -> Press:
        """Presses, waits for the answer and for what follows."""
        press = self.world.press(self.people[key], message, button)
        await self.answered(press)
        return press

    async def forged(self, user: User, message: Message, data: str) -> Press:
        """A press with data of somebody's choice."""
        press = self.world.press_raw(user, message.chat_id, message.message_id, data)
        await self.answered(press)
        return press

    async def answered(self, *presses: Press) -> None:
        await self.world.until(lambda: all(press.answer is not None for press in presses), PATIENCE_S)
        await self.settled()

    async def answer(self, key: str, text: str, chat: Chat | None = None) -> Message:
        """Replies to the bot's latest question, in the team's group or in `chat`."""
        place = chat or self.triage
        question = [m for m in self.world.messages(place.id) if m.prompt is not None][-1]
        message = self.world.say(self.people[key], place, text, reply_to=question)
        await self.settled()
        return message

    def private(self, key: str) -> Chat:
        return self.world.chat(self.people[key].id)

    # --- what stands there ---

    def seen(self, chat: Chat | User, *words: str, button: str = "") -> list[Message]:
        """The bot's messages in a chat that hold all these words, and this button, oldest first."""
        return [
            m
            for m in self.world.messages(chat.id)
            if m.sender_id == self.world.bot.id
            and all(word in m.text for word in words)
            and (not button or any(button in one["text"] for one in m.buttons))
        ]

    def one(self, chat: Chat | User, *words: str, button: str = "") -> Message:
        """The newest of them. Fails with what there is."""
        found = self.seen(chat, *words, button=button)
        assert found, [(m.text, labels(m)) for m in self.world.messages(chat.id)]
        return found[-1]

    def card(self, *words: str, button: str = "") -> Message:
        return self.one(self.triage, *words, button=button)

    def public(self) -> list[Message]:
        """What the bot has said where citizens read it."""
        return self.seen(self.discussion)

    async def journal(self, subject: str) -> list[dict[str, Any]]:
        return await self.read.journal.about(subject)

    async def deeds(self, subject: str) -> list[str]:
        """What was done to something, in order."""
        return [str(line["action"]) for line in await self.journal(subject)]

    async def words_of(self, draft: int) -> str:
        found = await self.read.drafts.get(DraftId(draft))
        assert found is not None
        return found.text

    # --- longer deeds ---

    async def write(self, key: str, card: Message, text: str) -> None:
        """💬 Balas, ✏️ Tulis, and the words."""
        await self.press(key, card, "Balas")
        await self.press(key, card, "Tulis")
        await self.answer(key, text)

    async def submitted(self, key: str, card: Message, text: str) -> Message:
        """Own words, submitted; the draft as Sekar sees it."""
        await self.write(key, card, text)
        await self.press(key, card, "Ajukan")
        return self.one(self.people["sekar"], text, button="Setujui")

    async def approved(self, key: str, card: Message, text: str) -> Message:
        """Own words, submitted and approved by Sekar; her card."""
        draft = await self.submitted(key, card, text)
        await self.press("sekar", draft, "Setujui")
        return draft


def labels(message: Message) -> list[str]:
    return [button["text"] for button in message.buttons]
