"""Until when a citizen is to have a first answer: in open office time, but an emergency by the wall clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from fakes import verdict
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Weekday, WorkingHours
from bot.domain.case import Case, CaseId, CaseStatus
from bot.domain.limit import WorkingDays
from bot.domain.people import Zone
from bot.domain.priority import assess
from bot.domain.promise import Promise
from classifiers.labels import Label

OFFICE = WorkingHours(Zone.WIB, dict.fromkeys(list(Weekday)[:5], (time(7, 30), time(16, 0))))
PROMISE = Promise(
    {
        Label.EMERGENCY: timedelta(minutes=15),
        Label.QUESTION: timedelta(hours=4),
        Label.COMPLAINT: timedelta(hours=8),
    },
    OFFICE,
)


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text + "+07:00")


def case(opened_at: datetime, *labels: str, sensitive: bool = False) -> Case:
    said = verdict(*labels)
    return Case(
        CaseId(1), 1, CaseStatus.NEW, said, assess(said, sensitive=sensitive), opened_at, opened_at,
        sensitive=sensitive,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("opened", "labels", "due"),
    [
        ("2026-11-23 08:00", ["question"], "2026-11-23 12:00"),
        ("2026-11-23 15:00", ["question"], "2026-11-24 10:30"),
        ("2026-11-20 15:30", ["question"], "2026-11-23 11:00"),  # a Friday afternoon
        ("2026-11-21 03:00", ["complaint"], "2026-11-23 15:30"),
        ("2026-11-21 03:00", ["emergency"], "2026-11-21 03:15"),
        ("2026-11-23 08:00", ["question", "complaint"], "2026-11-23 12:00"),
        ("2026-11-23 23:00", ["question", "emergency"], "2026-11-23 23:15"),
    ],
)
def test_the_shortest_of_the_labels_counts_in_office_time(opened: str, labels: list[str], due: str) -> None:
    found = PROMISE.deadline(case(wib(opened), *labels))
    assert found is not None
    assert found.due == wib(due)


@pytest.mark.parametrize(
    ("opened", "days", "remind", "due"),
    [
        ("2026-11-23 09:00", 1, "2026-11-24 07:30", "2026-11-24 16:00"),
        ("2026-11-23 09:00", 3, "2026-11-26 07:30", "2026-11-26 16:00"),
        ("2026-11-27 18:00", 3, "2026-12-02 07:30", "2026-12-02 16:00"),
        ("2026-11-28 09:00", 1, "2026-11-30 07:30", "2026-11-30 16:00"),
        ("2026-12-23 09:00", 2, "2026-12-28 07:30", "2026-12-28 16:00"),
    ],
)
def test_working_days_end_when_the_office_closes_and_skip_weekends_and_holidays(
    opened: str, days: int, remind: str, due: str
) -> None:
    christmas = replace(OFFICE, holidays=frozenset({date(2026, 12, 25)}))
    promise = Promise({Label.COMPLAINT: WorkingDays(days), Label.EMERGENCY: WorkingDays(1)}, christmas)
    found = promise.deadline(case(wib(opened), "complaint"))
    assert found is not None
    assert (found.remind, found.due, found.late) == (wib(remind), wib(due), wib(due))
    urgent = promise.deadline(case(wib(opened), "emergency"))
    assert urgent is not None
    assert urgent.due == wib(opened) + timedelta(days=1)


@given(st.integers(0, 1_000_000), st.integers(1, 30))
def test_nobody_is_reminded_before_it_came_nor_after_it_was_due(minutes: int, days: int) -> None:
    opened = wib("2026-01-05 00:00") + timedelta(minutes=minutes)
    found = Promise({Label.COMPLAINT: WorkingDays(days)}, OFFICE).deadline(case(opened, "complaint"))
    assert found is not None
    assert opened <= found.remind <= found.due <= found.late
    assert OFFICE.is_working_day(found.due.astimezone(OFFICE.zone.tz).date())


def test_nothing_is_promised_where_no_label_has_a_target_nor_to_somebody_at_risk() -> None:
    now = wib("2026-11-23 08:00")
    assert PROMISE.deadline(case(now, "praise")) is None
    assert PROMISE.deadline(case(now)) is None
    assert PROMISE.deadline(case(now, "emergency", sensitive=True)) is None
    assert Promise().deadline(case(now, "question")) is None
    never = Promise(PROMISE.targets, WorkingHours(Zone.WIB, {}))
    assert never.deadline(case(now, "question")) is None, "an office that never opens"


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 -- the bounds of `datetimes` are naive by its contract


@given(MOMENTS, st.sampled_from(["question", "complaint", "emergency"]))
def test_people_are_reminded_after_it_came_and_told_within_five_minutes_of_the_end(
    opened: datetime, label: str
) -> None:
    found = PROMISE.deadline(case(opened, label))
    assert found is not None
    assert opened < found.remind <= found.late
    assert timedelta(0) <= found.late - found.due < timedelta(minutes=5)
    assert found.late.second == found.remind.second == 0
    assert found.due == found.due.replace(microsecond=0), "as the store keeps it"


@given(MOMENTS)
def test_what_is_read_back_from_the_store_has_the_same_deadline(opened: datetime) -> None:
    kept = opened.replace(microsecond=0)
    assert PROMISE.deadline(case(opened, "question")) == PROMISE.deadline(case(kept, "question"))
