"""What somebody who writes /cari wants: words, "phrases", and filters such as label:keluhan. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from difflib import get_close_matches
from typing import TypeVar

from bot.chat.words import search as words
from bot.domain.case import CaseId
from bot.domain.errors import BadInput
from bot.domain.people import Zone
from bot.domain.referral import read_lapor
from bot.domain.search import Search, Term

_PIECE = re.compile(r'(?P<minus>-?)(?:(?P<key>[A-Za-z]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<bare>[^\s"]+))')
_NUMBER = re.compile(r"#([1-9][0-9]{0,15})")
_LONG = re.compile(r"[0-9]{7,12}")
_SPAN = re.compile(r"(\d{1,4})\s*([a-z]+)")
_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})(?:[-/.](\d{4}))?")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_Thing = TypeVar("_Thing")
_MOST_TERMS = 12
_CLOSE = 0.75


@dataclass(slots=True)
class _Read:
    """What was read so far."""

    now: datetime
    zone: Zone
    fields: dict[str, object] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)
    without: list[Term] = field(default_factory=list)

    def add(self, name: str, value: tuple[object, ...]) -> None:
        """A filter given twice means both labels, or either state."""
        before = self.fields.get(name, ())
        self.fields[name] = (*before, *value) if isinstance(before, tuple) else value


def wanted(text: str, now: datetime, zone: Zone) -> Search:
    """Raises BadInput with what cannot be read."""
    read = _Read(now, zone)
    for piece in _PIECE.finditer(text.replace("“", '"').replace("”", '"')):
        _take(read, piece)
    if len(read.terms) + len(read.without) > _MOST_TERMS:
        raise BadInput(f"search_many:{_MOST_TERMS}")
    found = Search(terms=tuple(read.terms), without=tuple(read.without), **read.fields)  # type: ignore[arg-type]  # the readers below give each its type
    if found == Search():
        raise BadInput("search")
    return _of_lapor(found)


def _of_lapor(found: Search) -> Search:
    """A long number alone can only be one of SP4N-LAPOR!: no other is kept for searching."""
    only = found.terms[0].text if found == Search(terms=found.terms) and len(found.terms) == 1 else ""
    return Search(lapor=only) if _LONG.fullmatch(only) else found


def _take(read: _Read, piece: re.Match[str]) -> None:
    key = (piece["key"] or "").lower()
    value = piece["quoted"] if piece["quoted"] is not None else piece["bare"]
    if not key and value.endswith(":") and value[:-1].lower() in _KEYS:
        key, value = value[:-1].lower(), ""  # nothing stands behind it
    if key in _KEYS:
        _KEYS[key](read, value.strip())
        return
    near = get_close_matches(key, _KEYS, 1, _CLOSE) if key else []
    if near:
        raise BadInput(f"search_key:{near[0]}")
    word = f"{piece['key']}:{value}" if key else value
    number = _NUMBER.fullmatch(word)
    if number is not None:
        read.fields["case"] = CaseId(int(number[1]))
    elif word.strip():
        (read.without if piece["minus"] else read.terms).append(_term(word, piece["quoted"] is not None))


def _term(word: str, quoted: bool) -> Term:
    begins = not quoted and word.endswith("*") and word.count("*") == 1 and word[:-1].isalnum()
    return Term(word[:-1], begins=True) if begins else Term(word)


def _label(read: _Read, value: str) -> None:
    read.add("labels", (_named(value, words.LABELS, "search_label"),))


def _status(read: _Read, value: str) -> None:
    read.add("statuses", tuple(_named(value, words.STATUSES, "search_status")))


def _author(read: _Read, value: str) -> None:
    name = value.lstrip("@")
    if not name:
        raise BadInput("search_author")
    read.fields["author"] = name


def _like(read: _Read, value: str) -> None:
    number = _NUMBER.fullmatch(f"#{value.removeprefix('#')}")
    if number is None:
        raise BadInput("search_like")
    read.fields["like"] = CaseId(int(number[1]))


def _lapor(read: _Read, value: str) -> None:
    read.fields["lapor"] = read_lapor(value)


def _since(read: _Read, value: str) -> None:
    read.fields["since"] = _moment(read, value)


def _until(read: _Read, value: str) -> None:
    """The day that is named is still part of it."""
    at = _moment(read, value)
    read.fields["until"] = at if _SPAN.fullmatch(value.lower()) else at + timedelta(days=1)


def _named(value: str, names: Mapping[str, _Thing], why: str) -> _Thing:
    """By its name or the beginning of one, where only one thing begins so."""
    asked = value.lower().replace("-", " ")
    found = {id(thing): thing for name, thing in names.items() if name.startswith(asked)}
    if asked in names:
        return names[asked]
    if not asked or len(found) != 1:
        raise BadInput(why)
    return next(iter(found.values()))


def _moment(read: _Read, value: str) -> datetime:
    asked = value.lower()
    if span := _SPAN.fullmatch(asked):
        unit = words.SPANS.get(span[2])
        if unit is None:
            raise BadInput("search_since")
        return read.now - unit * int(span[1])
    today = read.now.astimezone(read.zone.tz).replace(hour=0, minute=0, second=0, microsecond=0)
    if asked in words.DAYS:
        return today - timedelta(days=words.DAYS[asked])
    try:
        return _day(asked, today)
    except ValueError:
        raise BadInput("search_since") from None


def _day(asked: str, today: datetime) -> datetime:
    """25-12 is the last one that was. Raises ValueError."""
    if iso := _ISO_DAY.fullmatch(asked):
        return today.replace(year=int(iso[1]), month=int(iso[2]), day=int(iso[3]))
    day = _DAY.fullmatch(asked)
    if day is None:
        raise ValueError(asked)
    found = today.replace(year=int(day[3] or today.year), month=int(day[2]), day=int(day[1]))
    return found.replace(year=today.year - 1) if found > today and not day[3] else found


_KEYS: Mapping[str, Callable[[_Read, str], None]] = {
    words.LABEL: _label,
    words.STATUS: _status,
    words.AUTHOR: _author,
    words.SINCE: _since,
    words.UNTIL: _until,
    words.LIKE: _like,
    words.LAPOR: _lapor,
}
