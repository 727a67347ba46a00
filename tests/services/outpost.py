"""The small agency with playbooks that open by the clock, by a silence and by signed events."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from crisis_agency import HOAX, CrisisAgency

from bot.domain.outside import OutsideEvent
from bot.domain.people import Zone
from bot.domain.playbook import Concurrency, OnRepeat, Playbook
from bot.domain.trigger import (
    BurstTrigger,
    EventTrigger,
    GroupBy,
    HeartbeatTrigger,
    ScheduleTrigger,
    Triggers,
)
from bot.services.events import Events, Received
from bot.services.intake import Intake
from bot.services.pulse import Pulse
from bot.services.schedules import Schedules
from bot.services.timers import Timers
from classifiers.labels import Label


def playbook(name: str, triggers: Triggers, **more: object) -> Playbook:
    """With the hoax playbook's ladder and no steps: what is asked for here is the opening."""
    sha = (name[0] * 64)[:64]
    concurrency = Concurrency(GroupBy.TOPIC, OnRepeat.MERGE)
    plain = replace(
        HOAX, id=name, name=name.title(), sha256=sha, source_text=name, steps=(), triggers=triggers
    )
    return replace(plain, concurrency=concurrency, **more)


DISASTER = playbook(
    "bencana",
    Triggers(
        burst=BurstTrigger(Label.EMERGENCY, 3, timedelta(minutes=10), ("gempa",), GroupBy.TOPIC),
        event=(
            EventTrigger("bmkg", "gempa", (("tingkat", ("siaga", "awas")),)),
            EventTrigger("bmkg", "tsunami"),
        ),
    ),
)
OUTAGE = playbook("gangguan", Triggers(heartbeat=HeartbeatTrigger("loket", timedelta(minutes=15))))
NO_TELEGRAM = playbook("putus", Triggers(heartbeat=HeartbeatTrigger("telegram", timedelta(minutes=10))))
WEEKLY = playbook("keliling", Triggers(schedule=(ScheduleTrigger(time(8, 0), frozenset({0})),)))
ALL = (DISASTER, OUTAGE, NO_TELEGRAM, WEEKLY)


class Outpost(CrisisAgency):
    """`restart` builds everything anew on the same database, with other playbooks if asked."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.telegram = True
        self.intake = Intake(
            self.database, self.reads, self.incidents, self.clock,
            join_within=timedelta(seconds=20), sensitive_topics={}, promises=self.promises,
            claims=self.register.links, clusters=self.clusters,
        )  # fmt: skip
        self.pulse = Pulse(self.database, self.book, self.clock)
        self.pulse.hears = lambda: self.telegram
        self.events = Events(self.database, self.book, self.pulse, self.clock)
        self.schedules = Schedules(self.database, self.book, Zone.WIB, self.clock)
        self.timers = Timers(
            self.database,
            self.triage,
            self.approvals,
            self.incidents,
            self.clock,
            {"schedule": self.schedules, "heartbeat": self.pulse},
        )

    async def start(self) -> None:
        await self.timers.start()
        await self.timers.tick()

    async def restart(self, *playbooks: Playbook) -> "Outpost":
        after = Outpost(self.database, self.clock, self.policy, playbooks or self.playbooks)
        after.telegram = self.telegram
        await after.start()
        return after

    def away(self, **much: float) -> None:
        """The bot is not running."""
        self.clock.advance(timedelta(**much).total_seconds())

    async def to(self, moment: datetime) -> None:
        """Time passes and stops at every timer; a bot that runs notes now and then that it does."""
        stride = 30.0 if moment - self.clock.now() < timedelta(hours=4) else 300.0
        while self.clock.now() < moment:
            due = await self.database.read.timers.next_due()
            nap = min(stride, (moment - self.clock.now()).total_seconds())
            if due is not None and due > self.clock.now():
                nap = min(nap, (due - self.clock.now()).total_seconds())
            self.clock.advance(nap)
            await self.pulse.look()
            await self.timers.tick()

    async def pass_(self, **much: float) -> None:
        await self.to(self.clock.now() + timedelta(**much))

    async def send(self, kind: str, number: object = 1, source: str = "bmkg", **fields: str) -> Received:
        event = OutsideEvent(source, f"e-{number}", kind, self.clock.now(), tuple(fields.items()))
        return await self.events.receive(event)

    async def runs(self) -> list[str]:
        """The playbooks of what goes on, with their reasons."""
        going = await self.incidents.going_on()
        return [f"{one.playbook.id}: {one.incident.reason.partition(' since=')[0]}" for one in going]

    async def notices(self, what: str) -> list[dict[str, object]]:
        return [dict(row.what.params) for row in await self.queued() if getattr(row.what, "what", "") == what]


__all__ = ["ALL", "DISASTER", "NO_TELEGRAM", "OUTAGE", "WEEKLY", "Outpost", "playbook"]
