"""The plot in the PDF: the same geometry as the SVG, with y upwards."""

from typing import Any

from bot.chat.report.paper import Chart
from bot.chat.report.pdf_kit import INK, LINE, SOFT, WIDTH, Kit
from bot.chat.report.plot import Plot, lay_out
from bot.chat.report.svg import EARLY, LATE

_HEIGHT = 158.0
_SMALL = 7.5


def drawing(kit: Kit, chart: Chart) -> Any:
    """As wide as the text."""
    plot = lay_out(chart, WIDTH, _HEIGHT)
    page = kit.shapes.Drawing(WIDTH, _HEIGHT)
    _scale(kit, plot, page)
    for bar in plot.bars:
        color = kit.color(LATE if bar.late else EARLY)
        bottom = _HEIGHT - bar.y - bar.height
        page.add(kit.shapes.Rect(bar.x, bottom, bar.width, bar.height, fillColor=color, strokeColor=None))
    for pin in plot.pins:
        top = _HEIGHT - pin.y
        page.add(
            kit.shapes.Line(
                pin.x, _HEIGHT - plot.floor, pin.x, top, strokeColor=kit.color(INK), strokeDashArray=(3, 3)
            )
        )
        page.add(kit.shapes.Circle(pin.x, top, 7, fillColor=kit.color(INK), strokeColor=None))
        _text(
            kit,
            page,
            (pin.x, top - 2.7),
            str(pin.number),
            fillColor=kit.color("#ffffff"),
            textAnchor="middle",
        )
    return page


def _scale(kit: Kit, plot: Plot, page: Any) -> None:
    for level in plot.levels:
        y = _HEIGHT - level.y
        page.add(kit.shapes.Line(level.x + 6, y, plot.width, y, strokeColor=kit.color(LINE), strokeWidth=0.6))
        _text(kit, page, (level.x, y - 2.7), level.text, textAnchor="end")
    for hour in plot.hours:
        _text(kit, page, (hour.x, _HEIGHT - hour.y), hour.text, textAnchor="middle")


def _text(kit: Kit, page: Any, at: tuple[float, float], text: str, **how: Any) -> None:
    look = {"fontName": "Helvetica", "fontSize": _SMALL, "fillColor": kit.color(SOFT), **how}
    page.add(kit.shapes.String(*at, text, **look))
