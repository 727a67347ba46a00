"""Writes playbooks/holidays.yaml from the `holidays` package (a development dependency).

    python docs/libur.py 2026 2027

Run it when the yearly decree (SKB) is out and a release of the package knows it; read the difference before
committing. The bot itself never imports the package: it reads the file.
"""

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import holidays
from holidays.calendars.islamic import _IslamicMabimsLunar
from holidays.constants import GOVERNMENT, PUBLIC

FILE = Path(__file__).parents[1] / "playbooks/holidays.yaml"
HEAD = """\
# yaml-language-server: $schema=../docs/schema/holidays.v1.json
# Libur nasional, cuti bersama, dan Ramadan menurut SKB tiga menteri. Ditulis oleh docs/libur.py; jangan
# disunting di sini. Koreksi (SKB perubahan, hari tetap masuk, libur daerah) ditulis di bagian holidays pada
# config.yaml; baris di sana mengalahkan baris di sini. Idul Fitri, Idul Adha, Ramadan: lihat sidang isbat.
holidays: v1
entries:
"""


def text(years: list[int]) -> str:
    """The whole file."""
    return HEAD + "".join(f"  {line}\n" for year in years for line in lines(year))


def lines(year: int) -> Iterator[str]:
    """The lines of one year by date; the parts of a heading first."""
    yield f"# ---- {year} " + "-" * 90
    first, last = ramadan(year)
    yield f"- {{date: {first}, until: {last}, name: Ramadan, kind: ramadan}}"
    joint = dict(holidays.Indonesia(years=year, language="id", categories=(GOVERNMENT,)))
    public = dict(holidays.Indonesia(years=year, language="id", categories=(PUBLIC,)))
    for day in sorted({**joint, **public}):
        kind = "" if day in public else ", kind: cuti-bersama"
        name = public.get(day, joint.get(day, "")).removesuffix(" (perkiraan)")
        yield f"- {{date: {day}, name: {name}{kind}}}"


def ramadan(year: int) -> tuple[date, date]:
    """From the first of Ramadan to the day before Idul Fitri, as the four MABIMS countries count."""
    lunar = _IslamicMabimsLunar()
    first = next(day for day, _ in lunar.ramadan_beginning_dates(year) if day.year == year)
    feast = next(day for day, _ in lunar.eid_al_fitr_dates(year) if day > first)
    return first, feast - timedelta(days=1)


if __name__ == "__main__":
    FILE.write_text(text([int(year) for year in sys.argv[1:]]), encoding="utf-8")
