"""The machine is gone, the backup is not: it takes its place whole, and says nothing in public twice."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result
from story_town import Town
from typer.testing import CliRunner

from bot.cli import app
from bot.sandbox import Break, Fault, Message

QUESTION = "Kapan jalan depan pasar diperbaiki?"
ANSWER = "Perbaikan jalan dimulai Senin depan, Kak."


async def command(town: Town, *words: object) -> Result:
    arguments = [*map(str, words), "--config", str(town.config)]
    return await asyncio.to_thread(CliRunner().invoke, app, arguments, env=town.environment)


def chain(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as conn:
        return conn.execute("SELECT canonical, hash FROM journal ORDER BY seq").fetchall()


def database(town: Town) -> Path:
    return town.config.parent / "tanggap.db"


def lose(town: Town) -> None:
    for one in database(town).parent.glob("tanggap.db*"):
        one.unlink()


async def status(town: Town) -> Message:
    await town.say("laras", "/status")
    return town.seen(town.triage)[-1]


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return tmp_path / "cadangan.db"


async def test_a_backup_on_an_empty_machine_has_the_same_chain_and_work_goes_on(
    town: Town, backup: Path
) -> None:
    await town.comment("Hasan", QUESTION)
    await town.press("laras", town.card(QUESTION), "Ambil")
    assert (await command(town, "backup", backup)).exit_code == 0
    before = chain(backup)
    await town.comment("Ratna", "Kapan jadwal perekaman KTP?")
    await town.stop()
    lose(town)

    done = await command(town, "restore", backup)
    assert (done.exit_code, f"jurnal utuh, {len(before)} baris sampai" in done.stdout) == (0, True)
    after = chain(database(town))
    assert after[:-1] == before
    assert '"restore"' in after[-1][0]
    assert f"{len(before) + 1} baris" in (await command(town, "audit", "verify")).stdout
    assert sorted(one.name for one in database(town).parent.glob("tanggap.db*")) in (
        ["tanggap.db", "tanggap.db.lock"],
        ["tanggap.db", "tanggap.db-shm", "tanggap.db-wal", "tanggap.db.lock"],
    )

    await town.start()
    await town.approved("laras", town.card(QUESTION), ANSWER)
    assert town.public() == [], "the backup does not know what was stopped since"
    assert "Cadangan baru dipulihkan" in (await status(town)).text
    await town.say("sekar", "/buka")
    await town.say("tirta", "/buka")
    await town.later(minutes=1)
    assert [one.text for one in town.public()] == [ANSWER]


async def test_what_waited_to_be_said_in_public_is_asked_about_and_not_said_again(
    town: Town, backup: Path
) -> None:
    await town.comment("Hasan", QUESTION)
    draft = await town.submitted("laras", town.card(QUESTION), ANSWER)
    town.sandbox.faults.add(
        Fault(Break.FLOOD, "sendMessage", chat_id=town.discussion.id, times=1, retry_after=7)
    )
    await town.press("sekar", draft, "Setujui")
    assert (await command(town, "backup", backup)).exit_code == 0
    await town.later(seconds=8)
    assert [one.text for one in town.public()] == [ANSWER]
    await town.stop()

    done = await command(town, "restore", backup, "--replace")
    assert "1 kiriman ke publik menunggu di cadangan ini" in done.stderr
    await town.start()
    await town.later(minutes=5)
    assert [one.text for one in town.public()] == [ANSWER], "it stood there already"
    await town.press("laras", town.card("Belum pasti terkirim", ANSWER), "Sudah terkirim")
    assert town.card(QUESTION).text.startswith("✅")


async def test_beside_a_bot_that_runs_or_over_a_database_nothing_is_lost(town: Town, backup: Path) -> None:
    assert (await command(town, "backup", backup)).exit_code == 0
    await town.comment("Hasan", QUESTION)
    beside = await command(town, "restore", backup, "--replace")
    assert (beside.exit_code, "Tanggap sudah berjalan" in beside.stderr) == (1, True)
    assert "ditangani Laras" in (await pressed(town)), "and the bot works on"
    await town.stop()
    before = chain(database(town))
    over = await command(town, "restore", backup)
    assert (over.exit_code, "Ulangi dengan --replace" in over.stderr) == (1, True)
    assert chain(database(town)) == before

    assert (await command(town, "restore", backup, "--replace")).exit_code == 0
    [kept] = [one for one in backup.parent.glob("tanggap.db.sebelum-pulih-*") if one.suffix != ".db-wal"]
    assert chain(kept) == before, "what stood there is still to be had"
    assert len(chain(database(town))) < len(before)


async def pressed(town: Town) -> str:
    await town.press("laras", town.card(QUESTION), "Ambil")
    return town.card(QUESTION).text
