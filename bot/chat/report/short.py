"""A paper in a few lines, for a terminal: what it is, its sentences and its figures."""

from collections.abc import Iterator

from bot.chat.report.paper import Figures, Heading, Paper, Para, Table

_LONG = Figures
"""A paper with large figures goes on for pages: of that one, only what stands before its second heading."""


def in_short(paper: Paper) -> Iterator[str]:
    """Line by line."""
    yield f"{paper.kind}: {paper.title}" + (f" ({paper.mark})" if paper.mark else "")
    is_long = any(isinstance(block, _LONG) for block in paper.blocks)
    headings = 0
    for block in paper.blocks:
        match block:
            case Heading(text):
                headings += 1
                if is_long and headings > 1:
                    return
                if not is_long:
                    yield text
            case Para(text, soft=False):
                yield text
            case Figures(rows):
                yield from (
                    f"  {row.label}: {row.value}{f' ({row.note})' if row.note else ''}" for row in rows
                )
            case Table(_, rows):
                yield from ("  " + " · ".join(cell.text for cell in row) for row in rows)
            case _:
                continue
