"""backup, restore: a copy is made while the bot runs, and takes its place while it does not."""

import asyncio
import os
from pathlib import Path
from typing import Annotated

import typer

from bot.app import opened_quietly
from bot.chat.words import times
from bot.cli.running import DEFAULT, ConfigPath
from bot.cli.saying import note, plainly, say, stop
from bot.clock import SystemClock
from bot.files.config import load_settings
from bot.files.settings import Settings
from bot.services.intake import HOST
from bot.store.restoring import Restored
from bot.store.restoring import restore as put_back
from bot.wire.lock import InstanceLock


def add_to(app: typer.Typer) -> None:
    """Registers the commands."""
    app.command()(backup)
    app.command()(restore)


def backup(
    target: Annotated[Path, typer.Argument(help="Berkas tujuan; belum boleh ada.")],
    config: ConfigPath = DEFAULT,
) -> None:
    """Menyalin basis data secara utuh, juga saat bot berjalan."""
    if target.exists():
        stop(f"{target} sudah ada.")
    if not target.absolute().parent.is_dir():
        stop(f"Folder {target.parent} tidak ada. Buat dulu, atau pilih tempat lain.")

    async def go() -> None:
        async with opened_quietly(load_settings(config, os.environ), SystemClock()) as (_, database):
            await database.backup(target)

    with plainly():
        asyncio.run(go())
    say(f"Cadangan ditulis ke {target}.")


def restore(
    file: Annotated[Path, typer.Argument(help="Berkas dari tanggap backup.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Ganti basis data yang ada; yang lama disimpan.")
    ] = False,
    config: ConfigPath = DEFAULT,
) -> None:
    """Memulihkan basis data dari cadangan. Hentikan bot dulu. Basis data yang ada tidak pernah dihapus."""
    if not file.is_file():
        stop(f"{file} tidak ada.", 2)
    with plainly():
        settings = load_settings(config, os.environ)
        database = settings.database_file
        if database.exists() and file.samefile(database):
            stop(f"{file} adalah basis data yang sedang dipakai, bukan cadangan.", 2)
        database.parent.mkdir(parents=True, exist_ok=True)
        with InstanceLock(database):
            if database.exists() and not replace:
                stop(f"Basis data {database} sudah ada. Ulangi dengan --replace; yang lama tetap disimpan.")
            done = asyncio.run(put_back(file, database, HOST, SystemClock().now()))
    _tell(settings, database, done)


def _tell(settings: Settings, database: Path, done: Restored) -> None:
    zone = settings.agency.zone
    until = f" sampai {times.full(done.last, zone)}" if done.last is not None else ""
    say(f"Dipulihkan ke {database}: jurnal utuh, {done.lines} baris{until}.")
    if done.kept is not None:
        note(f"Basis data sebelumnya disimpan di {done.kept}.")
    if done.in_doubt:
        note(f"{done.in_doubt} kiriman ke publik menunggu di cadangan ini. Mungkin sudah terkirim waktu itu;")
        note("bot menanyakannya kepada tim saat mulai, dan tidak mengirimnya sendiri.")
    note("Yang terjadi sesudah saat itu tidak ada di sini: periksa kanal dan diskusi sebelum menjawab lagi,")
    note("dan masukkan komentar yang terlewat dengan tanggap import.")
    note("Kiriman ke publik terkunci. Setelah diperiksa, dua orang membukanya dengan /buka di grup tim.")
