"""The line and column of a word inside a text that may go over several lines."""

from dataclasses import replace

from bot.files.fault import Place
from bot.files.nodes import Scalar


def place_in(node: Scalar, offset: int, data: bytes) -> Place:
    """Where character `offset` of a text stands in its file; where the text begins if that cannot be told.

    `data` is the file. A block after | stands there line by line as it reads; folded ones do not.
    """
    if node.lead is not None:
        return replace(node.place, column=node.place.column + node.lead + offset)
    before = node.text[:offset]
    row, column = before.count("\n"), len(before) - before.rfind("\n") - 1
    written = data.decode("utf-8-sig", "replace").split("\n")
    number = node.place.line + row  # the block begins on the line below its |
    if number >= len(written):
        return node.place
    line, wanted = written[number].rstrip("\r"), node.text.split("\n")[row]
    indent = len(line) - len(wanted)
    if not wanted or indent < 0 or line[indent:] != wanted or line[:indent].strip():
        return node.place
    return Place(node.place.file, number + 1, indent + column + 1)
