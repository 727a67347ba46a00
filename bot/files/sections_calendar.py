"""The calendar of config.yaml: when the office is open, on which days it is not, and when it is otherwise."""

from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from bot.domain.calendar import Season, Week, Weekday
from bot.files.fields import ClockSpan, Day, Days, ShortText, ZoneName, refuse
from bot.files.section import Section

Date = date
_LONGEST = timedelta(days=366)


class DayKind(StrEnum):
    """What a line of the calendar makes of its days."""

    HOLIDAY = "libur"
    JOINT_LEAVE = "cuti-bersama"
    WORKING = "masuk"
    RAMADAN = "ramadan"

    @property
    def off(self) -> bool:
        return self in {DayKind.HOLIDAY, DayKind.JOINT_LEAVE}


class HolidayRow(Section):
    date: Day = Field(description="Tanggal, `2027-08-17`.")
    until: Day | None = Field(default=None, description="Hari terakhir, untuk masa beberapa hari.")
    name: ShortText = Field(description="Nama hari libur.")
    kind: DayKind = Field(
        default=DayKind.HOLIDAY,
        description="`libur`, `cuti-bersama`, `masuk` (tetap masuk kerja, mengalahkan kalender bawaan), "
        "atau `ramadan` (berlaku `working_hours.ramadan`).",
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until is not None and not self.date <= self.until <= self.date + _LONGEST:
            raise refuse("until harus setelah date, paling lama setahun.", at=("until",))
        return self

    @property
    def days(self) -> tuple[Date, ...]:
        """Every day that it speaks of."""
        last = self.until or self.date
        return tuple(self.date + timedelta(days=n) for n in range((last - self.date).days + 1))


class HolidaysFile(Section):
    holidays: Literal["v1"] = Field(description="Versi format berkas ini.")
    entries: tuple[HolidayRow, ...] = Field(description="Hari libur, satu per butir.")


HoursPerDay = dict[Days, ClockSpan]


class SeasonRow(Section):
    name: ShortText = Field(description="Nama masa itu, misalnya Siaga banjir.")
    first: Day = Field(alias="from", description="Hari pertama.")
    last: Day = Field(alias="to", description="Hari terakhir.")
    days: HoursPerDay = Field(description="Jam kerja per hari selama masa itu.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise refuse("Hari terakhir harus setelah hari pertama.", at=("to",))
        return self


class WorkingHoursRow(Section):
    zone: ZoneName | None = Field(default=None, description="Zona waktu kantor; bila kosong, `agency.zone`.")
    days: HoursPerDay = Field(min_length=1, description='Jam kerja per hari: `sen-jum: "07:30-16:00"`.')
    ramadan: HoursPerDay = Field(
        default={},
        description="Jam kerja per hari selama Ramadan; tanggalnya dari kalender (`kind: ramadan`). "
        "Bila kosong, sama seperti biasa.",
    )
    seasons: tuple[SeasonRow, ...] = Field(default=(), description="Masa lain dengan jam kerja berbeda.")


def week(days: Mapping[frozenset[Weekday], tuple[time, time]]) -> Week:
    """Ranges of days spread out, one line per weekday."""
    return {day: span for named, span in days.items() for day in named}


def named_days(rows: Iterable[HolidayRow]) -> dict[date, str]:
    """Every day off by its name. Of two lines about one day the later holds: so a decree corrects another."""
    off: dict[date, str] = {}
    for row in rows:
        for day in row.days if row.kind is not DayKind.RAMADAN else ():
            off.pop(day, None)
            if row.kind.off:
                off[day] = row.name
    return off


_APART = timedelta(days=60)
"""Between two Ramadans lie eleven months; a decree moves one by days."""


def ramadans(rows: Iterable[HolidayRow]) -> tuple[tuple[date, date], ...]:
    """First and last day of each Ramadan; of two lines about one the later holds. A year may have two, as
    2030 has in January and in December.
    """
    found: list[tuple[date, date]] = []
    for row in rows:
        if row.kind is DayKind.RAMADAN:
            found = [one for one in found if abs(one[0] - row.date) > _APART]
            found.append((row.date, row.until or row.date))
    return tuple(sorted(found))


def seasons(row: WorkingHoursRow, rows: Iterable[HolidayRow]) -> tuple[Season, ...]:
    """Every stretch of days with other hours; what the agency wrote itself goes before Ramadan."""
    fasting = [Season(first, last, week(row.ramadan)) for first, last in ramadans(rows) if row.ramadan]
    return (*fasting, *(Season(one.first, one.last, week(one.days)) for one in row.seasons))
