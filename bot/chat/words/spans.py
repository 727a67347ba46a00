"""What people type about shifts: `/piket ganti Made 25-12 07.00 sampai 26-12 07.00 untuk Sari di medsos`."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.errors import BadInput
from bot.domain.people import Zone

_DAY = timedelta(days=1)
_NEAR = {"hari ini": 0, "besok": 1, "lusa": 2}
_DATE = r"(?:hari ini|besok|lusa|\d{1,2}[-/]\d{1,2}(?:[-/]\d{4})?)"
_TIME = r"\d{1,2}[.:]\d{2}"
_UNTIL = r"(?:sampai|s\.?d\.?|hingga|-)"
_END = rf"(?:(?P<to>{_DATE})(?:\s+(?P<till>{_TIME}))?|(?P<only>{_TIME}))"
_SPAN = rf"(?P<from>{_DATE})(?:\s+(?P<at>{_TIME}))?\s+{_UNTIL}\s+{_END}"
_PUT = re.compile(
    rf"(?P<who>\S.*?)\s+{_SPAN}(?:\s+untuk\s+(?P<other>\S.*?))?(?:\s+di\s+(?P<rota>\S+))?", re.IGNORECASE
)
_LEAVE = re.compile(rf"(?P<who>\S.*?)\s+{_SPAN}(?:\s+diganti\s+(?P<other>\S.*?))?", re.IGNORECASE)
_CANCEL = re.compile(r"(?P<kind>[gc])(?P<number>[1-9]\d{0,8})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody, from when to when; with whom else and in which rota, where that was said."""

    who: str
    start: datetime
    end: datetime
    other: str = ""
    rota: str = ""


def read_put_in(text: str, now: datetime, zone: Zone) -> Asked:
    """Somebody who stands in. Raises BadInput."""
    return _read(_PUT, text, now, zone, "put_in_how")


def read_leave(text: str, now: datetime, zone: Zone) -> Asked:
    """Somebody who is out; days without hours are whole days. Raises BadInput."""
    return _read(_LEAVE, text, now, zone, "leave_how")


def read_cancel(text: str) -> tuple[str, int]:
    """`g3` or `c2`. Raises BadInput."""
    found = _CANCEL.fullmatch(text.strip())
    if found is None:
        raise BadInput("cancel_how")
    return found["kind"].lower(), int(found["number"])


def _read(pattern: re.Pattern[str], text: str, now: datetime, zone: Zone, how: str) -> Asked:
    found = pattern.fullmatch(" ".join(text.split()))
    if found is None:
        raise BadInput(how)
    today = now.astimezone(zone.tz).date()
    first = _date(found["from"], today)
    start = _moment(first, _time(found["at"]) if found["at"] else time(0), zone)
    if found["only"]:
        end = _moment(first, _time(found["only"]), zone)
        end += _DAY if end <= start else timedelta(0)
    else:
        last = _date(found["to"], today)
        if last < first and not _has_year(found["to"]):
            last = last.replace(year=last.year + 1)
        end = (
            _moment(last, _time(found["till"]), zone)
            if found["till"]
            else _moment(last + _DAY, time(0), zone)
        )
    groups = found.groupdict()
    return Asked(found["who"], start, end, groups["other"] or "", groups.get("rota") or "")


def _date(text: str, today: date) -> date:
    """A date without a year is the next such day, or one of the last few weeks that somebody corrects."""
    near = _NEAR.get(text.lower())
    if near is not None:
        return today + near * _DAY
    day, month, *year = (int(part) for part in re.split("[-/]", text))
    try:
        if year:
            return date(year[0], month, day)
        this = date(today.year, month, day)
        return this if this >= today - 60 * _DAY else date(today.year + 1, month, day)
    except ValueError:
        raise BadInput("span_date") from None


def _has_year(text: str) -> bool:
    return bool(re.search(r"\d{4}", text)) or text.lower() in _NEAR


def _time(text: str) -> time:
    hour, minute = (int(part) for part in re.split("[.:]", text))
    if hour > 23 or minute > 59:
        raise BadInput("span_time")
    return time(hour, minute)


def _moment(day: date, clock: time, zone: Zone) -> datetime:
    return datetime.combine(day, clock, zone.tz).astimezone(UTC)
