"""The rota of config.yaml: shifts, people who take turns, layers."""

from datetime import datetime, time, timedelta
from typing import Annotated, Self

from pydantic import Field, model_validator

from bot.domain.calendar import Weekday
from bot.domain.people import PersonId, Zone
from bot.domain.rota import Cycle, Layer, Rotation, Shift
from bot.files.fields import DAY_NAMES, ClockTime, Days, Duration, LocalTime, Whole, ZoneName, refuse
from bot.files.references import PersonRef
from bot.files.section import Section

DAY = 24 * 60
WEEK = 7 * DAY
_SHORTEST = timedelta(hours=1)
_EXAMPLE = "Contoh: days: sen-jum, from: 07:00, to: 19:00"


class ShiftRow(Section):
    days: Days | None = Field(
        default=None,
        description="Hari mulainya giliran: `sen-jum`, `sab,min`. Tanpa `days`, `from`, dan `to`, "
        "giliran `rotate` sambung-menyambung sepanjang waktu.",
    )
    start: ClockTime | None = Field(default=None, alias="from", description="Jam mulai, `HH:MM`.")
    end: ClockTime | None = Field(
        default=None,
        alias="to",
        description="Jam selesai; bila tidak lebih besar dari jam mulai, selesainya besok.",
    )
    people: tuple[PersonRef, ...] = Field(
        min_length=1,
        description="Yang bertugas; yang pertama dipanggil lebih dulu. Dengan `rotate`: bergantian.",
    )
    rotate: Duration | None = Field(
        default=None,
        description="Lama satu putaran sebelum berganti orang: `12h`, `1d` (harian), `4d`, `7d` (mingguan).",
    )
    since: LocalTime | None = Field(
        default=None,
        description="Kapan orang pertama mulai, `2027-01-04 07:00`; dari sana putaran dihitung.",
    )
    layer: Annotated[Whole, Field(ge=1, le=9)] = Field(
        default=1,
        description="Lapis: yang lebih tinggi menggantikan lapis di bawahnya selama ada orangnya.",
    )

    @model_validator(mode="after")
    def _is_a_shift(self) -> Self:
        hours = (self.days, self.start, self.end)
        if any(one is None for one in hours) and (self.rotate is None or any(hours)):
            missing = [name for name, one in zip(("days", "from", "to"), hours, strict=True) if one is None]
            raise refuse(
                f"Giliran ini belum punya {', '.join(missing)}.",
                "Contoh: days: sen-jum, from: 07:00, to: 19:00",
            )
        if self.rotate is not None and self.since is None:
            raise refuse("Giliran bergilir perlu since.", "Contoh: since: 2027-01-04 07:00", ("rotate",))
        if self.since is not None and self.rotate is None:
            raise refuse("since hanya berlaku bersama rotate.", "Contoh: rotate: 7d", ("since",))
        if self.rotate is not None and self.rotate < _SHORTEST:
            raise refuse("Satu putaran paling pendek 1h.", at=("rotate",))
        return self

    def spans(self) -> list[tuple[int, int]]:
        """Minutes of the week that this shift covers; see week_minutes. Without hours: all of them."""
        if self.days is None or self.start is None or self.end is None:
            return [(0, WEEK)]
        return week_minutes(self.days, self.start, self.end)

    def part(self, zone: Zone) -> Shift | Cycle:
        """The line in the words of the domain."""
        people = tuple(map(PersonId, self.people))
        cycle = None
        if self.rotate is not None and self.since is not None:
            begin = self.since.replace(tzinfo=zone.tz)
            cycle = Cycle(begin, self.rotate, tuple((person,) for person in people))
        if self.days is None or self.start is None or self.end is None:
            assert cycle is not None  # noqa: S101 - the validator above lets nothing else through
            return cycle
        return Shift(self.days, self.start, self.end, people if cycle is None else (), cycle)


def week_minutes(days: frozenset[Weekday], start: time, end: time) -> list[tuple[int, int]]:
    """Minutes from Monday 00:00 that a shift covers, a span per day; the last may run past the week's end."""
    first = start.hour * 60 + start.minute
    length = (end.hour * 60 + end.minute - first) % DAY or DAY
    return [(day * DAY + first, day * DAY + first + length) for day in sorted(days)]


def say_minute(minute: int) -> str:
    """A minute of the week as people say it: Senin 07:30."""
    day, rest = divmod(minute % WEEK, DAY)
    return f"{DAY_NAMES[day]} {rest // 60:02}:{rest % 60:02}"


class RotaRow(Section):
    zone: ZoneName | None = Field(
        default=None, description="Zona waktu jam-jam di bawah; bila kosong, `agency.zone`."
    )
    shifts: tuple[ShiftRow, ...] = Field(min_length=1, description="Giliran, satu per baris.")

    def rotation(self, name: str, zone: Zone) -> Rotation:
        """The rota in the words of the domain; layers by their number."""
        by_layer: dict[int, Layer] = {}
        for row in self.shifts:
            by_layer[row.layer] = (*by_layer.get(row.layer, ()), row.part(self.zone or zone))
        lowest, *above = (by_layer[number] for number in sorted(by_layer))
        return Rotation(name, self.zone or zone, lowest, tuple(above))

    @property
    def begins(self) -> datetime | None:
        """When the latest of its turns begins, in the rota's own clock; before that there may be gaps."""
        return max((row.since for row in self.shifts if row.since is not None), default=None)

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
