"""The kinds of values that files hold. Each reads what a person wrote, or says in Indonesian what is wrong.

The field decides the kind: an unquoted 1.10 is a text in a text field and a number in a number field.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from bot.domain.calendar import Weekday
from bot.domain.limit import Length, WorkingDays, WorkingTime
from bot.domain.people import Zone
from bot.files.fault import did_you_mean, quote
from bot.files.nodes import Plain

OWN_ERROR = "tanggap"
"""The pydantic error type of every sentence written here; `explain` passes it on as it is."""

TOLD_ALREADY = "-"
"""The sentence of a fault that another reader of the same file has told better."""


def refuse(
    message: str, hint: str = "", at: tuple[int | str, ...] = (), offset: int = 0
) -> PydanticCustomError:
    """A fault to raise from a validator. `at` leads from the validated value to the faulty part of it;
    `offset` counts the characters of a text before the faulty one.
    """
    given = {"pesan": message, "petunjuk": hint, "di": at, "geser": offset}
    return PydanticCustomError(OWN_ERROR, "{pesan}", given)


def written(raw: object) -> str:
    """The text of a scalar, stripped. Anything else is refused."""
    if raw is None:
        raise refuse("Belum diisi.")
    if not isinstance(raw, str):
        raise refuse("Harus berupa satu nilai, bukan daftar atau kunci di dalamnya.")
    text = str(raw).strip()
    if not text:
        raise refuse("Belum diisi.")
    return text


def _whole(raw: object) -> int:
    text = written(raw)
    if not isinstance(raw, Plain) or not re.fullmatch(r"[-+]?(0|[1-9]\d{0,17})", text):
        raise refuse(f"Harus bilangan bulat tanpa kutip, bukan {quote(text)}.")
    return int(text)


def _number(raw: object) -> float:
    text = written(raw)
    if not isinstance(raw, Plain) or not re.fullmatch(r"[-+]?\d{1,15}(\.\d{1,15})?", text):
        raise refuse(f"Harus angka dengan titik desimal, tanpa kutip, bukan {quote(text)}.", "Contoh: 0.8")
    return float(text)


def _flag(raw: object) -> bool:
    text = written(raw)
    if not isinstance(raw, Plain) or text not in {"true", "false"}:
        raise refuse(f"Tulis true (ya) atau false (tidak) tanpa kutip, bukan {quote(text)}.")
    return text == "true"


_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_LONGEST = timedelta(days=36_500)
_MOST_WORKED = 1000
DURATION = r"^[1-9]\d{0,6}[smhd]$"


def duration(raw: object) -> timedelta:
    """Read `90s`, `10m`, `2h`, `180d`."""
    text = written(raw)
    if not re.fullmatch(DURATION, text):
        raise refuse(
            f"Lama waktu {quote(text)} tidak terbaca.",
            "Tulis seperti 90s (detik), 10m (menit), 2h (jam), 3d (hari).",
        )
    length = timedelta(**{_UNITS[text[-1]]: int(text[:-1])})
    if length > _LONGEST:
        raise refuse("Lama waktu ini melebihi seratus tahun.")
    return length


LIMIT = r"^[1-9]\d{0,6}([smhd]|w[dh])$"


def limit(raw: object) -> Length:
    """Read a duration, or one of which only working time counts: `3wd` (days), `8wh` (office hours)."""
    text = written(raw)
    if not re.fullmatch(LIMIT, text):
        raise refuse(
            f"Batas waktu {quote(text)} tidak terbaca.",
            "Tulis seperti 24h (jam), 3d (hari), 3wd (hari kerja), atau 8wh (jam kerja).",
        )
    if text[-2] != "w":
        return duration(raw)
    count = int(text[:-2])
    if count > _MOST_WORKED:
        raise refuse(f"Paling banyak {_MOST_WORKED} hari atau jam kerja.")
    return WorkingDays(count) if text.endswith("wd") else WorkingTime(timedelta(hours=count))


def reminder(raw: object) -> timedelta | WorkingDays:
    """Read a duration, or working days: then it comes when the office opens."""
    found = limit(raw)
    if isinstance(found, WorkingTime):
        raise refuse("Pengingat tidak bisa dalam jam kerja.", "Contoh: 6h (jam) atau 1wd (hari kerja).")
    return found


CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$"


def clock_time(raw: object) -> time:
    """Read `07:30`; a dot instead of the colon is how many people write it, so it gets its own hint."""
    text = written(raw)
    if not re.fullmatch(CLOCK, text):
        dotted = text.replace(".", ":").zfill(5)
        meant = f"Maksud Anda {quote(dotted)}?" if re.fullmatch(CLOCK, dotted) else "Tulis seperti 07:30."
        raise refuse(f"Jam {quote(text)} tidak terbaca.", meant)
    return time.fromisoformat(text)


def clock_span(raw: object) -> tuple[time, time]:
    """Read `07:30-16:00`. An end of 00:00 is midnight."""
    text = written(raw)
    start, dash, end = (part.strip() for part in text.replace("–", "-").partition("-"))
    if not dash:
        raise refuse(f"Jam kerja {quote(text)} tidak terbaca.", "Tulis seperti 07:30-16:00.")
    span = clock_time(Plain(start)), clock_time(Plain(end))
    if span[1] <= span[0] and span[1] != time(0):
        raise refuse(f"Jam selesai harus setelah jam mulai, bukan {quote(text)}.")
    return span


def night_span(raw: object) -> tuple[time, time]:
    """Read `22:00-05:00`: hours that may run over midnight."""
    text = written(raw)
    start, dash, end = (part.strip() for part in text.replace("–", "-").partition("-"))
    if not dash:
        raise refuse(f"Jam tenang {quote(text)} tidak terbaca.", "Tulis seperti 22:00-05:00.")
    return clock_time(Plain(start)), clock_time(Plain(end))


def local_time(raw: object) -> datetime:
    """Read `2027-01-04 07:00`, a moment on the clock of whatever place the line is about."""
    day, _, clock = written(raw).partition(" ")
    if not clock:
        raise refuse(f"Waktu {quote(day)} tidak terbaca.", "Tulis tanggal dan jam, seperti 2027-01-04 07:00.")
    return datetime.combine(_day(Plain(day)), clock_time(Plain(clock.strip())))


DAYS = {
    "sen": Weekday.MONDAY,
    "sel": Weekday.TUESDAY,
    "rab": Weekday.WEDNESDAY,
    "kam": Weekday.THURSDAY,
    "jum": Weekday.FRIDAY,
    "sab": Weekday.SATURDAY,
    "min": Weekday.SUNDAY,
}


def day_range(raw: object) -> frozenset[Weekday]:
    """Read `sen-jum`, `sab`, `sab,min`, `sab-min`; a range may run over the end of the week."""
    days: set[Weekday] = set()
    for part in written(raw).lower().split(","):
        first, dash, last = (name.strip() for name in part.replace("–", "-").partition("-"))
        start = _weekday(first)
        end = _weekday(last) if dash else start
        days.update(Weekday((start + step) % 7) for step in range((end - start) % 7 + 1))
    return frozenset(days)


def _weekday(text: str) -> Weekday:
    # People also write the whole name; its first three letters are the short one, but for Jum'at and Ahad.
    if text[:3] in DAYS and (len(text) == 3 or text in _FULL_DAYS):
        return DAYS[text[:3]]
    raise refuse(f"Hari {quote(text)} tidak dikenal.", did_you_mean(text, DAYS))


DAY_NAMES = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_FULL_DAYS = frozenset(name.lower() for name in DAY_NAMES)


def _day(raw: object) -> date:
    text = written(raw)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise refuse(f"Tanggal {quote(text)} tidak ada di kalender.") from None
    raise refuse(f"Tanggal {quote(text)} tidak terbaca.", "Tulis tahun-bulan-hari, seperti 2027-08-17.")


def _zone(raw: object) -> Zone:
    text = written(raw)
    if text.upper() not in frozenset(Zone):
        raise refuse(f"Zona waktu {quote(text)} tidak dikenal.", "Pilih WIB, WITA, atau WIT.")
    return Zone(text.upper())


SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def slug(raw: object) -> str:
    """A short name that other lines point at."""
    text = written(raw)
    if not re.fullmatch(SLUG, text) or len(text) > 32:
        example = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:32].strip("-")
        meant = f"Maksud Anda {quote(example)}?" if example else ""
        raise refuse(f"Nama {quote(text)} hanya boleh huruf kecil, angka, dan tanda minus.", meant)
    return text


def one_or_more(raw: object) -> object:
    """Let a single value stand for a list of one."""
    return [raw] if isinstance(raw, str) else raw


def _kind(read: Callable[[Any], object], **schema: Any) -> tuple[BeforeValidator, WithJsonSchema]:
    return BeforeValidator(read), WithJsonSchema(schema)


Text = Annotated[str, BeforeValidator(written)]
ShortText = Annotated[str, BeforeValidator(written), Field(max_length=120)]
Slug = Annotated[str, *_kind(slug, type="string", pattern=SLUG, maxLength=32)]
Whole = Annotated[int, BeforeValidator(_whole)]
Share = Annotated[float, BeforeValidator(_number), Field(ge=0.0, le=1.0)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Duration = Annotated[timedelta, *_kind(duration, type="string", pattern=DURATION)]
Limit = Annotated[Length, *_kind(limit, type="string", pattern=LIMIT)]
Reminder = Annotated[timedelta | WorkingDays, *_kind(reminder, type="string", pattern=LIMIT)]
ClockTime = Annotated[time, *_kind(clock_time, type="string", pattern=CLOCK)]
ClockSpan = Annotated[
    tuple[time, time], *_kind(clock_span, type="string", pattern=r"^\d\d:\d\d\s*-\s*\d\d:\d\d$")
]
_SPAN = r"^\d\d:\d\d\s*-\s*\d\d:\d\d$"
NightSpan = Annotated[tuple[time, time], *_kind(night_span, type="string", pattern=_SPAN)]
LocalTime = Annotated[datetime, *_kind(local_time, type="string", pattern=r"^\d{4}-\d\d-\d\d\s+\d\d:\d\d$")]
Days = Annotated[
    frozenset[Weekday], *_kind(day_range, type="string", pattern="^[a-z]+(-[a-z]+)?(,\\s*[a-z]+(-[a-z]+)?)*$")
]
Day = Annotated[date, *_kind(_day, type="string", format="date")]
ZoneName = Annotated[Zone, *_kind(_zone, type="string", enum=[zone.value for zone in Zone])]
