"""Performs the long incident, dies where it is told to, and goes on; people look where they are asked."""

import re
import sqlite3
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from benchmarks.incident_acts import ACTS, REPLY, Deed
from benchmarks.incident_history import History, history
from benchmarks.incident_town import TEAM, Killed, Still, Town
from bot.sandbox import Message, User

_UNSURE = re.compile(r"Sudah terkirim: (?:balasan ke-(\d+)|kanal Telegram)")
_A_MOMENT = timedelta(seconds=5)


class Play:
    """One town's performances."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.stills: dict[str, Still] = {}
        self.points: dict[str, list[str]] = {}
        self.after: dict[str, History] = {}
        """What stood there after each act of the clean run."""
        self.answered = 0
        """Questions whether something arrived, that people answered."""
        self._pressed: set[tuple[int, int, str]] = set()

    async def rehearse(self, folder: Path) -> None:
        """The clean run: every act in a life of its own; its start is kept, its points are counted."""
        for name in ACTS:
            self.stills[name] = self.town.keep(folder / name)
            await self.town.begin()
            await self._act(name)
            self.points[name] = await self.town.points()
            self.after[name] = history(self.town)
            await self.town.end()

    @property
    def clean(self) -> History:
        return self.after[list(ACTS)[-1]]

    async def in_one_life(self) -> History:
        """The whole incident without a single restart."""
        names = list(ACTS)
        self.town.put_back(self.stills[names[0]])
        await self.town.begin()
        for name in names:
            await self._act(name)
        await self.town.end()
        return history(self.town)

    async def dying(self, name: str, point: int, ahead: int = len(ACTS)) -> tuple[bool, History, History]:
        """Killed at this point of this act, and played on for so many acts. Whether the point was reached at
        all, what became of it, and what became of it in the clean run by then.
        """
        town, start = self.town, list(ACTS).index(name)
        names = list(ACTS)[start : start + 1 + ahead]
        town.put_back(self.stills[name])
        self.answered = 0
        self._pressed.clear()
        lives = town.lives
        try:
            await town.begin(point)
        except Killed:
            await self._revive()
        for following in names:
            await self._act(following)
            if following == name and town.lives == lives + 1:
                await town.end()
                return False, history(town), self.after[name]
        await town.verify()
        await town.end()
        return True, history(town), self.after[names[-1]]

    async def _act(self, name: str) -> None:
        async for deed in ACTS[name](self.town):
            await self._do(deed)

    async def _do(self, deed: Deed | float) -> None:
        """Once; however often the bot dies meanwhile."""
        now = self.town.clock.now()
        target = now if callable(deed) else now + timedelta(minutes=deed)
        if callable(deed):
            deed()
        while True:
            try:
                await self.town.until(target)
                while self._look():
                    await self.town.settled()
            except Killed:
                await self._revive()
            else:
                return

    async def _revive(self) -> None:
        """What was cut off in the midst of being sent is tried again after a moment, so a moment passes."""
        await self.town.end()
        await self.town.begin()
        await self.town.until(self.town.clock.now() + _A_MOMENT)

    # --- whoever is asked whether something arrived opens the channel or the comment, looks, and says so ---

    def _look(self) -> bool:
        """Answers one such question; whether there was one."""
        for person in map(self.town.user, TEAM):
            for message in self.town.seen(person, button="Kirim ulang"):
                if self._settle(person, message):
                    return True
        return False

    def _settle(self, person: User, message: Message) -> bool:
        buttons = message.buttons
        for place, button in enumerate(buttons):
            found = _UNSURE.search(button["text"])
            if found is None:
                continue
            there = self._stands_there(int(found.group(1)) if found.group(1) else None)
            data = button["callback_data"] if there else buttons[place + 1]["callback_data"]
            key = (message.chat_id, message.message_id, data)
            if key not in self._pressed:
                self._pressed.add(key)
                self.answered += 1
                self.town.world.press_raw(person, message.chat_id, message.message_id, data)
                return True
        return False

    def _stands_there(self, reply: int | None) -> bool:
        if reply is None:
            return bool(self.town.posts())
        under = _answered_comment(self.town.database, reply)
        return any(m.reply_to == under for m in self.town.seen(self.town.discussion, REPLY))


_NTH = (
    "SELECT comment.message FROM run, json_each(run.state, '$.steps') AS step, comment"
    " WHERE step.value ->> 'step' = 'balas'"
    " AND comment.id = json_extract(step.value, '$.posts[' || ? || '].channel')"
)


def _answered_comment(database: Path, number: int) -> int:
    """The message of the comment that the n-th reply belongs to: what the card's link would open."""
    db = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    ((message,),) = db.execute(_NTH, (number - 1,)).fetchall()
    db.close()
    return int(message)


def chosen(points: Sequence[str], every: str) -> list[int]:
    """Numbers of the points to die at: `all` of them, or the `edges`, where something left the process:
    around every COMMIT and around every call to Telegram. Between two edges nothing outlives a kill.
    """
    edges = {"sql BEGIN", "sql COMMIT", "committed", "http>", "http<"}
    return [
        number
        for number, point in enumerate(points, 1)
        if every == "all" or any(point.startswith(edge) for edge in edges)
    ]
