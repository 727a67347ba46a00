"""An office that lives by its rota: three who take turns day by day, a backup, two who arrange it."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import count

from fakes import FakeReads, person

from bot.clock import FakeClock
from bot.domain.calendar import Weekday, WorkingHours
from bot.domain.outgoing import Notice, Outgoing, Prompt
from bot.domain.people import PersonId, Role, Zone
from bot.domain.rota import Cycle, Rotation, Shift
from bot.domain.swap import Duty
from bot.services.duties import duties_of
from bot.services.oncall import OnCall
from bot.services.people import Directory, Team
from bot.services.tap import Tap
from bot.store.database import Database

SARI, MADE, GITA, BAGUS, RATNA, EKO = (
    PersonId(name) for name in ("sari", "made", "gita", "bagus", "ratna", "eko")
)
PEOPLE = {
    p.id: p
    for p in (
        person("sari", Role.PIKET),
        person("made", Role.PIKET),
        person("gita", Role.ADMIN),
        person("bagus", Role.KOORDINATOR),
        person("ratna", Role.KOORDINATOR),
        person("eko", Role.PENGELOLA),
        person("wawan", Role.NARAHUBUNG),
    )
}
SEVEN = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
"""Monday, 07.00 in Jakarta: Sari's day begins; then Made's, then Gita's."""
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
OFFICE = WorkingHours(Zone.WIB, {day: (time(7, 30), time(16)) for day in list(Weekday)[:5]})
ROTAS = {
    "medsos": Rotation("medsos", Zone.WIB, (Cycle(SEVEN, DAY, ((SARI,), (MADE,), (GITA,))),)),
    "cadangan": Rotation("cadangan", Zone.WIB, (Shift(frozenset(Weekday), time(0), time(0), (BAGUS,)),)),
}


@dataclass
class WatchHouse:
    """The services around the rota over a real database."""

    database: Database
    clock: FakeClock

    def __post_init__(self) -> None:
        self.directory = Directory(PEOPLE, {"pimpinan": (RATNA, BAGUS)})
        self.oncall = OnCall(self.database, self.directory, ROTAS, OFFICE)
        self.team = Team(self.database, self.directory, self.oncall, self.clock)
        self.duties = duties_of(self.database, self.team, self.directory, self.oncall, self.clock)
        self.shifts, self.swaps = self.duties.shifts, self.duties.swaps
        self.reads = FakeReads()
        self._numbers = count(1)

    def tap(self, name: str, target: int = 0, cause: str = "") -> Tap:
        return Tap(PEOPLE[PersonId(name)], target, 0, cause or f"u:{next(self._numbers)}", self.clock.now())

    def duty(self, day: int) -> Duty:
        """The turn of medsos that begins on this day, counted from the first Monday."""
        return Duty("medsos", SEVEN + day * DAY, SEVEN + (day + 1) * DAY)

    async def on(self, at: datetime | None = None, rota: str = "medsos") -> tuple[PersonId, ...]:
        return (await self.oncall.now_on(at or self.clock.now()))[rota]

    async def to(self, moment: datetime) -> None:
        """Time passes; every timer on the way fires when it is due."""
        while True:
            due = await self.database.read.timers.next_due()
            if due is None or due > moment:
                break
            if due > self.clock.now():
                self.clock.advance((due - self.clock.now()).total_seconds())
            async with self.database.transaction() as tx:
                for timer in await tx.timers.due(self.clock.now(), 100):
                    await self.duties.standing[timer.subject.partition(":")[0]].fire(timer, tx)
                    await tx.timers.done(timer, "fired")
        self.clock.advance((moment - self.clock.now()).total_seconds())

    async def said(self, what: str = "") -> list[Notice | Prompt]:
        """What was put into the outbox, oldest first; `what` picks one sentence."""
        found: list[Outgoing] = []
        for number in range(1, 400):
            row = await self.database.read.outbox.get(number)  # type: ignore[arg-type]  # a plain number
            if row is not None:
                found.append(row.what)
        kept = [one for one in found if isinstance(one, Notice | Prompt)]
        return [one for one in kept if not what or one.what == what]

    async def told(self, what: str) -> list[str]:
        return [one.to.removeprefix("person:") for one in await self.said(what)]

    async def deeds(self, subject: str) -> list[str]:
        return [str(line["action"]) for line in await self.database.read.journal.about(subject)]
