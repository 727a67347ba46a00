"""`tanggap page-test` over real sockets, and what check and doctor say of the ways."""

import asyncio
import json
import os
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.clock import SystemClock
from bot.files.check import check
from bot.files.config import load_settings
from bot.reaching import other_ways
from bot.store.database import open_database

ROOT = Path(__file__).parents[2]
CONFIG = """
agency: {name: Pemerintah Kota Contoh, short: Kota Contoh}
telegram: {token: '${TANGGAP_BOT_TOKEN}'}
chats: {triage: -1001000000001}
people:
  - id: ratna
    name: Ratna
    roles: [koordinator, pengelola]
    contacts: {phone: 0812-0000-0001, ntfy: ratna-7}
  - {id: sari, name: Sari, roles: [admin, piket], contacts: {email: sari@kota.example}}
groups: {kepala-humas: [ratna], pimpinan: [ratna], pendamping: [ratna, sari]}
units:
  - {id: bpbd, name: BPBD, people: [ratna]}
  - {id: layanan, name: Layanan, people: [ratna]}
  - {id: keamanan, name: Keamanan, people: [ratna]}
  - {id: siber, name: Siber, people: [ratna]}
rota:
  medsos: {shifts: [{days: sen-min, from: '00:00', to: '00:00', people: [sari]}]}
  medsos-cadangan: {shifts: [{days: sen-min, from: '00:00', to: '00:00', people: [ratna]}]}
"""
PAGES = "pages: {gateways: {sms: '${SMS}', ntfy: '${NTFY}'}}\n"


class Gateway(BaseHTTPRequestHandler):
    """Takes everything but messages to phones."""

    got: list[dict[str, str]] = []  # noqa: RUF012 - shared on purpose; the fixture empties it

    def do_POST(self) -> None:
        self.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(503 if self.path.startswith("/sms/") else 200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing to standard error."""


@pytest.fixture
def port() -> Iterator[int]:
    Gateway.got.clear()
    server = HTTPServer(("127.0.0.1", 0), Gateway)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def env(port: int) -> dict[str, str]:
    return {
        "TANGGAP_BOT_TOKEN": "12345:uji",
        "SMS": f"json://127.0.0.1:{port}/sms/{{to}}",
        "NTFY": f"json://127.0.0.1:{port}/ntfy/{{to}}",
    }


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.yaml"
    path.write_text(CONFIG + PAGES, "utf-8")
    return path


def test_every_way_of_a_person_is_tried_and_told(config: Path, env: dict[str, str]) -> None:
    done = CliRunner().invoke(app, ["page-test", "ratna", "--config", str(config)], env=env)
    assert done.exit_code == 1
    assert done.stdout.splitlines() == ["✗ SMS: HTTP 503", "✓ ntfy: diterima gerbang"]
    assert [one["title"] for one in Gateway.got] == ["Uji panggilan"] * 2
    lines = sqlite3.connect(config.parent / "data/tanggap.db").execute("SELECT canonical FROM journal")
    journal = str(lines.fetchall())
    assert journal.count("page_test") == 2
    assert "0812" not in journal
    assert "ratna-7" not in journal


def test_somebody_without_another_way_hears_what_is_missing(config: Path, env: dict[str, str]) -> None:
    done = CliRunner().invoke(app, ["page-test", "sari", "--config", str(config)], env=env)
    assert done.exit_code == 1
    assert "Sari belum punya jalan lain" in done.stderr
    unknown = CliRunner().invoke(app, ["page-test", "budi", "--config", str(config)], env=env)
    assert "Yang ada: ratna, sari." in unknown.stderr


def test_a_gateway_that_hangs_keeps_no_process_alive(config: Path, env: dict[str, str]) -> None:
    """The library's own threads would: they are waited for when Python ends."""
    silent = socket.create_server(("127.0.0.1", 0))
    address = f"json://127.0.0.1:{silent.getsockname()[1]}/{{to}}?rto=60&cto=60"
    config.write_text(CONFIG + PAGES.replace("{gateways", "{timeout: 1s, gateways"), "utf-8")
    done = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-m", "bot", "page-test", "ratna", "--config", str(config)],
        env={**os.environ, **env, "SMS": address},
        cwd=ROOT, capture_output=True, text=True, timeout=45, check=False,
    )  # fmt: skip
    silent.close()
    assert "✗ SMS: no answer in 1 s" in done.stdout, done.stderr
    assert "✓ ntfy" in done.stdout
    assert done.returncode == 1


def test_check_says_who_has_one_and_which_contact_leads_nowhere(config: Path, env: dict[str, str]) -> None:
    report = check(config, env)
    assert "Jalan lain bila Telegram gagal: 1 dari 2 orang punya." in report.summary
    idle = [one.message.split()[1] for one in report.advice if one.message.startswith("Kontak")]
    assert sorted(idle) == ["email", "voice"]
    config.write_text(CONFIG, "utf-8")
    assert "belum ada gerbang (pages.gateways)" in "\n".join(check(config, env).summary)


def test_doctor_wants_a_test_of_every_way_each_month(config: Path, env: dict[str, str]) -> None:
    def found(days: int = 0) -> list[tuple[bool, str]]:
        return asyncio.run(_looked_at(config, env, days))

    wanted = (False, "Ratna lewat SMS: belum diuji sebulan ini. Uji: tanggap page-test ratna")
    assert wanted in found()
    assert (True, "Gerbang SMS terbaca.") in found()
    assert (False, "Tanpa jalan lain: Sari. Isi contacts di config.yaml.") in found()
    CliRunner().invoke(app, ["page-test", "ratna", "--config", str(config)], env=env)
    assert (False, "Ratna lewat SMS: gagal pada uji terakhir (HTTP 503).") in found()
    assert (True, "Ratna lewat ntfy: teruji.") in found(days=34)
    assert wanted in found(days=36)


async def _looked_at(config: Path, env: dict[str, str], days: int) -> list[tuple[bool, str]]:
    settings = load_settings(config, env)
    settings.database_file.parent.mkdir(exist_ok=True)
    database = await open_database(settings.database_file)
    try:
        return await other_ways(settings, database.read, SystemClock().now() + timedelta(days=days))
    finally:
        await database.close()


@pytest.mark.parametrize(
    ("gateway", "fault"),
    [
        ("json://127.0.0.1/tanpa-tempat", "harus memuat {to}"),
        ("bukan alamat {to}", "bukan alamat gerbang"),
    ],
)
def test_a_gateway_without_a_place_for_whom_is_a_fault_that_hides_it(
    config: Path, env: dict[str, str], gateway: str, fault: str
) -> None:
    found = check(config, {**env, "SMS": gateway}).faults
    assert [fault in str(one) for one in found] == [True]
    assert gateway not in str(found[0])


@pytest.mark.parametrize(
    ("contact", "fault"),
    [
        ("{phone: 12}", "Nomor “12” tidak terbaca"),
        ("{email: ratna}", "Alamat surel “ratna” tidak terbaca"),
        ("{ntfy: topik ku}", "Nama topik ntfy “topik ku”"),
    ],
)
def test_a_contact_that_leads_nowhere_is_named(
    config: Path, env: dict[str, str], contact: str, fault: str
) -> None:
    text = config.read_text("utf-8").replace("{phone: 0812-0000-0001, ntfy: ratna-7}", contact)
    config.write_text(text, "utf-8")
    assert [fault in str(one) for one in check(config, env).faults] == [True]


def test_waiting_longer_than_five_minutes_is_refused(config: Path, env: dict[str, str]) -> None:
    config.write_text(CONFIG + PAGES.replace("{gateways", "{wait: 10m, gateways"), "utf-8")
    assert any("Paling lama 5m" in str(one) for one in check(config, env).faults)
    config.write_text(CONFIG + PAGES.replace("{gateways", "{wait: 2m, gateways"), "utf-8")
    assert load_settings(config, env).pages.wait == timedelta(minutes=2)
