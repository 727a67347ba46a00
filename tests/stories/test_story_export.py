"""What the team answered this month, for a spreadsheet, taken beside the bot that goes on working."""

import asyncio
import csv
import io
from pathlib import Path

from story_town import Town
from typer.testing import CliRunner

from bot.cli import app

QUESTION = "Kapan jalan depan pasar diperbaiki?"
ANSWER = "Perbaikan jalan dimulai Senin depan, Kak."


async def exported(town: Town, file: Path) -> list[dict[str, str]]:
    day = ("--since", "2026-11-23", "--until", "2026-11-23")
    arguments = ["export", str(file), *day, "--config", str(town.config)]
    done = await asyncio.to_thread(CliRunner().invoke, app, arguments, env=town.environment)
    assert done.exit_code == 0, done.output
    return rows(file)


def rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline="")))


async def test_an_edited_comment_stands_there_once_with_its_answer_and_who_approved_it(
    town: Town, tmp_path: Path
) -> None:
    comment = await town.comment("Hasan", "Kapan jalan diperbaiki?")
    town.world.edit(comment, QUESTION)
    await town.settled()
    await town.comment("Ratna", "Terima kasih, pelayanannya cepat sekali")
    await town.approved("laras", town.card(QUESTION), ANSWER)
    answered, thanked = await exported(town, tmp_path / "hari.csv")
    assert (answered["teks"], answered["jawaban"]) == (QUESTION, ANSWER)
    assert (answered["status"], answered["ditangani"], answered["disetujui"]) == ("Dijawab", "Laras", "Sekar")
    assert answered["dijawab"] == "2026-11-23 09:00:00 +0700"
    assert (thanked["label"], thanked["status"], thanked["jawaban"]) == ("Apresiasi", "Baru", "")
    assert await town.deeds("comments") == ["export"]
