"""Shifts as a calendar file (iCalendar, RFC 5545) that any phone can open. Moments are written in UTC."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

_MOST_OCTETS = 75
"""Of a line, as the format wants it; what is longer goes on in the next one after a blank."""


@dataclass(frozen=True, slots=True)
class Event:
    """One shift. `uid` stays the same for the same shift, so that a newer file adds no second."""

    uid: str
    start: datetime
    end: datetime
    title: str
    note: str = ""


def calendar_file(name: str, events: Iterable[Event], made_at: datetime) -> str:
    """The whole file, with line ends as the format wants them."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tanggap//Piket//ID", f"X-WR-CALNAME:{_text(name)}"]
    for event in events:
        lines += _event(event, made_at)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(event: Event, made_at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"DTSTAMP:{_moment(made_at)}"
    yield f"DTSTART:{_moment(event.start)}"
    yield f"DTEND:{_moment(event.end)}"
    yield f"SUMMARY:{_text(event.title)}"
    if event.note:
        yield f"DESCRIPTION:{_text(event.note)}"
    yield "END:VEVENT"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\n"), ("\r", "\n")):
        text = text.replace(plain, written)
    kept = "".join(one for one in text if one == "\n" or one.isprintable())
    return kept.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Cut between characters, never inside one, so that every line is whole UTF-8 by itself."""
    part, octets = "", 0
    for one in line:
        size = len(one.encode("utf-8", "replace"))
        if octets + size > _MOST_OCTETS:
            yield part
            part, octets = " ", 1
        part, octets = part + one, octets + size
    yield part
