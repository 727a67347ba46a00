"""A playbook on a fake clock: who is called when, what is asked, what is said. Nothing is sent.

The same reducer as in earnest, so a rehearsal cannot flatter.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.incident import Incident, RunId
from bot.domain.people import PersonId
from bot.domain.playbook import Playbook
from bot.domain.roster import Roster
from bot.domain.run import reduce
from bot.domain.run_effects import CancelTimers, CardChanged, Decision, Effect, Refusal, SetTimer
from bot.domain.run_events import (
    Acknowledged,
    Event,
    FalseAlarm,
    ItemTicked,
    Opened,
    Raised,
    Resolved,
    StillHandling,
    TakenOver,
    TimerFired,
    TriggeredAgain,
)
from bot.domain.run_types import RunState, Timer, prepare

RosterAt = Callable[[datetime], Roster]
"""Who is behind the targets at a moment: rotas change while a rehearsal runs."""


class Deed(StrEnum):
    """What somebody of the script does."""

    ACKNOWLEDGE = "acknowledge"
    RAISE = "raise"
    TAKE_OVER = "take_over"
    STILL_HANDLING = "still_handling"
    TICK = "tick"
    RESOLVE = "resolve"
    FALSE_ALARM = "false_alarm"
    TRIGGER = "trigger"


@dataclass(frozen=True, slots=True)
class Act:
    """One line of a script, `after` the opening. Without a person: the owner, else the first one called."""

    after: timedelta
    deed: Deed
    person: PersonId | None = None
    step: str = ""
    item: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One thing that a person would see or do; `after` counts from the opening."""

    at: datetime
    after: timedelta
    what: Effect | Refusal | Act


class _Stage:
    """The run, its waiting timers, and the lines so far."""

    def __init__(self, state: RunState, roster_at: RosterAt, start: datetime) -> None:
        self.state = state
        self.timers: list[Timer] = []
        self.lines: list[TimelineLine] = []
        self._roster_at = roster_at
        self._start = start

    def write(self, at: datetime, what: Effect | Refusal | Act) -> None:
        self.lines.append(TimelineLine(at, at - self._start, what))

    def happen(self, event: Event, at: datetime) -> None:
        decision: Decision = reduce(self.state, event, at)
        self.state = decision.state
        if decision.refusal is not None and not isinstance(event, TimerFired):
            self.write(at, decision.refusal)
        for effect in decision.effects:
            self._carry_out(effect, at)

    def _carry_out(self, effect: Effect, at: datetime) -> None:
        match effect:
            case SetTimer(timer):
                self.timers.append(timer)
            case CancelTimers(epoch, steps):
                self.timers = [t for t in self.timers if not _cancels(t, epoch, steps=steps)]
            case CardChanged():
                pass
            case _:
                self.write(at, effect)

    def fire_next(self) -> None:
        timer = min(self.timers, key=lambda t: t.due_at)
        self.timers.remove(timer)
        self.happen(TimerFired(self._roster_at(timer.due_at), timer), timer.due_at)

    def play(self, act: Act, at: datetime) -> None:
        self.write(at, act)
        self.happen(_event_of(act, self.state, self._roster_at(at)), at)


def rehearse(
    playbook: Playbook,
    roster: RosterAt,
    script: Sequence[Act],
    start: datetime,
    lasts: timedelta = timedelta(hours=4),
) -> list[TimelineLine]:
    """Play the playbook from an opening at `start` (aware, UTC) for `lasts`, with the script's people."""
    incident = Incident(RunId(0), "rehearsal", start, "rehearsal", drill=True)
    stage = _Stage(prepare(incident, playbook), roster, start)
    stage.happen(Opened(roster(start)), start)
    acts = sorted(script, key=lambda act: act.after)
    end = start + lasts
    while True:
        due = min((timer.due_at for timer in stage.timers), default=None)
        act_at = start + acts[0].after if acts else None
        if act_at is not None and (due is None or act_at <= due):
            if act_at > end:
                break
            stage.play(acts.pop(0), act_at)
        elif due is not None and due <= end:
            stage.fire_next()
        else:
            break
    return stage.lines


def _cancels(timer: Timer, epoch: int, *, steps: bool) -> bool:
    return timer.epoch <= epoch if timer.kind.of_ladder else steps


_PRESSES: dict[Deed, type[Acknowledged | Raised | TakenOver | StillHandling]] = {
    Deed.ACKNOWLEDGE: Acknowledged,
    Deed.RAISE: Raised,
    Deed.TAKE_OVER: TakenOver,
    Deed.STILL_HANDLING: StillHandling,
}


def _event_of(act: Act, state: RunState, roster: Roster) -> Event:
    person = act.person or state.owner or next(iter(state.calling), PersonId(""))
    if act.deed in _PRESSES:
        return _PRESSES[act.deed](roster, person, state.epoch)
    if act.deed is Deed.TICK:
        return ItemTicked(roster, act.step, act.item, person)
    if act.deed is Deed.RESOLVE:
        return Resolved(roster, person, act.reason)
    if act.deed is Deed.FALSE_ALARM:
        return FalseAlarm(roster, person, act.reason)
    return TriggeredAgain(roster, act.reason)
