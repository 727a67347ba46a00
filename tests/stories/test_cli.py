"""The commands as somebody at a terminal meets them, above all when something is wrong."""

import json
import logging
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result
from small_office import CONFIG, TOKEN
from typer.testing import CliRunner

from bot.cli import app
from bot.wire.lock import InstanceLock


class Terminal:
    """One person's folder, environment and commands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config = folder / "config.yaml"
        self.config.write_text(CONFIG, encoding="utf-8")

    def run(self, *arguments: str | Path, given: str | None = None) -> Result:
        words = [str(one) for one in arguments]
        result = CliRunner().invoke(app, words, input=given, env={"TANGGAP_BOT_TOKEN": TOKEN})
        assert "Traceback" not in result.output
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    def with_config(self, *arguments: str | Path) -> Result:
        return self.run(*arguments, "--config", self.config)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


@pytest.fixture
def own_logging() -> Iterator[None]:
    """`run` sets up logging for its process; here that is everybody's."""
    factory, level = logging.getLogRecordFactory(), logging.getLogger("httpx").level
    yield
    logging.setLogRecordFactory(factory)
    logging.getLogger("httpx").setLevel(level)


# --- classify and evaluate ---


def test_classify_streams_lines_in_order_and_keeps_what_it_does_not_know(terminal: Terminal) -> None:
    lines = [{"n": 1, "text": "Kapan KTP saya jadi?"}, {"n": 2, "text": "Terima kasih, petugasnya ramah"}]
    given = "\n".join(json.dumps(line) for line in lines)
    result = terminal.run("classify", "-", given=given)
    assert result.exit_code == 0
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["n"] for one in found] == [1, 2]
    assert ["question" in found[0]["labels"], "praise" in found[1]["labels"]] == [True, True]
    assert set(found[0]) == {"n", "text", "labels", "unsure", "scores", "reasons", "model"}
    assert len(found[0]["scores"]) == 8


def test_classify_names_the_line_that_is_wrong(terminal: Terminal) -> None:
    file = terminal.folder / "masuk.jsonl"
    assert terminal.run("classify", file).exit_code == 2
    file.write_text('{"text": "halo"}\n{"teks": "halo"}\n', encoding="utf-8")
    result = terminal.run("classify", file)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert "2" in result.stderr
    assert terminal.run("classify", file, "--model", terminal.folder / "tidak-ada.bin").exit_code == 1


def test_evaluate_gives_figures_and_refuses_what_is_no_labelled_file(terminal: Terminal) -> None:
    file = terminal.folder / "uji.jsonl"
    rows = [
        {"text": "Kapan KTP saya jadi?", "labels": ["question"]},
        {"text": "Terima kasih, petugasnya ramah sekali", "labels": ["praise"]},
        {"text": "Jalan rusak parah, sudah tiga bulan tidak diperbaiki!", "labels": ["complaint"]},
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    result = terminal.run("evaluate", file, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["rows"] == 3
    table = terminal.run("evaluate", file)
    assert "macro-F1" in table.stdout
    assert terminal.run("evaluate", terminal.folder / "tidak-ada.jsonl").exit_code == 1
    file.write_text('{"text": "halo", "labels": ["kaget"]}\n', encoding="utf-8")
    wrong = terminal.run("evaluate", file)
    assert (wrong.exit_code, "kaget" in wrong.stderr) == (1, True)


# --- config ---


def test_init_asks_again_until_it_can_use_the_answer_and_check_passes(terminal: Terminal) -> None:
    target = terminal.folder / "baru.yaml"
    answers = ["", "Pemkab Contoh", "Contoh", "wib", "bukan angka", "-1001234567890", "", "Sekar", "Sekar"]
    given = "\n".join([*answers, "Laras", "", ""])
    result = terminal.run("init", "--config", target, given=given)
    assert result.exit_code == 0, result.output
    assert terminal.run("check", "--config", target).exit_code == 0
    again = terminal.run("init", "--config", target)
    assert (again.exit_code, "sudah ada" in again.stderr) == (1, True)


def test_check_tells_every_fault_with_its_place(terminal: Terminal) -> None:
    assert terminal.with_config("check").exit_code == 0
    faulty = CONFIG.replace("roles: [admin, piket]", "roles: [admin, pikett]").replace("short:", "pendek:")
    terminal.config.write_text(faulty, encoding="utf-8")
    result = terminal.with_config("check")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert any("config.yaml:1:" in line and "pendek" in line for line in lines)
    assert any("config.yaml:7:" in line and "piket" in line for line in lines)
    assert terminal.run("check", "--config", terminal.folder / "tidak-ada.yaml").exit_code == 2


@pytest.mark.parametrize(
    "command",
    [["run"], ["invite", "sekar"], ["doctor"], ["audit", "verify"], ["templat"], ["backup", "x.db"]],
)
def test_every_command_tells_a_faulty_config_in_a_sentence(
    terminal: Terminal, command: list[str], own_logging: None
) -> None:
    terminal.config.write_text(CONFIG.replace("short:", "pendek:"), encoding="utf-8")
    result = terminal.with_config(*command)
    assert result.exit_code == 1
    assert "config.yaml:1:" in result.stderr


# --- the store ---


def test_an_invitation_is_a_link_or_at_least_a_secret_for_a_known_person(terminal: Terminal) -> None:
    result = terminal.with_config("invite", "sekar")
    assert result.exit_code == 0
    assert "15 menit" in result.stdout
    unknown = terminal.with_config("invite", "siapa")
    assert unknown.exit_code == 1
    assert "siapa" in unknown.stderr
    assert "sekar" in unknown.stderr


def test_templates_are_approved_by_a_coordinator_only(terminal: Terminal) -> None:
    listed = terminal.with_config("templat")
    assert listed.exit_code == 0
    assert len(listed.stdout.splitlines()) >= 40
    assert "belum disetujui" in listed.stdout
    assert terminal.with_config("templat", "--approve").exit_code == 1
    admin = terminal.with_config("templat", "--approve", "--by", "laras")
    assert admin.exit_code == 1
    assert admin.stderr.strip()
    approved = terminal.with_config("templat", "--approve", "--by", "sekar")
    assert approved.exit_code == 0
    assert "belum disetujui" not in approved.stdout


def test_backup_and_audit(terminal: Terminal) -> None:
    terminal.with_config("invite", "sekar")
    good = terminal.with_config("audit", "verify")
    assert (good.exit_code, good.stdout) == (0, "Jurnal utuh: 1 baris.\n")
    copy = terminal.folder / "cadangan.db"
    assert terminal.with_config("backup", copy).exit_code == 0
    with closing(sqlite3.connect(copy)) as copied:
        assert copied.execute("SELECT count(*) FROM journal").fetchone() == (1,)
    twice = terminal.with_config("backup", copy)
    assert (twice.exit_code, "sudah ada" in twice.stderr) == (1, True)
    nowhere = terminal.with_config("backup", terminal.folder / "tidak" / "ada.db")
    assert nowhere.exit_code == 1
    assert nowhere.stderr.strip()

    with closing(sqlite3.connect(terminal.folder / "tanggap.db")) as database:
        triggers = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'"
        )
        for (name,) in triggers.fetchall():
            database.execute(f"DROP TRIGGER {name}")
        database.execute("UPDATE journal SET actor = 'orang lain'")
        database.commit()
    broken = terminal.with_config("audit", "verify")
    assert broken.exit_code == 1
    assert "tidak utuh mulai baris 1" in broken.stderr


def test_restore_says_what_it_needs_and_takes_nothing_for_a_backup_that_is_none(terminal: Terminal) -> None:
    copy, database = terminal.folder / "cadangan.db", terminal.folder / "tanggap.db"
    missing = terminal.with_config("restore", copy)
    assert (missing.exit_code, "tidak ada" in missing.stderr) == (2, True)
    assert terminal.with_config("backup", copy).exit_code == 0
    itself = terminal.with_config("restore", database, "--replace")
    assert (itself.exit_code, "bukan cadangan" in itself.stderr) == (2, True)
    standing = terminal.with_config("restore", copy)
    assert (standing.exit_code, "Ulangi dengan --replace" in standing.stderr) == (1, True)
    with InstanceLock(database):
        assert "sudah berjalan" in terminal.with_config("restore", copy, "--replace").stderr
    wrong = terminal.with_config("restore", terminal.config, "--replace")
    assert (wrong.exit_code, "tidak terbaca sebagai cadangan" in wrong.stderr) == (1, True)
    done = terminal.with_config("restore", copy, "--replace")
    assert (done.exit_code, "Dipulihkan ke" in done.stdout) == (0, True)


def test_a_purge_by_hand_takes_the_words_out_of_the_index_as_well(terminal: Terminal) -> None:
    terminal.with_config("invite", "sekar")
    with closing(sqlite3.connect(terminal.folder / "tanggap.db")) as database, database:
        database.execute(
            "INSERT INTO case_ (id, version, status, verdict, urgency, reasons, opened_at, updated_at, panel,"
            " sensitive, comments) VALUES (1, 1, 'closed', '[[]]', 2, '[]', 9, 9, 'main', 0, 1)"
        )
        database.execute(
            "INSERT INTO comment (id, case_id, platform, thread, message, revision, author_key, author_name,"
            " text, link, context, media, written_at, received_at, verdict)"
            " VALUES (1, 1, 'csv', '', '1', 0, '', '', 'Xylofonberbisik',"
            " '', '', '', 9, 9, '')"
        )
        database.execute("INSERT INTO comment_words (rowid, words, name) VALUES (1, 'xylofonberbisik', '')")
    assert b"xylofonberbisik" in (terminal.folder / "tanggap.db").read_bytes()
    planned = terminal.with_config("purge", "--dry-run")
    assert "1 kasus" in planned.stdout
    assert terminal.with_config("purge").exit_code == 0
    assert b"xylofonberbisik" not in (terminal.folder / "tanggap.db").read_bytes().lower()


def test_import_tells_what_it_cannot_read(terminal: Terminal) -> None:
    file = terminal.folder / "komentar.csv"
    assert terminal.with_config("import", file).exit_code == 2
    file.write_bytes("teks\nHalo\xe9\n".encode("latin-1"))
    latin = terminal.with_config("import", file)
    assert (latin.exit_code, "bukan UTF-8" in latin.stderr) == (2, True)
    file.write_text("kolom\nHalo\n", encoding="utf-8")
    assert "tidak ada kolom teks" in terminal.with_config("import", file).stderr


def test_a_second_bot_on_one_database_is_refused(terminal: Terminal, own_logging: None) -> None:
    with InstanceLock(terminal.folder / "tanggap.db"):
        result = terminal.with_config("run")
        assert result.exit_code == 1
        assert "Tanggap sudah berjalan dengan basis data ini" in result.stderr
        assert terminal.with_config("audit", "verify").exit_code == 0


def test_a_file_that_is_no_database_is_told_and_left_alone(terminal: Terminal, own_logging: None) -> None:
    database = terminal.folder / "tanggap.db"
    database.write_bytes(b"ini bukan basis data" * 100)
    for command in (["run"], ["audit", "verify"], ["invite", "sekar"]):
        result = terminal.with_config(*command)
        assert result.exit_code == 1
        assert result.stderr.strip()
    assert database.read_bytes() == b"ini bukan basis data" * 100


def test_doctor_says_what_is_missing_when_telegram_is_away(terminal: Terminal) -> None:
    result = terminal.with_config("doctor")
    assert result.exit_code == 1
    assert "✗" in result.stdout
    assert TOKEN.partition(":")[2] not in result.output


def test_a_port_that_is_taken_is_told(terminal: Terminal, own_logging: None) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        terminal.config.write_text(f"{CONFIG}web: {{port: {port}}}\n", encoding="utf-8")
        for result in (terminal.run("demo", "--port", str(port)), terminal.with_config("run")):
            assert result.exit_code == 1
            assert "Port itu sedang dipakai program lain." in result.stderr
