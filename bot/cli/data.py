"""import, templat, audit, purge."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.progress import Progress

from bot.app import opened_quietly
from bot.assembly import Services
from bot.cli.running import DEFAULT, ConfigPath
from bot.cli.saying import note, plainly, say, stop
from bot.cli.template_file import write_templates
from bot.clock import SystemClock
from bot.connectors.csv_file import CommentFile, UnreadableFile
from bot.domain.outside import IMPORT
from bot.domain.people import PersonId
from bot.files.config import load_settings
from bot.services.importing import FileImport, Sheet
from bot.services.intake import How
from bot.services.retention import Forgotten
from bot.services.tap import Tap
from bot.store.database import Database
from bot.tidying import retention_of

_Answer = TypeVar("_Answer")
_SHOWN = 50
audit = typer.Typer(help="Jurnal: siapa berbuat apa dan kapan.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Registers the commands."""
    app.command("import")(import_file)
    app.command("templat")(templates)
    app.command()(purge)
    app.add_typer(audit, name="audit")


def import_file(
    file: Annotated[Path, typer.Argument(help="CSV atau JSONL; kolom teks wajib ada.")],
    config: ConfigPath = DEFAULT,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Lewati baris yang salah.")] = False,
) -> None:
    """Memasukkan komentar dari berkas. Baris yang salah disebut; tanpa --skip-bad tidak ada yang masuk.

    Bila terhenti di tengah jalan, ulangi perintah yang sama: sisanya dilanjutkan.
    """
    sheet = CommentFile(file, SystemClock().now())
    try:
        checked = sheet.check()
    except UnreadableFile as error:
        stop(str(error), 2)
    for row in checked.bad[:_SHOWN]:
        note(f"{file}:{row.line} {row.why}")
    if checked.faults > _SHOWN:
        note(f"… dan {checked.faults - _SHOWN} baris lain.")
    if checked.faults and not skip_bad:
        stop("Tidak ada yang dimasukkan. Perbaiki barisnya, atau ulangi dengan --skip-bad.")

    async def bring(services: Services, database: Database) -> dict[How, int]:
        bringing = FileImport(database, services.intake, SystemClock())
        known = Sheet(checked.sha256, checked.comments, file.name)
        far = await bringing.come_so_far(known)
        if far is not None:
            note(f"Melanjutkan impor yang terhenti: {far} dari {checked.comments} komentar sudah masuk.")
        console = Console(stderr=True)
        with Progress(console=console, disable=not console.is_terminal) as progress:
            task = progress.add_task("Memasukkan", total=checked.comments)
            counts = await bringing.bring(
                known, sheet.comments(), lambda brought: progress.update(task, completed=brought)
            )
        await services.outside.pulse.note(IMPORT)
        return counts

    counts = _with_store(config, bring)
    new = counts[How.OPENED] + counts[How.JOINED] + counts[How.REVISED]
    say(f"{new} komentar masuk ({counts[How.OPENED]} kasus baru), {counts[How.KNOWN]} sudah ada sebelumnya.")


def templates(
    approve: Annotated[bool, typer.Option("--approve", help="Setujui semua yang diusulkan.")] = False,
    by: Annotated[str, typer.Option("--by", help="ID koordinator yang menyetujui.")] = "",
    export: Annotated[
        Path | None, typer.Option("--export", help="Tulis templat dari obrolan ke YAML.")
    ] = None,
    config: ConfigPath = DEFAULT,
) -> None:
    """Daftar templat balasan; dengan --approve --by ORANG menyetujui semua yang diusulkan."""

    async def work(services: Services, _: Database) -> None:
        await services.template_life.load()
        if export is not None:
            own = [one for one in services.templates.shelf.standing() if services.templates.shelf.is_own(one)]
            write_templates(export, own)
            return
        if approve:
            settings = load_settings(config, os.environ)
            person = settings.persons.get(PersonId(by))
            if person is None:
                stop("Sebutkan koordinator yang menyetujui: --by ID")
            tap = Tap(person, 0, 0, "host", SystemClock().now())
            note(f"{await services.templates.approve_all(tap)} templat disetujui oleh {person.name}.")
        for line in await services.templates.lines():
            say(f"{line.template.id:40} {line.template.title:26} {line.usability.reason}")

    _with_store(config, work)


@audit.command()
def verify(config: ConfigPath = DEFAULT) -> None:
    """Memeriksa rantai jurnal dari awal sampai akhir."""

    async def work(_: Services, database: Database) -> tuple[int, int | None]:
        return await database.read.journal.verify()

    count, broken = _with_store(config, work)
    if broken is not None:
        stop(f"Jurnal tidak utuh mulai baris {broken} dari {count}. Pulihkan dari cadangan dan selidiki.")
    say(f"Jurnal utuh: {count} baris.")


def purge(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Hitung saja, jangan hapus.")] = False,
    config: ConfigPath = DEFAULT,
) -> None:
    """Menghapus yang lewat masa simpannya (`retention`). Bot melakukannya sendiri setiap jam."""

    async def work(services: Services, database: Database) -> Forgotten:
        retention = retention_of(load_settings(config, os.environ), database, SystemClock())
        if dry_run:
            return await retention.due()
        gone = await retention.all("host")
        await services.finding.searching.index.sweep_all()
        return gone

    gone = _with_store(config, work)
    said = (
        f"{gone.incidents} insiden, {gone.cases} kasus dengan komentar dan balasannya, "
        f"{gone.outgoing} pesan terkirim, {gone.names} nama warga."
    )
    say(f"{'Akan dihapus' if dry_run else 'Dihapus'}: {said}")
    note("Cadangan dan salinan sebelum pembaruan (*.sebelum-*) tidak disentuh; hapus sendiri bila lama.")


def _with_store(config: Path, work: Callable[[Services, Database], Awaitable[_Answer]]) -> _Answer:
    """Opens the agency's store beside a bot that may be running."""

    async def go() -> _Answer:
        async with opened_quietly(load_settings(config, os.environ), SystemClock()) as (services, database):
            return await work(services, database)

    with plainly():
        return asyncio.run(go())
