"""A small crisis to tell stories about: four people, three levels, and a world that carries effects out."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from bot.domain.incident import Incident, RunId, Severity
from bot.domain.people import PersonId
from bot.domain.playbook import Ladder, Level, Playbook, Resolve, Step
from bot.domain.roster import Reach, Roster
from bot.domain.run import reduce
from bot.domain.run_effects import Announce, CancelTimers, Decision, Effect, SetTimer, TimelineEntry
from bot.domain.run_events import Event, Opened, TimerFired
from bot.domain.run_types import RunState, Timer, What, prepare
from bot.domain.steps import Checklist, Item, Notify
from bot.domain.target import parse_target
from bot.domain.trigger import Triggers

E = TypeVar("E", bound=Effect)

START = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)  # 22.00 WIB
RATNA, BAGUS, SITI, DEWI = (PersonId(name) for name in ("ratna", "bagus", "siti", "dewi"))
EVERYBODY = (RATNA, BAGUS, SITI, DEWI)

MEDSOS, CADANGAN = parse_target("oncall:medsos"), parse_target("oncall:cadangan")
KOORDINATOR, PIMPINAN = parse_target("role:koordinator"), parse_target("group:pimpinan")
PENDAMPING = parse_target("group:pendamping")


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


LADDER = Ladder(
    levels=(
        Level((MEDSOS,), minutes(5)),
        Level((CADANGAN, KOORDINATOR), minutes(5)),
        Level((KOORDINATOR,), minutes(10)),
    ),
    exhausted=(PIMPINAN,),
)

CHECK = Step(
    "cek",
    "Cek",
    Checklist(
        (Item("sumber", "Tanya sumber", minutes(15)), Item("catat", "Catat", minutes(15), optional=True))
    ),
)
TELL = Step("kabari", "Kabari", Notify("Mohon tahan unggahan."), to=(KOORDINATOR,))
WRITE = Step("tulis", "Tulis", Checklist((Item("teks", "Tulis teks", minutes(30)),)), needs=("cek",))

PLAYBOOK = Playbook(
    id="hoaks-viral",
    version=1,
    name="Hoaks viral",
    summary="",
    severity=Severity.HIGH,
    owner=KOORDINATOR,
    triggers=Triggers(),
    ladder=LADDER,
    resolve=Resolve(KOORDINATOR),
    sha256="a" * 64,
    source_text="",
    steps=(TELL, CHECK, WRITE),
)

ON_CALL = {
    MEDSOS: (RATNA,),
    CADANGAN: (BAGUS,),
    KOORDINATOR: (SITI,),
    PIMPINAN: (DEWI,),
    PENDAMPING: (RATNA, SITI),
}


def roster(*, gone: Iterable[PersonId] = (), working: bool = False) -> Roster:
    """Who is where; `gone` cannot be reached."""
    away = frozenset(gone)
    people = {t: tuple(Reach(p, p not in away) for p in who) for t, who in ON_CALL.items()}
    return Roster(people, responders=frozenset({SITI}), working=working)


class World:
    """One run with its stored timers: what the service does, without a database."""

    def __init__(self, playbook: Playbook = PLAYBOOK, *, drill: bool = False) -> None:
        incident = Incident(
            RunId(7), "hoaks-viral/label:hoax/topic:", START, "label=hoax score=0.97", drill=drill
        )
        self.state: RunState = prepare(incident, playbook)
        self.now = START
        self.timers: list[Timer] = []
        self.log: list[tuple[datetime, Effect]] = []
        self.roster = roster()

    def open(self) -> Decision:
        return self.happen(Opened(self.roster))

    def happen(self, event: Event) -> Decision:
        decision = reduce(self.state, event, self.now)
        self.state = decision.state
        for effect in decision.effects:
            self.log.append((self.now, effect))
            self._store(effect)
        return decision

    def _store(self, effect: Effect) -> None:
        if isinstance(effect, SetTimer):
            self.timers.append(effect.timer)
        if isinstance(effect, CancelTimers):
            epoch, steps = effect.up_to_epoch, effect.steps
            self.timers = [t for t in self.timers if not (t.epoch <= epoch if t.kind.of_epoch else steps)]

    def fire(self, timer: Timer, also: tuple[Timer, ...] = ()) -> Decision:
        self.timers = [one for one in self.timers if one not in {timer, *also}]
        return self.happen(TimerFired(replace(self.roster), timer, also))

    def wait(self, span: timedelta) -> None:
        """Let time pass; timers fire when they are due."""
        end = self.now + span
        while due := [timer for timer in self.timers if timer.due_at <= end]:
            first = min(due, key=lambda timer: timer.due_at)
            self.now = max(self.now, first.due_at)
            self.fire(first)
        self.now = end

    def sleep_through(self, span: timedelta) -> None:
        """The bot is down: time passes and nothing fires."""
        self.now += span

    def did(self, kind: type[E]) -> list[tuple[float, E]]:
        """Effects of this kind with the minute in which they happened."""
        return [((at - START) / minutes(1), effect) for at, effect in self.log if isinstance(effect, kind)]

    def told(self, what: What) -> list[dict[str, str]]:
        """The parameters of every announcement and line of this kind."""
        return [
            dict(effect.params)
            for _, effect in self.log
            if isinstance(effect, Announce | TimelineEntry) and effect.kind is what
        ]
