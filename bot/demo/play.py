"""Plays the demo's day on the sandbox's phones and keeps everything open for playing."""

import asyncio
import logging
import sys
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.app import Machine, opened, run
from bot.clock import MovableClock, SystemClock
from bot.demo.exercise import Exercise
from bot.demo.setting import Town, build_town, day, publish, settings_of, start_of_day
from bot.demo.story import Story
from bot.domain.people import PersonId
from bot.sandbox import Message, Sandbox
from bot.services.tap import Tap
from bot.wire.pacing import Limit, Limits
from bot.wire.redact import install

_BREATH_S = 2.5
"""Between two comments, so that a reader can follow."""

_IN_NEED = "Lintang"
"""The citizen whose message opens `keselamatan-jiwa`."""

ROOMY = Limits(
    chat=Limit(30, 3.0),
    group=Limit(300, 60.0),
    group_edits=Limit(300, 60.0),
    beside_alarms=Limit(300, 60.0),
    private_edits=Limit(60, 5.0),
    presses=Limit(100, 5.0),
)
"""A day in three minutes needs more room than Telegram gives; the real limits are for real chats."""


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """`speed` divides the pauses. `headless` prints the story instead of staying open.

    `drill` plays an exercise instead of the day.
    """

    port: int = 8765
    headless: bool = False
    speed: float = 1.0
    drill: bool = False


async def play(options: DemoOptions) -> None:
    """Until the story is over (headless) or the user stops it. OSError: the port is taken."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    clock = MovableClock()
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tanggap-demo-")))
        sandbox = Sandbox(clock)
        install([sandbox.token])
        town = build_town(sandbox)
        start_of_day(clock, town)
        url = await stack.enter_async_context(sandbox.serve(0 if options.headless else options.port))
        settings = settings_of(town, url, sandbox.token, folder)
        machine = await stack.enter_async_context(opened(settings, clock, limits=ROOMY))
        bot = asyncio.create_task(run(machine, clock, steady=SystemClock()))
        try:
            await morning(sandbox, town, machine, clock)
            _say(f"Tanggap siap. Buka {url} di peramban. Ctrl+C untuk berhenti.")
            show = Player(sandbox, town, machine, clock, options)
            await _either(show.play(), bot)
            if not options.headless:
                _say("Hari demo selesai; silakan bermain. Latihan: tulis /latihan di ponsel Koordinator.")
                _say("Ctrl+C untuk berhenti.")
                await bot
        finally:
            bot.cancel()
            await asyncio.gather(bot, return_exceptions=True)


async def _either(show: Any, bot: asyncio.Task[None]) -> None:
    """Plays until the end; if the bot falls over meanwhile, that is what is told."""
    playing = asyncio.ensure_future(show)
    await asyncio.wait({playing, bot}, return_when=asyncio.FIRST_COMPLETED)
    if bot.done():
        playing.cancel()
        bot.result()
    playing.result()


async def morning(sandbox: Sandbox, town: Town, machine: Machine, clock: MovableClock) -> None:
    """The team enrols by its links, the coordinator approves the templates, the channel posts."""
    for person, user in town.team.items():
        secret = await machine.services.team.invite(PersonId(person), "demo")
        sandbox.world.start(user, secret)
    await sandbox.world.until(lambda: len(sandbox.world.messages(town.team["pak-harsa"].id)) > 1, 20.0)
    hesti = machine.settings.persons[PersonId("hesti")]
    await machine.services.templates.approve_all(Tap(hesti, 0, 0, "demo", clock.now()))
    publish(sandbox, town)


class Player:
    """Lets the day's comments arrive and, at three places, lets the team act so that nobody has to guess."""

    def __init__(
        self, sandbox: Sandbox, town: Town, machine: Machine, clock: MovableClock, options: DemoOptions
    ) -> None:
        self._sandbox = sandbox
        self._town = town
        self._machine = machine
        self._clock = clock
        self._options = options
        self._sent: dict[str, Message] = {}
        say = _say if options.headless else _quiet
        self._story = Story(sandbox, town, machine, say=say)
        self._exercise = Exercise(sandbox, town, machine, say=say)

    async def play(self) -> None:
        if self._options.drill:
            await self._exercise.play(self._clock)
            return
        begins = self._clock.now()
        for number, row in enumerate(day()):
            await self._wait_until(begins + timedelta(seconds=int(row["at"])))
            self._arrive(row)
            if number == 0:
                await self._story.first_reply()
            elif self._options.headless:
                await self._story.settled()
                if row["from"] == _IN_NEED:
                    await self._story.life_at_risk()
        if self._options.headless:
            await self._story.evening()

    async def _wait_until(self, moment: datetime) -> None:
        """A breath for the reader, then the clock moves on, but never over what waits for people."""
        await asyncio.sleep(0.0 if self._options.headless else _BREATH_S / self._options.speed)
        due = await self._machine.database.read.timers.next_due()
        ahead = moment if due is None or self._options.headless else min(moment, due - timedelta(minutes=2))
        self._clock.advance((ahead - self._clock.now()).total_seconds())
        self._sandbox.world.tell("clock", now=self._clock.now().isoformat())

    def _arrive(self, row: dict[str, Any]) -> None:
        """One line of the day: a comment, an edit, a private message."""
        world, user = self._sandbox.world, self._town.citizens[row["from"]]
        self._story.hear(row, self._clock.now())
        if row.get("edit_of"):
            world.edit(self._sent[row["edit_of"]], row["text"])
            return
        if row["channel"] == "dm":
            message = world.dm(user, row["text"])
        else:
            post = self._town.posts[row["post"]]
            under = self._sent.get(row.get("reply_to", ""))
            more = {"reply_to": under} if under is not None else {}
            message = world.comment(post, user, row["text"], **more)
        self._sent[row["id"]] = message


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _quiet(_text: str) -> None:
    """The page shows it; nothing is printed."""
