"""A run's state as text and back, exactly. The playbook is kept once, by its sha256, not with every run."""

import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any

from bot.domain.playbook import Playbook
from bot.domain.run_types import RunState
from bot.domain.step_run import StepRun

_Read = Callable[[Any], Any]


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_STEPS_KEPT = 4096
_AS_IT_IS = (str, int, types.NoneType)
_Write = Callable[[Any], object]


def to_json(state: RunState) -> str:
    """Everything but the playbook, which stands as its sha256. What is as it began is left out."""
    return _encode({**_fields(state), "playbook_sha": state.playbook.sha256})


def _fields(value: Any) -> dict[str, object]:
    names, defaults, values = _plan(value.__class__)
    return {
        name: _writer(inner.__class__)(inner)
        for name, inner, as_begun in zip(names, values(value), defaults, strict=True)
        if inner is not as_begun and inner != as_begun
    }


def _each(values: tuple[Any, ...]) -> list[object]:
    return [_writer(one.__class__)(one) for one in values]


@cache
def _writer(kind: Any) -> _Write:
    """How a value of this type becomes JSON."""
    if issubclass(kind, _AS_IT_IS):
        return _as_it_is
    if issubclass(kind, tuple):
        return _each
    if issubclass(kind, datetime):
        return datetime.isoformat
    return _step if issubclass(kind, StepRun) else _fields


@lru_cache(maxsize=_STEPS_KEPT)
def _step(run: StepRun) -> dict[str, object]:
    """Most steps are as they were at the last event: a run has twenty, and one of them moves."""
    return _fields(run)


@cache
def _plan(kind: Any) -> tuple[tuple[str, ...], tuple[object, ...], Callable[[Any], tuple[Any, ...]]]:
    """The fields of this type, how each begins, and all their values at one stroke."""
    kept = [field for field in fields(kind) if field.name != "playbook"]
    names = tuple(field.name for field in kept)
    values = attrgetter(*names) if len(names) > 1 else lambda one: (getattr(one, names[0]),)
    return names, tuple(field.default for field in kept), values


def from_json(text: str, playbook: Playbook) -> RunState:
    """The reverse of `to_json`. Raises ValueError when the text belongs to another playbook or is damaged.

    A field that is not there is as it began: it was so, or an older version did not know it.
    """
    try:
        raw = json.loads(text)
        sha = raw.pop("playbook_sha")
        if sha != playbook.sha256:
            raise ValueError(f"the run belongs to playbook {sha}, not {playbook.sha256}")
        state: RunState = _reader(RunState)({**raw, "playbook": playbook})
    except (KeyError, TypeError, AttributeError) as fault:
        raise ValueError(f"not the state of a run: {fault!r}") from fault
    return state


@cache
def _reader(kind: Any) -> _Read:
    """How a value of this type is read, from the type alone: no field can be forgotten."""
    special: dict[Any, _Read] = {Playbook: _as_it_is, datetime: datetime.fromisoformat}
    if kind in special:
        return special[kind]
    if is_dataclass(kind):
        return _fields_reader(kind)
    if typing.get_origin(kind) is tuple:
        return _tuple_reader(typing.get_args(kind))
    if isinstance(kind, types.UnionType):
        return _optional_reader(kind)
    return kind if isinstance(kind, type) and issubclass(kind, StrEnum) else _as_it_is


def _as_it_is(raw: Any) -> Any:
    return raw


def _fields_reader(kind: Any) -> _Read:
    hints = typing.get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}
    needed = {f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING}

    special = {name: reader for name, reader in readers.items() if reader is not _as_it_is}
    named = next(iter(needed)) if len(needed) == 1 and needed.isdisjoint(special) else ""

    @lru_cache(maxsize=_STEPS_KEPT)
    def fresh(name: object) -> Any:
        """One of which nothing is known but its name: a step that has not begun."""
        return kind(**{named: name})

    def read(raw: Mapping[str, Any]) -> Any:
        if len(raw) == 1 and named in raw:
            return fresh(raw[named])
        if not needed <= raw.keys():
            raise KeyError(*sorted(needed - raw.keys()))
        return kind(**{**raw, **{name: special[name](raw[name]) for name in special if name in raw}})

    return read


def _tuple_reader(inner: tuple[Any, ...]) -> _Read:
    if inner[-1] is Ellipsis:
        one = _reader(inner[0])
        return lambda raw: tuple(map(one, raw))
    each = tuple(_reader(kind) for kind in inner)
    return lambda raw: tuple(read(value) for read, value in zip(each, raw, strict=True))


def _optional_reader(kind: types.UnionType) -> _Read:
    one = _reader(next(inner for inner in kind.__args__ if inner is not type(None)))
    return lambda raw: None if raw is None else one(raw)
