"""What the names of a condition stand for in a run now. See expression.Lookup for the names."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.domain.expression import STEP_STATES, Lookup, Value
from bot.domain.roster import Roster
from bot.domain.run_types import RunState


def lookup(state: RunState, roster: Roster, now: datetime) -> Lookup:
    """The names as of this moment; what is not known, not answered or not counted is None."""

    def value(name: str) -> Value:
        if name.startswith("steps."):
            return _of_step(state, name)
        if name.startswith("event."):
            return state.told(name)
        if name in _OF_INCIDENT:
            return _OF_INCIDENT[name](state, now)
        return roster.facts.get(name)

    return value


_OF_INCIDENT: Mapping[str, Callable[[RunState, datetime], Value]] = {
    "incident.severity": lambda state, _now: state.severity.value,
    "incident.age": lambda state, now: int((now - state.incident.opened_at).total_seconds()),
    "incident.level": lambda state, _now: state.level + 1,
    "incident.informed": lambda state, _now: state.informed_at is not None,
}


def _of_step(state: RunState, name: str) -> Value:
    _, step, what = name.split(".", 2)
    run = state.step_run(step)
    if run is None:
        return None
    if what in STEP_STATES:
        return run.state.value == what
    return run.answer(what) or None
