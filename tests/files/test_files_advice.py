"""What `check` says about playbooks that are right and may still not do what the agency wants."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from config_text import ENV, EXAMPLE, write
from typer.testing import CliRunner
from wrong_edits import HERE, Wrong, wrongs

from bot.cli import app
from bot.files import advice_team
from bot.files.check import CLEAN, check
from bot.files.fault import Fault

TODAY = date(2026, 11, 22)
CONFIG = EXAMPLE.read_text(encoding="utf-8")
OFFICE_ENV = ENV | {
    "JALAN": "ntfys://ntfy.kota.example/{to}",
    "KABAR_SATU": "satu-rahasia-uji-yang-panjang-sekali",
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An agency of which nothing is said; each edit is put in and taken out again."""
    return Path(shutil.copytree(HERE / "whole/kantor", tmp_path_factory.mktemp("saran") / "kantor"))


def advised(folder: Path, today: date = TODAY) -> list[Fault]:
    """Everything that is said about this agency, which has no fault."""
    report = check(folder / "config.yaml", OFFICE_ENV, today=today)
    assert (report.faults, report.exit_code) == ((), CLEAN)
    return list(report.advice)


def test_a_sound_agency_gets_no_advice(office: Path) -> None:
    assert advised(office) == []


@pytest.mark.parametrize("wrong", wrongs("advice.txt"), ids=str)
def test_one_edit_brings_that_one_piece_of_advice_at_its_place(wrong: Wrong, office: Path) -> None:
    path = office / Path(wrong.base).name
    good = path.read_text(encoding="utf-8")
    path.write_text(wrong.text(), encoding="utf-8")
    found = advised(office)
    path.write_text(good, encoding="utf-8")
    assert [(Path(one.file).name, one.line, one.column, one.message) for one in found] == [
        (path.name, *wrong.place(), wrong.said)
    ]
    assert found[0].hint.endswith((".", "?"))


def test_words_and_reviews_grow_old_by_the_day_that_it_is_told(office: Path) -> None:
    assert [one.message for one in advised(office, date(2028, 1, 1))] == [
        "Tinjauan sudah lewat sejak 30-04-2027.",
        "Templat “uji/sikap” habis berlaku pada 31-12-2027.",
    ]


def test_without_the_library_other_ways_lead_nowhere(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(advice_team, "LIBRARY", "tidak_ada_pustaka_ini")
    (found,) = advised(office)
    line = (office / "config.yaml").read_text(encoding="utf-8").splitlines()[found.line - 1]
    assert line[found.column - 1 :].startswith("gateways:")
    assert found.message == "Pustaka apprise tidak terpasang; panggilan hanya lewat Telegram."


def test_the_command_says_it_with_file_line_column_and_hint_and_still_succeeds(office: Path) -> None:
    path = office / "siaga.yaml"
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace("for: 6h, ", ""), encoding="utf-8")
    done = CliRunner().invoke(app, ["check", "--config", str(office / "config.yaml")], env=OFFICE_ENV)
    path.write_text(good, encoding="utf-8")
    assert done.exit_code == CLEAN
    line = next(one for one in done.stderr.splitlines() if "Menunggu tanpa batas" in one)
    assert re.search(r"siaga\.yaml:\d+:\d+ Perhatian: .*Tambahkan for, misalnya for: 6h\.$", line)


def rota_from(*shifts: str) -> str:
    """The example's office with these shifts as its first rota."""
    rows = "".join(f"      - {shift}\n" for shift in shifts)
    return re.sub(r"(?m)^(  medsos:\n(?:    .*\n)*?    shifts:.*\n)(?:      .*\n)+", rf"\g<1>{rows}", CONFIG)


@pytest.mark.parametrize(
    ("shifts", "empty"),
    [
        (["{days: sen-min, from: 00:00, to: 00:00, people: [sari]}"], None),
        (["{days: sen-min, from: 07:00, to: 06:00, people: [sari]}"], "14 jam"),
        (["{days: sen-jum, from: 00:00, to: 00:00, people: [sari]}"], "4 hari"),
        (["{rotate: 7d, since: 2026-11-24 00:00, people: [sari, made]}"], "2 hari"),
    ],
)
def test_a_level_with_nobody_in_the_next_fourteen_days_is_said_once(
    tmp_path: Path, shifts: list[str], empty: str | None
) -> None:
    report = check(write(tmp_path, text=rota_from(*shifts)), ENV, today=TODAY)
    found = [one for one in report.advice if "ini oncall:medsos kosong selama" in one.message]
    assert [one.message.partition(" selama ")[2] for one in found] == [f"{empty}."] * bool(empty)
    assert all(one.hint.startswith("Selama itu tingkat berikutnya") for one in found)
