"""export: the comments of a span with their cases and answers, as CSV or as JSON lines."""

import asyncio
import csv
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, TextIO

import typer

from bot.app import opened_quietly
from bot.chat.words import names
from bot.chat.words import report as words
from bot.cli.evidence_file import harmless
from bot.cli.reporting import span_of
from bot.cli.running import DEFAULT, ConfigPath
from bot.cli.saying import note, plainly, say, stop
from bot.clock import SystemClock
from bot.domain.people import PersonId, Zone
from bot.files.config import load_settings
from bot.files.settings import Settings
from bot.services.exporting import Exported, Exporting, Span
from bot.services.intake import HOST
from classifiers.errors import because

_COLUMNS = (
    *("kasus", "komentar", "diterima", "tempat", "penulis", "teks", "label", "topik", "prioritas"),
    *("status", "ditangani", "target_jawaban", "jawaban", "dijawab", "disetujui", "tautan"),
)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
_Write = Callable[[Exported], None]


def add_to(app: typer.Typer) -> None:
    """Registers the command."""
    app.command("export")(export)


def export(
    target: Annotated[Path, typer.Argument(help="Berkas tujuan, .csv atau .jsonl; belum boleh ada.")],
    since: Annotated[str, typer.Option("--since", help="Sejak TTTT-BB-HH; kosong: awal tahun ini.")] = "",
    until: Annotated[str, typer.Option("--until", help="Sampai dengan TTTT-BB-HH; kosong: hari ini.")] = "",
    whole: Annotated[
        bool, typer.Option("--whole", help="Dengan nama penulis dan nomor pribadi; tercatat di jurnal.")
    ] = False,
    config: ConfigPath = DEFAULT,
) -> None:
    """Menulis komentar satu masa dengan kasus dan jawabannya. Nama dan nomor pribadi ditutup."""
    if target.suffix not in {".csv", ".jsonl"}:
        stop("Nama berkasnya berakhiran .csv atau .jsonl.", 2)
    if target.exists():
        stop(f"{target} sudah ada.")
    with plainly():
        settings = load_settings(config, os.environ)
        first, end = span_of(since, until, settings.agency.zone)
        count = asyncio.run(_written(settings, target, Span(first, end, whole)))
    say(f"{count} komentar ditulis ke {target}.")
    if whole:
        note("Berkas ini memuat data pribadi. Simpan seperlunya, dan hapus bila sudah tidak dipakai.")


async def _written(settings: Settings, target: Path, span: Span) -> int:
    """In one piece or not at all: the file gets its name when all of it is there."""
    part, count = target.with_name(f"{target.name}.bagian"), 0
    async with opened_quietly(settings, SystemClock()) as (_, database):
        exporting = Exporting(database, SystemClock(), frozenset(settings.guard.allow))
        try:
            with _table(part, target.suffix, settings) as write:
                async for one in exporting.rows(span):
                    write(one)
                    count += 1
            await exporting.taken(span, count, HOST)
            part.replace(target)
        except OSError as error:
            stop(f"{target} tidak dapat ditulis ({because(error)}).")
        finally:
            part.unlink(missing_ok=True)
    return count


@contextmanager
def _table(path: Path, kind: str, settings: Settings) -> Iterator[_Write]:
    encoding = "utf-8-sig" if kind == ".csv" else "utf-8"
    with os.fdopen(os.open(path, _NEW, 0o600), "w", encoding=encoding, newline="") as file:
        yield _csv(file, settings) if kind == ".csv" else _json_lines(file, settings)


def _csv(file: TextIO, settings: Settings) -> _Write:
    table = csv.writer(file, quoting=csv.QUOTE_ALL)
    table.writerow(_COLUMNS)
    return lambda one: table.writerow([harmless(cell) for cell in _cells(one, settings)])


def _json_lines(file: TextIO, settings: Settings) -> _Write:
    def write(one: Exported) -> None:
        row = dict(zip(_COLUMNS, _cells(one, settings), strict=True))
        file.write(json.dumps(row, ensure_ascii=False) + "\n")

    return write


def _cells(one: Exported, settings: Settings) -> list[str]:
    comment, zone = one.kept.comment, settings.agency.zone
    return [
        str(one.kept.case_id),
        str(one.kept.id),
        _moment(comment.received_at, zone),
        names.PLATFORM[comment.origin.platform],
        comment.author.name,
        words.HIDDEN if one.hidden else comment.text,
        ", ".join(names.label(code) for code in one.labels),
        ", ".join(one.topics),
        names.URGENCY[one.urgency],
        names.STATUS[one.status],
        _person(one.assignee, settings),
        _moment(one.due_at, zone),
        words.HIDDEN if one.hidden and one.posted_at else one.answer,
        _moment(one.posted_at, zone),
        _person(one.approved_by, settings),
        comment.link,
    ]


def _person(person: str, settings: Settings) -> str:
    known = settings.persons.get(PersonId(person))
    return known.name if known is not None else person


def _moment(at: datetime | None, zone: Zone) -> str:
    return f"{at.astimezone(zone.tz):%Y-%m-%d %H:%M:%S %z}" if at is not None else ""
