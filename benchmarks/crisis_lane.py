"""A crisis behind three hundred routine cards in the same group, under Telegram's limits.

    python -m benchmarks.crisis_lane [--routine 300] [--crises 20]

Every other crisis is somebody in despair, whose card has a place of its own; the others are incidents that a
coordinator opens from a card, while the team asks /status as often as it likes.

Bot and sandbox run in this process on one clock that is moved between the crises, so that the group's minute
is used up by routine cards anew each time. What is measured passes in real time: from the comment to the card
in the group and to the page on the phone. Then one chat answers 429 for 30 s, and the others must not notice.
Exits with 1 if anything took 2 s or more, or if Telegram ever had to refuse a call for its pace.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.crew import mark
from benchmarks.everyday import comments
from benchmarks.town import Town, build, staff, welcomed
from bot.app import Machine, opened, run
from bot.clock import MovableClock, SystemClock
from bot.sandbox import Break, Fault, Limits, Message, Sandbox

BAR_S = 2.0
FROZEN_S = 30
_PATIENCE_S = 60.0
_STEP_S = 3.4
"""A little more than the pause after which a chat takes the next burst."""
_A_MINUTE_S = 61.0
_USED_UP = 14
"""What the pacer gives routine cards of a group's minute."""
_TROUBLED = "Rasanya saya sudah tidak ingin hidup lagi."
_REDACTED = "dua pendamping"
_HANDLE = "Saya tangani"
_ESCALATE, _PLAYBOOK, _INCIDENT = "Eskalasi", "Hoaks yang sedang viral", "K-"
_ON_CALL = "dimas"


@dataclass(slots=True)
class Figures:
    """Seconds from the comment on, one per crisis; `refused`: how often the sandbox answered 429 for pace."""

    card_s: list[float] = field(default_factory=list)
    page_s: list[float] = field(default_factory=list)
    opened_card_s: list[float] = field(default_factory=list)
    """From the press that opens an incident to its card in the group."""
    opened_page_s: list[float] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    """Messages that stood in the queue when the crisis came."""
    minute: list[int] = field(default_factory=list)
    """Routine cards that the group had got in the minute before it."""
    frozen_group_page_s: float = 0.0
    frozen_group_receipt_s: float = 0.0
    frozen_group_card_s: float = 0.0
    refused: int = 0

    @property
    def faults(self) -> list[str]:
        slow = {
            "card": max(self.card_s),
            "page": max(self.page_s),
            "card of an incident opened by hand": max(self.opened_card_s),
            "page of an incident opened by hand": max(self.opened_page_s),
            "page while the group is frozen": self.frozen_group_page_s,
            "receipt while the group is frozen": self.frozen_group_receipt_s,
        }
        found = [f"{what}: {took:.2f} s" for what, took in slow.items() if took >= BAR_S]
        if not FROZEN_S <= self.frozen_group_card_s < FROZEN_S + BAR_S + _STEP_S:
            found.append(f"card after the freeze: {self.frozen_group_card_s:.1f} s")
        if min(self.minute) < _USED_UP:
            found.append(
                f"only {min(self.minute)} routine cards in the minute before a crisis: nothing proven"
            )
        return [*found, *([f"{self.refused} calls came too soon"] if self.refused else [])]


@dataclass(slots=True)
class Floor:
    """The town, the running bot and the clock that both go by."""

    town: Town
    machine: Machine
    clock: MovableClock
    bot: asyncio.Task[None]
    _next: int = 0

    def write(self, text: str) -> None:
        """A comment by somebody who has not written before."""
        town, number = self.town, self._next
        self._next += 1
        town.sandbox.world.comment(town.posts[number % len(town.posts)], town.citizens[number], text)

    def ours(self, chat: int, since: float, words: str = "", button: str = "") -> list[Message]:
        """The bot's messages in a chat since a moment of the clock, with these words and this button."""
        world = self.town.sandbox.world
        found = [m for m in world.messages(chat) if m.sender_id == world.bot.id and words in m.text]
        texts = {m.message_id: [b["text"] for b in m.buttons] for m in found}
        return [
            m
            for m in found
            if m.raw["date"] >= int(since) and (not button or any(button in t for t in texts[m.message_id]))
        ]

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(_PATIENCE_S):
            while not condition():
                if self.bot.done():
                    self.bot.result()
                await asyncio.sleep(0.005)

    def now(self) -> float:
        return self.clock.now().timestamp()

    async def waiting(self) -> int:
        """Messages in the outbox."""
        return sum(lane.count for lane in await self.machine.database.read.outbox.health())

    async def taken_in(self) -> None:
        """Every update is handled."""
        read, updates = self.machine.database.read.inbox, self.town.sandbox.world.updates
        async with asyncio.timeout(_PATIENCE_S):
            while len(updates) or (await read.health()).pending:  # noqa: ASYNC110 - rows ring no bell here
                await asyncio.sleep(0.02)

    async def fill_the_minute(self) -> int:
        """Routine cards go out until this group's minute holds no more of them; how many they were."""
        await asyncio.sleep(0.25)  # what is on its way lands in the minute in which it left
        self.clock.advance(_A_MINUTE_S)
        begun, sent = self.now(), -1
        while sent != (sent := len(self.ours(self.town.triage.id, begun))):
            await asyncio.sleep(0.25)
            self.clock.advance(_STEP_S)
        await asyncio.sleep(0.1)
        return len(self.ours(self.town.triage.id, begun))


@asynccontextmanager
async def floor(citizens: int) -> AsyncIterator[Floor]:
    """A staffed town under Telegram's limits, with the bot at its real pace."""
    with tempfile.TemporaryDirectory(prefix="tanggap-crisis-") as folder:
        clock = MovableClock()
        sandbox = Sandbox(clock, limits=Limits())
        async with sandbox.serve() as url:
            town = build(sandbox, url, Path(folder), citizens)
            await staff(town)
            async with opened(town.settings(), clock) as machine:
                bot = asyncio.create_task(run(machine, clock, steady=SystemClock()))
                made = Floor(town, machine, clock, bot)
                try:
                    await welcomed(town)
                    town.publish()
                    await made.taken_in()
                    yield made
                finally:
                    bot.cancel()
                    await asyncio.gather(bot, return_exceptions=True)


async def measure(routine: int, crises: int) -> Figures:
    """The whole story once."""
    async with floor(citizens=routine + crises + 10) as made:
        figures = Figures()
        for number, text in enumerate(comments()[:routine]):
            made.write(f"{text} {mark(number)}")
        await made.taken_in()
        for number in range(crises):
            figures.minute.append(await made.fill_the_minute())
            figures.waiting.append(await made.waiting())
            await (_one_crisis, _one_opened_by_hand)[number % 2](made, figures)
        await _one_chat_frozen(made, figures)
        figures.refused = made.town.sandbox.pace.refused
        return figures


async def _one_crisis(made: Floor, figures: Figures) -> None:
    town, loop = made.town, asyncio.get_running_loop()
    phone = town.team[_ON_CALL]
    cards = len(made.ours(town.triage.id, 0, _REDACTED))
    pages = len(made.ours(phone.id, 0))
    begun = loop.time()
    made.write(_TROUBLED)
    await made.until(lambda: len(made.ours(phone.id, 0)) > pages)
    page_s = loop.time() - begun
    await made.until(lambda: len(made.ours(town.triage.id, 0, _REDACTED)) > cards)
    figures.page_s.append(page_s)
    figures.card_s.append(loop.time() - begun)
    page = made.ours(phone.id, 0, button=_HANDLE)[-1]
    press = town.sandbox.world.press(phone, page, _HANDLE)
    await made.until(lambda: press.answer is not None)


async def _one_opened_by_hand(made: Floor, figures: Figures) -> None:
    """A coordinator opens an incident from the newest card; the team asks how things stand."""
    town, loop, world = made.town, asyncio.get_running_loop(), made.town.sandbox.world
    group, phone, coordinator = town.triage.id, town.team[_ON_CALL], town.team["sekar"]
    card = made.ours(group, 0, button=_ESCALATE)[-1]
    world.press(coordinator, card, _ESCALATE)
    await made.until(lambda: made.ours(group, 0, button=_PLAYBOOK))
    for _ in range(8):
        world.say(town.team["laras"], town.triage, "/status")
    await made.taken_in()
    cards, pages = len(made.ours(group, 0, _INCIDENT)), len(made.ours(phone.id, 0))
    begun = loop.time()
    world.press(coordinator, made.ours(group, 0, button=_PLAYBOOK)[-1], _PLAYBOOK)
    await made.until(lambda: len(made.ours(phone.id, 0)) > pages)
    figures.opened_page_s.append(loop.time() - begun)
    await made.until(lambda: len(made.ours(group, 0, _INCIDENT)) > cards)
    figures.opened_card_s.append(loop.time() - begun)
    press = world.press(phone, made.ours(phone.id, 0, button=_HANDLE)[-1], _HANDLE)
    await made.until(lambda: press.answer is not None)


async def _one_chat_frozen(made: Floor, figures: Figures) -> None:
    """The group answers 429 for 30 s in the midst of a crisis: the phone and a citizen's chat go on."""
    town, loop = made.town, asyncio.get_running_loop()
    await made.fill_the_minute()
    made.clock.advance(_A_MINUTE_S)
    fault = Fault(Break.FLOOD, chat_id=town.triage.id, times=1, retry_after=FROZEN_S)
    town.sandbox.faults.add(fault)
    await made.until(lambda: fault.hits)
    frozen_at = made.now()
    citizen, phone = town.citizens[-1], town.team[_ON_CALL]
    cards = len(made.ours(town.triage.id, 0, _REDACTED))
    pages = len(made.ours(phone.id, 0))
    begun = loop.time()
    town.sandbox.world.dm(citizen, "Selamat siang, di mana tempat mengurus surat pindah?")
    made.write(_TROUBLED)
    await made.until(lambda: made.ours(citizen.id, 0))
    figures.frozen_group_receipt_s = loop.time() - begun
    await made.until(lambda: len(made.ours(phone.id, 0)) > pages)
    figures.frozen_group_page_s = loop.time() - begun
    while len(made.ours(town.triage.id, 0, _REDACTED)) == cards and made.now() < frozen_at + 3 * FROZEN_S:
        made.clock.advance(0.5)
        await asyncio.sleep(0.03)
    figures.frozen_group_card_s = made.now() - frozen_at


def table(figures: Figures) -> str:
    def spread(values: list[float]) -> str:
        ranked = sorted(values)
        return f"median {ranked[len(ranked) // 2] * 1000:6.0f} ms   slowest {ranked[-1] * 1000:6.0f} ms"

    return "\n".join(
        [
            f"{len(figures.minute)} crises behind {max(figures.waiting)} to {min(figures.waiting)} messages",
            f"  comment to card in the same group   {spread(figures.card_s)}",
            f"  comment to page on the phone        {spread(figures.page_s)}",
            f"  press to card of the incident       {spread(figures.opened_card_s)}",
            f"  press to page on the phone          {spread(figures.opened_page_s)}",
            f"  calls that came too soon            {figures.refused}",
            f"One chat frozen for {FROZEN_S} s",
            f"  page on the phone                   {figures.frozen_group_page_s * 1000:6.0f} ms",
            f"  receipt in a citizen's chat         {figures.frozen_group_receipt_s * 1000:6.0f} ms",
            f"  card in the frozen group after      {figures.frozen_group_card_s:6.1f} s",
        ]
    )


async def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--routine", type=int, default=300, help="cards that wait for the group")
    parser.add_argument("--crises", type=int, default=20, help="each uses up about 14 of them")
    chosen = parser.parse_args()
    figures = await measure(chosen.routine, chosen.crises)
    sys.stdout.write(table(figures) + "\n")
    faults = figures.faults
    sys.stdout.write("\n".join(["All bars reached." if not faults else "Missed:", *faults]) + "\n")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    asyncio.run(main())
