"""What a PDF is made with: reportlab's parts, loaded when somebody asks for one, and the styles."""

import importlib
import re
from importlib.util import find_spec
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from bot.chat.cleaning import clean
from bot.chat.render import web_address
from bot.chat.words.asked import NO_PDF_HERE

INK, SOFT, LINE, PALE, TEAL = "#1d2a33", "#5c6b75", "#dde3e6", "#f4f6f6", "#17706a"
WARM, WARM_PALE, DRILL, DRILL_PALE = "#9a3b26", "#fbf1ee", "#8a5a00", "#fdf5e3"
UNKNOWN = "\xa4"
"""Stands for what Helvetica has no letter for."""
PAGE_WIDTH, PAGE_HEIGHT, FRAME = 595.3, 841.9, 48.0
MARGIN = FRAME + 6
"""reportlab's frame keeps six points for itself."""
WIDTH = PAGE_WIDTH - 2 * MARGIN
SPLIT_FROM = 60.0
"""A row that is higher than a page goes on on the next one; no less of it than this stands on either."""
_EMPTY_LINES = re.compile(r"\n(?:[^\S\n]*\n){2,}")
_SANS, _BOLD, _CODE = "Helvetica", "Helvetica-Bold", "Courier"


class NoPdf(Exception):
    """The extra is not installed; the message says what to do (Indonesian)."""


class Kit:
    """Raises NoPdf without reportlab. `lost`: a letter had to be left out."""

    def __init__(self) -> None:
        try:
            self.flow: Any = importlib.import_module("reportlab.platypus")
            self.styles: Any = importlib.import_module("reportlab.lib.styles")
            self.colors: Any = importlib.import_module("reportlab.lib.colors")
            self.shapes: Any = importlib.import_module("reportlab.graphics.shapes")
        except ImportError as error:
            raise NoPdf(NO_PDF_HERE) from error
        self.lost = False
        self._known: dict[str, Any] = {}

    def color(self, name: str) -> Any:
        return self.colors.HexColor(name)

    def style(self, size: float = 9.5, *, bold: bool = False, color: str = INK, **more: Any) -> Any:
        """One style per look."""
        key = f"{size} {bold} {color} {sorted(more.items())}"
        if key not in self._known:
            font = _CODE if more.pop("code", False) else _BOLD if bold else _SANS
            self._known[key] = self.styles.ParagraphStyle(
                key,
                fontName=font,
                fontSize=size,
                leading=more.pop("leading", size * 1.42),
                textColor=self.color(color),
                splitLongWords=True,
                **more,
            )
        return self._known[key]

    def letters(self, words: str) -> str:
        """Words cleaned, and in the letters of the font."""
        out: list[str] = []
        for char in clean(words):
            if char == "\n" or char.encode("cp1252", "ignore"):
                out.append(char)
            elif not out or out[-1] != UNKNOWN:
                out.append(UNKNOWN)
                self.lost = True
        return "".join(out)

    def text(self, words: str) -> str:
        """Words as reportlab's paragraphs read them: escaped, lines kept."""
        return escape(_EMPTY_LINES.sub("\n\n", self.letters(words))).replace("\n", "<br/>")

    def para(self, words: str, style: Any, link: str = "") -> Any:
        said = self.text(words)
        if link and web_address(link):
            said = f"<link href={quoteattr(link)} color={quoteattr(TEAL)}>{said}</link>"
        return self.flow.Paragraph(said, style)


def available() -> bool:
    """Whether the extra is installed."""
    return find_spec("reportlab") is not None
