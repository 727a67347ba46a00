"""The plot as inline SVG. Only numbers and the escaped labels of the geometry get in."""

from collections.abc import Iterator
from html import escape

from bot.chat.report.paper import Chart
from bot.chat.report.plot import Plot, lay_out

INK, SOFT, LINE, EARLY, LATE = "#1d2a33", "#5c6b75", "#dde3e6", "#93a4af", "#17706a"
WIDE, NARROW = (756.0, 230.0), (354.0, 220.0)
_FONT = 'font-family="system-ui, Arial, sans-serif" font-size="12"'


def draw(chart: Chart) -> str:
    """Twice, for a page and for a phone: one that is only scaled down cannot be read."""
    sizes = (("wide", WIDE), ("narrow", NARROW))
    return "".join(_svg(lay_out(chart, *size), chart.title, name) for name, size in sizes)


def _svg(plot: Plot, title: str, name: str) -> str:
    inside = (*_scale(plot), *_bars(plot), *_pins(plot))
    return (
        f'<svg class="{name}" role="img" aria-label="{escape(title, quote=True)}" '
        f'viewBox="0 0 {plot.width:g} {plot.height:g}" {_FONT}>{"".join(inside)}</svg>'
    )


def _scale(plot: Plot) -> Iterator[str]:
    for level in plot.levels:
        yield _line((level.x + 6, level.y), (plot.width, level.y), LINE)
        yield _text(level.x, level.y + 4, level.text, f'text-anchor="end" fill="{SOFT}"')
    for hour in plot.hours:
        yield _text(hour.x, hour.y, hour.text, f'text-anchor="middle" fill="{SOFT}"')


def _bars(plot: Plot) -> Iterator[str]:
    for bar in plot.bars:
        place = f'x="{bar.x:.2f}" y="{bar.y:.2f}" width="{bar.width:.2f}" height="{bar.height:.2f}"'
        yield f'<rect {place} fill="{LATE if bar.late else EARLY}"/>'


def _pins(plot: Plot) -> Iterator[str]:
    for pin in plot.pins:
        yield _line((pin.x, pin.y), (pin.x, plot.floor), INK, ' stroke-dasharray="3 3"')
        yield f'<circle cx="{pin.x:.1f}" cy="{pin.y:.1f}" r="8" fill="{INK}"/>'
        yield _text(pin.x, pin.y + 4, str(pin.number), 'text-anchor="middle" font-weight="600" fill="#fff"')


def _line(start: tuple[float, float], end: tuple[float, float], colour: str, more: str = "") -> str:
    (x1, y1), (x2, y2) = start, end
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"{more}/>'


def _text(x: float, y: float, text: str, how: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {how}>{escape(text)}</text>'
