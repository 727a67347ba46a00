"""Calendar files: read back by a library that was written by somebody else."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ics import Event, calendar_file

icalendar = pytest.importorskip("icalendar")
NOW = datetime(2026, 11, 23, 2, 0, 0, tzinfo=UTC)
TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp")), min_size=1, max_size=120
).filter(lambda text: text == text.strip() and text.isprintable())
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001 -- naive by contract
    lambda at: at.replace(microsecond=0)
)
EVENTS = st.builds(
    lambda uid, start, hours, title, note: Event(
        f"{uid}@x", start, start + timedelta(hours=hours), title, note
    ),
    st.integers(0, 10**9),
    MOMENTS,
    st.integers(1, 200),
    TEXTS,
    st.just("") | TEXTS,
)


@given(TEXTS, st.lists(EVENTS, max_size=4))
def test_what_is_written_is_read_back_whole(name: str, events: list[Event]) -> None:
    text = calendar_file(name, events, NOW)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    calendar = icalendar.Calendar.from_ical(text)
    # The library leaves what the format does not name as it was written, escapes and all.
    backslash = chr(92)
    assert str(calendar["X-WR-CALNAME"]).replace(backslash, "") == name.replace(backslash, "")
    found = [
        Event(
            str(one["UID"]),
            one["DTSTART"].dt,
            one["DTEND"].dt,
            str(one["SUMMARY"]),
            str(one.get("DESCRIPTION", "")),
        )
        for one in calendar.walk("VEVENT")
    ]
    assert found == events


def test_commas_semicolons_and_line_ends_do_not_break_out_of_a_line() -> None:
    nasty = Event(
        "a@x", NOW, NOW + timedelta(hours=1), "Piket; medsos, \\ siang", "Satu\r\nEND:VEVENT\nDua\x07"
    )
    text = calendar_file("Piket", [nasty], NOW)
    assert text.count("END:VEVENT\r\n") == 1
    [event] = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Piket; medsos, \\ siang"
    assert str(event["DESCRIPTION"]) == "Satu\nEND:VEVENT\nDua"
