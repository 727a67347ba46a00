"""`tanggap rota export`, and what `doctor` says of the rota and of the calendar."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.clock import SystemClock
from bot.doctor import _calendar, _ladders, _rota, _sheets
from bot.domain.leave import Leave
from bot.domain.people import PersonId
from bot.domain.rota import Override
from bot.domain.swap import Plan
from bot.files.config import load_settings
from bot.store.database import open_database

ENV = {"TANGGAP_BOT_TOKEN": "12345:uji"}
CONFIG = """\
agency: {name: Pemerintah Kota Contoh, short: Kota Contoh, zone: WITA}
telegram: {token: "${TANGGAP_BOT_TOKEN}"}
database: {url: "sqlite:tanggap.db"}
chats: {triage: -1001000000001}
people:
  - {id: ratna, name: Ratna, roles: [koordinator, pengelola]}
  - {id: sari, name: Sari, roles: [admin, piket]}
groups: {kepala-humas: [ratna], pimpinan: [ratna], pendamping: [ratna, sari]}
units:
  - {id: bpbd, name: BPBD, people: [ratna]}
  - {id: layanan, name: Dinas Layanan, people: [ratna]}
  - {id: keamanan, name: Keamanan, people: [ratna]}
  - {id: siber, name: Siber, people: [ratna]}
rota:
  medsos: {shifts: [{rotate: 1d, since: 2026-01-01 07:00, people: [ratna, sari]}]}
  medsos-cadangan: {shifts: [{days: sen-min, from: 00:00, to: 00:00, people: [ratna]}]}
"""
SARI, RATNA = PersonId("sari"), PersonId("ratna")
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.yaml"
    path.write_text(CONFIG, encoding="utf-8")
    return path


def run(config: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["rota", "export", "--config", str(config), *words], env=ENV)
    return result.exit_code, result.output


def test_the_shifts_of_one_person_come_as_a_calendar(config: Path) -> None:
    code, text = run(config, "--ics", "--person", "sari", "--days", "10")
    assert code == 0
    assert text.startswith("BEGIN:VCALENDAR")
    assert text.count("BEGIN:VEVENT") in {5, 6}
    assert "Piket medsos" in text
    assert "cadangan" not in text


def test_without_it_the_table_is_read_on_the_terminal_and_what_was_agreed_on_is_in_it(config: Path) -> None:
    now = SystemClock().now()

    async def agree() -> None:
        database = await open_database(config.parent / "tanggap.db")
        async with database.transaction() as tx:
            await tx.shifts.put_in(
                Override("medsos-cadangan", now, now + timedelta(days=3), SARI, RATNA), "x", now
            )
        await database.close()

    asyncio.run(agree())
    code, text = run(config, "--days", "3")
    assert code == 0
    assert "WITA  Piket medsos cadangan: Sari" in text
    assert "WITA  Piket medsos: Ratna" in text


def test_somebody_unknown_is_a_sentence(config: Path) -> None:
    code, text = run(config, "--person", "budi")
    assert code == 1
    assert "Orang “budi” tidak ada di config.yaml. Yang ada: ratna, sari." in text


def test_doctor_looks_at_the_rota_as_it_is_and_names_who_is_alone(config: Path) -> None:
    settings = load_settings(config, ENV)
    said = [str(one) for one in _rota(settings, Plan(settings.rotations), NOW)]
    assert said == [
        "✓ Rota medsos: terisi penuh 14 hari ke depan.",
        "✓ Rota medsos-cadangan: terisi penuh 14 hari ke depan.",
        "✗ Rota medsos-cadangan hanya berisi Ratna: tidak ada cadangan bila ia tidak menjawab.",
    ]
    out = Plan(settings.rotations, leaves=[Leave(RATNA, NOW, NOW + timedelta(days=1), SARI)])
    assert [one.fine for one in _rota(settings, out, NOW)] == [True, True, False]
    gone = Plan(settings.rotations, leaves=[Leave(RATNA, NOW, NOW + timedelta(days=4))])
    said = [str(one) for one in _rota(settings, gone, NOW)]
    assert "1 celah tanpa petugas, mulai 23-11-2026 10.00 WITA. Isi dengan /piket ganti" in said[1]
    assert [str(one) for one in _rota(settings, Plan({}), NOW)] == [
        "✗ Belum ada rota piket; tidak ada yang dibangunkan di luar jam kerja."
    ]


def test_doctor_says_when_the_next_years_holidays_are_missing(config: Path) -> None:
    settings = load_settings(config, ENV)
    assert list(_calendar(settings, NOW)) == []
    [late] = _calendar(settings, datetime(2027, 11, 20, tzinfo=UTC))
    assert str(late) == (
        "✗ Kalender bawaan hanya sampai 2027. Perbarui Tanggap, atau tulis libur 2028 di holidays."
    )
    config.write_text(CONFIG + "national_holidays: false\n", encoding="utf-8")
    assert list(_calendar(load_settings(config, ENV), datetime(2029, 1, 1, tzinfo=UTC))) == []


def ladders(config: Path) -> list[str]:
    settings = load_settings(config, ENV)
    sheets, faulty = _sheets(settings)
    assert not faulty
    return [str(one) for one in _ladders(settings, sheets)]


def test_doctor_names_ladders_that_call_one_person_by_several_names(config: Path, tmp_path: Path) -> None:
    said = ladders(config)
    assert any("Tingkat 2 tidak menambah orang baru (Ratna)" in line for line in said), said
    assert all(line.startswith("✓") for line in said)
    config.write_text(CONFIG.replace("people: [ratna, sari]}]}", "people: [ratna]}]}"), encoding="utf-8")
    alone = ladders(config)
    placed = re.compile(r"✗ \S+hoaks-viral\.yaml:\d+:\d+ Semua tingkat memanggil Ratna")
    assert any(placed.match(line) for line in alone), alone
    (tmp_path / "rusak.yaml").write_text("playbook: v1\n", encoding="utf-8")
    config.write_text(CONFIG + "playbooks: [rusak.yaml]\n", encoding="utf-8")
    none, [broken] = _sheets(load_settings(config, ENV))
    assert not none
    assert not broken.fine
