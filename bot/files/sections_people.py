"""Sections of config.yaml about people: who they are, when they are on, when the office is open."""

from datetime import time

from pydantic import Field

from bot.domain.calendar import Weekday
from bot.domain.people import Action, Role
from bot.files.fields import (
    DAY_NAMES,
    ClockSpan,
    ClockTime,
    Day,
    Days,
    ShortText,
    Slug,
    Text,
    ZoneName,
)
from bot.files.references import PersonRef
from bot.files.section import NO_EFFECT_YET, Section


class ContactsRow(Section):
    phone: Text | None = Field(
        default=None, description=f"Nomor telepon, untuk dihubungi bila Telegram mati. {NO_EFFECT_YET}"
    )
    email: Text | None = Field(default=None, description=f"Alamat surel. {NO_EFFECT_YET}")


class PersonRow(Section):
    id: Slug = Field(description="Nama pendek yang dirujuk baris lain, misalnya `ratna`.")
    name: ShortText = Field(description="Nama yang tampil di kartu dan laporan.")
    roles: tuple[Role, ...] = Field(
        min_length=1,
        description="Satu atau lebih peran: admin, koordinator, piket, narahubung, pimpinan, pengelola.",
    )
    zone: ZoneName | None = Field(
        default=None, description="Zona waktu orang ini; bila kosong, ikut `agency.zone`."
    )
    contacts: ContactsRow = Field(
        default=ContactsRow(), description=f"Cara lain menghubungi orang ini. {NO_EFFECT_YET}"
    )


class RoleRow(Section):
    without: tuple[Action, ...] = Field(min_length=1, description="Hak yang dicabut dari peran ini.")


class UnitRow(Section):
    id: Slug = Field(description="Nama pendek unit, dirujuk sebagai `unit:…`.")
    name: ShortText = Field(description="Nama unit yang tampil.")
    people: tuple[PersonRef, ...] = Field(min_length=1, description="Narahubung unit ini.")


class ShiftRow(Section):
    days: Days = Field(description="Hari mulainya giliran: `sen-jum`, `sab,min`.")
    start: ClockTime = Field(alias="from", description="Jam mulai, `HH:MM`.")
    end: ClockTime = Field(
        alias="to", description="Jam selesai; bila tidak lebih besar dari jam mulai, selesainya besok."
    )
    people: tuple[PersonRef, ...] = Field(
        min_length=1, description="Yang bertugas; yang pertama dipanggil lebih dulu."
    )

    def spans(self) -> list[tuple[int, int]]:
        """Minutes of the week that this shift covers; see week_minutes."""
        return week_minutes(self.days, self.start, self.end)


def week_minutes(days: frozenset[Weekday], start: time, end: time) -> list[tuple[int, int]]:
    """Minutes from Monday 00:00 that a shift covers, a span per day; the last may run past the week's end."""
    first = start.hour * 60 + start.minute
    length = (end.hour * 60 + end.minute - first) % DAY or DAY
    return [(day * DAY + first, day * DAY + first + length) for day in sorted(days)]


DAY = 24 * 60
WEEK = 7 * DAY


def say_minute(minute: int) -> str:
    """A minute of the week as people say it: Senin 07:30."""
    day, rest = divmod(minute % WEEK, DAY)
    return f"{DAY_NAMES[day]} {rest // 60:02}:{rest % 60:02}"


class RotaRow(Section):
    zone: ZoneName | None = Field(
        default=None, description="Zona waktu jam-jam di bawah; bila kosong, `agency.zone`."
    )
    shifts: tuple[ShiftRow, ...] = Field(min_length=1, description="Giliran, satu per baris.")

    def empty_spans(self) -> list[tuple[int, int]]:
        """Minutes of the week with nobody on call, joined; the last may run on into the next week."""
        covered = {minute % WEEK for s in self.shifts for a, b in s.spans() for minute in range(a, b)}
        free = [minute for minute in range(WEEK) if minute not in covered]
        spans: list[tuple[int, int]] = []
        for minute in free:
            if spans and spans[-1][1] == minute:
                spans[-1] = (spans[-1][0], minute + 1)
            else:
                spans.append((minute, minute + 1))
        if len(spans) > 1 and spans[0][0] == 0 and spans[-1][1] == WEEK:
            # Sunday night and Monday morning are one stretch to whoever looks for a stand-in.
            spans[-1] = (spans[-1][0], WEEK + spans.pop(0)[1])
        return spans


class WorkingHoursRow(Section):
    zone: ZoneName | None = Field(default=None, description="Zona waktu kantor; bila kosong, `agency.zone`.")
    days: dict[Days, ClockSpan] = Field(
        min_length=1, description='Jam kerja per hari: `sen-jum: "07:30-16:00"`.'
    )


class HolidayRow(Section):
    date: Day = Field(description="Tanggal, `2027-08-17`.")
    name: ShortText = Field(description="Nama hari libur.")
