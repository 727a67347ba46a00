"""A run's state as text and back, exactly. The playbook is kept once, by its sha256, not with every run."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from bot.domain.incident import Incident, Outcome, Paging, Phase, RunId, Severity
from bot.domain.people import PersonId
from bot.domain.playbook import Playbook
from bot.domain.run_types import Called, Happening, RunState, What
from bot.domain.step_run import StepRun, Tick
from bot.domain.step_state import StepState


def to_json(state: RunState) -> str:
    """Everything but the playbook, which stands as its sha256."""
    kept = {
        field.name: _plain(getattr(state, field.name)) for field in fields(state) if field.name != "playbook"
    }
    return json.dumps(
        {**kept, "playbook_sha": state.playbook.sha256}, ensure_ascii=False, separators=(",", ":")
    )


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value


def from_json(text: str, playbook: Playbook) -> RunState:
    """The reverse of `to_json`. Raises ValueError when the text belongs to another playbook or is damaged."""
    try:
        raw = json.loads(text)
        if raw["playbook_sha"] != playbook.sha256:
            raise ValueError(f"the run belongs to playbook {raw['playbook_sha']}, not {playbook.sha256}")
        return _state(raw, playbook)
    except (KeyError, TypeError) as fault:
        raise ValueError(f"not the state of a run: {fault!r}") from fault


def _state(raw: Mapping[str, Any], playbook: Playbook) -> RunState:
    return RunState(
        incident=_incident(raw["incident"]),
        playbook=playbook,
        severity=Severity(raw["severity"]),
        phase=Phase(raw["phase"]),
        paging=Paging(raw["paging"]),
        outcome=Outcome(raw["outcome"]) if raw["outcome"] else None,
        epoch=raw["epoch"],
        level=raw["level"],
        round=raw["round"],
        timer_seq=raw["timer_seq"],
        owner=_person(raw["owner"]),
        lease_until=_moment(raw["lease_until"]),
        lease_asked=raw["lease_asked"],
        calling=tuple(PersonId(person) for person in raw["calling"]),
        called=tuple(Called(PersonId(one["person"]), one["times"]) for one in raw["called"]),
        unreached=tuple(PersonId(person) for person in raw["unreached"]),
        steps=tuple(_step(step) for step in raw["steps"]),
        offered_to=_person(raw.get("offered_to")),
        holding=tuple(raw.get("holding", ())),
        triggers=raw["triggers"],
        began_at=_moment(raw["began_at"]),
        first_ack_at=_moment(raw["first_ack_at"]),
        resolved_at=_moment(raw["resolved_at"]),
        last=_happening(raw["last"]),
    )


def _incident(raw: Mapping[str, Any]) -> Incident:
    return Incident(
        id=RunId(raw["id"]),
        group_key=raw["group_key"],
        opened_at=datetime.fromisoformat(raw["opened_at"]),
        reason=raw["reason"],
        opened_by=_person(raw["opened_by"]),
        drill=raw["drill"],
    )


def _step(raw: Mapping[str, Any]) -> StepRun:
    ticks = (
        Tick(tick["item"], PersonId(tick["person"]), datetime.fromisoformat(tick["at"]))
        for tick in raw["ticks"]
    )
    return StepRun(raw["step"], raw["attempt"], StepState(raw["state"]), tuple(ticks))


def _happening(raw: Mapping[str, Any] | None) -> Happening | None:
    if raw is None:
        return None
    return Happening(What(raw["what"]), datetime.fromisoformat(raw["at"]), _person(raw["by"]))


def _person(raw: str | None) -> PersonId | None:
    return None if raw is None else PersonId(raw)


def _moment(raw: str | None) -> datetime | None:
    return None if raw is None else datetime.fromisoformat(raw)
