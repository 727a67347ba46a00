"""The last hour as a picture: one row of bars for each thing that many write about.

Drawn by Pillow, the extra `picture`: looked up when there is something to draw, never at the start.
"""

import importlib
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

from bot.chat.drawn import Bars, Picture

_WIDTH, _ROW, _EDGE, _TITLE, _SCALE = 720, 210, 28, 26, 22
_GAP = 0.16
_INK, _SOFT, _LINE, _BAR, _LAST = "#1d2a33", "#5c6b75", "#dde3e6", "#93a4af", "#17706a"
_NEWEST = 2
"""So many bars at the end stand out: they are what is happening now."""


def png(picture: Picture) -> bytes | None:
    """The file; None where Pillow is not installed. Takes a few milliseconds, the first time more."""
    kit = _kit()
    if kit is None:
        return None
    height = _ROW * len(picture.rows) + _SCALE + _EDGE
    image = kit.image.new("RGB", (_WIDTH, height), "white")
    pen = kit.draw.Draw(image)
    for number, row in enumerate(picture.rows):
        _draw_row(pen, kit, row, number * _ROW)
    floor, small = height - _EDGE, kit.font.load_default(_SCALE)
    pen.text((_EDGE, floor), picture.begins, _SOFT, font=small, anchor="lm")
    if any(row.usual for row in picture.rows):
        pen.text((_WIDTH / 2, floor), picture.usual, _SOFT, font=small, anchor="mm")
    pen.text((_WIDTH - _EDGE, floor), picture.ends, _SOFT, font=small, anchor="rm")
    out = BytesIO()
    image.quantize(64, dither=kit.image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _Kit:
    image: Any
    draw: Any
    font: Any


@cache
def _kit() -> _Kit | None:
    try:
        return _Kit(*(importlib.import_module(f"PIL.{name}") for name in ("Image", "ImageDraw", "ImageFont")))
    except ImportError:
        return None


def _draw_row(pen: Any, kit: _Kit, row: Bars, top: int) -> None:
    """The title, the bars, the highest of them with its number, and what is usual as a line."""
    floor, ceiling = top + _ROW - 8, top + 88
    pen.text((_EDGE, top + 34), row.title, _INK, font=kit.font.load_default(_TITLE), anchor="lm")
    most = max(row.counts, default=0)
    highest = max(1, row.usual, most)
    slot = (_WIDTH - 2 * _EDGE) / max(len(row.counts), 1)

    def y(count: float) -> float:
        return floor - count / highest * (floor - ceiling)

    for number, count in enumerate(row.counts):
        left = _EDGE + slot * (number + _GAP / 2)
        colour = _LAST if number >= len(row.counts) - _NEWEST else _BAR
        if count:
            pen.rectangle((left, y(count), left + slot * (1 - _GAP), floor), fill=colour)
    pen.line((_EDGE, floor, _WIDTH - _EDGE, floor), fill=_LINE, width=2)
    if row.usual:
        for dash in range(_EDGE, _WIDTH - _EDGE, 16):
            pen.line((dash, y(row.usual), dash + 8, y(row.usual)), fill=_SOFT, width=2)
    if most:
        peak = row.counts.index(most)
        middle = _EDGE + slot * (peak + 0.5)
        pen.text(
            (middle, ceiling - 4),
            str(most),
            _INK,
            font=kit.font.load_default(_SCALE),
            anchor="mb",
        )
