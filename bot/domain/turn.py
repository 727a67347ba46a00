"""One event being worked on: the state so far, and the effects so far, in order."""

from dataclasses import fields, replace
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from bot.domain.incident import Severity
from bot.domain.people import PersonId
from bot.domain.playbook import DaytimePaging
from bot.domain.roster import Roster
from bot.domain.run_effects import (
    Announce,
    CancelTimers,
    Decision,
    Effect,
    Marked,
    Params,
    Refusal,
    SetTimer,
    TimelineEntry,
    Why,
)
from bot.domain.run_types import Happening, RunState, Timer, TimerKind, What
from bot.domain.step_effects import EndOffer
from bot.domain.step_run import StepRun
from bot.domain.target import ACKER, Target

_NAMES = tuple(field.name for field in fields(RunState))
_values = attrgetter(*_NAMES)
_PLACE = {name: place for place, name in enumerate(_NAMES)}
CADENCE = timedelta(hours=1)
"""How often an unanswered run calls again, and a quiet one asks whether it is over."""


def params(**named: object) -> Params:
    """Values as the timeline keeps them; None is left out, tuples are joined by commas."""
    return tuple((name, _plain(value)) for name, value in named.items() if value is not None)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return ",".join(str(one) for one in value)
    return str(value)


class Turn:
    """Collects what one event changes. Lives inside one call of `reduce` and is thrown away."""

    def __init__(self, state: RunState, roster: Roster, now: datetime) -> None:
        self.state = state
        self.roster = roster
        self.now = now
        self._effects: list[Effect] = []

    def change(self, **to: Any) -> None:
        """Set fields of the state."""
        # A dozen times an event: `dataclasses.replace` takes ten times as long over so many fields.
        values = list(_values(self.state))
        for name, value in to.items():
            values[_PLACE[name]] = value
        self.state = RunState(*values)

    def do(self, *effects: Effect) -> None:
        """Add effects, marking new messages of an exercise as such."""
        drill = self.state.incident.drill
        self._effects += [
            replace(effect, drill=True) if drill and isinstance(effect, Marked) else effect
            for effect in effects
        ]

    def tell(self, kind: What, **named: object) -> None:
        """A line of the timeline."""
        self.do(TimelineEntry(kind, params(**named)))

    def announce(self, kind: What, **named: object) -> None:
        """A message in the crisis chat."""
        self.do(Announce(kind, params(**named)))

    def new_epoch(self, what: What, by: PersonId | None = None) -> None:
        """Somebody else is responsible from here on: older buttons and ladder timers are stale."""
        self.do(CancelTimers(self.state.epoch))
        self.change(epoch=self.state.epoch + 1, last=Happening(what, self.now, by))
        if self.state.offered_to is not None:
            self.do(EndOffer(self.state.offered_to, self.state.epoch))
        self.change(offered_to=None, resort_at=None, shift_over=None)

    def set_ladder_timer(self, kind: TimerKind, due_at: datetime) -> None:
        """Set the one live ladder timer; an earlier one of this epoch is stale by its number."""
        seq = self.state.timer_seq + 1
        self.change(timer_seq=seq)
        self.do(SetTimer(Timer(kind, due_at, epoch=self.state.epoch, seq=seq)))

    def put_step(self, run: StepRun) -> None:
        """Replace one step's run."""
        self.change(steps=tuple(run if old.step == run.step else old for old in self.state.steps))

    def people(self, targets: tuple[Target, ...]) -> tuple[PersonId, ...]:
        """Who can be reached behind these targets; `acker` is the owner."""
        owner = (self.state.owner,) if ACKER in targets and self.state.owner else ()
        return tuple(dict.fromkeys((*owner, *self.roster.reachable(targets))))

    def loud(self) -> bool:
        """Whether a page makes a sound: always, but for a lighter playbook while the office is open."""
        lighter = self.state.playbook.ladder.working_hours is DaytimePaging.LIGHTER and self.roster.working
        return not lighter or self.state.severity is Severity.URGENT

    def wakes(self, person: PersonId) -> bool:
        """Whether a page to this person makes a sound: quiet hours are broken by `darurat` and by a life at
        risk, and by nothing else.
        """
        urgent = self.state.severity is Severity.URGENT or self.state.playbook.sensitive
        return self.loud() and (urgent or not self.roster.is_quiet(person))

    def stale(self) -> Refusal:
        """The answer to an older button: what happened since, and by whom."""
        last = self.state.last
        return Refusal(Why.STALE, last.by, last.what, last.at) if last else Refusal(Why.NOT_OPENED)

    def decision(self) -> Decision:
        """The end of the turn."""
        return Decision(self.state, tuple(self._effects))
