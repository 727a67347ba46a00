"""A paper as one HTML file that needs nothing else: no script, no font, no picture, no network."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from importlib import resources
from typing import Any

from bot.chat.cleaning import clean
from bot.chat.render import web_address
from bot.chat.report import svg
from bot.chat.report.paper import (
    Cell,
    Chart,
    FactList,
    Facts,
    Figures,
    Heading,
    Paper,
    Para,
    Story,
    Table,
    TickList,
    Words,
)
from bot.chat.words import report as say

_STYLE = resources.files("bot.chat.report") / "laporan.css"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_HASH = 64


def to_html(paper: Paper) -> str:
    """The whole file."""
    style = _STYLE.read_text("utf-8")
    body = "".join(_DRAW[type(block)](block) for block in paper.blocks)
    return (
        '<!doctype html>\n<html lang="id">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_e(f'{paper.kind}: {paper.title}')}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body{_class('drill-run' if paper.mark else '')}>\n<main>\n{_head(paper)}{body}"
        f"<footer>{_e(paper.footer)}</footer>\n</main>\n</body>\n</html>\n"
    )


def _head(paper: Paper) -> str:
    mark = f'<p class="drill"><b>{_e(paper.mark)}</b>{_e(paper.mark_note)}</p>\n' if paper.mark else ""
    return (
        f'{mark}<header>\n<p class="agency">{_e(paper.agency)}</p>\n<p class="kind">{_e(paper.kind)}</p>\n'
        f"<h1>{_e(paper.title)}</h1>\n{_facts(paper.facts)}</header>\n"
    )


def _e(text: str) -> str:
    """The only way in for words: cleaned of what has no place in a file, and escaped."""
    return escape(clean(text))


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""


def _facts(rows: Facts) -> str:
    return f"<dl>{_rows(rows)}</dl>\n"


def _rows(rows: Facts) -> str:
    return "".join(f"<dt>{_e(name)}</dt><dd{_class(_kind(text))}>{_e(text)}</dd>" for name, text in rows)


def _kind(text: str) -> str:
    return "code" if len(text) == _HASH and text.isalnum() else ""


def _heading(block: Heading) -> str:
    return f"<h2>{_e(block.text)}</h2>\n"


def _para(block: Para) -> str:
    return f"<p{_class('loud' if block.loud else 'soft' if block.soft else '')}>{_e(block.text)}</p>\n"


def _figures(block: Figures) -> str:
    rows = "".join(
        f'<div class="figure"><span>{_e(row.label)}</span><b>{_e(row.value)}</b>'
        f"{f'<small>{_e(row.note)}</small>' if row.note else ''}</div>"
        for row in block.rows
    )
    return f'<div class="figures">{rows}</div>\n'


def _chart(block: Chart) -> str:
    pins = "".join(
        f'<span><span class="pin">{number}</span>{_e(mark.label)}</span>'
        for number, mark in enumerate(block.marks, start=1)
    )
    colours = "".join(
        f'<span><i style="background:{colour}"></i>{_e(text)}</span>'
        for colour, text in ((svg.EARLY, block.before), (svg.LATE, block.after))
        if text
    )
    return (
        f'<figure><p class="soft">{_e(block.title)}</p>{svg.draw(block)}'
        f"<figcaption>{pins}{colours}</figcaption></figure>\n"
    )


def _story(block: Story) -> str:
    return f'<ol class="story">{"".join(_story_lines(block))}</ol>\n'


def _story_lines(block: Story) -> Iterable[str]:
    for line in block.lines:
        if line.day:
            yield f'<li class="day">{_e(line.day)}</li>'
        yield (
            f"<li{_class('key' if line.key else '')}><time>{_e(line.clock)}</time><p>{_e(line.text)}</p></li>"
        )


def _words(block: Words) -> str:
    link = f"<dt>{_e(say.LINK)}</dt><dd>{_link(block.link, block.link)}</dd>" if block.link else ""
    facts = "".join(
        f"<dt>{_e(name)}</dt><dd{_class(_kind(text))}>{_e(text)}</dd>" for name, text in block.facts
    )
    return f'<div class="words"><blockquote>{_e(block.text)}</blockquote><dl>{facts}{link}</dl></div>\n'


def _link(text: str, url: str) -> str:
    if not web_address(url):
        return _e(text)
    return f'<a href="{escape(url, quote=True)}" rel="noreferrer">{_e(text)}</a>'


def _fact_list(block: FactList) -> str:
    return _facts(block.rows)


def _ticks(block: TickList) -> str:
    rows = "".join(
        f"<li{_class('done' if row.done else '')}><span>{_e(row.text)}"
        f"{f'<small>{_e(row.note)}</small>' if row.note else ''}</span></li>"
        for row in block.rows
    )
    return f'<h3>{_e(block.title)}</h3>\n<ul class="ticks">{rows}</ul>\n'


def _table(block: Table) -> str:
    widths = "".join(f'<col style="width:{share * 100:g}%">' for share in block.widths)
    head = "".join(f"<th>{_e(name)}</th>" for name in block.head)
    rows = "".join(f"<tr>{''.join(_cells(block, row))}</tr>\n" for row in block.rows)
    return (
        f"<table><colgroup>{widths}</colgroup><thead><tr>{head}</tr></thead><tbody>\n{rows}</tbody></table>\n"
    )


def _cells(block: Table, row: tuple[Cell, ...]) -> Iterator[str]:
    for number, (name, cell) in enumerate(zip(block.head, row, strict=True)):
        yield _cell(name, cell, lead=number < block.lead)


def _cell(name: str, cell: Cell, *, lead: bool) -> str:
    kinds = " ".join(kind for kind, so in (("code", cell.code), ("loud", cell.loud), ("lead", lead)) if so)
    said = _link(cell.text, cell.link) if cell.link else _e(cell.text)
    return f'<td data-head="{escape(name, quote=True)}"{_class(kinds)}>{said}</td>'


_DRAW: Mapping[type, Callable[[Any], str]] = {
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
