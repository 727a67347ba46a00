"""What somebody who writes /laporan wants: a run, a period, or one person's record. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.errors import BadInput
from bot.domain.incident import RunId
from bot.domain.people import PersonId, Zone

_RUN = re.compile(r"(?:k-?)?(\d{1,9})", re.IGNORECASE)
_DAYS = re.compile(r"(\d{1,4})\s*hari", re.IGNORECASE)
_DAY = re.compile(r"(?:sejak\s+)?(\d{4})-(\d{1,2})-(\d{1,2})", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_MINE = re.compile(r"(?:saya|bukti(?: kinerja)?)", re.IGNORECASE)
_KIND = re.compile(r"\s*\b(html|pdf)\s*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WantsRun:
    """`run`: None for the latest that the asker may read."""

    run: RunId | None


@dataclass(frozen=True, slots=True)
class WantsPeriod:
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class WantsRecord:
    person: PersonId
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """`kind`: html or pdf, where somebody said so."""

    what: WantsRun | WantsPeriod | WantsRecord
    kind: str = ""


def wanted(text: str, asker: PersonId, names: Mapping[str, str], now: datetime, zone: Zone) -> Wanted:
    """Raises BadInput with a line that says what can be asked for."""
    found = _KIND.search(text)
    kind = found[1].lower() if found else ""
    rest = text[: found.start()].strip() if found else text.strip()
    return Wanted(_what(rest, asker, names, now, zone), kind)


def _what(
    text: str, asker: PersonId, names: Mapping[str, str], now: datetime, zone: Zone
) -> WantsRun | WantsPeriod | WantsRecord:
    if not text:
        return WantsRun(None)
    if run := _RUN.fullmatch(text):
        return WantsRun(RunId(int(run[1])))
    if period := _period(text, now, zone):
        return period
    person = asker if _MINE.fullmatch(text) else _person(text, names)
    if person is None:
        raise BadInput("report")
    return WantsRecord(person, new_year(now, zone), now)


def _period(text: str, now: datetime, zone: Zone) -> WantsPeriod | None:
    if days := _DAYS.fullmatch(text):
        return WantsPeriod(now - timedelta(days=int(days[1])), now)
    try:
        if day := _DAY.fullmatch(text):
            return WantsPeriod(datetime(int(day[1]), int(day[2]), int(day[3]), tzinfo=zone.tz), now)
        if month := _MONTH.fullmatch(text):
            first = datetime(int(month[1]), int(month[2]), 1, tzinfo=zone.tz)
            return WantsPeriod(first, min((first + timedelta(days=32)).replace(day=1), max(now, first)))
    except ValueError:
        raise BadInput("report") from None
    return None


def _person(text: str, names: Mapping[str, str]) -> PersonId | None:
    """By id or by name, but only where that names one person."""
    asked = text.casefold()
    found = [key for key, name in names.items() if asked in {key.casefold(), name.casefold()}]
    return PersonId(found[0]) if len(found) == 1 else None


def new_year(now: datetime, zone: Zone) -> datetime:
    """Since when a record counts, where nothing else is said."""
    return datetime(now.astimezone(zone.tz).year, 1, 1, tzinfo=zone.tz)
