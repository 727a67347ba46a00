"""The national holidays, joint leave and Ramadan that come with Tanggap (playbooks/holidays.yaml)."""

from functools import lru_cache
from pathlib import Path

from bot.files.fault import FilesFaulty
from bot.files.known import SHIPPED, Known
from bot.files.references import find
from bot.files.section import validate
from bot.files.sections_calendar import HolidayRow, HolidaysFile
from bot.files.sources import read

FILE = "playbooks/holidays.yaml"


@lru_cache(maxsize=1)
def national_days() -> tuple[HolidayRow, ...]:
    """Every line of it, years in order. Raises FilesFaulty, which would be a fault of the release."""
    root, faults = read(find(SHIPPED, Path(), FILE))
    if root is not None and not faults:
        model, faults = validate(HolidaysFile, root, Known())
        if model is not None:
            return model.entries
    raise FilesFaulty(faults)


def last_year() -> int:
    """The last year of which the shipped calendar knows the decree."""
    return max(row.date.year for row in national_days())
