"""claims import, claims export: lists of checked facts."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.app import opened_quietly
from bot.cli.running import DEFAULT, ConfigPath
from bot.cli.saying import note, plainly, say, stop, working
from bot.clock import SystemClock
from bot.domain.claim_list import Row, read_list, write_list
from bot.domain.people import Person, PersonId
from bot.files.config import load_settings
from bot.services.claim_import import Brought
from classifiers.errors import because

_SHOWN = 50
_LARGEST = 64 * 1024 * 1024
_PAUSE_S = 0.03
"""After each part: as long as whoever waits to write sleeps between two looks, so that they come in."""
claims = typer.Typer(help="Daftar cek fakta.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Registers the commands."""
    app.add_typer(claims, name="claims")


@claims.command("import")
def bring(
    file: Annotated[Path, typer.Argument(help="CSV: nomor, klaim, temuan, jenis, dasar, sumber, tanggal.")],
    by: Annotated[str, typer.Option("--by", help="ID koordinator yang bertanggung jawab atas daftar ini.")],
    config: ConfigPath = DEFAULT,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Lewati baris yang salah.")] = False,
) -> None:
    """Memasukkan daftar cek fakta. Baris yang salah disebut; tanpa --skip-bad tidak ada yang masuk."""
    with plainly():
        settings = load_settings(config, os.environ)
    person = settings.persons.get(PersonId(by))
    if person is None:
        stop("Sebutkan koordinator yang bertanggung jawab: --by ID")
    rows, bad = read_list(_text(file), settings.links.allow, SystemClock().now())
    for one in bad[:_SHOWN]:
        note(f"{file}:{one.line} {one.why}")
    if len(bad) > _SHOWN:
        note(f"… dan {len(bad) - _SHOWN} baris lain.")
    if bad and not skip_bad:
        stop("Tidak ada yang dimasukkan. Perbaiki barisnya, atau ulangi dengan --skip-bad.")
    with plainly():
        brought = asyncio.run(_bring(config, rows, person))
    say(f"{brought.new} klaim baru, {brought.changed} diperbarui, {brought.known} sudah ada sebelumnya.")
    note("Bot yang sedang berjalan mengenalinya dalam satu menit.")


async def _bring(config: Path, rows: list[Row], person: Person) -> Brought:
    clock = SystemClock()
    async with opened_quietly(load_settings(config, os.environ), clock) as (services, _):
        with working() as progress:
            task = progress.add_task("Memasukkan", total=len(rows))
            return await services.register.lists.bring(
                rows,
                person,
                clock.now(),
                lambda: progress.advance(task),
                lambda: clock.sleep(_PAUSE_S),
            )


@claims.command("export")
def export(
    target: Annotated[
        Path | None, typer.Argument(help="Berkas tujuan; belum boleh ada. Kosong: ke layar.")
    ] = None,
    config: ConfigPath = DEFAULT,
) -> None:
    """Menulis semua klaim yang temuannya sudah dipastikan, dalam bentuk yang bisa dimasukkan lagi."""
    if target is not None and target.exists():
        stop(f"{target} sudah ada.")

    async def work() -> list[Row]:
        settings = load_settings(config, os.environ)
        async with opened_quietly(settings, SystemClock()) as (services, _):
            return [row async for row in services.register.lists.every()]

    with plainly():
        rows = asyncio.run(work())
    if target is None:
        sys.stdout.writelines(write_list(rows))
        return
    with plainly(), target.open("w", encoding="utf-8-sig", newline="") as file:
        file.writelines(write_list(rows))
    note(f"{len(rows)} klaim ditulis ke {target}.")


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > _LARGEST:
            stop(f"{file}: lebih dari 64 MB. Pecah menjadi beberapa berkas.", 2)
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        stop(f"{file}: tidak dapat dibaca ({because(error)}).", 2)
    except UnicodeDecodeError as error:
        at = error.start + 1
        stop(f"{file}: bukan UTF-8 (byte ke-{at}). Simpan ulang berkas sebagai CSV UTF-8.", 2)
