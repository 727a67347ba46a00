"""Moments and spans as Indonesians read them: 09.12 WIB, kemarin, 3 menit."""

from datetime import date as datetime_date
from datetime import datetime, timedelta

from bot.domain.people import Zone

_DAYS = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
_LONG_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_LONG_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def clock(at: datetime, zone: Zone) -> str:
    """09.12 WIB."""
    return f"{at.astimezone(zone.tz):%H.%M} {zone}"


def short(at: datetime, zone: Zone) -> str:
    """09.12, where the zone is known already."""
    return f"{at.astimezone(zone.tz):%H.%M}"


def clock_exact(at: datetime, zone: Zone) -> str:
    """09.12.30 WIB, for pauses shorter than a minute."""
    return f"{at.astimezone(zone.tz):%H.%M.%S} {zone}"


def moment(at: datetime, now: datetime, zone: Zone) -> str:
    """The clock, with the day when it is another one: "kemarin 09.12 WIB", "Sen 23 Nov 09.12 WIB"."""
    there = at.astimezone(zone.tz)
    day, today = there.date(), now.astimezone(zone.tz).date()
    near = {0: "", 1: "besok ", -1: "kemarin "}.get((day - today).days)
    if near is None:
        year = "" if day.year == today.year else f" {day.year}"
        near = f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}{year} "
    return f"{near}{there:%H.%M} {zone}"


def day_name(weekday: int) -> str:
    """Senin for 0."""
    return _LONG_DAYS[weekday]


def span(length: timedelta) -> str:
    """How long, in at most two units: "3 menit", "2 jam 5 menit", "1 hari 4 jam"."""
    seconds = int(max(length, timedelta(0)).total_seconds())
    if seconds < _MINUTE:
        return "kurang dari semenit"
    days, rest = divmod(seconds, _DAY)
    hours, rest = divmod(rest, _HOUR)
    minutes = rest // _MINUTE
    parts = [(days, "hari"), (hours, "jam"), (minutes, "menit")]
    while parts[0][0] == 0:
        parts.pop(0)
    return " ".join(f"{count} {unit}" for count, unit in parts[:2] if count)


def minutes(count: int) -> str:
    """A span given in minutes, for buttons: "30 menit", "3 jam", "1 hari"."""
    return span(timedelta(minutes=count))


def day(at: datetime, zone: Zone) -> str:
    """Senin, 23 November 2026: for papers, which are read later and elsewhere."""
    there = at.astimezone(zone.tz)
    return f"{_LONG_DAYS[there.weekday()]}, {date(at, zone)}"


def date(at: datetime, zone: Zone) -> str:
    """23 November 2026."""
    there = at.astimezone(zone.tz)
    return f"{there.day} {_LONG_MONTHS[there.month - 1]} {there.year}"


def since(at: datetime, now: datetime, zone: Zone) -> str:
    """Agustus, Agustus 2025, and within this month the day: 3 Nov."""
    then, today = at.astimezone(zone.tz), now.astimezone(zone.tz)
    if (then.year, then.month) == (today.year, today.month):
        return short_day(at, zone)
    return _LONG_MONTHS[then.month - 1] + ("" if then.year == today.year else f" {then.year}")


def last_day(until: datetime, zone: Zone) -> str:
    """The last day of what ends before this moment: of a month, not the first of the next."""
    return date(until - timedelta(seconds=1), zone)


def full(at: datetime, zone: Zone) -> str:
    """Senin, 23 November 2026 pukul 21.30 WIB."""
    return f"{day(at, zone)} pukul {clock(at, zone)}"


def short_day(at: datetime, zone: Zone) -> str:
    """23 Nov."""
    there = at.astimezone(zone.tz)
    return f"{there.day} {_MONTHS[there.month - 1]}"


def day_of(at: datetime, now: datetime, zone: Zone) -> str:
    """23 Nov, and with the year where that is another one."""
    year = at.astimezone(zone.tz).year
    return short_day(at, zone) + ("" if year == now.astimezone(zone.tz).year else f" {year}")


def weekday(at: datetime, zone: Zone) -> str:
    """Rab."""
    return _DAYS[at.astimezone(zone.tz).weekday()]


def off(day: datetime_date) -> str:
    """Jum 25 Des, of a day that has no clock."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"
