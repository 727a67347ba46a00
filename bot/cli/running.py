"""demo, init, check, doctor, invite, run."""

import asyncio
import logging
import os
import signal
from collections.abc import Coroutine, Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.app import live
from bot.cli.saying import note, plainly, say, stop
from bot.clock import SystemClock
from bot.demo import DemoOptions, play
from bot.doctor import examine, invitation
from bot.files.check import check as check_files
from bot.files.config import load_settings
from bot.files.fault import attentions
from bot.files.init import questions, render_config
from bot.wire.redact import install
from classifiers.text import normalise

ConfigPath = Annotated[Path, typer.Option("--config", "-c", help="Berkas konfigurasi.")]
DEFAULT = Path("config.yaml")


def add_to(app: typer.Typer) -> None:
    """Registers the commands."""
    for command in (demo, init, check, doctor, invite):
        app.command()(command)
    app.command("run")(run_bot)


def demo(
    port: Annotated[int, typer.Option(help="Port halaman demo; 0 memilih sendiri.")] = 8765,
    headless: Annotated[bool, typer.Option("--headless", help="Cetak cerita, lalu selesai.")] = False,
    speed: Annotated[float, typer.Option(help="Kecepatan hari demo; 2 berarti dua kali lebih cepat.")] = 1.0,
    drill: Annotated[
        bool, typer.Option("--drill", help="Mainkan satu latihan krisis, bukan satu hari.")
    ] = False,
) -> None:
    """Mencoba Tanggap tanpa token: Telegram tiruan di mesin ini, dengan satu hari yang ramai."""
    with plainly():
        _until_stopped(play(DemoOptions(port=port, headless=headless, speed=speed, drill=drill)))


def init(config: ConfigPath = DEFAULT) -> None:
    """Menulis config.yaml dari beberapa pertanyaan."""
    if config.exists():
        stop(f"{config} sudah ada. Pindahkan dulu, atau pilih nama lain dengan --config.")
    answers: dict[str, str] = {}
    for question in questions():
        while question.key not in answers:
            answer = typer.prompt(question.ask, default=question.default)
            if wrong := question.check(answer):
                note(wrong)
            else:
                answers[question.key] = answer
    with plainly():
        config.write_text(render_config(answers), encoding="utf-8")
    say(f"{config} selesai ditulis. Berikutnya: export TANGGAP_BOT_TOKEN=…")
    say("lalu tanggap check dan tanggap doctor.")


def check(config: ConfigPath = DEFAULT) -> None:
    """Memeriksa konfigurasi, playbook, templat, topik, dan jadwal: semua kesalahan sekaligus."""
    report = check_files(config, os.environ, normalise, SystemClock().now().date())
    for fault in report.faults:
        say(str(fault))
    for line in (*attentions(report.advice), *report.summary):
        note(line)
    if not report.faults:
        note("Tidak ada kesalahan.")
    raise typer.Exit(report.exit_code)


def doctor(config: ConfigPath = DEFAULT) -> None:
    """Memeriksa token, hak bot di tiap obrolan, jam, disk, basis data, dan jadwal piket 14 hari."""
    with plainly():
        findings = asyncio.run(examine(load_settings(config, os.environ), SystemClock()))
    for finding in findings:
        say(str(finding))
    raise typer.Exit(1 if any(not finding.fine for finding in findings) else 0)


def invite(
    person: Annotated[str, typer.Argument(help="ID orang di config.yaml.")], config: ConfigPath = DEFAULT
) -> None:
    """Membuat tautan undangan sekali pakai untuk satu orang; berlaku 15 menit."""
    with plainly():
        settings = load_settings(config, os.environ)
        if person not in settings.persons:
            stop(f"Orang “{person}” tidak ada di config.yaml. Yang ada: {', '.join(settings.persons)}.")
        say(asyncio.run(invitation(settings, person, SystemClock())))


def run_bot(config: ConfigPath = DEFAULT) -> None:
    """Menjalankan bot."""
    with plainly():
        settings = load_settings(config, os.environ)
        set_up_logging(settings.secrets)
        _until_stopped(live(settings, SystemClock()))


def set_up_logging(secrets: Iterable[str]) -> None:
    """Lines on standard error that hold no secret and, at whatever level, no word of a citizen."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for talkative in ("httpx", "httpcore", "telegram", "aiosqlite"):
        # Below this level they write down whole calls and statements, texts and addresses included.
        logging.getLogger(talkative).setLevel(logging.WARNING)
    install(secrets)


def _until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Runs until it ends, or until SIGINT or SIGTERM; there is nothing to drain, all is in the store."""

    async def guarded() -> None:
        task = asyncio.ensure_future(work)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, task.cancel)
        try:
            await task
        except asyncio.CancelledError:
            note("Berhenti.")

    asyncio.run(guarded())
