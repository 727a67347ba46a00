"""Rules between the lines of rota, working hours and holidays. They read the tree, as config_rules does."""

from collections import defaultdict
from collections.abc import Iterator

from pydantic_core import PydanticCustomError

from bot.domain.calendar import Weekday
from bot.files.fault import Fault, fault_at
from bot.files.fields import DAY_NAMES, clock_time, day_range
from bot.files.nodes import Entries, Node, Scalar, descend, rows, text_of, twice
from bot.files.sections_calendar import DayKind
from bot.files.sections_rota import WEEK, say_minute, week_minutes


def calendar_faults(root: Entries) -> list[Fault]:
    """All that is wrong between lines that speak of the same hours or days."""
    return [*_holidays(root), *_overlaps(root), *_office_days(root)]


def _holidays(root: Entries) -> Iterator[Fault]:
    """A day may be one holiday only; that it lies in Ramadan is another matter."""
    lines = [row for row in rows(root.get("holidays")) if text_of(row.get("kind")) != DayKind.RAMADAN]
    return twice([day for row in lines if isinstance(day := row.get("date"), Scalar)], "Tanggal")


def _overlaps(root: Entries) -> Iterator[Fault]:
    """Within a layer the people of a minute stand in one line; a higher layer is meant to lie over it."""
    rotas = root.get("rota")
    for _, rota in rotas.pairs if isinstance(rotas, Entries) else ():
        layers: dict[str, dict[int, int]] = defaultdict(dict)
        for number, shift in enumerate(rows(descend(rota, ("shifts",))), 1):
            taken = layers[text_of(shift.get("layer")) or "1"]
            minutes = _minutes(shift)
            both = [minute for minute in minutes if minute in taken]
            if both:
                message = (
                    f"Giliran ini bertumpuk dengan giliran ke-{taken[both[0]]} pada {say_minute(both[0])}."
                )
                yield fault_at(shift.place, message, "Tulis semua orangnya dalam satu giliran.")
            taken.update((minute, number) for minute in minutes if minute not in taken)


def _minutes(shift: Entries) -> list[int]:
    """The minutes of the week that a shift covers; none where it cannot be read, which the model tells."""
    hours = [shift.get(key) for key in ("days", "from", "to")]
    if not any(hours) and shift.get("rotate") is not None:
        return list(range(WEEK))
    days, start, end = (text_of(one) for one in hours)
    try:
        spans = week_minutes(day_range(days), clock_time(start), clock_time(end))
    except PydanticCustomError:
        return []
    return [minute % WEEK for first, last in spans for minute in range(first, last)]


def _office_days(root: Entries) -> Iterator[Fault]:
    yield from _twice_open(descend(root, ("working_hours", "days")))
    yield from _twice_open(descend(root, ("working_hours", "ramadan")))
    for season in rows(descend(root, ("working_hours", "seasons"))):
        yield from _twice_open(season.get("days"))


def _twice_open(days: Node | None) -> Iterator[Fault]:
    seen: set[Weekday] = set()
    for name, _ in days.pairs if isinstance(days, Entries) else ():
        try:
            named_days = day_range(name.text)
        except PydanticCustomError:
            continue  # the model says what is wrong with it
        if both := sorted(seen & named_days):
            yield fault_at(name.place, f"Jam kerja hari {DAY_NAMES[both[0]]} sudah ditulis di atas.")
        seen |= named_days
