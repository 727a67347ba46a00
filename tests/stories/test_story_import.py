"""Comments from other places come in by a file, beside a bot that is running."""

import asyncio
import os
import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from programs import program
from story_town import Town
from typer.testing import CliRunner

from bot.cli import app

FILE = """\
id,penulis,waktu,teks,tautan,unggahan
ig-1,ratna_w,2026-11-23T08:10:00+07:00,Kapan jadwal perekaman KTP?,https://media.example/p/1,Jadwal layanan
ig-2,toni88,2026-11-23T08:15:00+07:00,"Air mati dari semalam, tolong dicek",https://media.example/p/2,Pipa
ig-3,ferry,2026-11-23T08:20:00+07:00,=HYPERLINK("http://x"),,Pipa
"""


async def imported(town: Town, file: Path, *more: str) -> tuple[int, str]:
    """`tanggap import` as another process would run it; exit code and all it says."""
    said = await run(town, file, *more)
    town.clock.advance(6)  # an import elsewhere rings no bell; the outbox looks again by itself
    await town.settled()
    return said


async def run(town: Town, file: Path, *more: str) -> tuple[int, str]:
    arguments = ["import", str(file), "--config", str(town.config), *more]
    result = await asyncio.to_thread(CliRunner().invoke, app, arguments, env=town.environment)
    return result.exit_code, result.output


async def test_a_file_brings_cards_once_and_its_answer_is_text_to_copy(town: Town, tmp_path: Path) -> None:
    file = tmp_path / "komentar.csv"
    file.write_text(FILE, encoding="utf-8")
    assert await imported(town, file) == (0, "3 komentar masuk (3 kasus baru), 0 sudah ada sebelumnya.\n")
    # A playbook may wait for the daily file: each one that comes is a sign of life.
    assert "import" in [life.connector for life in await town.read.outside.lives()]
    card = town.card("Kapan jadwal perekaman KTP?", button="Ambil")
    assert "ratna_w" in card.text
    assert "https://media.example/p/1" in str(card.raw["entities"])
    assert "Pipa" in town.card("Air mati dari semalam").text
    assert town.card('=HYPERLINK("http://x")')

    assert await imported(town, file) == (0, "0 komentar masuk (0 kasus baru), 3 sudah ada sebelumnya.\n")
    assert len(town.seen(town.triage, button="Ambil")) == 3
    await town.approved("laras", card, "Jadwalnya ada di laman resmi, Kak.")
    copy = town.card("Perlu dikirim dengan tangan", "Jadwalnya ada di laman resmi")
    await town.press("laras", copy, "Sudah terkirim")
    assert card.text.startswith("✅")
    assert not town.public()


SPREADING = """\
id,penulis,platform,dilihat,suka,teks,tautan
t-1,toni88,TikTok,"{}",12,Apakah benar kantor kecamatan tutup minggu depan?,https://www.tiktok.com/@kota/video/1
"""


async def test_what_many_saw_elsewhere_is_urgent_and_its_answer_fits_the_place(
    town: Town, tmp_path: Path
) -> None:
    file = tmp_path / "tiktok.csv"
    file.write_text(SPREADING.format("900"), encoding="utf-8")
    await imported(town, file)
    card = town.card("kantor kecamatan")
    assert "TikTok · lihat" in card.text
    assert "dilihat" not in card.text
    file.write_text(SPREADING.format("12,5 rb"), encoding="utf-8")
    assert (await imported(town, file))[1].startswith("0 komentar masuk (0 kasus baru), 1 sudah ada")
    assert "Prioritas tinggi karena" in card.text
    assert "dilihat sekitar 12 ribu kali" in card.text
    file.write_text(SPREADING.format("2 jt"), encoding="utf-8")
    await imported(town, file)
    assert "dilihat sekitar 2 juta kali" in card.text
    long = "Halo Kak, kantor kecamatan tetap buka seperti biasa sepanjang minggu depan. " * 2
    draft = await town.submitted("laras", card, f"{long}Jam layanannya ada di papan pengumuman kantor.")
    assert "TikTok hanya memuat 150 karakter, teks ini 198." in draft.text


async def test_one_bad_row_keeps_everything_out_until_a_person_says_otherwise(
    town: Town, tmp_path: Path
) -> None:
    file = tmp_path / "komentar.csv"
    file.write_text(FILE + "ig-4,umi,kemarin sore,Halo,,\nig-5,umi,,,,\n", encoding="utf-8")
    code, said = await imported(town, file)
    assert code == 1
    assert f"{file}:5 Waktu tidak terbaca." in said
    assert f"{file}:6 Teks komentar kosong." in said
    assert "Tidak ada yang dimasukkan." in said
    assert not town.seen(town.triage, button="Ambil")
    code, said = await imported(town, file, "--skip-bad")
    assert (code, "3 komentar masuk" in said) == (0, True)
    assert len(town.seen(town.triage, button="Ambil")) == 3


async def test_an_import_that_was_killed_goes_on_where_it_stopped_and_brings_each_once(
    town: Town, tmp_path: Path
) -> None:
    """kill -9 in the midst: the next run of the same command says so and takes in the rest."""
    file = tmp_path / "banyak.csv"
    rows = "".join(f"ig-{n},w{n},,Jadwal layanan keliling untuk RW {n} kapan?,,Jadwal\n" for n in range(160))
    file.write_text("id,penulis,waktu,teks,tautan,unggahan\n" + rows, encoding="utf-8")
    command = [sys.executable, "-m", "bot", "import", str(file), "--config", str(town.config)]
    environment = os.environ | town.environment
    async with (
        program(*command, env=environment, stdout=asyncio.subprocess.DEVNULL) as importing,
        asyncio.timeout(60),
    ):
        while await brought(town) < 60:
            assert importing.returncode is None, "it ended before it could be killed"
            await asyncio.sleep(0.005)
    cut_off = await brought(town)
    assert 60 <= cut_off < 160
    await told_where_it_stopped(town)

    code, said = await run(town, file)
    assert code == 0
    assert re.search(r"Melanjutkan impor yang terhenti: (50|100|150) dari 160 komentar", said)
    assert f"{160 - cut_off} komentar masuk ({160 - cut_off} kasus baru), {cut_off} sudah ada" in said
    assert await brought(town) == 160
    assert "banyak.csv" not in await status(town)
    assert "banyak.csv" not in await doctor(town)
    assert "Melanjutkan" not in (await run(town, file))[1]
    assert await brought(town) == 160


async def told_where_it_stopped(town: Town) -> None:
    """Whoever looks is told, and not only whoever happens to repeat it."""
    # The command had the machine's clock, the town has its own: at first it may still be at work there.
    for seconds, at in ((50, "sedang dimasukkan: sedikitnya"), (3 * 60, "belum masuk semua: sedikitnya")):
        with closing(sqlite3.connect(town.config.parent / "tanggap.db")) as beside:
            ago = town.clock.now().timestamp() - seconds
            beside.execute("UPDATE importing SET moved_at = ?", (int(ago),))
            beside.commit()
        said = await status(town)
        assert re.search(rf"Berkas “banyak\.csv” {at} (50|100|150) dari 160 komentar", said)
    assert "lalu berhenti 3 menit lalu. Pengelola mengulang tanggap import dengan berkas itu" in said
    with closing(sqlite3.connect(town.config.parent / "tanggap.db")) as beside:
        beside.execute(
            "UPDATE importing SET moved_at = 1763776800"
        )  # a year ago, for the machine's own clock
        beside.commit()
    assert re.search(
        r"✗ 📥 Berkas “banyak\.csv” belum masuk semua: sedikitnya (50|100|150)", await doctor(town)
    )


async def status(town: Town) -> str:
    town.clock.advance(6)  # what an import elsewhere queued
    asked = await town.say("laras", "/status")
    said = next(m.text for m in town.seen(town.triage) if m.reply_to == asked.message_id)
    return said.replace("\u2060", "")  # a file's name is no address to tap


async def doctor(town: Town) -> str:
    arguments = ["doctor", "--config", str(town.config)]
    return (await asyncio.to_thread(CliRunner().invoke, app, arguments, env=town.environment)).output


async def brought(town: Town) -> int:
    """Comments in the store, each with the case that it opened."""
    with closing(sqlite3.connect(town.config.parent / "tanggap.db")) as beside:
        query = "SELECT count(*), count(DISTINCT case_id) FROM comment WHERE platform = 'csv'"
        comments, cases = beside.execute(query).fetchone()
    assert comments == cases
    return int(comments)
