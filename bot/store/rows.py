"""Between SQLite's values and the domain's: times as UTC seconds, nested values as JSON."""

import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from bot.domain.comment import Verdict, whole


def seconds(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())


def seconds_up(at: datetime) -> int:
    """Rounded up: a timer that fires early would be set again within the same second."""
    return math.ceil(at.timestamp())


def moment(value: int | None) -> datetime | None:
    return None if value is None else datetime.fromtimestamp(value, UTC)


def at(value: int) -> datetime:
    return datetime.fromtimestamp(value, UTC)


_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), default=str).encode


def to_json(value: object) -> str:
    """ASCII only: a lone surrogate from a citizen's phone must not make the row unwritable."""
    return _encode(value)


def from_json(text: str) -> Any:
    return json.loads(text)


def storable(text: str) -> str:
    """SQLite text is UTF-8; lone surrogates become the replacement character (the raw update keeps them)."""
    return whole(text)


@lru_cache(maxsize=8)
def pack_verdict(verdict: Verdict) -> str:
    """Kept for a moment: a new case and its comment have the same."""
    fields = [
        verdict.labels,
        verdict.unsure,
        verdict.scores,
        verdict.reasons,
        verdict.topics,
        verdict.model,
        verdict.error,
        verdict.rules,
    ]
    return to_json(fields)


@lru_cache(maxsize=64)
def unpack_verdict(text: str) -> Verdict:
    """Kept for a moment: of most cases the comment was read as the case is, and a card shows both."""
    labels, unsure, scores, reasons, topics, model, error, *later = json.loads(text)
    rules = later[0] if later else ()  # verdicts of older versions name none
    return Verdict(
        labels=tuple(labels),
        unsure=tuple(unsure),
        scores=tuple((name, float(score)) for name, score in scores),
        reasons=tuple((label, word) for label, word in reasons),
        topics=tuple(topics),
        model=model,
        error=error,
        rules=tuple((label, rule) for label, rule in rules),
    )


def fields_of(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: row[key] for key in row.keys()}  # noqa: SIM118 - sqlite3.Row iterates over values
