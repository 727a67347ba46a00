"""Rota and calendar of config.yaml as the domain gets them: who takes turns, which days are off."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from config_text import ENV, EXAMPLE, SMALL, write
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.alone import lonely, repeats
from bot.domain.people import PersonId
from bot.domain.rota import who_is_on
from bot.files import load_settings
from bot.files.check import check
from bot.files.national import last_year, national_days
from bot.files.sections_calendar import DayKind, HolidayRow, ramadans

HEAD, _, _ = SMALL.partition("rota:")
RATNA, SARI = PersonId("ratna"), PersonId("sari")


def rota(folder: Path, *shifts: str, more: str = "") -> Path:
    """A configuration whose rota holds these lines."""
    lines = "".join(f"      - {{{shift}}}\n" for shift in shifts)
    backup = "  medsos-cadangan: {shifts: [{days: sen-min, from: 00:00, to: 00:00, people: [ratna]}]}\n"
    return write(folder, more, text=f"{HEAD}rota:\n  medsos:\n    zone: WIT\n    shifts:\n{lines}{backup}")


def wit(text: str) -> datetime:
    return datetime.fromisoformat(text + "+09:00")


def test_a_line_with_rotate_takes_turns_on_the_clock_of_its_rota(tmp_path: Path) -> None:
    path = rota(tmp_path, "rotate: 7d, since: 2027-01-04 07:00, people: [sari, ratna]")
    medsos = load_settings(path, ENV).rotations["medsos"]
    assert who_is_on(medsos, (), wit("2027-01-04T06:59")) == ()
    assert who_is_on(medsos, (), wit("2027-01-04T07:00")) == (SARI,)
    assert who_is_on(medsos, (), wit("2027-01-11T06:59")) == (SARI,)
    assert who_is_on(medsos, (), wit("2027-01-11T07:00")) == (RATNA,)
    assert "Rota medsos: terisi sepanjang minggu sejak 04-01-2027 07.00." in check(path, ENV).summary


def test_nights_may_take_turns_and_a_higher_layer_lies_over_them(tmp_path: Path) -> None:
    path = rota(
        tmp_path,
        "days: sen-min, from: 19:00, to: 07:00, people: [sari, ratna], rotate: 1d, since: 2027-01-04 00:00",
        "days: min, from: 12:00, to: 12:00, people: [ratna], layer: 3",
    )
    medsos = load_settings(path, ENV).rotations["medsos"]
    nights = [who_is_on(medsos, (), wit("2027-01-04T23:00") + timedelta(days=n)) for n in range(7)]
    assert nights == [(SARI,), (RATNA,), (SARI,), (RATNA,), (SARI,), (RATNA,), (RATNA,)]
    assert who_is_on(medsos, (), wit("2027-01-05T06:59")) == (SARI,)
    assert who_is_on(medsos, (), wit("2027-01-10T13:00")) == (RATNA,)  # Sunday noon, layer 3 alone
    assert "kosong 3 hari per minggu" in "\n".join(check(path, ENV).summary)


def test_one_person_is_said_to_be_one_person(tmp_path: Path) -> None:
    path = rota(tmp_path, "days: sen-min, from: 07:00, to: 07:00, people: [ratna]")
    said = [str(one) for one in check(path, ENV).advice]
    assert any("Rota medsos hanya berisi Ratna. Tidak ada cadangan" in one for one in said)
    assert any("hoaks-viral.yaml" in one and "Semua tingkat memanggil Ratna" in one for one in said)
    two = check(EXAMPLE, ENV)
    assert "Rota medsos-cadangan: terisi sepanjang minggu sejak 23-11-2026 07.00." in two.summary
    assert not any("idak ada cadangan" in str(one) for one in two.advice)


@given(st.lists(st.frozensets(st.sampled_from("abc")), max_size=5), st.frozensets(st.sampled_from("abc")))
def test_a_level_is_named_exactly_when_it_brings_nobody_new(
    levels: list[frozenset[PersonId]], last: frozenset[PersonId]
) -> None:
    found = repeats(levels, last)
    for number, people in enumerate(levels, 1):
        new = people - frozenset().union(*levels[: number - 1])
        assert (number in found.levels) is (bool(people) and not new)
    everybody = frozenset(last).union(*levels)
    assert found.only == (next(iter(everybody)) if len(everybody) == 1 else None)


def test_a_rota_of_one_is_lonely_and_an_empty_team_is_not() -> None:
    assert lonely({}) == {}
    assert repeats([]).only is None


# --- the calendar ---


def test_the_shipped_calendar_knows_this_year_and_the_next_with_joint_leave_and_ramadan() -> None:
    days = {row.date: row for row in national_days()}
    assert last_year() == 2027
    assert days[date(2026, 12, 24)].kind is DayKind.JOINT_LEAVE
    assert days[date(2027, 3, 10)].name == "Hari Raya Idul Fitri"
    assert days[date(2027, 12, 26)].kind is DayKind.HOLIDAY
    counts = {
        (year, kind): sum(1 for row in national_days() if row.date.year == year and row.kind is kind)
        for year in (2026, 2027)
        for kind in DayKind
    }
    assert counts[2026, DayKind.HOLIDAY] == 17  # "17 hari libur nasional dan 8 hari cuti bersama"
    assert counts[2026, DayKind.JOINT_LEAVE] == 8
    assert counts[2027, DayKind.HOLIDAY] >= 17
    assert counts[2026, DayKind.RAMADAN] == counts[2027, DayKind.RAMADAN] == 1


def test_the_office_is_shut_on_national_holidays_unless_a_decree_says_otherwise(tmp_path: Path) -> None:
    plain = load_settings(write(tmp_path), ENV)
    christmas, eve = date(2026, 12, 25), date(2026, 12, 24)
    assert not plain.hours.is_working_day(christmas)
    assert not plain.hours.is_working_day(eve)
    assert plain.days_off[christmas] == "Hari Raya Natal"
    decree = """
holidays:
  - {date: 2026-12-24, name: Cuti bersama dicabut, kind: masuk}
  - {date: 2027-08-16, until: 2027-08-18, name: Libur panjang, kind: cuti-bersama}
"""
    changed = load_settings(write(tmp_path, decree), ENV)
    assert changed.hours.is_working_day(eve)
    assert not changed.hours.is_working_day(christmas)
    assert [changed.days_off[date(2027, 8, n)] for n in (16, 17, 18)] == ["Libur panjang"] * 3
    without = load_settings(write(tmp_path, "national_holidays: false\n"), ENV)
    assert without.hours.holidays == frozenset()


def test_ramadan_hours_hold_on_the_calendars_days_until_the_isbat_says_otherwise(tmp_path: Path) -> None:
    hours = "working_hours:\n  days: {sen-jum: 07:30-16:00}\n  ramadan: {sen-jum: 08:00-15:00}\n"
    office = load_settings(write(tmp_path, hours), ENV).hours
    half_past = datetime(2027, 2, 7, 23, 45, tzinfo=UTC)  # Monday 8 February, 07.45 WITA
    assert not office.is_working(half_past)
    assert office.is_working(half_past - timedelta(days=4))  # the Thursday before; Friday was joint leave
    later = "holidays: [{date: 2027-02-09, until: 2027-03-09, name: Ramadan, kind: ramadan}]\n"
    decided = load_settings(write(tmp_path, hours + later), ENV).hours
    assert decided.is_working(half_past)
    assert not decided.is_working(half_past + timedelta(days=1))


def test_a_year_may_have_two_ramadans_and_a_later_line_moves_one_of_them() -> None:
    def fasting(first: date, last: date) -> HolidayRow:
        return HolidayRow.model_construct(date=first, until=last, name="Ramadan", kind=DayKind.RAMADAN)

    rows = [
        fasting(date(2030, 1, 6), date(2030, 2, 3)),
        fasting(date(2030, 12, 26), date(2031, 1, 23)),
        fasting(date(2030, 1, 5), date(2030, 2, 3)),
    ]
    assert ramadans(rows) == (
        (date(2030, 1, 5), date(2030, 2, 3)),
        (date(2030, 12, 26), date(2031, 1, 23)),
    )


def test_a_season_of_the_agency_goes_before_ramadan(tmp_path: Path) -> None:
    hours = """
working_hours:
  days: {sen-jum: 07:30-16:00}
  ramadan: {sen-jum: 08:00-15:00}
  seasons: [{name: Siaga banjir, from: 2027-02-10, to: 2027-02-10, days: {rab: 00:00-00:00}}]
"""
    office = load_settings(write(tmp_path, hours), ENV).hours
    assert office.is_working(datetime(2027, 2, 9, 20, 0, tzinfo=UTC))  # 04.00 WITA on the tenth
    assert not office.is_working(datetime(2027, 2, 10, 20, 0, tzinfo=UTC))


def test_the_shipped_file_is_what_the_library_says() -> None:
    pytest.importorskip("holidays")
    root = Path(__file__).parents[2]
    namespace: dict[str, object] = {"__name__": "libur", "__file__": str(root / "docs/libur.py")}
    exec(compile((root / "docs/libur.py").read_text("utf-8"), "libur.py", "exec"), namespace)  # noqa: S102 - our own script, which is no module
    written = namespace["text"]([2026, 2027])  # type: ignore[operator]  # its function
    assert (root / "playbooks/holidays.yaml").read_text("utf-8") == written


def test_quiet_hours_are_the_persons_own(tmp_path: Path) -> None:
    text = SMALL.replace(
        "roles: [admin, piket], zone: WIT", "roles: [admin, piket], zone: WIT, quiet_hours: 22:00-05:00"
    )
    people = load_settings(write(tmp_path, text=text), ENV).persons
    at = datetime(2027, 1, 4, 13, 30, tzinfo=UTC)  # 22.30 WIT
    assert people[SARI].is_quiet(at)
    assert not people[RATNA].is_quiet(at)
