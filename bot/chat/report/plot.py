"""Where things stand in the plot: one geometry, drawn as SVG and in the PDF. y grows downwards."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.report.paper import Chart
from bot.chat.words import times

LEFT, RIGHT, TOP, BOTTOM = 34.0, 10.0, 26.0, 22.0
_LETTER = 6.5
"""How wide a digit of the scale is at most."""
_GAP = 0.18
_CLOSE = 17.0
"""Numbers of moments nearer than this stand above each other."""
_DAY = timedelta(days=1)
_TICKS = tuple(timedelta(minutes=m) for m in (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440))


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    late: bool
    """It begins after the turn."""


@dataclass(frozen=True, slots=True)
class Label:
    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Pin:
    """A numbered moment: a line through the plot with its number on top."""

    x: float
    y: float
    number: int


@dataclass(frozen=True, slots=True)
class Plot:
    width: float
    height: float
    floor: float
    bars: tuple[Bar, ...]
    levels: tuple[Label, ...]
    hours: tuple[Label, ...]
    pins: tuple[Pin, ...]


def lay_out(chart: Chart, width: float, height: float) -> Plot:
    """The plot in a box of this size."""
    series = chart.series
    highest = nice_top(max(series.counts, default=0))
    floor, right = height - BOTTOM, width - RIGHT
    whole = (series.end - series.start).total_seconds()

    def x(at: datetime) -> float:
        share = (at - series.start).total_seconds() / whole
        return LEFT + min(max(share, 0.0), 1.0) * (right - LEFT)

    def y(count: float) -> float:
        return floor - count / highest * (floor - TOP)

    slot = (right - LEFT) / len(series.counts)
    bars = tuple(
        Bar(
            LEFT + slot * (number + _GAP / 2),
            y(count),
            slot * (1 - _GAP),
            floor - y(count),
            chart.turn is not None and series.start + series.step * number >= chart.turn,
        )
        for number, count in enumerate(series.counts)
        if count
    )
    levels = tuple(Label(LEFT - 6, y(level), str(level)) for level in sorted({0, highest // 2, highest}))
    hours = tuple(
        Label(_inside(x(at), text, width), height - 6, text)
        for at, text in _hours(chart, max(2, int(width / 90)))
    )
    return Plot(width, height, floor, bars, levels, hours, _pins(chart, x))


def _pins(chart: Chart, x: Callable[[datetime], float]) -> tuple[Pin, ...]:
    pins: list[Pin] = []
    for number, mark in enumerate(chart.marks, start=1):
        at = x(mark.at)
        row = sum(abs(pin.x - at) < _CLOSE for pin in pins)
        pins.append(Pin(at, TOP - 14 + row * 17, number))
    return tuple(pins)


def nice_top(highest: int) -> int:
    """The end of the scale: even, so that its half is a whole number, and round."""
    if highest <= 2:
        return 2
    size = 2
    while size * 10 < highest:
        size *= 10
    return next(size * parts for parts in range(1, 11) if size * parts >= highest)


def _inside(x: float, text: str, width: float) -> float:
    """The middle of a label that is not cut off at either edge."""
    half = len(text) * _LETTER / 2
    return min(max(x, half), width - half)


def _hours(chart: Chart, most: int) -> list[tuple[datetime, str]]:
    """Round moments on the office's clock; at midnight, the day."""
    series, zone = chart.series, chart.zone
    length = series.end - series.start
    step = next((s for s in _TICKS if length <= s * most), None) or -(-length // (_DAY * most)) * _DAY
    local = series.start.astimezone(zone.tz)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    first = midnight + -(-(local - midnight) // step) * step
    every = (first + step * number for number in range(most + 2))
    shown = [at for at in every if at <= series.end]
    return [
        (at, times.short_day(at, zone) if at.hour == at.minute == 0 else times.short(at, zone))
        for at in shown
    ]
