"""The demo's exercise: two coordinators, an on-call who does not answer, and not a word in public."""

import asyncio

from bot.clock import MovableClock
from bot.demo.story import Story
from bot.sandbox import Message, User

_LOOK_AGAIN_S = 0.02
_TITLE = "Pesan berantai tsunami"
_MARK = "🎓 LATIHAN"
_QUESTION, _UPDATE = "Cek ke BMKG", "Perbarui keadaan"
_APPROVAL, _CLEARED = "Setujui pesan pertama", "Setujui penjelasan"
_FIRST = (
    "BMKG menyatakan gempa pukul 20.41 tidak berpotensi tsunami",
    "Anda dapat tetap di rumah, dan jauhi bangunan yang retak",
    "https://www.bmkg.go.id",
)
_LATER = (
    "Gempa pukul 20.41 tidak berpotensi tsunami",
    "tsunami malam ini",
    "BMKG tidak mengeluarkan peringatan itu",
    "Anda dapat tetap di rumah",
    "https://www.bmkg.go.id",
)


class Exercise(Story):
    """Played in the team's chats by the same buttons as in earnest."""

    _told = 0

    async def play(self, clock: MovableClock) -> None:
        """From /latihan to what is said at the end."""
        hesti, wisnu = self._town.team["hesti"], self._town.team["wisnu"]
        await self.settled()
        self._told = len(self._world.messages(self._town.triage.id))
        outside = self._outside()
        await self._begin(hesti)
        for minutes in (2, 4):
            await self._later(clock, minutes)
        self._tell(clock.now(), "Bram tidak menjawab panggilan; kedua koordinator dipanggil.")
        await self._does(hesti, await self._message(hesti.id, "Saya tangani", _MARK), "Saya tangani")
        await self._answers(hesti, _QUESTION, "Tidak benar", _FIRST)
        await self._does(wisnu, await self._message(wisnu.id, "Setujui", _APPROVAL), "Setujui")
        for channel in ("Instagram", "Facebook"):
            await self._posts(hesti, channel)
        await self._later(clock, 20)
        await self._answers(hesti, _UPDATE, "Ada fakta baru", _LATER)
        await self._does(wisnu, await self._message(wisnu.id, "Setujui", _CLEARED), "Setujui")
        for channel in ("Instagram", "Facebook"):
            await self._posts(hesti, channel)
        await self._closes(hesti)
        await self._later(clock, 1)
        said = len(self._outside()) - len(outside)
        self._say(f"— Latihan selesai. Yang sampai ke publik: {said or 'tidak ada'}.")

    def _outside(self) -> list[Message]:
        """What the bot has said where citizens read."""
        places = (
            self._town.channel.id,
            self._town.discussion.id,
            *(u.id for u in self._town.citizens.values()),
        )
        bot = self._world.bot.id
        return [m for place in places for m in self._world.messages(place) if m.sender_id == bot]

    async def _begin(self, user: User) -> None:
        self._world.dm(user, "/latihan")
        menu = await self._message(user.id, "Mulai", _TITLE)
        line = next(line for line in menu.text.splitlines() if _TITLE in line)
        await self._does(user, menu, f"Mulai {line.partition('.')[0]}")

    async def _answers(self, user: User, question: str, choice: str, values: tuple[str, ...]) -> None:
        """The choice, then every line that the bot asks for, then the answer is sent."""
        await self._does(user, await self._message(user.id, choice, question), choice)
        for value in values:
            asked = next(m for m in reversed(self._world.messages(user.id)) if m.prompt is not None)
            self._world.say(user, self._world.chat(user.id), value, reply_to=asked)
            await self.settled()
        await self._does(user, await self._message(user.id, "Kirim jawaban", question), "Kirim jawaban")

    async def _posts(self, user: User, channel: str) -> None:
        """As if it stood there: in an exercise there is no link to it."""
        button = f"Sudah tayang: {channel}"
        await self._does(user, await self._message(user.id, button, _MARK), button)
        asked = next(m for m in reversed(self._world.messages(user.id)) if m.prompt is not None)
        self._world.say(user, self._world.chat(user.id), "-", reply_to=asked)
        await self._hear()

    async def _closes(self, user: User) -> None:
        """🏁 Selesai, with the reason that an open checklist asks for."""
        await self._does(user, await self._message(self._town.triage.id, "Selesai", _MARK), "Selesai")
        asked = next(m for m in reversed(self._world.messages(user.id)) if m.prompt is not None)
        self._world.say(user, self._world.chat(user.id), "Latihan cukup", reply_to=asked)
        await self._hear()

    async def _does(self, user: User, message: Message, button: str) -> None:
        press = self._world.press(user, message, button)
        await self._world.until(lambda: press.answer is not None, 20.0)
        self._tell(self._machine_now(), f"{user.name} menekan {button}")
        await self._hear()

    async def _later(self, clock: MovableClock, minutes: float) -> None:
        clock.advance(minutes * 60)
        self._machine.services.timers.wake()
        while await self._machine.database.read.timers.due(clock.now(), 1):  # noqa: ASYNC110 - rows ring no bell
            await asyncio.sleep(_LOOK_AGAIN_S)
        await self._hear()

    async def _hear(self) -> None:
        """Tells what has come into the team's chat since; live cards are only looked at."""
        await self.settled()
        new = self._world.messages(self._town.triage.id)
        for message in new[self._told :]:
            if message.text.startswith(_MARK):
                self._tell(self._machine_now(), message.text.replace("\n", "\n        "))
        self._told = len(new)
