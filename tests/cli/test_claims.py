"""`tanggap claims import` and `export`: whole or not at all, twice is once."""

import asyncio
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.domain.claim import ClaimStatus, Finding
from bot.store.database import open_database

ENV = {"TANGGAP_BOT_TOKEN": "12345:uji"}
CONFIG = Path(__file__).parent / "test_cli_rota.py"
SOURCE = "https://cekfakta.contoh.go.id"
FILE = f"""\
nomor,klaim,temuan,jenis,dasar,sumber,tanggal
1,Air kota dicampur racun,salah,konten palsu,Uji laboratorium baik,{SOURCE}/1,2026-11-20
2,Bansos 600 ribu cair besok,sebagian,,Cair bulan depan,{SOURCE}/2,
3,Sekolah libur sepekan,belum terbukti,,,,
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.yaml"
    text = CONFIG.read_text("utf-8").split('CONFIG = """\\\n')[1].split('"""')[0]
    path.write_text(text, encoding="utf-8")
    return path


def run(config: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["claims", *words, "--config", str(config)], env=ENV)
    return result.exit_code, result.output


def bring(config: Path, text: str, *more: str) -> tuple[int, str]:
    file = config.parent / "daftar.csv"
    file.write_text(text, encoding="utf-8")
    return run(config, "import", str(file), "--by", "ratna", *more)


async def kept(config: Path) -> list[tuple[str, Finding | None, ClaimStatus, int]]:
    database = await open_database(config.parent / "tanggap.db")
    found = await database.read.claims.every(0, 99)  # type: ignore[arg-type]  # before the first
    await database.close()
    return [(one.reference, one.finding, one.status, one.version) for one in found]


def test_a_file_that_cannot_be_read_is_told_in_words_of_the_team(config: Path) -> None:
    gone, folder = config.parent / "tidak-ada.csv", config.parent / "folder.csv"
    folder.mkdir()
    assert run(config, "import", str(gone), "--by", "ratna") == (
        2,
        f"{gone}: tidak dapat dibaca (tidak ada).\n",
    )
    code, said = run(config, "import", str(folder), "--by", "ratna")
    assert (code, said) == (2, f"{folder}: tidak dapat dibaca (itu folder, bukan berkas).\n")
    nowhere = config.parent / "folder-lain" / "keluar.csv"
    code, said = run(config, "export", str(nowhere))
    assert (code, said) == (1, f"{nowhere} tidak dapat dibuka (tidak ada).\n")


def test_a_list_comes_in_once_and_what_reads_otherwise_is_brought_up_to_date(config: Path) -> None:
    code, said = bring(config, FILE)
    assert (code, said.splitlines()[0]) == (0, "3 klaim baru, 0 diperbarui, 0 sudah ada sebelumnya.")
    assert bring(config, FILE)[1].startswith("0 klaim baru, 0 diperbarui, 3 sudah ada")
    assert bring(config, FILE.replace("sebagian", "salah"))[1].startswith("0 klaim baru, 1 diperbarui, 2 ")
    assert asyncio.run(kept(config)) == [
        ("1", Finding.FALSE, ClaimStatus.FOUND, 1),
        ("2", Finding.FALSE, ClaimStatus.FOUND, 2),
        ("3", Finding.UNPROVEN, ClaimStatus.FOUND, 1),
    ]


def test_one_bad_row_keeps_everything_out_until_a_person_says_otherwise(config: Path) -> None:
    code, said = bring(config, FILE + "4,,salah,,,,\n5,Air,entah,,,,\n")
    assert code == 1
    assert "daftar.csv:5 Kolom klaim kosong." in said
    assert "daftar.csv:6 Temuan «entah» tidak dikenal." in said
    assert "Tidak ada yang dimasukkan." in said
    assert not (config.parent / "tanggap.db").exists() or asyncio.run(kept(config)) == []
    code, said = bring(config, FILE + "4,,salah,,,,\n", "--skip-bad")
    assert code == 0
    assert "3 klaim baru" in said


def test_a_coordinator_answers_for_the_list(config: Path) -> None:
    file = config.parent / "daftar.csv"
    file.write_text(FILE, encoding="utf-8")
    code, said = run(config, "import", str(file), "--by", "sari")
    assert code == 1
    assert "Memastikan temuan klaim adalah tugas koordinator." in said
    code, said = run(config, "import", str(file), "--by", "siapa")
    assert code == 1
    assert "--by ID" in said


def test_what_goes_out_comes_in_again(config: Path) -> None:
    bring(config, FILE)
    target = config.parent / "keluar.csv"
    assert run(config, "export", str(target))[0] == 0
    assert run(config, "export", str(target)) == (1, f"{target} sudah ada.\n")
    code, said = run(config, "import", str(target), "--by", "ratna")
    assert code == 0
    assert said.startswith("0 klaim baru")
    assert "Bansos 600 ribu cair besok,sebagian" in run(config, "export")[1]


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "tidak dapat dibaca"), (b"klaim,temuan\n\xff\xfe", "bukan UTF-8 (byte ke-14)")],
)
def test_a_file_that_cannot_be_read_is_said_plainly(config: Path, content: bytes | None, said: str) -> None:
    file = config.parent / "rusak.csv"
    if content is not None:
        file.write_bytes(content)
    code, heard = run(config, "import", str(file), "--by", "ratna")
    assert code == 2
    assert said in heard
