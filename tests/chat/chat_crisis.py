"""Two incidents, driven by the real reducer: a rumour and a life at stake."""

from collections.abc import Mapping
from datetime import timedelta

from chat_views import BUDI, NAMES, RINA, SARI, after, kept

from bot.domain.comment import KeptComment
from bot.domain.incident import Incident, RunId, Severity
from bot.domain.people import PersonId
from bot.domain.playbook import Ladder, Level, Playbook, Resolve, Step
from bot.domain.roster import Reach, Roster
from bot.domain.run import reduce
from bot.domain.run_effects import Announce, TimelineEntry
from bot.domain.run_events import Event, Opened
from bot.domain.run_types import RunState, prepare
from bot.domain.steps import Checklist, Item
from bot.domain.target import Target, parse_target
from bot.domain.trigger import Triggers
from bot.services.ports import TimelineLine
from bot.services.views_crisis import IncidentView, PageView

ONCALL, HEADS, BOSS = (
    parse_target("oncall:medsos"),
    parse_target("role:koordinator"),
    parse_target("group:pimpinan"),
)
CHECKS = Step(
    "bukti",
    "Amankan bukti",
    Checklist((Item("layar", "Simpan tangkapan layar"), Item("sebaran", "Catat sebarannya", optional=True))),
)
WRITE = Step("tulis", "Tulis klarifikasi", Checklist((Item("fakta", "Mulai dengan fakta"),)))


def playbook(*, sensitive: bool = False) -> Playbook:
    return Playbook(
        id="hoaks-viral",
        version=1,
        name="Keselamatan jiwa" if sensitive else "Hoaks yang sedang viral",
        summary="",
        severity=Severity.URGENT if sensitive else Severity.HIGH,
        owner=HEADS,
        triggers=Triggers(),
        ladder=Ladder(
            (Level((ONCALL,), timedelta(minutes=5)), Level((HEADS,), timedelta(minutes=5))), (BOSS,)
        ),
        resolve=Resolve(HEADS),
        sha256="ab" * 32,
        source_text="",
        steps=(CHECKS, WRITE),
        sensitive=sensitive,
    )


def roster(**reachable: bool) -> Roster:
    behind: Mapping[Target, tuple[PersonId, ...]] = {ONCALL: (SARI,), HEADS: (BUDI,), BOSS: (RINA,)}
    return Roster(
        {t: tuple(Reach(p, reachable.get(p, True)) for p in people) for t, people in behind.items()},
        frozenset({SARI, BUDI}),
        working=True,
    )


class Story:
    """One run and what it has told so far."""

    def __init__(self, *, sensitive: bool = False, reason: str = "burst label=hoax count=5") -> None:
        incident = Incident(RunId(3), "hoaks-viral/1", after(0), reason)
        self.state: RunState = prepare(incident, playbook(sensitive=sensitive))
        self.lines: list[TimelineLine] = []
        self.minute = 0.0
        self.happens(Opened(roster()))

    def happens(self, event: Event, minute: float | None = None) -> "Story":
        self.minute = self.minute if minute is None else minute
        decision = reduce(self.state, event, after(self.minute))
        assert decision.refusal is None, decision.refusal
        self.state = decision.state
        for effect in decision.effects:
            if isinstance(effect, Announce | TimelineEntry):
                self.lines.append(TimelineLine(after(self.minute), effect.kind, dict(effect.params)))
        return self

    def incident(self) -> IncidentView:
        return IncidentView(self.state, self._comment(), 7, tuple(self.lines[-8:]), NAMES, after(self.minute))

    def page(self, person: PersonId) -> PageView:
        return PageView(self.state, person, self._comment(), NAMES, after(self.minute))

    def _comment(self) -> KeptComment | None:
        return (
            None if self.state.playbook.sensitive else kept("Katanya bansos dihapus bulan depan, sebarkan!")
        )
