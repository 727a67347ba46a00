"""What the demo's people do for the pictures of the manuals: the usual buttons, in the usual order."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from bot.app import Machine
from bot.clock import MovableClock
from bot.demo.exercise import Exercise
from bot.demo.setting import Town
from bot.domain.outside import OutsideEvent
from bot.files.sections import BoardRow
from bot.files.sections_moderation import ModerationRow
from bot.sandbox import Break, Fault, Message, Sandbox, User
from bot.services.reachability import SUBJECT

NJOP = (
    "Halo Kak Robi, terima kasih sudah bertanya. NJOP dihitung dari nilai pasar di lingkungan Kakak. "
    "Keberatan dapat diajukan ke kantor pajak daerah dengan membawa SPPT. Kami bantu jelaskan di sana, ya."
)
TAX = "min PBB saya naik dua kali lipat, cara hitungnya gimana? dulu cuma 200 ribu"
RUMOUR = (
    ("Yanti", "Katanya bansos dihapus bulan depan, sebarkan!"),
    ("Surti", "bener ga min bansos mau dihapus bulan depan? di grup WA rame"),
    ("Gilang", "Sebarkan! bansos bulan depan dihapus, info dari orang dalam"),
    ("Rahmat", "VIRALKAN bansos resmi dihapus bulan depan!!"),
    ("Indah", "katanya bansos dihapus bulan depan, tolong dicek min"),
    ("Slamet", "hoaks atau bukan min bansos dihapus bulan depan?"),
)
KNOWN = (
    "Belum ada keputusan penghapusan bansos, penyaluran tetap tanggal 5",
    "Dinas Sosial",
    "Cek penerima lewat kanal resmi dan jangan bagikan data pribadi",
    "https://www.kemensos.go.id",
)
UNCLEAR = "dari mana kabar itu berawal"
BETTER = (
    "Kami memahami kekhawatiran Bapak dan Ibu. Belum ada keputusan penghapusan bansos. "
    "Penyaluran berikutnya tetap tanggal 5. Kabar berikutnya pukul 12.00 WIB di kanal ini."
)
_LOOK_AGAIN_S = 0.05
_PATIENCE_S = 20.0
CASES, CRISIS, DRILL, DUTY = "PBB", "Hoaks yang sedang viral", "LATIHAN", "medsos"


class Camera(Protocol):
    async def take(self, name: str, message: Message) -> None:
        """One message as it stands on its phone."""

    async def paper(self, name: str, message: Message) -> None:
        """The first page of the report that came with a message."""

    async def whole(self, name: str) -> None:
        """All that the browser shows."""


class Day(Exercise):
    """The team's hands, with time that passes when a scene wants it."""

    def __init__(self, sandbox: Sandbox, town: Town, machine: Machine, clock: MovableClock) -> None:
        super().__init__(sandbox, town, machine, say=lambda _: None)
        self._clock = clock
        self.triage = town.triage.id
        self._strangers: dict[str, User] = {}

    def user(self, who: str) -> User:
        return self._town.team[who]

    async def writes(self, citizen: str, text: str, post: str) -> None:
        self._world.comment(self._town.posts[post], self._town.citizens[citizen], text)
        await self.settled()

    def seen(self, chat: int | str, *words: str, button: str = "") -> Message:
        """The newest message of a chat that says these words and has this button."""
        number = chat if isinstance(chat, int) else self.user(chat).id
        found = [
            m
            for m in self._world.messages(number)
            if all(word in m.text for word in words)
            and (not button or any(button in one["text"] for one in m.buttons))
        ]
        if not found:
            last = [
                (m.text[:90], [one["text"] for one in m.buttons]) for m in self._world.messages(number)[-2:]
            ]
            raise LookupError(f"nothing in {chat} says {words} with {button!r}: {last}")
        return found[-1]

    async def presses(self, who: str, button: str, *words: str, chat: int = 0) -> Message:
        message = self.seen(chat or who, *words, button=button)
        await self._does(self.user(who), message, button)
        return message

    async def sets_off(self, who: str, button: str, words: str, then: str) -> Message:
        """Presses what goes on for a while by the clock, and waits until a card of the group says `then`."""
        press = self._world.press(self.user(who), self.seen(who, words, button=button), button)
        await self._world.until(lambda: press.answer is not None, _PATIENCE_S)
        group = self._world.messages
        await self._world.until(lambda: any(then in m.text for m in group(self.triage)), _PATIENCE_S)
        return self.seen(self.triage, then)

    async def says(self, who: str, text: str) -> Message:
        """In the own chat with the bot; its answer."""
        own = self.user(who).id
        self._world.dm(self.user(who), text)
        await self.settled()
        while (last := self._world.messages(own)[-1]).sender_id == own:  # noqa: ASYNC110 - an answer rings no bell
            await asyncio.sleep(_LOOK_AGAIN_S)
        return last

    async def tells(self, citizen: str, text: str) -> None:
        """A citizen writes to the bot in private."""
        self._world.dm(self._town.citizens[citizen], text)
        await self.settled()

    async def speaks(self, who: str, text: str, about: Message | None = None) -> Message:
        """In the team's group, as a reply to a message of it; what the bot says there."""
        self._world.say(self.user(who), self._town.triage, text, reply_to=about)
        await self.settled()
        return self._world.messages(self.triage)[-1]

    def many_write(self, post: str, rows: Iterable[tuple[str, str]]) -> None:
        """Name and words, in one moment; the town has not heard of them before."""
        for name, text in rows:
            self._world.comment(self._town.posts[post], self._stranger(name), text)

    def _stranger(self, name: str) -> User:
        if name not in self._strangers:
            self._strangers[name] = self._world.add_user(name)
        return self._strangers[name]

    def loses_an_answer(self) -> None:
        """The next words under a post arrive, but the network breaks before Telegram has said so."""
        chat = self._town.discussion.id
        self._sandbox.faults.add(Fault(Break.RESET_AFTER, "sendMessage", chat_id=chat, times=1))

    async def fetches(self, who: str, text: str) -> Message:
        """The file that the bot sends for these words."""
        await self.says(who, text)
        while "document" not in (last := self._world.messages(self.user(who).id)[-1]).raw:  # noqa: ASYNC110 - a file rings no bell
            await asyncio.sleep(_LOOK_AGAIN_S)
        return last

    async def answers(self, who: str, text: str, chat: int = 0) -> None:
        """The newest question of the bot."""
        number = chat or self.user(who).id
        asked = next(m for m in reversed(self._world.messages(number)) if m.prompt is not None)
        self._world.say(self.user(who), self._world.chat(number), text, reply_to=asked)
        await self.settled()

    async def awake(self) -> None:
        """The bot has begun to keep time; before that no day may pass."""
        while not await self._machine.database.read.timers.open(SUBJECT):  # noqa: ASYNC110 - rows ring no bell
            await asyncio.sleep(_LOOK_AGAIN_S)

    async def passes(self, hours: int) -> None:
        for _ in range(hours):
            await self._later(self._clock, 60)

    def date(self, ahead: int) -> str:
        """The day after so many, as people type it."""
        return (self._clock.now() + timedelta(days=ahead, hours=7)).strftime("%d-%m")

    async def minutes(self, count: float) -> None:
        await self._later(self._clock, count)

    async def asleep(self, hours: float) -> None:
        """So long nobody kept time: the clock is moved at one stroke, as when the machine was off."""
        await self._later(self._clock, hours * 60)

    async def hears(self, source: str, kind: str, **fields: str) -> None:
        """A system of another agency sends this; its signature was checked at the door."""
        events = self._machine.services.outside.events
        name = f"{kind}-{self._clock.now():%H%M%S}"
        await events.receive(OutsideEvent(source, name, kind, self._clock.now(), tuple(fields.items())))
        await self.settled()

    async def exercise(self) -> None:
        """The demo's own, from its beginning to its end."""
        await self.play(self._clock)


async def _cases(day: Day, camera: Camera) -> None:
    triage = day.triage
    await day.writes(
        "Robi", "min PBB saya naik dua kali lipat, cara hitungnya gimana? dulu cuma 200 ribu", "pajak"
    )
    await camera.take("card", day.seen(triage, CASES))
    await day.presses("sinta", "Balas", CASES, chat=triage)
    await camera.take("panduan-balas", day.seen(triage, CASES))
    await day.presses("sinta", "Tulis", CASES, chat=triage)
    await day.answers("sinta", NJOP, triage)
    await camera.take("panduan-draf", day.seen(triage, CASES, button="Ajukan"))
    await day.presses("sinta", "Ajukan", CASES, chat=triage)
    await camera.take("approval", day.seen("hesti", "NJOP", button="Setujui"))


async def _crisis(day: Day, camera: Camera) -> None:
    for citizen, text in RUMOUR:
        await day.writes(citizen, text, "bansos")
    await camera.take("page", day.seen("bram", CRISIS, button="Saya tangani"))
    await day.presses("bram", "Saya tangani", CRISIS)
    await day.presses("bram", "Belum dapat dipastikan", "Ada pertanyaan")
    for value in KNOWN:
        await day.answers("bram", value)
    await camera.take("panduan-pertanyaan", day.seen("bram", "Ada pertanyaan", button="Kirim jawaban"))
    await day.presses("bram", "Kirim jawaban", "Ada pertanyaan")
    await camera.take("panduan-data", day.seen("ayu", "Permintaan data"))
    await camera.take("panduan-insiden", day.seen(day.triage, CRISIS, "Daftar periksa"))
    await day.presses("ayu", "Isi 1", "Permintaan data")
    await day.answers("ayu", UNCLEAR)
    await day.presses("ayu", "Kirim jawaban", "Permintaan data")
    await camera.take("panduan-persetujuan", day.seen("wisnu", "Minta persetujuan", button="Setujui"))
    await day.presses("wisnu", "Kembalikan", "Minta persetujuan")
    await day.answers("wisnu", "Sebut tanggal penyaluran berikutnya.")
    await camera.take("panduan-perbaikan", day.seen("bram", "Teks perlu disusun"))
    await day.presses("bram", "Ubah teks", "Teks perlu disusun")
    await day.answers("bram", BETTER)
    await day.presses("wisnu", "Setujui", "Minta persetujuan")
    await camera.take("panduan-tayang", day.seen("bram", "Tolong tayangkan", button="Sudah tayang"))
    for channel in ("Instagram", "Facebook"):
        await day.presses("bram", f"Sudah tayang: {channel}", "Tolong tayangkan")
        await day.answers("bram", "-")
    await camera.take("panduan-menu", await day.says("bram", "/krisis K-1"))
    await day.presses("bram", "Serahkan: Hesti", "Apa yang ingin diubah")
    await camera.take("panduan-serah", day.seen("hesti", "Bisa lanjutkan"))
    await day.presses("hesti", "Ya, saya lanjutkan", "Bisa lanjutkan")
    await day.presses("hesti", "Selesai", CRISIS, chat=day.triage)
    await day.answers("hesti", "Sudah tenang, tidak ada kabar baru.")
    await camera.take("panduan-lepas", day.seen("hesti", "Yang masih ditahan"))
    await day.passes(3 * 24 + 1)
    await camera.take("panduan-evaluasi", day.seen("hesti", "Evaluasi", button="Jawab"))


async def _drill(day: Day, camera: Camera) -> None:
    menu = await day.says("hesti", "/latihan")
    await camera.take("panduan-latihan", menu)
    await day.exercise()
    await camera.take("panduan-latihan-tayang", day.seen(day.triage, "Contoh tayangan"))
    await camera.take("panduan-latihan-hasil", day.seen(day.triage, "selesai. Terima kasih"))


async def _duty(day: Day, camera: Camera) -> None:
    await camera.take("panduan-piket", await day.says("bram", "/piket"))
    await day.says("bram", "/tukar")
    await day.presses("bram", DUTY, "Giliran Bram")
    await camera.take("panduan-tukar", day.seen("bram", button="Sinta"))
    await day.presses("bram", "Sinta")
    await camera.take("panduan-setuju", day.seen("sinta", button="Setuju tukar"))


async def _desk(day: Day, camera: Camera) -> None:
    await day.writes("Ratna", "Min, jadwal Dukcapil keliling di Desa Karangsari kapan ya?", "layanan")
    await day.first_reply()
    for citizen, text in RUMOUR:
        await day.writes(citizen, text, "bansos")
    await camera.whole("demo")


@dataclass(frozen=True, slots=True)
class Act:
    """A day of its own, with the pictures that are taken of it."""

    pictures: frozenset[str]
    play: Callable[[Day, Camera], Awaitable[None]]
    oncall: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, BoardRow | ModerationRow] = field(default_factory=dict)


_OF_STEPS = frozenset(
    f"panduan-{name}"
    for name in ("pertanyaan", "data", "persetujuan", "perbaikan", "tayang", "menu", "serah", "lepas")
)
_TWO_IN_TURN = "bram]}, {days: 'sel,kam,sab', from: '00:00', to: '00:00', layer: 2, people: [sinta"
"""In the place of one name: a second row of the rota."""
WIDE = Act(frozenset({"demo"}), _desk)
ACTS = (
    Act(frozenset({"card", "panduan-balas", "panduan-draf", "approval"}), _cases),
    Act(frozenset({"page", "panduan-insiden", "panduan-evaluasi"}) | _OF_STEPS, _crisis),
    Act(frozenset({"panduan-latihan", "panduan-latihan-tayang", "panduan-latihan-hasil"}), _drill),
    Act(
        frozenset({"panduan-piket", "panduan-tukar", "panduan-setuju"}),
        _duty,
        {"medsos": _TWO_IN_TURN, "medsos-cadangan": "wisnu"},
    ),
    WIDE,
)
