"""config.yaml becomes one frozen object in the words of the domain; its secrets stay hidden."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from config_text import ENV, EXAMPLE, SMALL, write
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from bot.domain.calendar import Weekday
from bot.domain.contact import Contact, ContactKind
from bot.domain.people import Action, PersonId, Role, Zone, may
from bot.domain.rota import who_is_on
from bot.domain.target import Target, TargetKind
from bot.files import FilesFaulty, Settings, load_settings
from bot.files.fields import DAYS, clock_time, day_range, duration
from bot.files.nodes import Plain
from bot.files.schema import say_duration
from classifiers.labels import Label


def test_people_come_out_with_roles_zone_and_contacts(tmp_path: Path) -> None:
    settings = load_settings(write(tmp_path), ENV)
    ratna, sari = settings.persons.values()
    assert ratna.roles == {Role.KOORDINATOR, Role.PENGELOLA}
    assert (ratna.zone, sari.zone) == (Zone.WITA, Zone.WIT)
    number = "+6280000000001"
    assert ratna.contacts == (Contact(ContactKind.SMS, number), Contact(ContactKind.VOICE, number))
    assert settings.members["pendamping"] == ("ratna", "sari")
    assert settings.liaisons["pupr"] == ("sari",)


def test_a_rota_answers_who_is_on_in_its_own_zone(tmp_path: Path) -> None:
    rota = load_settings(write(tmp_path), ENV).rotations["medsos"]
    saturday_early = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)  # Saturday 05:30 WIB, Friday's night shift
    assert who_is_on(rota, [], saturday_early) == ("sari", "ratna")
    assert who_is_on(rota, [], saturday_early + timedelta(hours=2)) == ()


def test_the_office_opens_as_written_and_stays_shut_on_holidays(tmp_path: Path) -> None:
    more = "working_hours: {days: {sen-kam: 08:00-16:00, jum: 08:00-11:00}}\n"
    more += "holidays: [{date: 2026-11-24, name: Uji}]\n"
    hours = load_settings(write(tmp_path, more), ENV).hours
    assert hours.zone is Zone.WITA
    assert hours.days[Weekday.FRIDAY] == (time(8), time(11))
    assert hours.is_working_day(date(2026, 11, 23))
    assert not hours.is_working_day(date(2026, 11, 24))
    assert not hours.is_working_day(date(2026, 11, 28))


def test_holidays_may_lie_in_a_file_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "libur.yaml").write_text("holidays: v1\nentries:\n  - {date: 2027-08-17, name: Merdeka}\n")
    settings = load_settings(write(tmp_path, "holidays: libur.yaml\nnational_holidays: false\n"), ENV)
    assert settings.hours.holidays == {date(2027, 8, 17)}


def test_what_is_not_written_has_its_default(tmp_path: Path) -> None:
    settings = load_settings(write(tmp_path), ENV)
    assert settings.telegram.api_base_url == "https://api.telegram.org"
    assert settings.intake.join_within == timedelta(seconds=20)
    assert settings.approval.levels == (Target(TargetKind.ROLE, "koordinator"),)
    assert not settings.approval.alone
    assert settings.database_file == tmp_path / "data" / "tanggap.db"
    assert settings.first_answer[Label.EMERGENCY] == timedelta(minutes=15)
    assert Label.SPAM not in settings.first_answer
    assert settings.hours.is_working(datetime(2026, 11, 23, 0, 0, tzinfo=UTC))  # Monday 08:00 WITA


def test_relative_paths_start_at_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "kami").mkdir()
    settings = load_settings(
        write(tmp_path, "playbooks: [bawaan, kami]\ndatabase: {url: sqlite:a.db}\n"), ENV
    )
    assert settings.playbooks[1] == tmp_path / "kami"
    assert settings.playbooks[0].name == "playbooks"
    assert settings.database_file == tmp_path / "a.db"


def test_a_right_can_be_withdrawn_from_a_role(tmp_path: Path) -> None:
    settings = load_settings(write(tmp_path, "roles: {piket: {without: [open_incident]}}\n"), ENV)
    assert not may({Role.PIKET}, Action.OPEN_INCIDENT, withdrawn=settings.withdrawn)
    assert may({Role.ADMIN}, Action.OPEN_INCIDENT, withdrawn=settings.withdrawn)


def test_withdrawing_the_last_approver_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FilesFaulty, match="berhak menyetujui"):
        load_settings(write(tmp_path, "roles: {koordinator: {without: [approve]}}\n"), ENV)


def test_one_person_may_work_alone_only_when_it_is_said(tmp_path: Path) -> None:
    alone = SMALL.replace("  - {id: sari, name: Sari, roles: [admin, piket], zone: WIT}\n", "")
    alone = (
        alone.replace("[ratna, sari]", "[ratna]")
        .replace("[sari, ratna]", "[ratna]")
        .replace("[sari]", "[ratna]")
    )
    with pytest.raises(FilesFaulty, match="Perlu dua orang"):
        load_settings(write(tmp_path, text=alone), ENV)
    assert load_settings(write(tmp_path, "approval: {alone: true}\n", text=alone), ENV).approval.alone


CANARY = f"{987654321}:{'K' * 35}"


def test_a_secret_is_never_shown(tmp_path: Path) -> None:
    settings = load_settings(write(tmp_path), {"TANGGAP_BOT_TOKEN": CANARY})
    assert settings.telegram.token.get_secret_value() == CANARY
    assert CANARY not in f"{settings!r} {settings} {settings.model_dump_json()}"


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{CANARY}\n")
    text = SMALL.replace("${TANGGAP_BOT_TOKEN}", f"file:{tmp_path}/token")
    assert load_settings(write(tmp_path, text=text), {}).telegram.token.get_secret_value() == CANARY
    (tmp_path / "token").write_text("\n")
    with pytest.raises(FilesFaulty, match="kosong"):
        load_settings(tmp_path / "config.yaml", {})
    (tmp_path / "token").unlink()
    with pytest.raises(FilesFaulty, match="tidak dapat dibaca"):
        load_settings(tmp_path / "config.yaml", {})


def test_a_literal_token_is_a_fault_that_does_not_print_it(tmp_path: Path) -> None:
    with pytest.raises(FilesFaulty) as caught:
        load_settings(write(tmp_path, text=SMALL.replace("${TANGGAP_BOT_TOKEN}", CANARY)), ENV)
    said = f"{caught.value} {caught.value!r} {caught.value.__cause__!r} {caught.value.__context__!r}"
    assert CANARY not in said
    assert [fault.line for fault in caught.value.faults] == [6]
    assert "@BotFather" in said


@pytest.mark.parametrize(
    ("url", "fits"),
    [
        ("https://api.telegram.org/", True),
        ("http://127.0.0.1:8081", True),
        ("http://bot-api:8081", True),
        ("http://10.1.2.3", True),
        ("http://api.telegram.org", False),
        ("ftp://127.0.0.1", False),
        ("https://", False),
        ("api.telegram.org", False),
    ],
)
def test_plain_http_is_only_for_machines_nearby(tmp_path: Path, url: str, fits: bool) -> None:
    text = SMALL.replace("telegram:\n", f"telegram:\n  api_base_url: {url}\n")
    if fits:
        assert load_settings(write(tmp_path, text=text), ENV).telegram.api_base_url == url.rstrip("/")
    else:
        with pytest.raises(FilesFaulty):
            load_settings(write(tmp_path, text=text), ENV)


def test_settings_cannot_be_changed_afterwards(tmp_path: Path) -> None:
    settings = load_settings(write(tmp_path), ENV)
    with pytest.raises(ValidationError):
        settings.intake = None  # type: ignore[assignment, misc] # the very thing that must fail


def test_the_example_is_valid_but_for_the_token() -> None:
    assert isinstance(load_settings(EXAMPLE, ENV), Settings)
    with pytest.raises(FilesFaulty) as caught:
        load_settings(EXAMPLE, {})
    assert [str(fault).split(" ", 1)[1].split(" belum")[0] for fault in caught.value.faults] == [
        "Variabel lingkungan TANGGAP_BOT_TOKEN"
    ]


@given(st.integers(1, 3_000_000), st.sampled_from("smhd"))
def test_any_duration_is_read_as_it_is_written(count: int, unit: str) -> None:
    seconds = count * {"s": 1, "m": 60, "h": 3600, "d": 86_400}[unit]
    if seconds > 36_500 * 86_400:
        with pytest.raises(PydanticCustomError):
            duration(Plain(f"{count}{unit}"))
    else:
        length = duration(Plain(f"{count}{unit}"))
        assert length.total_seconds() == seconds
        assert duration(Plain(say_duration(length))) == length


@given(st.times())
def test_any_minute_of_the_day_is_read(moment: time) -> None:
    assert clock_time(Plain(f"{moment:%H:%M}")) == moment.replace(second=0, microsecond=0)


@given(st.sampled_from(list(DAYS)), st.sampled_from(list(DAYS)))
def test_a_range_of_days_starts_and_ends_where_it_says(first: str, last: str) -> None:
    days = day_range(Plain(f"{first}-{last}"))
    assert {DAYS[first], DAYS[last]} <= days
    assert len(days) == (DAYS[last] - DAYS[first]) % 7 + 1


@given(st.text(max_size=20))
def test_no_text_makes_a_field_fail_otherwise_than_by_saying_so(text: str) -> None:
    for read in (duration, clock_time, day_range):
        try:
            read(Plain(text))
        except PydanticCustomError as error:
            said = (error.context or {})["pesan"]
            if not said:
                pytest.fail(f"{read} refused {text!r} without a word")


def test_the_person_ids_are_the_domains(tmp_path: Path) -> None:
    assert PersonId("ratna") in load_settings(write(tmp_path), ENV).persons
