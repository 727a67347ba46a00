"""The Prometheus text format, as much of it as is needed: gauges and counters with labels."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Metric:
    """`samples`: label sets (sorted pairs; () for none) to values. A metric without samples is left out."""

    name: str
    help: str
    kind: Literal["gauge", "counter"]
    samples: Mapping[tuple[tuple[str, str], ...], float] = field(default_factory=dict)


def one(name: str, help_: str, value: float | None, kind: Literal["gauge", "counter"] = "gauge") -> Metric:
    """A metric without labels; without a sample when the value is not known."""
    return Metric(name, help_, kind, {} if value is None else {(): value})


def per(
    label: str,
    name: str,
    help_: str,
    values: Mapping[str, float],
    kind: Literal["gauge", "counter"] = "gauge",
) -> Metric:
    """A metric with one label."""
    return Metric(name, help_, kind, {((label, key),): value for key, value in values.items()})


def exposition(metrics: Iterable[Metric]) -> str:
    """The page that a scraper reads."""
    lines: list[str] = []
    for metric in metrics:
        if metric.samples:
            lines.append(f"# HELP {metric.name} {_escaped(metric.help)}")
            lines.append(f"# TYPE {metric.name} {metric.kind}")
            lines.extend(
                f"{metric.name}{_labels(labels)} {_number(value)}" for labels, value in metric.samples.items()
            )
    return "".join(line + "\n" for line in lines)


def _labels(pairs: tuple[tuple[str, str], ...]) -> str:
    quoted = ('"', '\\"')
    inside = ",".join(f'{key}="{_escaped(value).replace(*quoted)}"' for key, value in pairs)
    return f"{{{inside}}}" if inside else ""


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _number(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "+Inf" if value > 0 else "-Inf"
    return str(int(value)) if value == int(value) else repr(float(value))
