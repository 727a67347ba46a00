"""The whole list of a run's evidence as a CSV file that is safe to open in a spreadsheet."""

import csv
from datetime import datetime
from pathlib import Path

from bot.assembly import Services
from bot.chat.words import report as words
from bot.domain.incident import RunId
from bot.services.views_report import Evidence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would run at the beginning of a cell."""
_COLUMNS = ("nomor", "ditulis", "disimpan", "warga", "tempat", "isi", "tautan", "sha256", "cocok")


async def write_evidence(services: Services, run: RunId, path: Path) -> None:
    """Every comment, masked as in the report. Raises OSError."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file, quoting=csv.QUOTE_ALL)
        table.writerow(_COLUMNS)
        async for one in services.after.reports.evidence(run):
            table.writerow([harmless(cell) for cell in _cells(one, services)])


def _cells(one: Evidence, services: Services) -> list[str]:
    def moment(at: datetime) -> str:
        return f"{at.astimezone(services.after.reports.letterhead.zone.tz):%Y-%m-%d %H:%M:%S %z}"

    return [
        str(one.id),
        moment(one.written_at),
        moment(one.kept_at),
        words.HIDDEN if one.hidden else words.writer(one.writer),
        one.platform,
        words.HIDDEN if one.hidden else one.text,
        one.link,
        one.sha256,
        words.HOLDS if one.holds else words.CHANGED,
    ]


def harmless(cell: str) -> str:
    """Nothing that a spreadsheet would take for a formula, also behind blanks and quotes."""
    return f"'{cell}" if cell.startswith(_FORMULA) or cell.lstrip(" '\"").startswith(_FORMULA) else cell
