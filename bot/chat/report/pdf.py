"""A paper as PDF: the same blocks as the HTML, on A4.

Helvetica and Courier are in every reader and have the letters of Indonesian. What they do not have (emoji,
other scripts) is drawn as one sign, and a line at the end says so; the HTML has the text whole.
"""

from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Any

from bot.chat.report.paper import (
    Block,
    Cell,
    Chart,
    FactList,
    Facts,
    Figures,
    Heading,
    Paper,
    Para,
    Story,
    StoryLine,
    Table,
    TickList,
    Words,
)
from bot.chat.report.pdf_chart import drawing
from bot.chat.report.pdf_kit import (
    DRILL,
    DRILL_PALE,
    FRAME,
    INK,
    LINE,
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PALE,
    SOFT,
    SPLIT_FROM,
    TEAL,
    UNKNOWN,
    WARM,
    WARM_PALE,
    WIDTH,
    Kit,
)
from bot.chat.report.svg import EARLY, LATE
from bot.chat.words import report as say

_HASH = 64
_AFTER_HEADING = 130
"""Points that a heading needs below it: itself and the first lines of what it is about."""
_NAMES, _LONG_NAME = 118.0, 40
"""The column of what a fact is called; wider where a name is a sentence."""


def to_pdf(paper: Paper) -> bytes:
    """The whole file. Takes a while for hundreds of rows. Raises NoPdf."""
    kit = Kit()
    out = BytesIO()
    document = kit.flow.SimpleDocTemplate(
        out,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        leftMargin=FRAME,
        rightMargin=FRAME,
        topMargin=50,
        bottomMargin=52,
        title=kit.letters(f"{paper.kind}: {paper.title}"),
        author=kit.letters(paper.agency),
        lang="id",
        invariant=1,
    )
    content = [*_head(kit, paper)]
    for block in paper.blocks:
        content += _DRAW[type(block)](kit, block)
    if kit.lost:
        content.append(kit.para(say.PDF_LETTERS.format(sign=UNKNOWN), _soft(kit)))

    def furnish(canvas: Any, _document: Any) -> None:
        _furnish(kit, canvas, paper)

    document.build(content, onFirstPage=furnish, onLaterPages=furnish)
    return out.getvalue()


def _furnish(kit: Kit, canvas: Any, paper: Paper) -> None:
    """What stands on every page: whose it is, which page, and across an exercise that it is one."""
    canvas.saveState()
    if paper.mark:
        canvas.setFillColor(kit.color(DRILL), alpha=0.1)
        canvas.setFont("Helvetica-Bold", 96)
        canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
        canvas.rotate(38)
        canvas.drawCentredString(0, -30, kit.letters(paper.mark))
        canvas.restoreState()
        canvas.saveState()
    canvas.setFont("Helvetica", 8)
    canvas.setFillColor(kit.color(SOFT))
    canvas.drawString(MARGIN, 30, kit.letters(paper.footer))
    canvas.drawRightString(PAGE_WIDTH - MARGIN, 30, say.PAGE.format(number=canvas.getPageNumber()))
    canvas.restoreState()


def _head(kit: Kit, paper: Paper) -> Iterator[Any]:
    if paper.mark:
        rows = [
            [kit.para(paper.mark, kit.style(26, bold=True, color=DRILL, alignment=1))],
            [kit.para(paper.mark_note, kit.style(9.5, color=DRILL, alignment=1))],
        ]
        yield _boxed(kit, rows, [WIDTH], DRILL_PALE, ("BOX", (0, 0), (-1, -1), 1.2, kit.color(DRILL)))
        yield kit.flow.Spacer(0, 12)
    yield kit.para(paper.agency, kit.style(9, color=SOFT, spaceAfter=8))
    yield kit.para(paper.kind, kit.style(10.5, bold=True, color=TEAL))
    yield kit.para(paper.title, kit.style(20, bold=True, leading=24, spaceAfter=6))
    yield from _facts(kit, paper.facts)
    yield kit.flow.HRFlowable(width="100%", thickness=2, color=kit.color(TEAL), spaceBefore=8, spaceAfter=2)


def _boxed(kit: Kit, rows: list[list[Any]], widths: list[float], back: str, *more: Any) -> Any:
    """Rows on a coloured ground."""
    look = (
        ("BACKGROUND", (0, 0), (-1, -1), kit.color(back)),
        ("LEFTPADDING", (0, 0), (-1, -1), 10),
        ("RIGHTPADDING", (0, 0), (-1, -1), 10),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    )
    return kit.flow.Table(rows, colWidths=widths, style=[*look, *more], splitInRow=SPLIT_FROM)


def _soft(kit: Kit) -> Any:
    return kit.style(8.5, color=SOFT, spaceAfter=4)


def _facts(kit: Kit, rows: Facts) -> list[Any]:
    if not rows:
        return []
    names, values = kit.style(8.8, color=SOFT), kit.style(8.8)
    hashes = kit.style(7.4, color=SOFT, code=True)
    table = [
        [kit.para(name, names), kit.para(text, hashes if len(text) == _HASH else values)]
        for name, text in rows
    ]
    first = WIDTH * 0.6 if any(len(name) > _LONG_NAME for name, _ in rows) else _NAMES
    return [_plain(kit, table, [first, WIDTH - first])]


def _plain(kit: Kit, rows: list[list[Any]], widths: list[float], *more: Any) -> Any:
    look = (
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 8),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    )
    return kit.flow.Table(rows, colWidths=widths, style=[*look, *more], hAlign="LEFT", splitInRow=SPLIT_FROM)


def _heading(kit: Kit, block: Heading) -> list[Any]:
    said = kit.para(block.text, kit.style(13, bold=True, spaceBefore=16, spaceAfter=5, keepWithNext=1))
    return [kit.flow.CondPageBreak(_AFTER_HEADING), said]


def _para(kit: Kit, block: Para) -> list[Any]:
    if block.loud:
        side = ("LINEBEFORE", (0, 0), (0, -1), 3, kit.color(WARM))
        said = kit.para(block.text, kit.style(9.5, color="#6b2819"))
        return [_boxed(kit, [[said]], [WIDTH], WARM_PALE, side), kit.flow.Spacer(0, 4)]
    return [kit.para(block.text, _soft(kit) if block.soft else kit.style(9.8, spaceAfter=3))]


def _figures(kit: Kit, block: Figures) -> list[Any]:
    count = len(block.rows)
    small = kit.style(7.8, color=SOFT)
    rows = [
        [kit.para(row.label, small) for row in block.rows],
        [kit.para(row.value, kit.style(12.5, bold=True)) for row in block.rows],
        [kit.para(row.note, small) for row in block.rows],
    ]
    gaps = [("LINEAFTER", (n, 0), (n, -1), 6, kit.color("#ffffff")) for n in range(count - 1)]
    return [kit.flow.Spacer(0, 6), _boxed(kit, rows, [WIDTH / count] * count, PALE, *gaps)]


def _chart(kit: Kit, block: Chart) -> list[Any]:
    named = [f"{number}  {mark.label}" for number, mark in enumerate(block.marks, start=1)]
    colours = [
        f'<font color="{colour}">■</font> {kit.text(text)}'
        for colour, text in ((EARLY, block.before), (LATE, block.after))
        if text
    ]
    whole = [one.replace(" ", "&nbsp;") for one in (kit.text(one) for one in named)]
    legend = "&nbsp;&nbsp;&nbsp; ".join([*whole, *colours])
    legend = legend.replace("■", '<font face="ZapfDingbats">n</font>')
    inside = [
        kit.para(block.title, _soft(kit)),
        drawing(kit, block),
        kit.flow.Paragraph(legend, _soft(kit)),
    ]
    return [kit.flow.KeepTogether(inside)]


def _story(kit: Kit, block: Story) -> list[Any]:
    rows: list[list[Any]] = []
    look: list[Any] = [
        ("LINEBEFORE", (1, 0), (1, -1), 1.2, kit.color(LINE)),
        ("LEFTPADDING", (1, 0), (1, -1), 9),
    ]
    for line in block.lines:
        if line.day:
            at = len(rows)
            look += [("SPAN", (0, at), (1, at)), ("LINEBEFORE", (1, at), (1, at), 1.4, kit.color("#ffffff"))]
            rows.append([kit.para(line.day, kit.style(9, bold=True, color=TEAL, spaceBefore=3)), ""])
        rows.append(_story_line(kit, line))
    return [_plain(kit, rows, [38, WIDTH - 38], *look)] if rows else []


def _story_line(kit: Kit, line: StoryLine) -> list[Any]:
    return [kit.para(line.clock, kit.style(9, color=SOFT)), kit.para(line.text, kit.style(9, bold=line.key))]


def _words(kit: Kit, block: Words) -> list[Any]:
    side = ("LINEBEFORE", (0, 0), (0, -1), 3, kit.color(TEAL))
    said = _boxed(kit, [[kit.para(block.text, kit.style(9.5))]], [WIDTH], PALE, side)
    facts = (*block.facts, (say.LINK, block.link)) if block.link else block.facts
    return [kit.flow.Spacer(0, 4), said, *_facts(kit, facts), kit.flow.Spacer(0, 6)]


def _fact_list(kit: Kit, block: FactList) -> list[Any]:
    return _facts(kit, block.rows)


def _ticks(kit: Kit, block: TickList) -> list[Any]:
    rows: list[list[Any]] = []
    for row in block.rows:
        box = kit.shapes.Drawing(9, 9)
        fill = kit.color(TEAL if row.done else "#ffffff")
        box.add(kit.shapes.Rect(0.6, -1, 8, 8, strokeWidth=0.9, strokeColor=kit.color(EARLY), fillColor=fill))
        text = kit.text(row.text)
        note = f'<br/><font color="{SOFT}" size="8">{kit.text(row.note)}</font>' if row.note else ""
        rows.append([box, kit.flow.Paragraph(text + note, kit.style(9))])
    title = kit.para(block.title, kit.style(9.8, bold=True, spaceBefore=7, spaceAfter=2, keepWithNext=1))
    return [title, _plain(kit, rows, [18, WIDTH - 18])]


def _table(kit: Kit, block: Table) -> list[Any]:
    head = [kit.para(name, kit.style(8.5, bold=True)) for name in block.head]
    rows = [[_cell(kit, cell) for cell in row] for row in block.rows]
    look = (
        ("LINEBELOW", (0, 0), (-1, 0), 1, kit.color(INK)),
        ("LINEBELOW", (0, 1), (-1, -1), 0.5, kit.color(LINE)),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    )
    table = _plain(kit, [head, *rows], [share * WIDTH for share in block.widths], *look)
    table.repeatRows = 1
    return [table, kit.flow.Spacer(0, 4)]


def _cell(kit: Kit, cell: Cell) -> Any:
    color = WARM if cell.loud else SOFT if cell.code else INK
    style = kit.style(6.6, color=color, code=True) if cell.code else kit.style(8.3, color=color)
    return kit.para(cell.text, style, cell.link)


_DRAW: Mapping[type[Block], Callable[[Kit, Any], list[Any]]] = {
    Heading: _heading,
    Para: _para,
    Figures: _figures,
    Chart: _chart,
    Story: _story,
    Words: _words,
    FactList: _fact_list,
    TickList: _ticks,
    Table: _table,
}
